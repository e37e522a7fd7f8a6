"""What a gate asks of mitigation: tried, to be undone, verified by the signal, settled.

A check answers with the line that comes next, which says as much as the process will ask for.
"""

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, check
from incident_tui.domain.findings.improvement import no_better
from incident_tui.domain.findings.readings import Readings, line_to_read
from incident_tui.domain.mitigation.mitigations import (
    Mitigation,
    Mitigations,
    MitigationVerified,
)


@check("mitigations.tried", title="a mitigation is tried")
def tried(incident: Incident) -> Missing | None:
    """At least one change was made since the incident began."""
    return Missing("nothing was tried yet to stop the impact", try_line(incident)).unless(
        incident.of(Mitigations).during()
    )


def try_line(incident: Incident) -> str:
    """The line that records a first attempt to stop the impact."""
    return f"/mitigate {incident.playbook.mitigation_kinds[0].id} … undo:…{_source(incident)}"


def _source(incident: Incident) -> str:
    """Where a line says where it comes from, so that the process need not ask for that later."""
    return " src:…" if incident.playbook.asks_for("sources.named") else ""


@check("mitigations.reversible", title="each mitigation says how it is undone")
def reversible(incident: Incident) -> Missing | None:
    """Each change in effect names its reversal."""
    open_ended = [
        item for item in incident.of(Mitigations).during() if item.in_effect and not item.undo
    ]
    if not open_ended:
        return None
    item = open_ended[0]
    return Missing(
        f"change {item.number} ({item.text}) does not say how it is undone",
        f"/reverse {item.number} …",
    )


@check("mitigations.verified", title="verified by the signal that detected the incident")
def verified(incident: Incident) -> Missing | None:
    """A change is verified, and the signal was read again after it was made, and is better."""
    mitigations = incident.of(Mitigations)
    done = [item for item in mitigations.during() if item.verdict == "verified"]
    if not done:
        in_flight = mitigations.in_flight()
        if not in_flight:
            return Missing("no mitigation is verified", try_line(incident))
        # What a verdict rests on is read before it.
        unread = _unread(incident, in_flight[-1:])
        inside = " inside:…" if incident.playbook.asks_for("mitigations.inside") else ""
        mend = unread.mend if unread else f"/verify {in_flight[-1].number} …{inside}"
        return Missing("no mitigation is verified", mend)
    if unread := _unread(incident, done):
        return unread
    read = incident.of(Readings).since(min(item.entry.at for item in done))
    last = read[-1]
    if why := no_better(incident, read):
        return Missing(f"{last.name}: {why}", f"= {last.name} {last.after} -> …")
    return None


def _unread(incident: Incident, changes: list[Mitigation]) -> Missing | None:
    """The signal that nobody read since the first of these changes."""
    readings = incident.of(Readings)
    if readings.since(min(item.entry.at for item in changes)):
        return None
    first_signal = readings.first_signal
    if first_signal is None:
        return Missing("no signal was read after the change", "= SIGNAL … -> …")
    return Missing(
        f"{first_signal.name}, which showed the incident, was not read again after the change",
        f"{line_to_read(incident, first_signal.name)}{_source(incident)}",
    )


@check("mitigations.inside", title="the inside is seen to be healthy")
def healthy_inside(incident: Incident) -> Missing | None:
    """A change is verified, and that says what the inside shows."""
    for item in incident.of(Mitigations).during():
        proof = item.verdicts[-1].entry.event if item.verdicts else None
        if isinstance(proof, MitigationVerified) and proof.inside:
            return None
    in_flight = [item.number for item in incident.of(Mitigations).in_flight()]
    line = f"/verify {in_flight[-1]} … inside:…" if in_flight else try_line(incident)
    return Missing("no verification says what the inside shows", line)


@check("mitigations.settled", title="no change is left in flight")
def settled(incident: Incident) -> Missing | None:
    """Of every change it is said whether it worked."""
    left = incident.of(Mitigations).in_flight()
    if not left:
        return None
    unread = _unread(incident, left[:1])
    return Missing(
        f"of change {left[0].number} ({left[0].text}) nobody said whether it worked",
        unread.mend if unread else f"/verify {left[0].number} …",
    )
