"""A time zone that is loaded when a time is first read or shown in it.

Loading takes longer than recording a line that names no time.
"""

from datetime import datetime, timedelta, tzinfo
from functools import cached_property

from incident_tui.domain.values.time_grammar import zone_named


class LateZone(tzinfo):
    """The zone of an IANA name. What it is asked for raises `WhenError` where there is none."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _rules(self) -> tzinfo:
        return zone_named(self.name)

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        return self._rules.utcoffset(dt)

    def dst(self, dt: datetime | None) -> timedelta | None:
        return self._rules.dst(dt)

    def tzname(self, dt: datetime | None) -> str | None:
        return self._rules.tzname(dt)

    def fromutc(self, dt: datetime) -> datetime:
        return self._rules.fromutc(dt.replace(tzinfo=self._rules)).replace(tzinfo=self)
