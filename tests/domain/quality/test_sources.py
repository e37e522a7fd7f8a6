"""Where each thing that was seen or changed can be looked up again."""

from collections.abc import Callable

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing
from incident_tui.domain.findings.readings import has_signal
from incident_tui.domain.findings.timeline import has_evidence
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, process


@pytest.mark.parametrize("line", ["the pool is empty", "= 5xx 1 % -> 12 %", "> deployed v42"])
def test_a_source_can_follow_later(line: str) -> None:
    story = Story(process()).tell(["seen it myself src:screen", line])
    assert mend(story, "sources.named") == "/source 3 …"
    story.say("/source 3 https://example.org/dash/7")
    assert holds(story, "sources.named")
    assert story.incident.entries[2].source == "https://example.org/dash/7"
    assert story.entries[2].source == ""


def test_nothing_seen_is_no_sourced_timeline() -> None:
    assert not holds(Story(process()), "sources.named")


def test_a_source_that_follows_makes_evidence_first_hand() -> None:
    story = Story(process()).tell(["the pool is empty"])
    assert not holds(story, "timeline.evidence")
    assert holds(story.tell(["/source 2 dashboard"]), "timeline.evidence")


@pytest.mark.parametrize("check", [has_evidence, has_signal])
def test_of_a_reading_that_lacks_its_source_the_gate_asks_for_that_alone(
    check: Callable[[Incident], Missing | None],
) -> None:
    story = Story(process()).tell(["the pool is empty", "= 5xx 0.2 % -> 12 %"])
    missing = check(story.incident)
    assert missing is not None
    assert missing.mend == "/source 3 …"
    story.say(missing.mend.replace("…", "dashboard"))
    assert check(story.incident) is None


def test_a_retracted_entry_needs_no_source() -> None:
    story = Story(process()).tell(["a src:b", "the pool is empty", "/retract 3 wrong dashboard"])
    assert holds(story, "sources.named")


@pytest.mark.parametrize("line", ["/source 1 mail", "/source 9 mail"])
def test_what_needs_no_source_is_refused(line: str) -> None:
    with pytest.raises(Refused):
        Story(process()).say(line)


def test_more_entries_without_source_than_tolerated_are_flagged() -> None:
    story = Story(process(sources__missing=1)).tell(["one"])
    assert flags_up(story) == []
    assert [flag.mend for flag in flags_up(story.tell(["two"]))] == ["/source 2 …"]


def test_a_timeline_of_events_tells_what_was_seen_decided_and_done_and_no_paperwork() -> None:
    story = Story(process()).tell(
        ["@14:02 5xx rising src:pager", "! roll back", "> back to v41", "/role scribe ben"]
    )
    story.tell(["/retract 2 another service", "@14:01 users | complain -> loudly"])
    rows = filled(story, "sources.events").splitlines()
    assert [row.partition(" ")[2] for row in rows] == [
        "14:01 fact: users | complain -> loudly",
        "14:05 declared: Checkout returns 5xx in eu-west",
        "14:07 decision: roll back",
        "14:08 change 1: back to v41",
    ]
