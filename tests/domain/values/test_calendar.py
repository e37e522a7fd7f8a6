"""Names of months and days, and the hours that clocks skip or repeat."""

from datetime import UTC, datetime

import pytest

from incident_tui.domain.values.calendar import (
    MONTHS,
    WEEKDAYS,
    moments_at,
    month_number,
    weekday_number,
)
from incident_tui.domain.values.time_grammar import zone_named

BERLIN = zone_named("Europe/Berlin")


@pytest.mark.parametrize("length", [3, 20])
def test_months_and_days_are_known_by_three_letters_of_any_case(length: int) -> None:
    assert [month_number(name[:length].upper()) for name in MONTHS] == list(range(1, 13))
    assert [weekday_number(name[:length].lower()) for name in WEEKDAYS] == list(range(7))


@pytest.mark.parametrize(
    ("wall", "hours"),
    [
        ("2026-03-29T01:59", [0]),
        ("2026-03-29T02:30", []),  # the clocks are put forward over it
        ("2026-03-29T03:00", [1]),
        ("2026-10-25T02:30", [0, 1]),  # and back
        ("2026-10-25T03:00", [2]),
    ],
)
def test_an_hour_is_shown_never_once_or_twice(wall: str, hours: list[int]) -> None:
    moments = moments_at(datetime.fromisoformat(wall), BERLIN)
    assert [moment.hour for moment in moments] == hours
    assert all(moment.tzinfo is UTC for moment in moments)


def test_utc_skips_and_repeats_nothing() -> None:
    wall = datetime.fromisoformat("2026-03-29T02:30")
    assert moments_at(wall, UTC) == [wall.replace(tzinfo=UTC)]
