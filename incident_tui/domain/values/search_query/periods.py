"""Periods: since when and until when, as people write it who look back over months and years.

A time of an entry is read by `time_grammar`, which is stricter: here nothing is recorded.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.time_grammar import WhenError, parse_past

FORMS = "write a day (2026-10-01), a month (2026-10), a year (2026) or a span back (-2y, -6mo, -2w)"
_BACK = later(r"-?\s*([0-9]{1,4})\s?(y|mo|w|d)[a-z]*(?:\s+ago)?", re.IGNORECASE)
_CALENDAR = later(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_UNITS = {"y": "years", "mo": "months", "w": "weeks", "d": "days"}


def beginning(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """The first moment that is meant, in UTC: of a day, month or year in `zone`; -2y is then.

    Raises `WhenError`.
    """
    return _bounds(text, now, zone)[0]


def ending(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """The last moment that is meant, in UTC, to the second. Raises `WhenError`."""
    return _bounds(text, now, zone)[1]


def _bounds(text: str, now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    written = text.strip().removeprefix("@").strip()
    if back := _BACK.fullmatch(written):
        moment = _back(now, int(back[1]), _UNITS[back[2].lower()], written)
        return moment, moment
    if written.lower() in ("today", "yesterday"):
        day = now.astimezone(zone).date() - timedelta(days=written.lower() == "yesterday")
        return _midnight(day, zone), _before(day + timedelta(days=1), zone)
    if calendar := _CALENDAR.fullmatch(written):
        first, after = _days(calendar, written)
        return _midnight(first, zone), _before(after, zone)
    try:
        moment = parse_past(written, now=now, zone=zone)
    except WhenError as error:
        raise WhenError(f"{error.reason}; or {FORMS}", error.column) from None
    return moment, moment


def _back(now: datetime, number: int, unit: str, written: str) -> datetime:
    from dateutil.relativedelta import relativedelta  # late: it costs 10 ms

    spans = {
        "years": relativedelta(years=number),
        "months": relativedelta(months=number),
        "weeks": relativedelta(weeks=number),
        "days": relativedelta(days=number),
    }
    try:
        return now.astimezone(UTC) - spans[unit]
    except (OverflowError, ValueError):
        raise WhenError(f"{written!r} is further back than any calendar: {FORMS}") from None


def _days(match: re.Match[str], written: str) -> tuple[date, date]:
    """The first day that is meant, and the one after the last."""
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first + timedelta(days=1)
        if month:
            return first, (first + timedelta(days=31)).replace(day=1)
        return first, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        raise WhenError(f"{written!r} is not in the calendar: {FORMS}") from None


def _midnight(day: date, zone: tzinfo) -> datetime:
    # Where clocks are put forward over midnight the day begins with what they show then.
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _before(day: date, zone: tzinfo) -> datetime:
    return _midnight(day, zone) - timedelta(seconds=1)
