"""From written times to moments in UTC: day, year and zone filled in, oddities flagged.

Refuses what it would have to guess: no day, no time of day, an hour a clock change left out or
showed twice. After a date that was not understood no row takes an older day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from incident_tui.domain.values.calendar import moments_at
from incident_tui.intake.entries import Entry
from incident_tui.intake.foreign_timeline import (
    AMBIGUOUS_DATE,
    DATE_ONLY,
    FROM_THE_START,
    NEAREST_WEEKDAY,
    NEXT_DAY,
    NEXT_MORNING,
    NO_CLOCK,
    RELATIVE,
    WRONG_WEEKDAY,
    ZONES_DIFFER,
    Unread,
)
from incident_tui.intake.moments.day_order import DayOrder
from incident_tui.intake.moments.written_order import latest_clocks_below, newest_first
from incident_tui.intake.times.dates import FIRST_YEAR, LAST_YEAR, Day, Refused, Shift, WrittenDay
from incident_tui.intake.times.stamps import Stamp
from incident_tui.intake.times.zones import Zone

_FAR_BACK: Final = timedelta(hours=12)
_OVERNIGHT: Final = timedelta(hours=2)
_NIGHT_ENDS: Final = time(6)
_NEAREST: Final = 3
_HALF_A_YEAR: Final = timedelta(days=180)
LOST_DAY: Final = "has no date, and the day in line {} was not understood"


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry with its moment; `wall` is the wall clock as written, for comparing dates.

    `until` is the moment at which a range ends, `day_from` where a day that was not written was
    found, and `zone_from` who named the zone.
    """

    entry: Entry
    stamp: Stamp
    at: datetime
    wall: datetime
    zone: Zone
    zone_from: str
    flags: tuple[str, ...]
    day_from: str = ""
    until: datetime | None = None
    date_only: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole text: its day and where that was found, its zone and who named it.

    `present` is the day on which "today" is read, None where that is not known; `year` the only one
    that a text without a day of its own names, `dated` the first whole date of a row, and
    `doubtful` says why its date is none. `start` is the one that the text states, where no row
    stands above what counts from it.
    """

    day: date | None
    place: str
    zone: Zone
    zone_from: str
    order: DayOrder
    present: date | None = None
    year: int | None = None
    dated: date | None = None
    doubtful: str = ""
    start: Moment | None = None


@dataclass(slots=True)
class _Wall:
    """A wall clock on its way to a moment."""

    at: datetime
    flags: list[str] = field(default_factory=list)
    day_from: str = ""


class Moments:
    """Gives each entry of one sequence its moment; entries must come in file order.

    `day_from` becomes the place of the first day or year that had to be filled in.
    """

    def __init__(self, context: Context, entries: Sequence[Entry]) -> None:
        self.day_from = ""
        self._context = context
        self.backwards = newest_first(entries)
        self._latest_below = latest_clocks_below(entries)
        self._last: datetime | None = None
        self._first: tuple[datetime, Zone] | None = None
        self._current: date | None = None
        self._day_line = 0
        self._lost = 0
        self._guessed = False
        self._index = -1

    def moment(self, entry: Entry) -> Moment | Unread:
        """The moment of the next entry, or the reason why it has none."""
        self._index += 1
        if entry.day_line != self._day_line:
            self._day_line, self._last, self._lost = entry.day_line, None, 0
        if isinstance(entry.stamp, Refused):
            return self._refused(entry, entry.stamp)
        stamp = entry.stamp
        if stamp.day is None and stamp.counted is None and (entry.lost_day or self._lost):
            return _unread(entry, LOST_DAY.format(self._lost or entry.lost_day))
        zone, zone_from = self._zone(entry, stamp)
        if stamp.counted is not None:
            return self._counted(entry, stamp, stamp.counted)
        wall = self._wall(entry, stamp)
        if isinstance(wall, str):
            if isinstance(stamp.day, Day):
                self._lost, self._last = entry.line, None
            return _unread(entry, wall)
        self._last, self._lost, self._current = wall.at, 0, wall.at.date()
        if stamp.clock is None and not entry.keep_day:
            return _unread(entry, NO_CLOCK)
        reason = _several_zones(stamp, wall.at, zone) or _clock_change(wall.at, zone)
        if reason is not None:
            return _unread(entry, reason)
        if stamp.clock is not None and self._first is None:
            self._first = (wall.at, zone)
        return self._made(entry, stamp, wall, zone, zone_from)

    def _refused(self, entry: Entry, refused: Refused) -> Unread:
        if refused.dated:
            self._lost, self._last = entry.line, None
        elif refused.day is not None:
            day = self._date(entry, refused.day)
            if isinstance(day, date):
                self._last, self._lost = datetime.combine(day, time()), 0
        return _unread(entry, refused.reason)

    def _made(self, entry: Entry, stamp: Stamp, wall: _Wall, zone: Zone, zone_from: str) -> Moment:
        flags = [*entry.flags, *wall.flags]
        if stamp.clock is None:
            flags.append(DATE_ONLY)
        self._guessed = self._guessed and not isinstance(stamp.day, Day)
        flags += [NEAREST_WEEKDAY] if self._guessed else []
        flags += [ZONES_DIFFER] if _differs(stamp, wall.at, zone) else []
        if stamp.weekday is not None and isinstance(stamp.day, Day):
            flags += [WRONG_WEEKDAY] if wall.at.weekday() != stamp.weekday else []
        return Moment(
            entry=entry,
            stamp=stamp,
            at=_moment(wall.at, zone),
            wall=wall.at,
            zone=zone,
            zone_from=zone_from,
            flags=tuple(dict.fromkeys(flags)),
            day_from=wall.day_from,
            until=self._until(stamp, wall.at, zone),
            date_only=stamp.clock is None,
        )

    def _counted(self, entry: Entry, stamp: Stamp, length: timedelta) -> Moment | Unread:
        stated, flags = self._context.start, entry.flags
        if self._first is not None:
            (start, zone), place = self._first, "the first row"
        elif stated is not None:
            start, zone, place = stated.wall, stated.zone, f"line {stated.entry.line}"
            flags = [FROM_THE_START if flag == RELATIVE else flag for flag in flags]
        else:
            return _unread(entry, "counts from a moment that no row above it names")
        at = _moment(start, zone) + length
        wall = at.astimezone(zone.rules).replace(tzinfo=None)
        self._last = wall
        return Moment(entry, stamp, at, wall, zone, place, tuple(flags))

    def _until(self, stamp: Stamp, start: datetime, zone: Zone) -> datetime | None:
        if stamp.until is None:
            return None
        day = start.date()
        if stamp.until_day is not None:
            day = stamp.until_day.on(day.year) or day
        end = datetime.combine(day, stamp.until)
        end += timedelta(days=1) if end < start and stamp.until_day is None else timedelta()
        return _moment(end, zone)

    def _zone(self, entry: Entry, stamp: Stamp) -> tuple[Zone, str]:
        if stamp.zone is not None:
            return stamp.zone, "the row"
        if entry.zone is not None:
            return entry.zone, entry.zone_from
        return self._context.zone, self._context.zone_from

    # --- the wall clock ------------------------------------------------------------------------

    def _wall(self, entry: Entry, stamp: Stamp) -> _Wall | str:
        clock = stamp.clock or time()
        if stamp.day is None:
            return self._undated(entry, clock)
        day = self._date(entry, stamp.day)
        if isinstance(day, str):
            return day
        flags: list[str] = []
        if isinstance(stamp.day, Day) and stamp.day.order:
            settled = self._context.order.settled(stamp.day, self._near(entry))
            flags = [settled[1]] if settled is not None and settled[1] else []
        if self._is_this_morning(stamp, clock) and self._last is not None:
            # Whoever writes this at two in the night has not gone to bed yet.
            day, flags = self._last.date(), [NEXT_MORNING]
        wall = _Wall(datetime.combine(day, clock), flags)
        open_year = isinstance(stamp.day, Shift) or (stamp.day.year is None and entry.year is None)
        if open_year and self._last is None:
            from_above = isinstance(entry.day_above, Day) and entry.day_above.year is not None
            wall.day_from = self._filled_in(entry, from_above)
        wall.at = self._new_year(entry, stamp.day, wall.at)
        return wall

    def _date(self, entry: Entry, written: WrittenDay) -> date | str:
        """The date that is meant, or the reason why nobody can tell."""
        near = self._near(entry)
        if isinstance(written, Shift):
            return self._shifted(entry, written, near)
        settled = self._context.order.settled(written, near)
        if settled is None:
            shown = written.order.join(("02", "13", "2025"))
            return f"{AMBIGUOUS_DATE}; write 2025-02-13, not {shown}"
        dated = near or self._context.dated
        year = entry.year or self._context.year if near is None else None
        day = settled[0].on(year or entry.year or (dated.year if dated is not None else None))
        return day if day is not None else "has no year, and none was found in the document"

    def _shifted(self, entry: Entry, shift: Shift, near: date | None) -> date | str:
        base = near
        if shift.anchor == "present":
            base = self._context.present
        elif shift.anchor == "first" and self._first is not None:
            base = self._first[0].date()
        elif shift.anchor == "first":
            base = self._context.day
        if base is None:
            return "names a day that nothing around it tells"
        if shift.weekday is None:
            return base + timedelta(days=shift.days)
        step = (shift.weekday - base.weekday()) % 7
        if self._current is None and self._last is None and base == self._context.day:
            # No row has a day yet, and that of the text may be the one on which it was written.
            self._guessed = step != 0
            return base + timedelta(days=step - 7 if step > _NEAREST else step)
        return base + timedelta(days=step - 7 if self.backwards and step else step)

    def _is_this_morning(self, stamp: Stamp, clock: time) -> bool:
        """Whether "next morning" stands below a row of the small hours."""
        morning = isinstance(stamp.day, Shift) and stamp.day.morning and not self.backwards
        return morning and self._last is not None and self._last.time() < min(clock, _NIGHT_ENDS)

    def _undated(self, entry: Entry, clock: time) -> _Wall | str:
        if self._last is None:
            start = self._near(entry)
            if start is None:
                why = self._context.doubtful or "none was found in the document"
                return f"has no date, and {why}"
            return _Wall(
                datetime.combine(start, clock),
                day_from=self._filled_in(entry, entry.day_above is not None),
            )
        wall = _Wall(datetime.combine(self._last.date(), clock))
        step = self._last - wall.at
        if self.backwards:
            wall.at -= timedelta(days=1) if -step > _FAR_BACK else timedelta()
        elif step > _FAR_BACK:
            wall.at += timedelta(days=1)
        elif step > _OVERNIGHT and self._latest_below[self._index] < self._last.time():
            # An evening, and from here on a morning that never comes back to it.
            wall = _Wall(wall.at + timedelta(days=1), [NEXT_DAY])
        return wall

    def _new_year(self, entry: Entry, written: WrittenDay, wall: datetime) -> datetime:
        """A date without year follows its predecessor, so January after December is the next.

        The first one lies near the day of the text: December in what is of 2 January is the last.
        """
        if isinstance(written, Shift) or written.year is not None:
            return wall
        if self._last is None:
            near = self._near(entry) or self._context.dated
            return wall if entry.year is not None else _nearest_year(written, wall, near)
        step = -1 if self.backwards else 1
        if (self._last - wall) * step > _HALF_A_YEAR:
            other = written.on(wall.year + step)
            return datetime.combine(other, wall.time()) if other is not None else wall
        return wall

    def _filled_in(self, entry: Entry, from_above: bool) -> str:
        place = f"line {entry.day_line}" if from_above else self._context.place
        self.day_from = self.day_from or ("heading" if from_above else self._context.place)
        return place

    def _near(self, entry: Entry) -> date | None:
        if self._last is not None:
            return self._last.date()
        if isinstance(entry.day_above, Shift):
            base = self._current or self._context.day
            day = self._shifted(replace_day(entry), entry.day_above, base)
            return day if isinstance(day, date) else None
        if entry.day_above is not None:
            settled = self._context.order.settled(entry.day_above, self._context.day)
            year = self._context.day.year if self._context.day else self._context.year
            return settled[0].on(entry.year or year) if settled is not None else None
        return self._context.day


def replace_day(entry: Entry) -> Entry:
    """The entry without a day above it, so that a day named from another is looked up once."""
    return replace(entry, day_above=None)


def _nearest_year(written: Day, wall: datetime, day: date | None) -> datetime:
    """A wall clock whose year was not written, in the year that brings it nearest to a day."""
    away = wall.date() - day if day is not None else timedelta()
    if abs(away) <= _HALF_A_YEAR:
        return wall
    other = written.on(wall.year + (-1 if away > timedelta() else 1))
    return datetime.combine(other, wall.time()) if other is not None else wall


def _moment(wall: datetime, zone: Zone) -> datetime:
    return wall.replace(tzinfo=zone.rules).astimezone(UTC)


def _differs(stamp: Stamp, wall: datetime, zone: Zone) -> bool:
    """Whether the clock of another zone beside a time shows a moment that is not the same."""
    if stamp.beside is None:
        return False
    clock, other = stamp.beside
    there = _moment(wall, zone).astimezone(other.rules)
    return there.time().replace(second=0, microsecond=0) != clock.replace(second=0, microsecond=0)


def _several_zones(stamp: Stamp, wall: datetime, zone: Zone) -> str | None:
    """Why a row with such an abbreviation has no moment: its text names no zone that it fits."""
    if not stamp.zone_word or wall.replace(tzinfo=zone.rules).tzname() == stamp.zone_word:
        return None
    return f"zone {stamp.zone_word} has several meanings; write the offset"


def _clock_change(wall: datetime, zone: Zone) -> str | None:
    if not FIRST_YEAR < wall.year < LAST_YEAR:
        return f"the year {wall.year} is not between {FIRST_YEAR} and {LAST_YEAR}"
    moments = moments_at(wall, zone.rules)
    if not moments:
        return f"this hour was left out when the clocks went forward in {zone.name}"
    if len(moments) > 1:
        return f"this hour came twice when the clocks went back in {zone.name}; write the offset"
    return None


def _unread(entry: Entry, reason: str) -> Unread:
    return Unread(entry.line, entry.raw, reason)
