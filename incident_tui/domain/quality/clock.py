"""Clocks that jumped: moments of recording that cannot all be right. The order stays the log's.

When things happened, and whether that can be, is in `timeline`.
"""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.rules import Raised, flag
from incident_tui.domain.core.settled import Settled
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
    found, newest = incident.of(Settled).answer(
        ("clock.jumped", minutes), lambda: _looked_through(incident, tolerance)
    )
    if found is not None:
        return found
    if newest and newest.recorded_at > now + tolerance and not _settled(incident, newest):
        return _raised(incident, newest, f"{format_duration(newest.recorded_at - now)} ahead of")
    return None


def _looked_through(incident: Incident, tolerance: timedelta) -> tuple[Raised | None, Entry | None]:
    """What the log says by itself; and its newest entry, which may be ahead of the present."""
    log = _one_after_the_other(incident)
    for place, (before, entry) in enumerate(pairwise(log), 1):
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
            return _raised(incident, suspect, distance), None
    return None, log[-1] if log else None


def _raised(incident: Incident, entry: Entry, distance: str) -> Raised:
    number = incident.number(entry.id)
    mend = f"/amend {number} @14:02"
    if not entry.event.correctable:
        mend = "/snooze-flag clock.jumped 24h the clock was set"
    return Raised(
        f"The clock jumped: #{number} was recorded {distance} its neighbours. Is its time right?",
        entry.recorded_at,
        mend,
    )


def _one_after_the_other(incident: Incident) -> list[Entry]:
    """The log in its order. Where copies were merged, neighbours come from different evenings."""
    places = Counter(entry.order for entry in incident.recorded)
    if len(places) == len(incident.recorded):
        return incident.recorded
    first = min(order for order, times in places.items() if times > 1)
    return [entry for entry in incident.recorded if entry.order < first]


def _settled(incident: Incident, entry: Entry) -> bool:
    """Whether somebody has given the entry another time since, or taken it back."""
    return entry.id in incident.amended or not incident.counts(entry)
