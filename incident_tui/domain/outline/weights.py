"""Weights: how much a word in an entry tells of what its incident was about, for rankings.

The title and what turned out to be the cause say it outright; what was ruled out, and the labels
of milestones and states, which stand in every log, hardly do.
"""

from collections.abc import Callable, Mapping

from incident_tui.domain.core.events import Entry, Event, Incident
from incident_tui.domain.findings.hypotheses import (
    Hypotheses,
    HypothesisConfirmed,
    HypothesisProposed,
    HypothesisRefuted,
)
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.impact.tags import Tagged
from incident_tui.domain.learning.factors import FactorNamed, WhyAnswered
from incident_tui.domain.learning.fixes import FixNamed
from incident_tui.domain.process.lifecycle import (
    IncidentClosed,
    IncidentDeclared,
    StagePassed,
    StatusChanged,
)

TITLE, CAUSE, PLAIN, LABEL = 3.0, 2.0, 1.0, 0.5

_BY_EVENT: Mapping[type[Event], float] = {
    IncidentDeclared: TITLE,
    Tagged: CAUSE,
    FactorNamed: CAUSE,
    WhyAnswered: CAUSE,
    FixNamed: CAUSE,
    HypothesisConfirmed: CAUSE,
    HypothesisRefuted: LABEL,
    MilestoneReached: LABEL,
    StatusChanged: LABEL,
    StagePassed: LABEL,
    IncidentClosed: LABEL,
}
_BY_VERDICT = {"confirmed": CAUSE, "refuted": LABEL}


def weighing(incident: Incident) -> Callable[[Entry], float]:
    """What gives the weight of each entry as the incident stands; `PLAIN` is that of a fact."""
    hypotheses = incident.of(Hypotheses).by_id

    def weight(entry: Entry) -> float:
        if isinstance(entry.event, HypothesisProposed) and entry.id in hypotheses:
            return _BY_VERDICT.get(hypotheses[entry.id].status, PLAIN)
        return _BY_EVENT.get(type(entry.event), PLAIN)

    return weight
