"""A zone that is loaded late behaves as the zone it stands for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.values.time_grammar import WhenError, format_when, parse_past, zone_named
from incident_tui.service.runtime.zone import LateZone

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(1990, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are local
)
def test_every_moment_is_shown_as_in_the_zone_itself(name: str, moment: datetime) -> None:
    late, real = LateZone(name), zone_named(name)
    assert moment.astimezone(late).replace(tzinfo=None) == moment.astimezone(real).replace(
        tzinfo=None
    )
    assert moment.astimezone(late).tzinfo is late
    assert moment.astimezone(late).utcoffset() == moment.astimezone(real).utcoffset()
    assert moment.astimezone(late).astimezone(UTC) == moment
    assert format_when(moment, late) == format_when(moment, real)


def test_times_are_read_in_it() -> None:
    now = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)
    assert parse_past("15:02", now=now, zone=LateZone("Europe/Berlin")) == now - timedelta(
        minutes=10
    )


def test_an_hour_that_happens_twice_is_still_refused() -> None:
    now = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)
    with pytest.raises(WhenError, match="happens twice"):
        parse_past("02:30", now=now, zone=LateZone("Europe/Berlin"))


def test_a_zone_that_does_not_exist_says_so_when_it_is_needed() -> None:
    with pytest.raises(WhenError, match="Mars"):
        datetime(2026, 11, 20, tzinfo=UTC).astimezone(LateZone("Mars/Olympus"))
