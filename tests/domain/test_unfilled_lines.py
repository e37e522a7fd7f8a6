"""A line that is offered with a gap is recorded once somebody filled it in, and never before."""

import pytest

from incident_tui.domain.core.commands import Refused, Unfinished
from tests.support.incidents import Story

TRIED = "/mitigate rollback to v41 undo:again"


@pytest.mark.parametrize(
    "line",
    [
        "…",
        "! …",
        "? …",
        "/update …",
        "/impact users …",
        "/verify 1 …",
        "/act 1 done …",
        "/role scribe PERSON",
        "/sev SEV2 WHY",
        "/retract 2 WHY",
        "+ an alert owner:NAME",
        "= 5xx 12 % -> …",
        "= … 12 %",
        "= SIGNAL 12 % -> 3 %",
        "/tested …",
        "@… the pool is full",
        "@… /milestone detected",
        "/amend 2 @…",
        '/state resolved why:"…"',
    ],
)
def test_what_was_not_filled_in_is_not_recorded(line: str) -> None:
    story = Story().tell([TRIED, "+ a test"])
    before = len(story.entries)
    with pytest.raises(Refused):
        story.say(line)
    assert len(story.entries) == before


@pytest.mark.parametrize("line", ["! …", "/impact users …", "@… the pool is full"])
def test_while_it_is_typed_nothing_is_wrong_with_it(line: str) -> None:
    with pytest.raises(Unfinished):
        Story().plan(line)


@pytest.mark.parametrize(
    "line",
    [
        "WHY",
        "GET /cart … 500",
        "loading…",
        "! WHY we wait: the vendor",
        "! restarted … and waited",
        "… and it is back",
        "/impact users why not all",
    ],
)
def test_words_that_are_no_gaps_are_recorded(line: str) -> None:
    assert Story().say(line)
