"""How the incidents of a home went, in numbers: how many, how long, what was promised and kept.

Drills, and what turned out to be none, are counted and otherwise left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from statistics import median

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.metrics import DURATIONS, durations
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.learning.actions import SETTLED, Actions
from incident_tui.domain.process.lifecycle import (
    AFTERWARDS,
    IncidentClosed,
    Lifecycle,
    StagePassed,
    StageReopened,
)
from incident_tui.service.home_service import Service

UNSET = "unset"
"""The severity of an incident that was given none."""


class Spread(msgspec.Struct, frozen=True):
    """A duration over several incidents, in seconds; `incidents` are those in which it is known."""

    incidents: int
    median: float
    longest: float


class Promises(msgspec.Struct, frozen=True):
    """Action items: how many, how many of them are settled, and how many are past their day."""

    total: int
    settled: int
    overdue: int


class Statistics(msgspec.Struct, frozen=True):
    """Numbers over the incidents of a home.

    `going_on` are those of `incidents` that are not closed; `waived` counts the checks that were
    passed by a waiver, `reopened` the stages that were gone back to. `unread` names incidents that
    cannot be read, and why.
    """

    incidents: int
    going_on: int
    drills: int
    none: int
    severities: Mapping[str, int]
    durations: Mapping[str, Spread]
    waived: int
    reopened: int
    actions: Promises
    unread: tuple[tuple[str, str], ...] = ()


def statistics(service: Service, *, since: datetime | None = None) -> Statistics:
    """Read all incidents that began at or after `since`; one that cannot be read hides no other."""
    incidents, unread = service.read_all()
    found = [incident for incident in incidents.values() if _began_since(incident, since)]
    return _counted(found, service.world.clock(), tuple(unread.items()))


def _began_since(incident: Incident, since: datetime | None) -> bool:
    began = incident.of(Milestones).at("started")
    return since is None or (began is not None and began >= since)


def _counted(
    found: Iterable[Incident], now: datetime, unread: tuple[tuple[str, str], ...]
) -> Statistics:
    kinds = Counter[str]()
    real: list[Incident] = []
    for incident in found:
        kind = _kind(incident)
        kinds[kind] += 1
        if kind == "incident":
            real.append(incident)
    items = [item for incident in real for item in incident.of(Actions).items]
    events = [entry.event for incident in real for entry in incident.recorded]
    passed = [event for event in events if isinstance(event, (StagePassed, IncidentClosed))]
    return Statistics(
        incidents=len(real),
        going_on=sum(not incident.of(Lifecycle).closed for incident in real),
        drills=kinds["drill"],
        none=kinds["none"],
        severities=dict(
            sorted(Counter(one.of(SeverityState).level or UNSET for one in real).items())
        ),
        durations=_spreads(real),
        waived=sum(len(event.waived) for event in passed),
        reopened=sum(isinstance(event, StageReopened) for event in events),
        actions=Promises(
            len(items),
            sum(item.status in SETTLED for item in items),
            sum(item.overdue(now) for item in items),
        ),
        unread=unread,
    )


def _kind(incident: Incident) -> str:
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared is not None and lifecycle.declared.drill:
        return "drill"
    early = lifecycle.closed is not None and lifecycle.closed.reason not in ("", AFTERWARDS)
    return "none" if early else "incident"


def _spreads(incidents: Iterable[Incident]) -> dict[str, Spread]:
    """Each duration that is known of any; one that ends before it begins is no duration."""
    known: dict[str, list[float]] = {name: [] for name in DURATIONS}
    for incident in incidents:
        for name, delta in durations(incident).items():
            if delta is not None and delta.total_seconds() >= 0:
                known[name].append(delta.total_seconds())
    return {
        name: Spread(len(seconds), median(seconds), max(seconds))
        for name, seconds in known.items()
        if seconds
    }
