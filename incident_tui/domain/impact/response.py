"""Response: how soon the severity wants somebody to act, and whether anybody has."""

import re
from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.events import Entry, Event, Incident, Projection, projects_where
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.patterns import later

_LENGTH = later(r"(\d+) (minute|hour)s?", re.IGNORECASE)


class Response(msgspec.Struct, frozen=True):
    """What the present severity asks for. `due` is None where it names no length that runs out."""

    within: str
    all_hands: bool
    due: datetime | None
    answered_at: datetime | None
    """When production was first changed since; None while nothing was."""


class ProductionChanges(Projection):
    """Every change to production: the first one answers, and later readings may show its effect."""

    entries: list[Entry] = []


@projects_where("changes_production", ProductionChanges)
def _changed(changes: ProductionChanges, event: Event, entry: Entry) -> None:
    changes.entries.append(entry)


def response(incident: Incident) -> Response | None:
    """What the severity asks for; None while none is set, and once the impact has stopped."""
    state = incident.of(SeverityState)
    level, declared = state.severity, incident.of(Lifecycle).declared_at
    if level is None or declared is None or incident.of(Lifecycle).status != "active":
        return None
    begun = state.history[-1].at
    length = _length(level.respond_within)
    since = min(begun, declared)
    answered = min(
        (entry.at for entry in incident.of(ProductionChanges).entries if entry.at >= since),
        default=None,
    )
    due = begun + length if length is not None else None
    return Response(level.respond_within, level.all_hands, due, answered)


def _length(text: str) -> timedelta | None:
    if "immediate" in text.lower():
        return timedelta()
    match = _LENGTH.search(text)
    return timedelta(**{f"{match[2].lower()}s": int(match[1])}) if match else None
