"""Red flags about how mitigation goes: two changes at once, stalled, not begun, or
never verified."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Raised, flag
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.lifecycle import Lifecycle


@flag(
    "mitigations.two-in-flight",
    why="With two changes at once nobody can tell which one worked.",
    worst=90,
)
def two_in_flight(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """More than one change waits for its verdict."""
    flying = incident.of(Mitigations).in_flight()
    if len(flying) < 2:
        return None
    told = ", ".join(f"{item.number} {item.text}" for item in flying)
    return Raised(
        f"{len(flying)} changes in flight ({told}): verify one before the next.",
        flying[1].entry.recorded_at,
        f"/verify {flying[0].number} …",
    )


@flag(
    "mitigations.stalled",
    why="When a mitigation does not help, the strategy has to change, not the patience.",
    worst=80,
)
def stalled(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Impact goes on and the last change has had no verdict, or failed, for `minutes`."""
    tried_so_far = incident.of(Mitigations).during()
    if incident.of(Lifecycle).status != "active" or not tried_so_far:
        return None
    last = tried_so_far[-1]
    if last.status not in ("in flight", "failed"):
        return None
    due = (last.settled or last.entry).at + timedelta(minutes=minutes)
    if now < due:
        return None
    return Raised(
        f"The impact goes on and change {last.number} has not stopped it: decide on another way.",
        due,
        "! what is done instead",
    )


@flag(
    "mitigations.none",
    why="Looking for the cause while users suffer is the classic way to lose an hour.",
    worst=70,
)
def debugging_first(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Hypotheses are worked while impact is active and nothing was tried for `minutes`."""
    hypotheses = incident.of(Hypotheses).items
    if incident.of(Lifecycle).status != "active" or incident.of(Mitigations).during():
        return None
    if not hypotheses:
        return None
    due = hypotheses[0].entry.at + timedelta(minutes=minutes)
    if now < due:
        return None
    return Raised(
        "Hypotheses are worked while the impact goes on: stop the impact first.",
        due,
        f"/mitigate {incident.playbook.mitigation_kinds[0].id} … undo:…",
    )


@flag(
    "lifecycle.unverified",
    why="Resolved is a claim until the signal that showed the incident says so.",
    worst=65,
)
def unverified(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """Resolved although no mitigation was verified."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.status not in ("resolved", "postmortem-only") or lifecycle.closed:
        return None
    done = incident.of(Mitigations).during()
    if not done or any(item.status == "verified" for item in done):
        return None
    since = lifecycle.reached.get("resolved", now)
    number = done[-1].number
    return Raised("Resolved, but no change is verified by a signal.", since, f"/verify {number} …")
