"""What one person bore: hours under any hat, and nights, until the incident was over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from incident_tui.domain.outline.load import burdens
from tests.support.incidents import DECLARED_AT, Story

HOUR = timedelta(hours=1)


def test_several_hats_at_once_are_one_time_of_one_person() -> None:
    story = Story()
    story.say("/role all ana", at=DECLARED_AT)
    story.say("/role scribe ben", at=DECLARED_AT + HOUR)
    story.say('/state resolved why:"seen"', at=DECLARED_AT + 2 * HOUR)
    story.say("and then the postmortem", at=DECLARED_AT + 50 * HOUR)
    ana, ben = burdens(story.incident)
    assert (ana.person, ana.seconds, ana.hats["scribe"]) == ("ana", 7200.0, 3600.0)
    assert ana.hats["commander"] == 7200.0
    assert (ben.person, ben.seconds, ben.nights) == ("ben", 3600.0, ())


@pytest.mark.parametrize(
    ("begin", "hours", "zone", "nights"),
    [
        (datetime(2026, 11, 20, 14, tzinfo=UTC), 2, "UTC", []),
        (datetime(2026, 11, 20, 21, tzinfo=UTC), 2, "UTC", [20]),
        (datetime(2026, 11, 20, 21, tzinfo=UTC), 1, "UTC", []),
        (datetime(2026, 11, 21, 3, tzinfo=UTC), 1, "UTC", [20]),
        (datetime(2026, 11, 21, 6, tzinfo=UTC), 1, "UTC", []),
        (datetime(2026, 11, 20, 20, tzinfo=UTC), 36, "UTC", [20, 21]),
        (datetime(2026, 11, 20, 20, 30, tzinfo=UTC), 1, "Europe/Helsinki", [20]),
    ],
)
def test_nights_are_those_of_the_incidents_zone(
    begin: datetime, hours: int, zone: str, nights: list[int]
) -> None:
    story = Story(zone=zone)
    story.say("/role commander ana", at=begin)
    story.say("still there", at=begin + hours * HOUR)
    (ana,) = burdens(story.incident)
    assert [date.fromordinal(night).day for night in ana.nights] == nights


def test_without_a_hat_nobody_bore_anything() -> None:
    assert burdens(Story().incident) == []
