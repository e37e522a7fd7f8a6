"""Names of zones, and sentences that state the zone of a whole document."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from incident_tui.intake.times.zones import Zone, default_named, zone_named, zone_stated


@pytest.mark.parametrize(
    ("word", "month", "hours"),
    [
        ("UTC", 7, 0),
        ("GMT", 7, 0),
        ("CET", 1, 1),
        ("CET", 7, 2),
        ("CEST", 7, 2),
        ("BST", 7, 1),
        ("PST", 1, -8),
        ("PDT", 7, -7),
        ("EST", 1, -5),
        ("EDT", 7, -4),
        ("Europe/Copenhagen", 1, 1),
        ("GMT+2", 1, 2),
        ("UTC-05:30", 1, -5.5),
    ],
)
def test_a_named_zone_is_the_wall_clock_of_its_place(word: str, month: int, hours: float) -> None:
    zone = zone_named(word)
    assert zone is not None
    moment = datetime(2023, month, 15, 12, tzinfo=zone.rules)
    assert moment.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("word", ["IST", "CST", "DNS", "Nowhere/Land", "UTC+27", "UTC+01:75", ""])
def test_an_unknown_or_ambiguous_name_is_not_guessed(word: str) -> None:
    assert zone_named(word) is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("All times in CET.", "CET"),
        ("All times are in UTC.", "UTC"),
        ("All events below are given in UTC time.", "UTC"),
        ("Timeline (all times PST ) Saturday", "America/Los_Angeles"),
        ("All times in GMT+2", "UTC+02:00"),
        ("The times are local, Europe/London", "Europe/London"),
        ("Time zone: EST", "America/New_York"),
        ("Timestamps are in UTC", "UTC"),
    ],
)
def test_a_stated_zone_is_understood(sentence: str, name: str) -> None:
    stated = zone_stated(sentence)
    assert isinstance(stated, Zone)
    assert stated.name == name


def test_a_stated_zone_that_nobody_knows_is_told_by_its_name() -> None:
    assert zone_stated("All times in UC/Atlantis") == "UC/Atlantis"
    assert zone_stated("All times in CST") == "CST"


@pytest.mark.parametrize(
    "sentence", ["The pool was empty at 10:29 UTC.", "UTC", "At all times be kind.", ""]
)
def test_prose_that_mentions_a_zone_states_none(sentence: str) -> None:
    assert zone_stated(sentence) is None


def test_the_default_zone_goes_by_the_best_name_it_has() -> None:
    assert default_named(UTC, None).name == "UTC"
    assert default_named(ZoneInfo("Europe/Lisbon"), None).name == "Europe/Lisbon"
    assert default_named(tz.tzoffset("HERE", 3600), None).name == "HERE"
    assert default_named(tz.tzoffset(None, 3600), None).name == "default zone"
