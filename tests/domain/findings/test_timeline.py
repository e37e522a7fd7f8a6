"""Times that cannot be right."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.timeline import (
    FactRecorded,
    entry_in_full,
    in_reading_order,
    late_marks,
    reading_key,
    unmoved,
)
from incident_tui.domain.process.lifecycle import zone_of
from tests.support.concept_lines import RecordedLines, RecordedRow
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.processes import flags_up, process


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
    assert [up.id for up in flags_up(fact_at(away))] == ([flag] if flag else [])


def test_a_wrong_year_is_flagged_before_a_single_cause() -> None:
    story = Story(process(blameless__single_cause=2, timeline__wrong_year=10))
    story.record([FactRecorded(text="imported")], at=story.now - timedelta(days=365))
    story.tell(["? the pool", "/hyp 1 confirm so", "/state resolved"])
    assert [up.id for up in flags_up(story)] == ["timeline.wrong-year", "blameless.single-cause"]


def test_what_was_recorded_in_one_go_tells_once_how_late_it_is() -> None:
    story = Story()
    for minutes in (50, 40, 30):
        story.record([FactRecorded(text="imported")], at=story.now - timedelta(minutes=minutes))
    story.tell(["seen now", "@-20m said later"])
    marks = late_marks(in_reading_order(story.incident))
    assert sorted(marks.values()) == ["(+20m)", "(+50m, 2 more below)"]


LATE = st.lists(
    st.tuples(st.sampled_from((0, 0, 1, 2, 30)), st.sampled_from((0, 20, 40, 41, 90))), max_size=12
)
"""Minutes that pass until an entry is recorded, and how late it is then."""


@given(LATE, st.integers(0, 12))
def test_what_reads_on_as_it_did_is_known_without_reading_it_anew(
    entries: list[tuple[int, int]], known: int
) -> None:
    """The first entries stay where they are, and both parts tell what the whole does."""
    story = Story()
    for passed, late in entries:
        story.now += timedelta(minutes=passed)
        story.record([FactRecorded(text="seen")], at=story.now - timedelta(minutes=late))
    recorded = story.incident.entries
    before, whole = in_order(recorded[:known]), in_order(recorded)
    kept = unmoved(before, in_order(recorded[known:]))
    assert before[:kept] == whole[:kept]
    assert late_marks(whole[:kept]) | late_marks(whole[kept:]) == late_marks(whole)
    first = {entry.id for entry in whole[:kept]}
    assert {key: mark for key, mark in late_marks(before).items() if key in first} == late_marks(
        whole[:kept]
    )


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=reading_key)


def test_only_what_is_read_after_a_late_entry_is_read_anew() -> None:
    story = Story().tell(["seen now", "seen then"])
    before = in_reading_order(story.incident)
    story.now += timedelta(minutes=20)
    story.tell(["@-5m seen late"])
    assert unmoved(before, story.incident.entries[len(before) :]) == len(before)
    story.tell(["@-30m seen before all"])
    after = in_reading_order(story.incident)
    assert unmoved(after[1:], after[:1]) == 0


def test_amending_the_time_takes_the_flag_down() -> None:
    story = fact_at(timedelta(days=-365))
    assert [up.mend for up in flags_up(story)] == ["/amend 2 @…"]
    story.say("/amend 2 @14:02")
    assert flags_up(story) == []


def test_a_missing_milestone_is_asked_for_once_it_is_over() -> None:
    story = Story(process(timeline__milestones=30)).tell(
        ["= 5xx 12 % src:pager", "/update Down. next:+30m", "/state resolved"]
    )
    assert flags_up(story, minutes=29) == []
    [flag] = flags_up(story, minutes=30)
    assert flag.mend == "@… /milestone cause-identified"
    assert flags_up(story.tell(["/milestone cause-identified"]), minutes=30) == []


WRONG_HOURS = [
    (["@11:00 /state mitigated wrong hour"], 2, "mitigated before it was started"),
    (["@-5m /milestone started", "@-20m /milestone detected"], 3, "detected before it was started"),
    (["/milestone detected"], 2, "declared before it was detected"),
]


@pytest.mark.parametrize(("lines", "number", "words"), WRONG_HOURS)
def test_a_milestone_before_what_it_follows_is_flagged_with_the_line_that_mends_it(
    lines: list[str], number: int, words: str
) -> None:
    start = DECLARED_AT - timedelta(hours=2) if "11:00" in lines[0] else None
    story = Story(process(timeline__order=240), started_at=start).tell(lines[:1])
    story.now += timedelta(minutes=9)
    story.tell(lines[1:])
    [flag] = flags_up(story, minutes=60)
    assert words in flag.text
    assert flag.mend == f"/amend {number} @…"
    known = [length for length in durations(story.incident).values() if length is not None]
    assert all(length >= timedelta() for length in known)


def test_the_time_of_a_state_change_can_be_set_right() -> None:
    story = Story(process(timeline__order=240), started_at=DECLARED_AT - timedelta(hours=2))
    story.tell(["@11:00 /state mitigated wrong hour"])
    [flag] = flags_up(story, minutes=60)
    story.say(flag.mend.replace("…", "13:00"))
    assert flags_up(story, minutes=60) == []
    assert durations(story.incident)["time_to_mitigate"] == timedelta(minutes=55)


class TestLines(RecordedLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "the oven is cold", [FactRecorded(text="the oven is cold")]),
        ("", r"\/sev is a command", [FactRecorded(text="/sev is a command")]),
    ]


@pytest.mark.parametrize("typed", [":q", ":wq", ":q!", " :x", "ZZ"])
def test_what_leaves_an_editor_is_no_fact_and_the_line_that_leaves_is_named(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        Story().say(typed)
    assert refused.value.reasons == (("leave the console", "/quit"),)


@pytest.mark.parametrize("typed", [":q took 3 s", ":8080 answers", "ZZ top plays in the lobby"])
def test_a_fact_may_begin_as_that_does(typed: str) -> None:
    assert Story().say(typed)[0].event.text == typed  # type: ignore[attr-defined]


def test_an_entry_in_full_says_what_it_was_recorded_as_and_which_entry_corrects_it() -> None:
    story = Story().tell(["smoke", "fire", "/amend 3 a small fire"])
    zone = zone_of(story.incident)
    assert entry_in_full(story.incident, story.incident.entries[1], zone)[1] == "smoke"
    _, text = entry_in_full(story.incident, story.incident.entries[2], zone)
    assert text.splitlines()[:2] == ["a small fire", "recorded as: fire"]
    assert text.splitlines()[2].startswith("#4 ")
