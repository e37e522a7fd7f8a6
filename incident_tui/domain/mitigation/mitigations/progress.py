"""How mitigation goes: how far the impact is stopped, and red flags where it stands still."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Raised, flag, source
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.mitigation.mitigations import IN_EFFECT, Mitigations
from incident_tui.domain.process.lifecycle import Lifecycle

OUTCOMES = ("mitigated", "partially mitigated", "mitigation failed")


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


@flag("mitigations.left", why="A stopgap that stays is a change that nobody reviewed.", worst=17)
def mitigations_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends, and what was done against the impact was never taken back."""
    since = incident.of(Lifecycle).ending_since
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
