"""Items of a program's file made into entries: a time of whatever spelling, a text, a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from incident_tui.intake.entries import Entry, Gathered
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import Day, Refused
from incident_tui.intake.times.stamps import Stamp, read_stamp
from incident_tui.intake.times.zones import Zone, has_several_meanings, zone_named

Object = Mapping[str, Any]
# An epoch of seconds, milliseconds, microseconds or nanoseconds, by its size: 2001 to 2100.
_UNITS: Final = ((1e9, 4.1e9, 1), (1e12, 4.1e12, 1e3), (1e15, 4.1e15, 1e6), (1e18, 4.1e18, 1e9))
_TWO_DEFAULTS: Final = (datetime(2001, 1, 1), datetime(2002, 2, 2, 2, 2))  # noqa: DTZ001 - walls


@dataclass(slots=True)
class Contained:
    """What a container holds: its kind, its title if it has one, and its entries."""

    kind: str
    title: str = ""
    gathered: Gathered = field(default_factory=Gathered)


class Lines:
    """The lines on which values of a text stand, looked up in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def of(self, value: object) -> int:
        """The line of the next place at which a value stands, or else that of the last one."""
        at = self._text.find(str(value), self._at)
        if at >= 0:
            self._line += self._text.count("\n", self._at, at)
            self._at = at
        return self._line


def add(
    gathered: Gathered,
    line: int,
    when: object,
    text: str,
    *,
    kind: str,
    who: str = "",
    source: str = "",
    label: str = "",
) -> None:
    """Append an entry for one item of a container."""
    words = plain(text)
    stamp = stamp_of(when)
    gathered.entries.append(
        Entry(
            line=line,
            raw=f"{when} {text}".strip(),
            form=kind,
            stamp=stamp,
            text=words.text,
            source=source or words.source,
            in_timeline=True,
            block=0,
            flags=list(stamp.flags) if isinstance(stamp, Stamp) else [],
            last_line=line,
            marked=text,
            who=who,
            label=label,
            keep_day=True,
            is_data=True,
        )
    )


def stamp_of(when: object) -> Stamp | Refused:
    """The time in a cell or value: any written form, or an epoch."""
    if isinstance(when, int | float) and not isinstance(when, bool):
        return _epoch(float(when)) or Refused(f'"{when}" is not a time')
    words = plain(str(when)).text if when is not None else ""
    if words.replace(".", "", 1).isdigit() and (epoch := _epoch(float(words))) is not None:
        return epoch
    read = read_stamp(words, loose=True)
    if isinstance(read, Stamp) and not read.rest:
        return read
    whole = _parsed(words)
    if whole is not None:
        return whole
    if isinstance(read, Refused):
        return read
    return Refused(f'"{words}" is not a time' if words else "has no time")


def _epoch(number: float) -> Stamp | None:
    for low, high, unit in _UNITS:
        if low <= number < high:
            return _at(datetime.fromtimestamp(number / unit, UTC), str(number))
    return None


def _parsed(words: str) -> Stamp | None:
    """A whole date and time in a spelling that only dateutil knows, with nothing left to guess."""
    if not any(sign.isdigit() for sign in words) or len(words) > 64:
        return None
    from dateutil.parser import ParserError, parse

    try:
        first, second = (
            parse(words, default=default, dayfirst=False, yearfirst=False, tzinfos=_rules)
            for default in _TWO_DEFAULTS
        )
    except (ParserError, OverflowError, ValueError):
        return None
    # What differs was filled in from the default, and numbers in either order are a guess.
    if first != second or not any(sign.isalpha() for sign in words):
        return None
    if first.tzinfo is not None:
        return _at(first.astimezone(UTC), words)
    day = Day(first.year, first.month, first.day)
    return Stamp(day, first.time(), None, (), "", written=words)


def _rules(word: str | None, offset: int | None) -> tzinfo | None:
    """The rules of a zone's word or offset. Raises `ValueError` where the word means none."""
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if word is None:
        return None
    zone = None if has_several_meanings(word) else zone_named(word)
    if zone is None:
        raise ValueError(f"{word} is no zone")
    return zone.rules


def _at(moment: datetime, written: str) -> Stamp:
    day = Day(moment.year, moment.month, moment.day)
    return Stamp(day, moment.time(), Zone("UTC", UTC), (), "", closed=True, written=written)
