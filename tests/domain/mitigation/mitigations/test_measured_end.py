"""When the impact ended: as somebody stated it, as it was measured, and only else by the state."""

from datetime import datetime

import pytest

from incident_tui.domain.findings.impact_spans import spans, time_of_impact
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.process.lifecycle import Lifecycle
from tests.playbooks import driver
from tests.playbooks.scripts.all import NAMES, WALKED
from tests.support.incidents import Story, playbook

DOWN = ("= 5xx 0.2 % -> 12 % src:pager", "/mitigate rollback to v41 undo:again")
NORMAL = "= 5xx 12 % -> 0.3 % src:pager"
VERIFIED = (*DOWN, NORMAL, "/verify 1 back on the panel")

every = pytest.mark.parametrize("name", NAMES)


def outage(*lines: str, under: str = "war-room") -> Story:
    return Story(playbook(under)).tell(lines)


def mitigated(story: Story) -> datetime | None:
    return story.incident.of(Milestones).at("mitigated")


def origin(story: Story) -> str:
    milestone = story.incident.of(Milestones).milestone("mitigated")
    return milestone.origin(story.incident) if milestone else ""


@every
def test_the_impact_ends_with_the_reading_and_not_with_the_approval(name: str) -> None:
    kind = playbook(name).mitigation_kinds[0].id
    story = outage(DOWN[0], f"/mitigate {kind} to v41 undo:again", under=name)
    reading = story.say(NORMAL)[0]
    story.say("/verify 1 back")
    assert (mitigated(story), origin(story)) == (reading.at, "taken from #4")
    assert time_of_impact(story.incident) is None  # the state says that it goes on
    state = story.say("/state resolved")[0]
    assert mitigated(story) == spans(story.incident)[-1].end == reading.at < state.at


@every
def test_nor_does_it_in_the_walk_through_a_process(name: str) -> None:
    """It is that of a reading, or as somebody said: no stage that is approved later makes it."""
    story = driver.story_of(name, WALKED[name], protected=name == "command")
    milestone = story.incident.of(Milestones).milestone("mitigated")
    assert milestone is not None
    assert milestone.entry.event.kind in ("reading", "state"), milestone
    assert spans(story.incident)[-1].end == milestone.at


@pytest.mark.parametrize("line", ["/undo", "/fail 1 it came back after a minute", "/retract 4 no"])
def test_it_goes_with_the_verification_and_with_its_reading(line: str) -> None:
    assert mitigated(outage(*VERIFIED, line)) is None


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("= 5xx 12 % -> 6 % src:pager",),
        ("= p95 4s -> 200ms",),
        (NORMAL, "> another change at the same time"),
        (NORMAL, "= 5xx 0.3 % -> 9 % src:pager"),
    ],
)
def test_nothing_less_than_normal_says_so(lines: tuple[str, ...]) -> None:
    assert mitigated(outage(*DOWN, *lines, "/verify 1 it works")) is None


def test_it_is_the_first_reading_from_which_on_all_were_normal() -> None:
    story = outage(*DOWN)
    for line in (NORMAL, "= 5xx 0.3 % -> 11 %"):
        story.say(line)
    first = story.say("= 5xx 11 % -> 0.4 %")[0]
    story.tell(["= 5xx 0.4 % -> 0.2 %", "/verify 1 back", "= 5xx 0.2 % -> 0.1 %"])
    assert mitigated(story) == first.at


@pytest.mark.parametrize(("rate", "normal"), [(3, False), (2, True), (1, True)])
def test_four_fifths_of_the_way_back_are_normal(rate: int, normal: bool) -> None:
    story = outage("= 5xx 0 % -> 10 % src:pager", DOWN[1], f"= 5xx 10 % -> {rate} % src:pager")
    story.say("/verify 1 back on the panel")
    assert (mitigated(story) is not None) == normal


def test_it_is_looked_for_from_the_first_change_on_that_worked() -> None:
    story = outage(*DOWN)
    first = story.say(NORMAL)[0]
    lines = ("/mitigate scale more undo:less", "= 5xx 0.3 % -> 0.2 %", "/verify 1 back")
    assert mitigated(story.tell([*lines, "/verify 2 back"])) == first.at


def test_where_nobody_knows_what_is_normal_it_is_the_reading_that_the_verdict_rests_on() -> None:
    story = outage("= 5xx 12 % src:pager", DOWN[1], "= 5xx 4 %")
    last = story.say("= 5xx 0.3 %")[0]
    story.tell(["/verify 1 back", "= 5xx 0.2 %", "/state mitigated"])
    assert mitigated(story) == last.at


@pytest.mark.parametrize(
    ("line", "minute"),
    [("@14:07 /milestone mitigated users say so", 7), ("@14:07 /state mitigated", 7)],
)
def test_what_somebody_said_of_an_earlier_time_is_asked_first(line: str, minute: int) -> None:
    story = outage(*VERIFIED)
    story.tell([line, "/state resolved"])
    end = mitigated(story)
    assert end is not None
    assert end.minute == minute


def test_a_time_that_is_set_right_goes_along() -> None:
    story = outage(*VERIFIED, "/state mitigated", "/amend 4 @14:07")
    end = mitigated(story)
    assert end is not None
    assert (end.minute, spans(story.incident)[0].end) == (7, end)


@pytest.mark.parametrize("again", ["/state active it is back", "/reopen mitigate it is back"])
def test_each_outage_ends_with_its_own(again: str) -> None:
    story = outage(*VERIFIED)
    first = mitigated(story)
    story.tell(["/state mitigated", "/state active it is back", "= 5xx 0.3 % -> 9 % src:pager"])
    assert mitigated(story) is None
    story.tell(["/mitigate scale more undo:less", "= 5xx 9 % -> 0.2 %", "/verify 2 back"])
    second = mitigated(story)
    story.say("/state mitigated")
    assert [span.end for span in spans(story.incident)] == [first, second]


def test_what_was_stated_of_an_earlier_outage_is_none_of_the_next() -> None:
    story = outage(*VERIFIED, "/milestone mitigated it holds", "/milestone resolved it is over")
    story.tell(["/state resolved", "/state active it is back"])
    known = story.incident.of(Milestones)
    assert (known.at("mitigated"), known.at("resolved")) == (None, None)
    assert story.incident.of(Lifecycle).status == "active"
    assert spans(story.incident)[1].end is None
