"""Which number of "05/07/2024" is the day: what the whole text, and the days around it, say.

Nothing is guessed: where both readings fit, or neither, the row is refused.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from incident_tui.intake.entries import Entry
from incident_tui.intake.foreign_timeline import DAY_FIRST, MONTH_FIRST
from incident_tui.intake.times.dates import Day
from incident_tui.intake.times.stamps import Stamp

_NUMBERS = re.compile(r"(?<![0-9])([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
# An author who says how dates are written: "(MM/DD/YYYY)".
_DECLARED_ORDER = re.compile(r"\b(?:MM?[-/.]DD?|DD?[-/.]MM?)[-/.]YY(?:YY)?\b", re.IGNORECASE)
_NEAR: Final = timedelta(days=3)
_ONE_INCIDENT: Final = timedelta(days=31)


class DayOrder:
    """The order of day and month in one text, by the sign between them."""

    def __init__(self, text: str, entries: Sequence[Entry], present: date | None = None) -> None:
        self._first_is_day: dict[str, bool] = {}
        declared = _DECLARED_ORDER.search(text)
        for sign in "-/.":
            if declared is not None:
                self._first_is_day[sign] = declared.group().upper().startswith("D")
                continue
            known = {
                int(first) > 12
                for first, between, second, _ in _NUMBERS.findall(text)
                if between == sign and (int(first) > 12) != (int(second) > 12)
            }
            if len(known) == 1:
                self._first_is_day[sign] = known.pop()
            elif not known:
                closer = _by_span(sign, entries)
                closer = _by_present(sign, entries, present) if closer is None else closer
                if closer is not None:
                    self._first_is_day[sign] = closer

    def settled(self, day: Day, near: date | None) -> tuple[Day, str] | None:
        """The day that is meant and a flag saying so, or None where nothing tells it."""
        if not day.order:
            return day, ""
        first_is_day = self._first_is_day.get(day.order)
        if first_is_day is None and near is not None:
            fits = [
                at is not None and abs(at - near) <= _NEAR
                for at in (day.on(near.year), day.swapped.on(near.year))
            ]
            if fits[0] != fits[1]:
                first_is_day = fits[1]
        if first_is_day is None and day.order == ".":
            first_is_day = True
        if first_is_day is None:
            return None
        if first_is_day:
            return day.swapped, DAY_FIRST
        return Day(day.year, day.month, day.day), MONTH_FIRST


def _of_sign(sign: str, entries: Iterable[Entry]) -> list[Day]:
    """The days that are written with a sign and could be read either way."""
    return [
        entry.stamp.day
        for entry in entries
        if isinstance(entry.stamp, Stamp) and isinstance(entry.stamp.day, Day)
        if entry.stamp.day.order == sign
    ]


def _by_present(sign: str, entries: Iterable[Entry], present: date | None) -> bool | None:
    """Whether one of the readings alone has happened: what was written down lies behind.

    Where both have, whether one alone is of the present days, as a chat is that is copied now.
    """
    days = [day for day in _of_sign(sign, entries) if day.year is not None]
    if present is None or not days:
        return None
    # A day more, for whoever writes where it is tomorrow already.
    latest = present + timedelta(days=1)
    for earliest in (date.min, present - _NEAR):
        month_first, day_first = (
            all((on := day.on(None)) is not None and earliest <= on <= latest for day in read)
            for read in (days, [day.swapped for day in days])
        )
        if month_first != day_first:
            return day_first
    return None


def _by_span(sign: str, entries: Iterable[Entry]) -> bool | None:
    """Whether one of the readings alone puts all such days close together."""
    days = _of_sign(sign, entries)
    if len({(day.month, day.day) for day in days}) < 2:
        return None
    month_first = [on for day in days if (on := day.on(day.year or 2000)) is not None]
    day_first = [on for day in days if (on := day.swapped.on(day.year or 2000)) is not None]
    close = [max(each) - min(each) <= _ONE_INCIDENT for each in (month_first, day_first) if each]
    return close[1] if len(close) == 2 and close[0] != close[1] else None
