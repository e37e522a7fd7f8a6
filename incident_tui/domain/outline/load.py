"""Load: how long each person worked in an incident under a hat, and in which nights."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.people.hats.time_in_role import HatTimes
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)
"""What counts as night, in the zone of the incident."""
LONGEST = timedelta(days=31)
"""How long a hat is taken to be worn at most: beyond that somebody forgot to take it off."""

Stretch = tuple[datetime, datetime]


class Burden(msgspec.Struct, frozen=True, gc=False):
    """What one person bore until the incident was over.

    `seconds` with any hat, which those of several `hats` at once do not add up to; `nights` are
    the days, as ordinals of the calendar, on which each night began.
    """

    person: str
    seconds: float
    hats: dict[str, float]
    nights: tuple[int, ...]


def burdens(incident: Incident) -> list[Burden]:
    """The burden of each person, in the order in which they took their first hat.

    It ends with the resolution or the close; while the incident goes on, with its newest entry.
    """
    ends = _over(incident)
    worn: dict[str, dict[str, list[Stretch]]] = {}
    for span in incident.of(HatTimes).spans:
        until = min(span.until or ends, ends, span.since + LONGEST)
        if until > span.since:
            worn.setdefault(span.person, {}).setdefault(span.hat, []).append((span.since, until))
    if not worn:
        return []
    zone = zone_of(incident)
    return [_burden(person, hats, zone) for person, hats in worn.items()]


def _burden(person: str, hats: dict[str, list[Stretch]], zone: tzinfo) -> Burden:
    together = _united([stretch for stretches in hats.values() for stretch in stretches])
    return Burden(
        person,
        _seconds(together),
        {hat: _seconds(_united(stretches)) for hat, stretches in hats.items()},
        tuple(sorted({night for stretch in together for night in _nights(stretch, zone)})),
    )


def _over(incident: Incident) -> datetime:
    resolved = incident.of(Lifecycle).reached.get("resolved")
    return resolved or max(entry.at for entry in incident.entries)


def _united(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same time, no part of it twice."""
    united: list[Stretch] = []
    for begin, end in sorted(stretches):
        if united and begin <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end)
        else:
            united.append((begin, end))
    return united


def _seconds(stretches: Sequence[Stretch]) -> float:
    return sum((end - begin).total_seconds() for begin, end in stretches)


def _nights(stretch: Stretch, zone: tzinfo) -> list[int]:
    """The nights that a stretch reaches into, by the day on which each began."""
    begin, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in stretch)
    day, nights = begin.date() - timedelta(days=1), []
    while day <= end.date():
        dusk = datetime.combine(day, NIGHT_BEGINS)
        if begin < datetime.combine(day + timedelta(days=1), NIGHT_ENDS) and end > dusk:
            nights.append(day.toordinal())
        day += timedelta(days=1)
    return nights
