"""How mitigation goes: how far the impact is stopped, and red flags where it stands still."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Entry, Incident, Projection, projects
from incident_tui.domain.core.rules import Raised, flag, source
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.mitigation.mitigations import IN_EFFECT, Mitigations, try_line
from incident_tui.domain.mitigation.mitigations import OUTCOMES as STEPS
from incident_tui.domain.process.lifecycle import Lifecycle, StatusChanged

OUTCOMES = ("mitigated", "partially mitigated", "mitigation failed")


class Returns(Projection):
    """When the incident was said to be active again."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.times: list[datetime] = []


@projects(StatusChanged, Returns)
def _returned(returns: Returns, event: StatusChanged, entry: Entry) -> None:
    if event.status == "active":
        returns.times.append(entry.at)


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
    """Impact goes on and the last change has had no verdict, or failed, for `minutes`.

    A decision made since, a change of strategy among them, is another way: it gets its own time.
    """
    tried_so_far = incident.of(Mitigations).during()
    if incident.of(Lifecycle).status != "active" or not tried_so_far:
        return None
    last = tried_so_far[-1]
    if last.status not in ("in flight", "failed"):
        return None
    decided = [entry.at for entry in incident.of(Decisions).every]
    due = max([(last.settled or last.entry).at, *decided]) + timedelta(minutes=minutes)
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
        try_line(incident),
    )


@flag(
    "mitigations.untried",
    why="An hour of looking is an hour in which nobody tried to help.",
    worst=68,
)
def nothing_tried(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The impact has gone on for `minutes`, and nothing was tried, nor any cause suspected.

    The lowest severity does without. Where hypotheses are worked, `mitigations.none` tells.
    """
    lifecycle = incident.of(Lifecycle)
    tried_so_far, suspected = incident.of(Mitigations).during(), incident.of(Hypotheses).items
    if lifecycle.status != "active" or lifecycle.declared_at is None or tried_so_far or suspected:
        return None
    begun = [lifecycle.declared_at, *incident.of(Returns).times]
    due = max(begun) + timedelta(minutes=minutes)
    if now < due or incident.of(SeverityState).severity == incident.playbook.severities[-1]:
        return None
    return Raised("The impact goes on, and nothing was tried against it.", due, try_line(incident))


@flag(
    "lifecycle.unverified",
    why="Resolved is a claim until the signal that showed the incident says so.",
    worst=65,
)
def unverified(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """Resolved although no change was verified, and no signal was read since the last one."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.status not in ("resolved", "postmortem-only") or lifecycle.closed:
        return None
    since = lifecycle.reached.get("resolved", now)
    done = incident.of(Mitigations).during()
    if any(item.was_verified for item in done):
        return None
    shown = incident.of(Readings).detecting
    read = incident.of(Readings).last(shown.name if shown else "")
    if read is not None and read.entry.at >= max((item.entry.at for item in done), default=since):
        return None
    told = "no change is verified by a signal" if done else "nothing on record shows it"
    signal = f"{shown.name} {shown.after}" if shown else "SIGNAL before"
    open_ones = [item.number for item in done if "verify" in STEPS[item.status]]
    verdict = f"/verify {open_ones[-1]} …" if open_ones and shown is None else ""
    return Raised(f"Resolved, but {told}.", since, verdict or f"= {signal} -> … src:dashboard")


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
