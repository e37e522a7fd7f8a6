"""When users felt no more of an episode, and when all was over.

The state only says it where nothing measured came before that: a stage is approved later.
"""

from collections.abc import Callable
from datetime import datetime

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.findings.milestones import Milestone, Milestones, follows
from incident_tui.domain.process.episodes import Episode, Episodes
from incident_tui.domain.process.lifecycle import Lifecycle

Measured = Callable[[Incident, Episode], Entry | None]
_MEASURED: list[Measured] = []


def measures_the_end(function: Measured) -> Measured:
    """Declare what finds the entry that shows when the impact of an episode had stopped."""
    _MEASURED.append(function)
    return function


def stop(incident: Incident, episode: Episode) -> Milestone | None:
    """When users felt no more of it in an episode: as it was stated, else as it was measured."""
    question = ("stop", episode.number)
    return incident.of(Settled).answer(question, lambda: _stop(incident, episode))


def _stop(incident: Incident, episode: Episode) -> Milestone | None:
    if (stated := incident.of(Milestones).stated_in("mitigated", episode)) is not None:
        return stated
    measurements = (measured(incident, episode) for measured in _MEASURED)
    entry = next((entry for entry in measurements if entry is not None), None)
    if entry is not None and (episode.stopped_at is None or entry.at < episode.stopped_at):
        return Milestone.shown_by(entry)
    present = episode is incident.of(Episodes).present
    moment = incident.of(Lifecycle).reached.get("mitigated")
    return _of_state(incident, moment if present else episode.stopped_at)


@follows("mitigated")
def _mitigated(incident: Incident) -> Milestone | None:
    present = incident.of(Episodes).present
    return stop(incident, present) if present is not None else None


@follows("resolved")
def _resolved(incident: Incident) -> Milestone | None:
    return _of_state(incident, incident.of(Lifecycle).reached.get("resolved"))


def _of_state(incident: Incident, moment: datetime | None) -> Milestone | None:
    """A moment at which the state changed, with the entry that changed it."""
    if moment is None:
        return None
    for entry in reversed(incident.entries):
        if entry.at == moment and entry.event.has_commit() and not entry.event.correctable:
            return Milestone.shown_by(entry)
    return None
