"""The day that an entry is of, where clocks change and where they do not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from incident_tui.screens.panes.timeline import LocalDays

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "America/Sao_Paulo")


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("day", [(2026, 3, 28), (2026, 10, 24), (2018, 11, 3), (2011, 12, 29)])
def test_each_entry_is_of_the_day_that_its_zone_says(name: str, day: tuple[int, int, int]) -> None:
    zone, begin = ZoneInfo(name), datetime(*day, tzinfo=UTC)
    for apart in (7, 61, 400):
        moments = [begin + timedelta(minutes=apart * n) for n in range(4 * 24 * 60 // apart)]
        moments.append(begin)  # a clock that was put back
        days = LocalDays(zone)
        assert [days.of(m) for m in moments] == [m.astimezone(zone).date() for m in moments]
