"""Spans of impact: one for each episode, none of them negative, and healthy hours in none."""

from datetime import timedelta

import msgspec
import pytest

from incident_tui.domain.core.events import fold
from incident_tui.domain.findings.impact_spans import impact_by_level, spans, time_of_impact
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.report import report
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.engine import baking
from tests.support.playbooks.processes import filled

MINUTE = timedelta(minutes=1)


def lengths(story: Story) -> list[float | None]:
    """Minutes of each span of impact; None for one that goes on."""
    deltas = [span.length for span in spans(story.incident)]
    return [None if length is None else length / MINUTE for length in deltas]


TWO_OUTAGES = (
    "@-5h /milestone started",
    "@-4h30m /state mitigated",
    "@-4h /state resolved",
    "@-1h /state active it is back",
    "@-30m /state mitigated",
)


def two_outages() -> Story:
    """Down, healthy for three hours, down again; told at one moment, with the times of each."""
    story = Story()
    for line in TWO_OUTAGES:
        story.say(line, at=story.now)
    return story


def test_healthy_hours_between_two_outages_are_no_impact() -> None:
    story = two_outages()
    assert lengths(story) == [30, 30]
    assert time_of_impact(story.incident) == 60 * MINUTE
    assert durations(story.incident)["time_of_impact"] == 60 * MINUTE


def test_the_first_relief_stays_the_time_to_mitigate_when_it_comes_back() -> None:
    assert durations(two_outages().incident)["time_to_mitigate"] == 30 * MINUTE


def test_that_it_recurred_follows_from_the_log() -> None:
    assert Story().incident.of(Milestones).at("recurred") is None
    story = two_outages()
    assert story.incident.of(Milestones).at("recurred") == DECLARED_AT - 60 * MINUTE


def test_the_spans_are_told_with_their_sum() -> None:
    assert filled(two_outages(), "impact-spans.all").splitlines() == [
        "2026-11-20 09:05 to 09:35 (30m)",
        "2026-11-20 13:05 to 13:35 (30m)",
        "together 1h 00m",
    ]


def test_programs_read_the_spans_and_the_entry_that_began_each() -> None:
    story = two_outages()
    episodes = report(story.incident, story.now)["episodes"]
    assert [(row["number"], row["seconds"], row["entry"]) for row in episodes] == [
        (1, 1800, 1),
        (2, 1800, 5),
    ]


def test_no_span_is_negative_whatever_times_are_given() -> None:
    story = baking("/state mitigated", "/state active back")
    story.say("@-10m /state resolved long ago")
    story.say("@-30m /state active even longer ago")
    assert all(length is None or length >= 0 for length in lengths(story))
    assert sum(length or 0 for length in lengths(story)[:-1]) <= 3


def test_impact_counts_to_the_level_that_held_and_is_unknown_while_it_goes_on() -> None:
    story = Story()
    story.say("/sev SEV3 slow", at=DECLARED_AT + 10 * MINUTE)
    story.say("/sev SEV1 down", at=DECLARED_AT + 30 * MINUTE)
    assert impact_by_level(story.incident) is None
    story.say('/state mitigated why:"seen"', at=DECLARED_AT + 70 * MINUTE)
    assert impact_by_level(story.incident) == {"SEV3": 30 * MINUTE, "SEV1": 40 * MINUTE}
    unset = Story()
    unset.say('/state mitigated why:"seen"', at=DECLARED_AT + 5 * MINUTE)
    assert impact_by_level(unset.incident) == {"": 5 * MINUTE}


def test_of_what_is_back_programs_read_the_time_at_each_severity_so_far() -> None:
    story = Story().tell(["/sev SEV1 down", "/state mitigated", "/sev SEV3 slow"])
    back = story.say("/state active it is back")[0].at
    data = report(story.incident, back + 10 * MINUTE)
    assert data["impact_seconds_by_severity"] == {"SEV1": 120, "SEV3": 600}
    assert data["durations"]["time_of_impact"] is None


def afterwards() -> Story:
    """An incident that was recorded when it was over."""
    story = Story()
    first = story.entries[0]
    declared = msgspec.structs.replace(first.event, afterwards=True)
    entry = msgspec.structs.replace(first, event=declared)
    story.incident = fold([entry], story.incident.playbook)
    return story


def test_a_record_of_several_outages_has_a_span_for_each_and_none_where_one_goes_on() -> None:
    story = afterwards()
    for line in ("-5h started", "-4h mitigated", "-3h recurred", "-1h resolved"):
        at, name = line.split()
        story.say(f"@{at} /milestone {name}", at=story.now)
    assert lengths(story) == [60, 120]
    assert [row["number"] for row in report(story.incident, story.now)["episodes"]] == [1, 2]
    story.say("@-30m /milestone recurred", at=story.now)
    assert lengths(story) != [60, 120]


def test_of_one_that_was_recorded_afterwards_nothing_is_known_until_its_start_is() -> None:
    story = afterwards()
    story.say("/state resolved it was over long ago")
    assert spans(story.incident) == []
    assert time_of_impact(story.incident) is None
    story.say("@-1h /milestone started")
    assert len(lengths(story)) == 1


EARLY = "/close duplicate of another"


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ([EARLY], False),
        (["/close false-positive the check was wrong"], False),
        (["/state mitigated it serves again", EARLY], True),
        ([EARLY, "/milestone mitigated by phone"], True),
    ],
)
def test_closing_early_does_not_say_that_users_were_affected_until_then(
    lines: list[str], known: bool
) -> None:
    story = Story()
    for line in lines:
        story.say(line)
    assert bool(spans(story.incident)) == known
    assert (time_of_impact(story.incident) is not None) == known
