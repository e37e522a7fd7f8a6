"""Clocks that jump: the log keeps its order, and somebody is told."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from incident_tui.domain.core.events import Entry, fold
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.process.flags import raised
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.processes import flags_up, process

MINUTE = timedelta(minutes=1)


def recorded(*minutes: float) -> Story:
    """A story of facts recorded so many minutes after the declaration."""
    story = Story(process(clock__jumped=1))
    for after in minutes:
        story.now = DECLARED_AT + after * MINUTE
        story.record([FactRecorded(text=f"{after}")])
    return story


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ((1, 2, 3), ""),
        ((1, 2, 1.5), ""),
        ((1, 2, 1), ""),
        ((1, 2, 60 * 24 * 60), ""),
        ((1, 30, 2, 3), "#3 was recorded 28m ahead of its neighbours"),
        ((60, 61, 1, 2), "#4 was recorded 1h 00m behind its neighbours"),
        ((60, 61, -10, 62), "#4 was recorded 1h 11m behind its neighbours"),
        ((-5,), "#2 was recorded 5m behind its neighbours"),
        ((1, 60 * 24 * 400, 60 * 24 * 400 + 1), "#3 was recorded 399d 23h ahead"),
    ],
)
def test_what_was_recorded_out_of_its_order_is_told(
    minutes: tuple[float, ...], sentence: str
) -> None:
    flags = flags_up(recorded(*minutes), minutes=60 * 24 * 500)
    assert [flag.id for flag in flags] == (["clock.jumped"] if sentence else [])
    assert sentence in "".join(flag.text for flag in flags)


def test_an_entry_from_the_future_of_this_clock_is_told() -> None:
    story = recorded(1, 90)
    [flag] = flags_up(story, minutes=-60)
    assert "#3 was recorded 1h 00m ahead" in flag.text


def test_the_order_stays_that_of_the_log() -> None:
    story = recorded(1, 30, 2, -500, 3)
    texts = [getattr(entry.event, "text", "") for entry in story.incident.entries[1:]]
    assert texts == ["1", "30", "2", "-500", "3"]


@pytest.mark.parametrize("line", ["/amend 3 @14:05", "/retract 3 a wrong clock"])
def test_mending_or_retracting_the_entry_takes_the_flag_down(line: str) -> None:
    story = recorded(1, 30, 2)
    [flag] = flags_up(story)
    assert flag.mend == "/amend 3 @…"
    story.say(line)
    assert flags_up(story) == []


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 1, 6, 0, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 12, 31, 11, 0, tzinfo=UTC)),
    ],
    ids=["gap", "fold", "fold-west", "new-year"],
)
def test_summer_time_and_new_year_are_no_jumps(zone: str, around: datetime) -> None:
    """Clocks on the wall jump then; entries stand in UTC, where nothing happens."""
    moments = [around + minutes * MINUTE for minutes in range(-90, 91, 10)]
    walls = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in moments]
    steps = {after - before for before, after in pairwise(walls)}
    assert steps != {10 * MINUTE} or len({wall.year for wall in walls}) == 2
    entries = [
        Entry(f"f{order}", order, moment, moment, "ana", FactRecorded(text=str(order)))
        for order, moment in enumerate(moments, 1)
    ]
    incident = fold(reversed(entries), process(clock__jumped=1))
    assert incident.entries == entries
    assert raised(incident, moments[-1]) == []


def test_a_jump_before_two_copies_were_merged_is_still_told() -> None:
    story = recorded(1, 30, 2)
    twice = story.entries[-1]
    story.incident = fold(
        [*story.entries, Entry("copy", twice.order + 1, twice.at, twice.at, "ben", twice.event),
         Entry("own", twice.order + 1, twice.at, twice.at, "ana", twice.event)],
        story.playbook,
    )  # fmt: skip
    [flag] = flags_up(story)
    assert "#3 was recorded 28m ahead" in flag.text


def test_two_evenings_merged_into_one_log_are_no_jump() -> None:
    def fact(number: int, order: int, minutes: float) -> Entry:
        at = DECLARED_AT + minutes * MINUTE
        return Entry(f"f{number}", order, at, at, "ana", FactRecorded(text=str(number)))

    first = [fact(number, number + 1, number) for number in range(1, 6)]
    story = Story(process(clock__jumped=1))
    for begins in (1, 2, 3):  # where the second evening went on from in the first
        second = [fact(n + 10, n + begins, 300 + n) for n in range(1, 4)]
        story.incident = fold([*story.entries, *first, *second], story.playbook)
        assert flags_up(story, minutes=600) == []
