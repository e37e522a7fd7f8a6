"""Since when and until when: days, months, years and spans, whole at both ends."""

from datetime import UTC, datetime

import pytest
from dateutil import tz

from incident_tui.domain.values.search_query.periods import beginning, ending
from incident_tui.domain.values.time_grammar import WhenError

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2023", "2023-01-01 00:00:00", "2023-12-31 23:59:59"),
        ("2023-02", "2023-02-01 00:00:00", "2023-02-28 23:59:59"),
        ("2023-12", "2023-12-01 00:00:00", "2023-12-31 23:59:59"),
        ("2023-01-01", "2023-01-01 00:00:00", "2023-01-01 23:59:59"),
        ("today", "2026-11-20 00:00:00", "2026-11-20 23:59:59"),
        ("yesterday", "2026-11-19 00:00:00", "2026-11-19 23:59:59"),
        ("-2y", "2024-11-20 14:00:00", "2024-11-20 14:00:00"),
        ("2y", "2024-11-20 14:00:00", "2024-11-20 14:00:00"),
        ("-6mo", "2026-05-20 14:00:00", "2026-05-20 14:00:00"),
        ("400d", "2025-10-16 14:00:00", "2025-10-16 14:00:00"),
        ("3 weeks ago", "2026-10-30 14:00:00", "2026-10-30 14:00:00"),
        ("-5m", "2026-11-20 13:55:00", "2026-11-20 13:55:00"),
        ("@2026-11-01 10:30", "2026-11-01 10:30:00", "2026-11-01 10:30:00"),
    ],
)
def test_a_period_begins_and_ends_where_its_calendar_says(
    written: str, first: str, last: str
) -> None:
    ends = beginning(written, now=NOW, zone=UTC), ending(written, now=NOW, zone=UTC)
    assert [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in ends] == [first, last]


def test_days_are_those_of_the_zone_also_where_midnight_is_skipped() -> None:
    cairo = tz.gettz("Africa/Cairo")
    assert cairo is not None
    day = beginning("2026-04-24", now=NOW, zone=cairo)  # clocks go from 00:00 to 01:00
    assert day.astimezone(cairo).isoformat() in (
        "2026-04-24T01:00:00+03:00",
        "2026-04-23T23:00:00+02:00",
    )


@pytest.mark.parametrize(
    "written", ["", "14.02", "2026-13", "2026-02-30", "0000", "9999y", "soon", "tomorrow 10:00"]
)
def test_what_is_no_period_is_refused_with_the_forms_there_are(written: str) -> None:
    with pytest.raises(WhenError, match="write"):
        beginning(written, now=NOW, zone=UTC)
