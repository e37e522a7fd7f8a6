"""How mitigation goes: how far the impact is stopped, and red flags where it stands still."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Raised, flag, source
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.improvement import NORMAL, NOTHING, recovered
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.mitigation.mitigations.asked_proof import try_line
from incident_tui.domain.process.episodes import Episodes, present
from incident_tui.domain.process.lifecycle import Lifecycle

OUTCOMES = ("mitigated", "partially mitigated", "mitigation failed")


@source("mitigations.outcome")
def outcome(incident: Incident) -> str:
    """How far the impact is stopped, in the words of `OUTCOMES`; empty while nobody can say.

    It follows from what users feel now: the newest reading of the signal, else the newest verdict.
    How many tries it took is not asked.
    """
    if incident.of(Lifecycle).status != "active":
        return OUTCOMES[0]
    now = present(incident)
    changes = now.of(Mitigations).during()
    verdicts = [verdict for item in changes for verdict in item.verdicts]
    effective = [item for item in changes if item.verdict == "verified" and item.in_effect]
    if not verdicts or not (effective or all(item.verdict == "failed" for item in changes)):
        return ""
    read = now.of(Readings).since(changes[0].entry.at)
    back = recovered(incident, read[-1]) if read else None
    if back is not None:
        return OUTCOMES[0 if back >= NORMAL else 1 if back > NOTHING else 2]
    newest = max(verdicts, key=lambda verdict: incident.number(verdict.entry.id))
    if not effective:
        return OUTCOMES[2]
    return OUTCOMES[0 if newest.outcome == "verified" else 1]


@flag(
    "mitigations.two-in-flight",
    why="With two changes at once nobody can tell which one worked.",
    worst=90,
)
def two_in_flight(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """More than one change waits for its verdict."""
    in_flight = incident.of(Mitigations).in_flight()
    if len(in_flight) < 2:
        return None
    text = ", ".join(f"{item.number} {item.text}" for item in in_flight)
    return Raised(
        f"{len(in_flight)} changes in flight ({text}): verify one before the next.",
        in_flight[1].entry.recorded_at,
        f"/verify {in_flight[0].number} …",
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
    tried_so_far = present(incident).of(Mitigations).during()
    if incident.of(Lifecycle).status != "active" or not tried_so_far:
        return None
    last = tried_so_far[-1]
    if last.verdict == "verified" or (last.verdict == "open" and not last.in_effect):
        return None
    decided = [entry.at for entry in incident.of(Decisions).every]
    due = max([(last.settled or last.entry).at, *decided]) + timedelta(minutes=minutes)
    return Raised(
        f"Change {last.number} has not stopped the impact: decide on another way.",
        due,
        "! …",
    ).once_due(now)


@flag(
    "mitigations.none",
    why="Looking for the cause while users suffer is the classic way to lose an hour.",
    worst=70,
)
def debugging_first(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Hypotheses are worked while impact is active and nothing was tried for `minutes`.

    What was tried against an earlier outage does not count.
    """
    hypotheses = incident.of(Hypotheses).items
    tried_so_far = present(incident).of(Mitigations).during()
    if incident.of(Lifecycle).status != "active" or tried_so_far or not hypotheses:
        return None
    begun = (each.begun_at for each in incident.of(Episodes).items[1:])
    due = max([hypotheses[0].entry.at, *begun]) + timedelta(minutes=minutes)
    return Raised(
        "Hypotheses are worked while the impact goes on: stop the impact first.",
        due,
        try_line(incident),
    ).once_due(now)


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
    tried_so_far = present(incident).of(Mitigations).during()
    suspected = incident.of(Hypotheses).items
    if lifecycle.status != "active" or lifecycle.declared_at is None or tried_so_far or suspected:
        return None
    begun = [lifecycle.declared_at, *(each.begun_at for each in incident.of(Episodes).items)]
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
    episode = present(incident)
    done = episode.of(Mitigations).during()
    if any(item.verdict == "verified" for item in done):
        return None
    shown = episode.of(Readings).first_signal
    readings = episode.of(Readings)
    newest = max(readings.items, key=lambda each: each.entry.at, default=None)
    read = readings.last(shown.name) if shown else newest
    if read is not None and read.entry.at >= max((item.entry.at for item in done), default=since):
        return None
    text = "no change is verified by a signal" if done else "nothing on record shows it"
    signal = f"{shown.name} {shown.after}" if shown else "SIGNAL …"
    open_ones = [item.number for item in done if item.verdict != "verified"]
    verdict = f"/verify {open_ones[-1]} …" if open_ones and shown is None else ""
    return Raised(f"Resolved, but {text}.", since, verdict or f"= {signal} -> … src:…")


@flag("mitigations.left", why="A stopgap that stays is a change that nobody reviewed.", worst=17)
def mitigations_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends, and what was done against the impact was never taken back."""
    since = incident.of(Lifecycle).ending_since
    left = [
        item
        for item in incident.of(Mitigations).during()
        if item.kind != "change" and item.effect == "yes"
    ]
    if since is None or not left:
        return None
    return Raised(
        f"Change {left[0].number} ({left[0].text}) is still in effect; meant to stay? "
        f"/keep {left[0].number}",
        max(since, left[0].entry.at),
        f"/undone {left[0].number} …",
    )
