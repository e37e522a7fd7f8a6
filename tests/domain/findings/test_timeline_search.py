"""Looking in the timeline: what each filter shows, where jumps land, and what is not known."""

from contextlib import suppress
from datetime import UTC, timedelta

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.findings.timeline import FactRecorded, in_reading_order
from incident_tui.domain.findings.timeline_search import is_jump, jump_target, search_in
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking


def outage() -> Story:
    """Eight entries: declared at 14:05 and a line a minute; the last two are of episode 2."""
    story = baking()
    story.say("the pool is full")  # 2, 14:06
    story.say("! roll back the pool", actor="Ben Fox")  # 3, 14:07
    story.say("@13:59 a page -> ana", actor="Ben Fox")  # 4, 14:08
    story.record([FactRecorded(text="bread is late")], actor="ana", hat="lead")  # 5, 14:08
    story.say("/state mitigated")  # 6, 14:09
    story.say("/state active it is back")  # 7, 14:10
    story.say("the pool is full again")  # 8, 14:11
    return story


STORY = outage()


def shown(text: str) -> list[int]:
    """The numbers of the entries that are found, as they are read."""
    incident = STORY.incident
    search = search_in(incident, text, now=STORY.now, zone=UTC, me="Ben Fox")
    assert search.problem == ""
    return [
        incident.number(entry.id)
        for entry in in_reading_order(incident)
        if search.fits(entry)
        and all(word in entry.event.tell(entry, incident).casefold() for word in search.words)
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("pool", [2, 3, 8]),
        ("POOL full", [2, 8]),
        ('"pool is"', [2, 8]),
        ("full*", [2, 8]),
        ("->", [4, 6, 7]),
        ("kind:fact", [4, 2, 5, 8]),
        ("kind:fact kind:decision pool", [2, 3, 8]),
        ("kind:dec", [1, 3]),
        ("kind:state", [6, 7]),
        ("by:ben", [4, 3]),
        ("person:fox", [4, 3]),
        ("by:me", [4, 3]),
        ("hat:lead", [5]),
        ("hat:taster", []),
        ("episode:2", [7, 8]),
        ("episode:1 pool", [2, 3]),
        ("since:14:10", [7, 8]),
        ("after:14:10 before:14:10", [7]),
        ("until:14:06", [4, 1, 2]),
        ("since:-1m", [7, 8]),
        ("since:2026-11-20 until:2026-11-20 bread", [5]),
        ("kind: by:", [4, 1, 2, 3, 5, 6, 7, 8]),
        ("http://x", []),
    ],
)
def test_words_and_filters_show_what_has_all_of_them(text: str, numbers: list[int]) -> None:
    assert shown(text) == numbers


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("kind:factor", "here there are: declared, fact, decision, state"),
        ("by:zoe pool", "here there are: ana, Ben Fox"),
        ("hat:cook", "here there are: lead, speaker, taster"),
        ("episode:3", "here there are: 1, 2"),
        ("since:14", "14"),
        ("until:soon", "soon"),
        ("since:25:00", "no hour 25"),
    ],
)
def test_a_name_that_nothing_has_is_answered_with_those_that_there_are(
    text: str, answer: str
) -> None:
    search = search_in(STORY.incident, text, now=STORY.now, zone=UTC)
    assert answer in search.problem
    assert not any(search.fits(entry) for entry in STORY.incident.entries)


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("#3", 3),
        ("3", 3),
        ("@14:07", 3),
        ("14:07", 3),
        ("@13:58", 4),
        ("@14:00", 1),
        ("@15:30", 8),  # behind the end: the last one
        ("@09:00", 4),  # before the beginning: the first one
        ("@-1m", 7),
        ('@"20 Nov 14:09"', 6),
        ("@2026-11-20", 4),
    ],
)
def test_a_jump_lands_on_the_first_entry_at_that_time_or_later(where: str, number: int) -> None:
    target = jump_target(STORY.incident, where, now=STORY.now, zone=UTC)
    assert STORY.incident.number(target.id) == number


@pytest.mark.parametrize("where", ["@", "#", "#99", "@14", "@soon", "@25:00"])
def test_a_jump_to_nowhere_says_why(where: str) -> None:
    with pytest.raises(Refused):
        jump_target(STORY.incident, where, now=STORY.now, zone=UTC)


@pytest.mark.parametrize(
    ("text", "jumps"),
    [("@14:20", True), ("@", True), ("#", True), ("#12", True), ("@-5m", True),
     ("@14:05 error rate is 14 %", False), ("#12 again", False), ("#checkout", False),
     ("14:20", False), ("pool", False)],
)  # fmt: skip
def test_only_a_place_and_nothing_else_is_a_jump(text: str, jumps: bool) -> None:
    assert is_jump(text) == jumps


def test_a_time_of_day_means_the_night_of_the_incident() -> None:
    """Declared at 14:05, over at 03:00: 23:30 is the evening, 04:00 the morning after."""
    story = baking()
    for hours, text in ((-60, "deploy"), (9, "late"), (13, "end")):
        story.record([FactRecorded(text=text)], at=story.now + timedelta(hours=hours))
    story.now += timedelta(days=9)

    def lands(where: str) -> int:
        return story.incident.number(jump_target(story.incident, where, now=story.now, zone=UTC).id)

    assert [lands(where) for where in ("@23:00", "@23:30", "@04:00", "@13:50")] == [3, 4, 4, 1]


@pytest.mark.parametrize(("line", "refused"), [("/goto @14:07", ""), ("/goto #77", "no entry 77")])
def test_going_somewhere_records_nothing(line: str, refused: str) -> None:
    story = outage()
    before = story.entries
    if refused:
        with pytest.raises(Refused, match=refused):
            story.say(line)
    else:
        assert story.say(line) == []
    assert story.entries == before


@given(st.text(alphabet='kindbyat:@#"-1420 \\*→ä', max_size=20))
def test_whatever_is_typed_is_answered(text: str) -> None:
    search = search_in(STORY.incident, text, now=STORY.now, zone=UTC)
    assert search.problem or all(word == word.casefold() for word in search.words)
    with suppress(Refused):
        assert jump_target(STORY.incident, text, now=STORY.now, zone=UTC) in STORY.incident.entries
