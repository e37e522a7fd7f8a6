"""Leftovers: what is still open or in effect when the incident comes to its end."""

from datetime import datetime

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Raised, flag
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.mitigation.mitigations import IN_EFFECT, Mitigations
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted


def _ending_since(incident: Incident) -> datetime | None:
    """Since when the incident is over or in its last stage; None before."""
    lifecycle = incident.of(Lifecycle)
    last = lifecycle.stages[-1]
    times = [lifecycle.reached.get("resolved"), last.entered_at if last.state != "ahead" else None]
    return min((moment for moment in times if moment is not None), default=None)


@flag("guardrails.left", why="A guardrail that nobody remembers becomes the next puzzle.", worst=18)
def guardrails_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends, and a temporary protection is still in place."""
    since = _ending_since(incident)
    left = incident.of(Guardrails).active
    if since is None or not left:
        return None
    return Raised(
        f"{counted(len(left), 'guardrail')} still in place, first {left[0].number}: {left[0].text}",
        max(since, left[0].entry.at),
        f"/lift {left[0].number} WHY",
    )


@flag("mitigations.left", why="A stopgap that stays is a change that nobody reviewed.", worst=17)
def mitigations_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends, and what was done against the impact was never taken back."""
    since = _ending_since(incident)
    left = [
        item
        for item in incident.of(Mitigations).during()
        if item.kind != "change" and item.status in IN_EFFECT
    ]
    if since is None or not left:
        return None
    return Raised(
        f"Change {left[0].number} ({left[0].text}) is still in effect: is it meant to stay?",
        max(since, left[0].entry.at),
        f"/undone {left[0].number} …",
    )


@flag("questions.left", why="A question that nobody answers comes back as an incident.", worst=16)
def questions_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends with open questions."""
    since = _ending_since(incident)
    left = incident.of(Questions).open
    if since is None or not left:
        return None
    return Raised(
        f"{counted(len(left), 'question')} open, first {left[0].number}: {left[0].text}",
        max(since, left[0].entry.at),
        f"/answer {left[0].number} …",
    )
