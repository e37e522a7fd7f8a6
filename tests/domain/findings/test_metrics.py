"""Durations between milestones: given once both ends are known, and by the log's own times."""

from datetime import timedelta

from incident_tui.domain.findings.metrics import DURATIONS, durations
from tests.support.playbooks.engine import baking
from tests.support.playbooks.processes import filled

WHOLE = (
    "@-60m > new flour", "/milestone started #2", "@-50m smoke", "/milestone detected #4",
    "@-20m heat is off", "/milestone mitigated #6", "/state resolved",
)  # fmt: skip


def test_nothing_is_measured_while_one_of_its_ends_is_unknown() -> None:
    known = durations(baking("smoke").incident)
    assert known.keys() == DURATIONS.keys()
    assert known["time_to_mitigate"] is None
    assert filled(baking("smoke"), "metrics.duration") == ""


def test_each_duration_is_measured_between_its_milestones() -> None:
    known = durations(baking(*WHOLE).incident)
    minutes = {name: span // timedelta(minutes=1) for name, span in known.items() if span}
    # Typed a minute apart: what is 50 minutes ago in the third line was 12 minutes after the first.
    assert minutes["time_to_detect"] == 12
    assert minutes["time_to_mitigate"] == 44
    assert minutes["time_to_recover"] == 32


def test_the_document_tells_those_that_are_known_one_a_line() -> None:
    lines = filled(baking(*WHOLE), "metrics.durations").splitlines()
    assert "time to detect: 12m" in lines
    assert filled(baking(*WHOLE), "metrics.duration").split(";")[0] in lines[-1]


def test_how_long_it_took_is_told_with_how_long_users_felt_it() -> None:
    assert filled(baking(*WHOLE), "metrics.duration").endswith("; users were affected for 44m")
    at_once = baking("@-50m > new flour", "/milestone started #2", "/state resolved")
    assert "users" not in filled(at_once, "metrics.duration")


def test_a_duration_keeps_the_seconds_of_its_ends() -> None:
    story = baking()
    begun = story.now
    story.say("/milestone started", at=begun + timedelta(seconds=7))
    story.say("/milestone detected", at=begun + timedelta(minutes=2, seconds=21))
    assert "time to detect: 2m 14s" in filled(story, "metrics.durations")
