"""Weights: how much a word in an entry tells of what its incident was about, for rankings.

The title and what turned out to be the cause say it outright; what was ruled out, and the labels
of milestones and states, which stand in every log, hardly do.
"""

from collections.abc import Callable, Mapping

from incident_tui.domain.core.events import About, Entry, Incident
from incident_tui.domain.findings.hypotheses import Hypotheses, HypothesisProposed

WEIGHTS: Mapping[About, float] = {"title": 3.0, "cause": 2.0, "plain": 1.0, "label": 0.5}
_BY_VERDICT: Mapping[str, About] = {"confirmed": "cause", "refuted": "label"}


def weigher(incident: Incident) -> Callable[[Entry], float]:
    """What gives the weight of each entry as the incident stands; 1 for a plain one."""
    hypotheses = incident.of(Hypotheses).by_id

    def weight(entry: Entry) -> float:
        if isinstance(entry.event, HypothesisProposed) and entry.id in hypotheses:
            return WEIGHTS[_BY_VERDICT.get(hypotheses[entry.id].status, "plain")]
        return WEIGHTS[entry.event.about]

    return weight
