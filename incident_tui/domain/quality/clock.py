"""Clocks that jumped: moments of recording that cannot all be right. The order stays the log's.

When things happened, and whether that can be, is in `timeline`.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from incident_tui.domain.core.events import Entry, Incident, Projection
from incident_tui.domain.core.rules import Raised, flag
from incident_tui.domain.values.time_grammar import format_duration

FURTHEST = timedelta(days=366)
"""Longer than any incident rests between two entries."""


@flag(
    "clock.jumped",
    why="Durations are taken from clocks; one that jumped makes them wrong, whatever was done.",
    worst=22,
)
def jumped(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """An entry was recorded more than `minutes` before the one that it follows in the log."""
    tolerance = timedelta(minutes=minutes)
    jump, newest = incident.of(_Jumps).look(tolerance)
    if jump is not None:
        return jump
    if newest and newest.recorded_at > now + tolerance and not _settled(incident, newest):
        return _raised(incident, newest, f"{format_duration(newest.recorded_at - now)} ahead of")
    return None


class _Jumps(Projection):
    """What the log says by itself of clocks; read on where it ended the last time."""

    _tolerance: timedelta | None = None
    _flag: Raised | None = None
    _read: int = 0
    _orders: set[int] = set()

    def look(self, tolerance: timedelta) -> tuple[Raised | None, Entry | None]:
        """The first jump, and the newest entry, which may be ahead of the present."""
        log = self.incident.recorded
        new = {entry.order for entry in islice(log, self._read, None)}
        if tolerance != self._tolerance:
            self._tolerance, self._flag, self._read, self._orders = tolerance, None, 0, set()
            new = {entry.order for entry in log}
        self._orders |= new
        if len(self._orders) < len(log):  # copies were merged
            log = _one_after_the_other(self.incident)
            return _looked_through(self.incident, log, 1, tolerance), log[-1] if log else None
        if self._flag is None:
            self._flag = _looked_through(self.incident, log, max(1, self._read), tolerance)
        self._read = len(log)
        return self._flag, log[-1] if log else None


def _looked_through(
    incident: Incident, log: Sequence[Entry], begin: int, tolerance: timedelta
) -> Raised | None:
    """The first jump between an entry from place `begin` on, counted from 0, and the one before."""
    for place in range(begin, len(log)):
        before, entry = log[place - 1], log[place]
        away = entry.recorded_at - before.recorded_at
        if -tolerance <= away <= FURTHEST:
            continue
        if away > FURTHEST:
            suspect, distance = entry, f"{format_duration(away)} ahead of"
        elif place > 1 and entry.recorded_at >= log[place - 2].recorded_at - tolerance:
            # Its neighbours agree with each other, so it is the one between them that is off.
            suspect, distance = before, f"{format_duration(-away)} ahead of"
        else:
            suspect, distance = entry, f"{format_duration(-away)} behind"
        if not _settled(incident, suspect):
            return _raised(incident, suspect, distance)
    return None


def _raised(incident: Incident, entry: Entry, distance: str) -> Raised:
    number = incident.number(entry.id)
    mend = f"/amend {number} @…"
    if not entry.event.correctable:
        mend = "/snooze-flag clock.jumped 24h …"
    return Raised(
        f"The clock jumped: #{number} was recorded {distance} its neighbours. Is its time right?",
        entry.recorded_at,
        mend,
    )


def _one_after_the_other(incident: Incident) -> list[Entry]:
    """The log before copies were merged into it: there neighbours come from different evenings."""
    places = Counter(entry.order for entry in incident.recorded)
    first = min(order for order, times in places.items() if times > 1)
    return [entry for entry in incident.recorded if entry.order < first]


def _settled(incident: Incident, entry: Entry) -> bool:
    """Whether somebody has given the entry another time since, or taken it back."""
    return entry.id in incident.amended or not incident.counts(entry)
