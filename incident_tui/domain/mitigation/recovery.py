"""Recovery: the numbers that show that a change helped. Readings themselves are in `readings`."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.lifecycle import Lifecycle

OUTCOMES = ("mitigated", "partially mitigated", "mitigation failed")


@check("readings.detecting", title="the signal that detected it is on record")
def has_signal(incident: Incident) -> Missing | None:
    """A reading that names its source shows the incident."""
    if incident.of(Readings).detecting is not None:
        return None
    return Missing(
        "no reading with its source shows the incident", "= 5xx 0.2 % -> 12 % src:dashboard"
    )


@check("readings.compared", title="numbers show the effect, before and after")
def compared(incident: Incident) -> Missing | None:
    """A signal was read after the first change, with what it was before."""
    made = [item.entry.at for item in incident.of(Mitigations).during()]
    readings = incident.of(Readings)
    if any(item.before and made and item.entry.at >= min(made) for item in readings.items):
        return None
    signal = readings.detecting
    if signal is None:
        return Missing("no signal was read after the change", "= 5xx 12 % -> 0.3 %")
    return Missing(
        f"{signal.name} was not read again after the change", f"= {signal.name} {signal.after} -> …"
    )


@source("mitigations.outcome")
def outcome(incident: Incident) -> str:
    """How far the impact is stopped, in the words of `OUTCOMES`; empty while nobody can say."""
    made = [item for item in incident.of(Mitigations).during() if item.status != "undone"]
    verified = [item for item in made if item.status == "verified"]
    if verified and incident.of(Lifecycle).status == "active" and len(verified) < len(made):
        return OUTCOMES[1]
    if verified:
        return OUTCOMES[0]
    return OUTCOMES[2] if made and all(item.status == "failed" for item in made) else ""


@source("recovery.course")
def course(incident: Incident) -> str:
    """Whether users are still affected: ongoing, mitigated or resolved."""
    status = incident.of(Lifecycle).status
    return {"active": "ongoing", "mitigated": "mitigated", "monitoring": "mitigated"}.get(
        status, "resolved"
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
    found = course(incident)
    return "investigating" if found == "ongoing" else found


@flag(
    "hypotheses.guessing",
    why="A guess that nobody checks costs more than a look at the logs.",
    worst=38,
)
def guessing(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """A hypothesis has stood for `minutes`, and nothing speaks for or against any."""
    items = incident.of(Hypotheses).items
    if not incident.of(Lifecycle).unresolved or not items:
        return None
    if any(item.evidence_for or item.evidence_against or item.verdict for item in items):
        return None
    due = items[0].entry.at + timedelta(minutes=minutes)
    if now < due:
        return None
    number = items[0].number
    return Raised(
        "Nothing speaks for or against any hypothesis yet: look at logs, metrics, traces.",
        due,
        f"/hyp {number} for … src:logs",
    )
