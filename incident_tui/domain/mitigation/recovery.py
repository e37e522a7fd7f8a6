"""Recovery: where the incident stands between its first user affected and its last."""

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import source
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.lifecycle import Lifecycle


@source("recovery.course")
def course(incident: Incident) -> str:
    """Whether users are still affected: ongoing, mitigated or resolved."""
    return {"active": "ongoing", "mitigated": "mitigated", "monitoring": "mitigated"}.get(
        incident.of(Lifecycle).status, "resolved"
    )


@source("recovery.phase")
def phase(incident: Incident) -> str:
    """What the work is about: investigating, mitigating or resolved."""
    if course(incident) == "resolved":
        return "resolved"
    return "mitigating" if incident.of(Mitigations).during() else "investigating"


@source("recovery.public")
def public(incident: Incident) -> str:
    """What people outside are told: investigating, mitigated or resolved."""
    state = course(incident)
    return "investigating" if state == "ongoing" else state
