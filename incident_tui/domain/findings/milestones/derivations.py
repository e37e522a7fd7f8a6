"""How milestones follow from the log where nobody states them: the start, its sign, the cause.

When the impact stopped, and when all was over, is decided in `stops`.
"""

from collections.abc import Iterable

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.milestones import Milestone, Milestones, follows
from incident_tui.domain.impact.response import ProductionChanges
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.lifecycle import IncidentDeclared, Lifecycle


def _earliest(entries: Iterable[Entry]) -> Milestone | None:
    first = min(entries, key=lambda entry: entry.at, default=None)
    return Milestone.shown_by(first) if first is not None else None


def _declaration(incident: Incident) -> Entry | None:
    return next((e for e in incident.entries if isinstance(e.event, IncidentDeclared)), None)


@follows("started")
def _start(incident: Incident) -> Milestone | None:
    """As declared; where nobody said it, not later than it was noticed or declared."""
    declaration = _declaration(incident)
    declared = incident.of(Lifecycle).declared
    if declaration is None or declared is None:
        return None
    if declared.started_at is not None:
        return Milestone(declared.started_at, True, declaration)
    if declared.afterwards:
        return None
    known = [declaration, incident.of(Milestones).stated.get("detected"), *_signals(incident)[:1]]
    return _earliest(entry for entry in known if entry is not None)


def _signals(incident: Incident) -> list[Entry]:
    """What may have shown the incident, oldest first: readings with a source, before it was better.

    A reading that was taken after something was done against the impact, or after that stopped, or
    that is for the better by itself, shows what became of it and not that there was something.
    """
    incident = incident.whole
    return incident.of(Settled).answer("signals", lambda: _shown(incident, incident.signals))


def _shown(incident: Incident, entries: Iterable[Entry]) -> list[Entry]:
    lifecycle = incident.of(Lifecycle)
    declared = lifecycle.declared
    stated = incident.of(Milestones).stated.get("started")
    start = stated.at if stated else declared.started_at if declared else None
    begun = start or lifecycle.declared_at
    better = [lifecycle.reached.get(name) for name in ("mitigated", "resolved")]
    changes = incident.of(ProductionChanges).entries
    better += [entry.at for entry in changes if begun is not None and entry.at > begun]
    end = min((moment for moment in better if moment is not None), default=None)
    before = (entry for entry in entries if end is None or entry.at < end)
    shown = (entry for entry in before if entry.event.detects())
    return sorted(shown, key=lambda entry: (entry.at, entry.order))


def source_line(incident: Incident) -> str:
    """The line by which a reading on record shows the incident: its source; empty without one."""
    whole = incident.whole
    unsourced = (entry for entry in whole.entries if whole.counts(entry) and not entry.source)
    shown = _shown(whole, unsourced)
    return f"/source {whole.number(shown[0].id)} …" if shown else ""


def first_signal(incident: Incident) -> Entry | None:
    """The reading that showed the incident; None where none with a source did."""
    return next(iter(_signals(incident)), None)


@follows("detected")
def _detected(incident: Incident) -> Milestone | None:
    """When it was first seen: not before the start, and not after it was declared."""
    started, declaration = incident.of(Milestones).milestone("started"), _declaration(incident)
    begun = started.at if started else None
    seen = [entry for entry in _signals(incident) if begun is None or entry.at >= begun]
    if not seen:
        return None
    if declaration is not None and (begun is None or declaration.at >= begun):
        seen.append(declaration)
    return _earliest(seen)


@follows("recurred")
def _recurred(incident: Incident) -> Milestone | None:
    later = incident.of(Episodes).items[1:]
    return Milestone(later[-1].begun_at, False, later[-1].begun) if later else None


@follows("cause-identified")
def _cause_identified(incident: Incident) -> Milestone | None:
    confirmed = incident.of(Hypotheses).with_status("confirmed")
    return _earliest(item.verdict_entry for item in confirmed if item.verdict_entry is not None)


@follows("declared")
def _declared(incident: Incident) -> Milestone | None:
    return _earliest(filter(None, [_declaration(incident)]))


@follows("triaged")
def _triaged(incident: Incident) -> Milestone | None:
    return _earliest(incident.of(SeverityState).history[:1])


@follows("communicated")
def _communicated(incident: Incident) -> Milestone | None:
    return _earliest(item.entry for item in incident.of(Updates).items[:1])
