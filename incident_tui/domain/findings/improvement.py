"""Whether a reading shows that things are better than they were, and how far back to normal.

Which way is good is known from the signal that showed the incident: away from what it rose to.
Of another signal its name may say it.
"""

from collections.abc import Sequence
from itertools import pairwise

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.values.measures import comparable, is_better, of_two_kinds

NORMAL, NOTHING = 0.8, 0.1
"""The parts of the way back to normal from which users feel no more of it, and up to which all."""


def no_better(incident: Incident, read: Sequence[Reading]) -> str:
    """Why readings since a change show no improvement; else empty.

    The newest of `read`, the oldest first, is held against what its signal was before the change:
    ``20 % is no better than 12 %``. What is back to normal is as good as it gets.
    """
    last = read[-1]
    shown = incident.of(Readings).first_signal
    if shown is not None and not _same(shown, last):
        shown = None
    before = _before(read) or (shown.after if shown else "")
    if not before:
        return ""
    text = f"{last.after} is no better than {before}"
    way = comparable(shown.before, shown.after, before, last.after) if shown else None
    if way is not None and way[0] != way[1]:
        was, now = _share(way[0], way[1], way[2]), _share(way[0], way[1], way[3])
        if now <= was < NORMAL:
            return text
        hardly = now < NORMAL and now - was <= NOTHING * (1 - was)
        return f"{last.after} is hardly better than {before}" if hardly else ""
    if last.after.casefold() == before.casefold():
        return text
    numbers = comparable(before, last.after)
    if numbers is None:
        apart = of_two_kinds(before, last.after)
        return f"{last.after} cannot be compared with {before}" if apart else ""
    same = numbers[0] == numbers[1]
    return text if same or is_better(last.name, before, last.after) is False else ""


def recovered(incident: Incident, reading: Reading) -> float | None:
    """The share of the way back to normal that a reading shows: 1 is all of it; None if unknown."""
    shown = incident.of(Readings).first_signal
    if shown is None or not _same(shown, reading):
        return None
    numbers = comparable(shown.before, shown.after, reading.after)
    return None if numbers is None or numbers[0] == numbers[1] else _share(*numbers)


def _before(read: Sequence[Reading]) -> str:
    """What the signal of the newest reading was before all those that go on from each other."""
    same = [item for item in read if _same(item, read[-1])]
    goes_on = [item.before == last.after for last, item in pairwise(same)]
    begun = next((n for n in range(len(goes_on), 0, -1) if not goes_on[n - 1]), 0)
    return same[begun].before


def _share(normal: float, worst: float, now: float) -> float:
    return (worst - now) / (worst - normal)


def _same(shown: Reading, reading: Reading) -> bool:
    return shown.name.casefold() == reading.name.casefold()
