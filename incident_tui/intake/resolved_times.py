"""From written times to moments in UTC: day, year and zone filled in, oddities flagged.

Refuses what it would have to guess: no day, no time of day, an hour a clock change left out or
showed twice.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from incident_tui.domain.values.calendar import moments_showing
from incident_tui.intake.reading import NO_CLOCK, OUT_OF_ORDER, WRONG_YEAR, TimelineRow, Unread
from incident_tui.intake.row_gathering import Entry
from incident_tui.intake.stamps import FIRST_YEAR, LAST_YEAR, Day
from incident_tui.intake.zones import Zone

_FAR_BACK: Final = timedelta(hours=12)
_NEAR: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry with its moment; `wall` is the wall clock as written, for comparing dates."""

    entry: Entry
    at: datetime
    wall: datetime
    zone: Zone


class Moments:
    """Gives each entry of one sequence its moment; entries must come in file order.

    `day` is the day of the document, for entries whose surroundings name none, and `place` where
    it was found. `day_from` becomes the place of the first day or year that had to be filled in.
    """

    def __init__(self, day: date | None, place: str, zone: Zone) -> None:
        self.day_from = ""
        self._day = day
        self._place = place
        self._zone = zone
        self._last: datetime | None = None
        self._day_line = 0

    def moment(self, entry: Entry) -> Moment | Unread:
        """The moment of the next entry, or the reason why it has none."""
        clock = entry.stamp.clock
        if entry.day_line != self._day_line:
            self._day_line, self._last = entry.day_line, None
        if clock is None:
            return _unread(entry, NO_CLOCK)
        wall = self._wall(entry, clock)
        if isinstance(wall, Unread):
            return wall
        zone = entry.stamp.zone or entry.zone or self._zone
        self._last = wall
        reason = _clock_change(wall, zone)
        if reason is not None:
            return _unread(entry, reason)
        return Moment(entry, wall.replace(tzinfo=zone.rules).astimezone(UTC), wall, zone)

    def _wall(self, entry: Entry, clock: time) -> datetime | Unread:
        written = entry.stamp.day
        year = entry.year
        if year is None and (near := self._near(entry)) is not None:
            year = near.year
        if written is not None:
            day = written.on(year)
            if day is None:
                return _unread(entry, "has no year, and none was found in the document")
            if written.year is None and entry.year is None and self._last is None:
                self._filled_in(entry.day_above is not None and entry.day_above.year is not None)
            return self._new_year(written, datetime.combine(day, clock))
        if self._last is None:
            start = self._near(entry)
            if start is None:
                return _unread(entry, "has no date, and none was found in the document")
            self._filled_in(entry.day_above is not None)
            return datetime.combine(start, clock)
        wall = datetime.combine(self._last.date(), clock)
        if self._last - wall > _FAR_BACK:
            wall += timedelta(days=1)
        return wall

    def _new_year(self, written: Day, wall: datetime) -> datetime:
        """A date without year follows its predecessor, so January after December is the next."""
        if written.year is None and self._last is not None:
            behind = self._last - wall > timedelta(days=180)
            next_year = written.on(wall.year + 1) if behind else None
            if next_year is not None:
                return datetime.combine(next_year, wall.time())
        return wall

    def _filled_in(self, from_above: bool) -> None:
        self.day_from = self.day_from or ("heading" if from_above else self._place)

    def _near(self, entry: Entry) -> date | None:
        if self._last is not None:
            return self._last.date()
        if entry.day_above is not None:
            found = entry.day_above.on(entry.year or (self._day.year if self._day else None))
            if found is not None:
                return found
        return self._day


def rows_of(moments: Sequence[Moment]) -> list[TimelineRow]:
    """The rows in the order given, flagged where out of order or in a suspicious year."""
    rows: list[TimelineRow] = []
    latest: datetime | None = None
    for moment, wrong in zip(moments, _wrong_years(moments), strict=True):
        flags = list(moment.entry.flags)
        if latest is not None and moment.at < latest:
            flags.append(OUT_OF_ORDER)
        if wrong:
            flags.append(WRONG_YEAR)
        else:
            latest = moment.at
        entry = moment.entry
        rows.append(TimelineRow(moment.at, entry.text, entry.source, entry.line, tuple(flags)))
    return rows


def _wrong_years(moments: Sequence[Moment]) -> list[bool]:
    """For each moment whether its year alone does not fit between those of its neighbours."""
    years = Counter(moment.wall.year for moment in moments)
    before = _nearest_of_other_year(moments)
    after = _nearest_of_other_year(moments[::-1])[::-1]
    return [
        _wrong_year(me, [m for m in (earlier, later) if m is not None], years)
        for me, earlier, later in zip(moments, before, after, strict=True)
    ]


def _nearest_of_other_year(moments: Sequence[Moment]) -> list[Moment | None]:
    """For each moment the nearest one ahead of it in the sequence that has another year."""
    found: list[Moment | None] = []
    other: Moment | None = None
    for number, moment in enumerate(moments):
        if number and moments[number - 1].wall.year != moment.wall.year:
            other = moments[number - 1]
        found.append(other)
    return found


def _wrong_year(me: Moment, neighbours: list[Moment], years: Counter[int]) -> bool:
    written = me.entry.stamp.day
    others = {neighbour.wall.year for neighbour in neighbours}
    if written is None or written.year is None or len(others) != 1:
        return False
    year = others.pop()
    if years[year] <= years[me.wall.year]:
        return False
    try:
        moved = me.wall.replace(year=year)
    except ValueError:
        return False
    # At either end of the timeline there is one neighbour only, so both bounds are its own.
    return neighbours[0].wall - _NEAR <= moved <= neighbours[-1].wall + _NEAR


def _clock_change(wall: datetime, zone: Zone) -> str | None:
    if not FIRST_YEAR < wall.year < LAST_YEAR:
        return f"the year {wall.year} is not between {FIRST_YEAR} and {LAST_YEAR}"
    moments = moments_showing(wall, zone.rules)
    if not moments:
        return f"this hour was left out when the clocks went forward in {zone.name}"
    if len(moments) > 1:
        return f"this hour came twice when the clocks went back in {zone.name}; write the offset"
    return None


def _unread(entry: Entry, reason: str) -> Unread:
    return Unread(entry.line, entry.raw, reason)
