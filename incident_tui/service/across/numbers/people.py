"""The load on people: how long each worked in incidents, under which hats, in how many nights."""

from collections.abc import Iterable

import msgspec

from incident_tui.domain.outline import Outline


class Load(msgspec.Struct, frozen=True):
    """What one person bore, until each incident was over: seconds with any hat, and with each.

    A night counts once, however many incidents it had.
    """

    incidents: int
    seconds: float
    nights: int
    hats: dict[str, float]


def load_on_people(outlines: Iterable[Outline]) -> dict[str, Load]:
    """The load on each person, the longest first. Hats in protected incidents are left out."""
    seconds: dict[str, float] = {}
    incidents: dict[str, int] = {}
    nights: dict[str, set[int]] = {}
    hats: dict[str, dict[str, float]] = {}
    for known in outlines:
        for one in () if known.protected else known.people:
            person = one.person
            seconds[person] = seconds.get(person, 0.0) + one.seconds
            incidents[person] = incidents.get(person, 0) + 1
            nights.setdefault(person, set()).update(one.nights)
            worn = hats.setdefault(person, {})
            for hat, length in one.hats.items():
                worn[hat] = worn.get(hat, 0.0) + length
    return {
        person: Load(incidents[person], seconds[person], len(nights[person]), hats[person])
        for person in sorted(seconds, key=lambda name: (-seconds[name], name))
    }
