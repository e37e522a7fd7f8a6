"""Whether a reading shows that things are better than they were, and how far back to normal.

Which way is good is known from the signal that showed the incident: away from what it rose to.
Of another signal its name may say it.
"""

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.values.measures import comparable, is_better, of_two_kinds


def no_better(incident: Incident, reading: Reading) -> str:
    """Why a reading shows no improvement, such as ``20 % is no better than 12 %``; else empty."""
    shown = incident.of(Readings).detecting
    before = reading.before or (shown.after if shown and _same(shown, reading) else "")
    if not before:
        return ""
    text = f"{reading.after} is no better than {before}"
    if reading.after.casefold() == before.casefold():
        return text
    numbers = comparable(before, reading.after)
    if numbers is None:
        apart = of_two_kinds(before, reading.after)
        return f"{reading.after} cannot be compared with {before}" if apart else ""
    was, now = numbers
    if was == now:
        return text
    normal = comparable(shown.before, shown.after) if shown and _same(shown, reading) else None
    if normal is None or normal[0] == normal[1]:
        return text if is_better(reading.name, before, reading.after) is False else ""
    grew = normal[1] > normal[0]
    return text if (now > was) == grew else ""


def recovered(incident: Incident, reading: Reading) -> float | None:
    """The part of the way back to normal that a reading shows: 1 is all of it; None if unknown."""
    shown = incident.of(Readings).detecting
    if shown is None or not _same(shown, reading):
        return None
    numbers = comparable(shown.before, shown.after, reading.after)
    if numbers is None or numbers[0] == numbers[1]:
        return None
    normal, worst, now = numbers
    return (worst - now) / (worst - normal)


def _same(shown: Reading, reading: Reading) -> bool:
    return shown.name.casefold() == reading.name.casefold()
