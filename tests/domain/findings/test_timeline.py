"""Times that cannot be right."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import pytest

from incident_tui.domain.findings.timeline import FactRecorded
from tests.support.concept_lines import RecordedLines, RecordedRow
from tests.support.incidents import Story
from tests.support.processes import flags_up, process


def fact_at(away: timedelta) -> Story:
    """A story under both flags with a fact so far from the moment of its recording."""
    story = Story(process(timeline__future=5, timeline__wrong_year=10))
    story.record([FactRecorded(text="imported")], at=story.now + away)
    return story


@pytest.mark.parametrize(
    ("away", "flag"),
    [
        (timedelta(minutes=5), ""),
        (timedelta(minutes=6), "timeline.future"),
        (timedelta(days=-300), ""),
        (timedelta(days=-358), "timeline.wrong-year"),
        (timedelta(days=-365), "timeline.wrong-year"),
        (timedelta(days=-376), ""),
        (timedelta(days=-730), "timeline.wrong-year"),
    ],
)
def test_impossible_times_are_flagged(away: timedelta, flag: str) -> None:
    assert [found.id for found in flags_up(fact_at(away))] == ([flag] if flag else [])


def test_amending_the_time_takes_the_flag_down() -> None:
    story = fact_at(timedelta(days=-365))
    assert [found.mend for found in flags_up(story)] == ["/amend 2 @14:02"]
    story.say("/amend 2 @14:02")
    assert flags_up(story) == []


def test_a_missing_milestone_is_asked_for_once_it_is_over() -> None:
    story = Story(process(timeline__milestones=30)).tell(
        ["5xx src:pager", "/update Down. next:+30m", "/state resolved"]
    )
    assert flags_up(story, minutes=29) == []
    [flag] = flags_up(story, minutes=30)
    assert flag.mend == "@14:02 /milestone cause-identified"
    assert flags_up(story.tell(["/milestone cause-identified"]), minutes=30) == []


class TestLines(RecordedLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "the oven is cold", [FactRecorded(text="the oven is cold")]),
        ("", r"\/sev is a command", [FactRecorded(text="/sev is a command")]),
    ]
