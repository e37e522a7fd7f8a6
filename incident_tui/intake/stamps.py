"""The time at the start of a row: date, clock, zone, range, "about"; strict, nothing is guessed.

Only the written parts are read here; which day a bare clock time belongs to is decided elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from incident_tui.domain.values.calendar import month_number
from incident_tui.intake.reading import APPROXIMATE, DOTTED, RANGE
from incident_tui.intake.zones import ZONE_WORD, Zone, has_several_meanings, zone_named

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9]|:[0-9])"
_NAMED: Final = (
    rf"(?:(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})(?:\s?[-–]\s?{_DAY})?"
    rf"|(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{_MONTH}))"
    r"(?:,?\s+(?P<y>[0-9]{4})(?![0-9]|:[0-9]))?"
)
_FLAGS = re.ASCII | re.IGNORECASE
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_LEAD = re.compile(
    r"[(\[]?(?P<about>(?:~|≈|\b(?:ca|circa|approx|approximately|around|about|between|from)\b\.?)\s*)?"
    rf"{_WEEKDAY}",
    _FLAGS,
)
_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[-/][0-9])", _FLAGS)
_NAMED_DATE = re.compile(_NAMED, _FLAGS)
_NUMBERS = re.compile(
    r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9]|[-/.:][0-9])", re.ASCII
)
_ODD_DATE = re.compile(r"[0-9]{3,}[-/][0-9]{1,2}[-/][0-9]{1,2}")
_BETWEEN = re.compile(
    r"(?:T|[\s,]+(?:at\s+|@\s*|[-–—]\s+)?|:\s+)[(\[]?(?:(?P<about>~|≈|\bca\b\.?)\s*)?", _FLAGS
)
_CLOCK_TEXT: Final = (
    r"([0-9]{1,2})([:.])([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?![0-9]|[.:][0-9])"
    r"(?:\s?([ap])\.?m\b\.?)?(?=Z\b|UTC|[^A-Za-z0-9_]|$)"
)
_CLOCK = re.compile(_CLOCK_TEXT, _FLAGS)
_HOUR = re.compile(r"([0-9]{1,2})()()()\s?([ap])\.?m\b\.?", _FLAGS)
_ODD_CLOCK = re.compile(r"[0-9]{1,3}:[0-9A-Za-z?_-]{1,6}|[-–?xX]{1,2}:[-–?xX]{1,2}(?=\s|$)", _FLAGS)
_ZONE = re.compile(rf"\s*(?:\(\s*({ZONE_WORD})\s*\)|({ZONE_WORD})|(Z)\b)", re.ASCII)
_OFFSET = re.compile(r"\s?([+-][0-9]{2}:?[0-9]{2})(?![0-9:])")
_PLUS_OFFSET = re.compile(r"\s?(\+[0-9]{2}:?[0-9]{2}|-[0-9]{4})(?![0-9:])")
_RANGE = re.compile(
    r"\s*(?:-|–|—|\bto\b|\buntil\b|\bthrough\b|\band\b)\s*(?:~\s*)?"
    r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T\s]+)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\b\.?)?(?![A-Za-z0-9])",
    _FLAGS,
)
# Behind a clock "May 5" may be text ("14:00 May 5 users"), unless brackets, a weekday, an ordinal
# or a separator show that it is the date.
_TRAILING = re.compile(
    rf"\s*(?:\(\s*{_WEEKDAY}(?:on\s+)?(?=[^()]*\))|,?\s+(?:on\s+)?{_WEEKDAY})", _FLAGS
)
_SURE = re.compile(r"\s*\)|\s*[:\-–—]|\s*$")
_SEPARATOR = re.compile(r"\s*(?:[:,;)\]|]+\s*)*(?:[-–—]+(?=[\s:]|$|[^\W\d])\s*)?(?::\s*)?")


@dataclass(frozen=True, slots=True)
class Day:
    """A written date; `year` is None where the author left it out."""

    year: int | None
    month: int
    day: int

    def on(self, year: int | None) -> date | None:
        """The date with the year filled in where none was written; None if there is no such day."""
        chosen = self.year if self.year is not None else year
        if chosen is None or not FIRST_YEAR <= chosen <= LAST_YEAR:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Stamp:
    """The time parts at the start of a text, and the text behind them."""

    day: Day | None
    clock: time | None
    zone: Zone | None
    flags: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that looks like a time and cannot be one; `reason` is a sentence for people."""

    reason: str


def read_stamp(text: str) -> Stamp | Refused | None:
    """Read the time at the start of plain text; None where the text does not start with a time."""
    lead = _LEAD.match(text)
    at = lead.end() if lead is not None else 0
    flags = [APPROXIMATE] if lead is not None and lead.group("about") else []
    day, at = _day_at(text, at)
    if isinstance(day, Refused):
        return day
    iso = False
    if day is not None:
        between = _BETWEEN.match(text, at)
        if between is None:
            return Stamp(day, None, None, tuple(flags), _rest(text, at))
        iso = between.group() in ("T", "t")
        flags += [APPROXIMATE] if between.group("about") else []
        clock_at = between.end()
    else:
        clock_at = at
    found = _CLOCK.match(text, clock_at) or _HOUR.match(text, clock_at)
    if found is None or (found.group(2) == "." and day is None):
        odd = _ODD_CLOCK.match(text, clock_at)
        if odd is not None:
            return Refused(f'"{odd.group()}" is not a time of day')
        return None if day is None else Stamp(day, None, None, tuple(flags), _rest(text, at))
    clock = _clock(found)
    if isinstance(clock, Refused):
        return clock
    if found.group(2) == ".":
        flags.append(DOTTED)
    at = found.end()
    zone, at = _zone_at(text, at, iso)
    span = _RANGE.match(text, at)
    if span is not None:
        flags.append(RANGE)
        at = span.end()
        if zone is None:
            zone, at = _zone_at(text, at, False)
    if isinstance(zone, Refused):
        return zone
    if day is None:
        day, at = _day_behind(text, at)
        if isinstance(day, Refused):
            return day
    return Stamp(day, clock, zone, tuple(flags), _rest(text, at))


def find_date(text: str) -> date | None:
    """The first full date (with a year) anywhere in a text; impossible dates are passed over."""
    best: tuple[int, date] | None = None
    for found in _ISO.finditer(text):
        if found.start() and text[found.start() - 1].isdigit():
            continue
        day = Day(int(found.group(1)), int(found.group(3)), int(found.group(4))).on(None)
        if day is not None:
            best = (found.start(), day)
            break
    for found in _NAMED_DATE.finditer(text):
        named = _named_day(found)
        day = None if isinstance(named, Refused) else named.on(None)
        if day is not None and (best is None or found.start() < best[0]):
            return day
    return None if best is None else best[1]


def _day_at(text: str, at: int) -> tuple[Day | Refused | None, int]:
    iso = _ISO.match(text, at)
    if iso is not None:
        year, month, day = int(iso.group(1)), int(iso.group(3)), int(iso.group(4))
        return _checked(Day(year, month, day), iso.group()), iso.end()
    named = _NAMED_DATE.match(text, at)
    if named is not None:
        return _named_day(named), named.end()
    numbers = _NUMBERS.match(text, at)
    if numbers is not None:
        return _numbered_day(numbers), numbers.end()
    odd = _ODD_DATE.match(text, at)
    return (None if odd is None else Refused(f'"{odd.group()}" is not a date')), at


def _day_behind(text: str, at: int) -> tuple[Day | Refused | None, int]:
    lead = _TRAILING.match(text, at)
    if lead is None:
        return None, at
    day, end = _day_at(text, lead.end())
    written = text[lead.end() : end]
    marked = any(mark.isalpha() for mark in lead.group()) or re.search(
        "[0-9](?:st|nd|rd|th)", written
    )
    if day is None or not (marked or written[:4].isdigit() or _SURE.match(text, end)):
        return None, at
    return day, end


def _numbered_day(found: re.Match[str]) -> Day | Refused:
    """A date such as 13.02.2025: read only where one number cannot be a month."""
    first, second, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
    if len(found.group(4)) < 4 or (first > 12) == (second > 12):
        return Refused(f'"{found.group()}" does not say which number is the day; write 2025-02-13')
    month, day = (second, first) if first > 12 else (first, second)
    return _checked(Day(year, month, day), found.group())


def _named_day(found: re.Match[str]) -> Day | Refused:
    month = month_number(found.group("m1") or found.group("m2"))
    digits = re.match("[0-9]+", found.group("d1") or found.group("d2"))
    day = int(digits.group()) if digits is not None else 0
    year = int(found.group("y")) if found.group("y") else None
    return _checked(Day(year, month, day), found.group())


def _checked(day: Day, written: str) -> Day | Refused:
    # 2000 stands in for a missing year: it has a 29 February.
    if day.on(2000) is None:
        return Refused(f'"{written}" is not a date between {FIRST_YEAR} and {LAST_YEAR}')
    return day


def _clock(found: re.Match[str]) -> time | Refused:
    hour, minute, second = int(found.group(1)), int(found.group(3) or 0), int(found.group(4) or 0)
    half = (found.group(5) or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return Refused(f'"{found.group()}" mixes the 24-hour clock with AM or PM')
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return Refused(f'"{found.group()}" is not a time of day')


def _zone_at(text: str, at: int, iso: bool) -> tuple[Zone | Refused | None, int]:
    named = _ZONE.match(text, at)
    if named is not None:
        word = next(part for part in named.groups() if part)
        if has_several_meanings(word):
            return Refused(f"zone {word} has several meanings; write the offset"), at
        zone = zone_named(word)
        return (zone, named.end()) if zone is not None else (None, at)
    # "10:30-10:45" is a range, "T10:30-05:00" an offset.
    offset = (_OFFSET if iso else _PLUS_OFFSET).match(text, at)
    if offset is None:
        return None, at
    zone = zone_named(offset.group(1))
    return (zone, offset.end()) if zone is not None else (None, at)


def _rest(text: str, at: int) -> str:
    tail = text[at:]
    separator = _SEPARATOR.match(tail)
    return tail[separator.end() if separator is not None else 0 :].strip()
