"""What a record says for the fields of a postmortem becomes these, or a quote."""

from datetime import UTC, date

import pytest
from msgspec.structs import replace

from incident_tui.domain.learning.quotes import RecordQuoted
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.intake.foreign_timeline import Passage
from incident_tui.service.exchange.foreign.import_fields import (
    Proposal,
    TakeError,
    log_lines,
    names_taken,
    taken,
)
from tests.support.incidents import Story

LESSONS = Proposal(
    "went-well", (Passage("went-well", "the alert", 3), Passage("went-well", "two of us", 5))
)


def test_what_a_process_has_a_field_for_fills_it() -> None:
    (field,) = taken(LESSONS, Story().incident.playbook, "records/r.md", UTC)
    assert isinstance(field.event, FieldSet)
    assert (field.event.text, field.source) == ("the alert\ntwo of us", "r.md:3")


def test_what_a_process_has_no_field_for_is_quoted_with_the_line_of_each() -> None:
    known = Story().incident.playbook
    bare = replace(known, stages=tuple(replace(each, produces=None) for each in known.stages))
    quotes = taken(LESSONS, bare, "records/r.md", UTC)
    assert [(one.event, one.source, one.copied) for one in quotes] == [
        (RecordQuoted(text="the alert", heading="Went well"), "r.md:3", True),
        (RecordQuoted(text="two of us", heading="Went well"), "r.md:5", True),
    ]


def test_a_field_of_which_a_record_says_nothing_is_refused_with_what_it_proposes() -> None:
    assert names_taken(LESSONS.passages, ["all"]) == ("went-well",)
    with pytest.raises(TakeError, match="nothing of cause; it proposes went-well"):
        names_taken(LESSONS.passages, ["cause"])
    assert names_taken(LESSONS.passages, ["cause"], lenient=True) == ()
    with pytest.raises(TakeError, match="'nonesuch' is no field"):
        names_taken(LESSONS.passages, ["nonesuch"], lenient=True)


@pytest.mark.parametrize(
    ("passage", "line"),
    [
        (Passage("impact", "checkout slow", 3), "/impact users checkout slow"),
        (Passage("cause", "the pool", 3), "/factor trigger the pool"),
        (Passage("factors", "the pool", 3), "/factor trigger the pool candidate"),
        (Passage("actions", "bound it", 3), "+ bound it"),
        (
            Passage("actions", "bound it", 3, owner="ana b", due=date(2026, 12, 1), ref="X-1"),
            '+ bound it owner:"ana b" due:2026-12-01 ref:X-1',
        ),
        (
            Passage("actions", "bound it", 3, due=date(2026, 11, 1)),
            "+ bound it (due 2026-11-01)",
        ),
        (Passage("actions", "bound it", 3, owner="bo", done=True), "done already: bound it (bo)"),
    ],
)
def test_each_field_is_proposed_as_the_line_that_would_record_it(
    passage: Passage, line: str
) -> None:
    proposal = Proposal(passage.name, (passage,))
    assert log_lines(proposal, Story().incident.playbook, date(2026, 11, 20)) == [line]
