"""What a stage's artifact and gate looked like at earlier positions of the log.

An approved artifact is shown as it was approved, whatever the log said afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incident_tui.domain.core.events import Entry, Incident, extend, fold
from incident_tui.domain.people.hats import Hats, needed_hats
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.episodes import present
from incident_tui.domain.process.gates import GateReport, Gates, gate, tick
from incident_tui.domain.values.playbook import Stage


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stage as it stood at one position of the log."""

    values: tuple[FieldValue, ...]
    gate: GateReport
    hats: tuple[tuple[str, str], ...]
    """Hats of the stage by title, with who wore them; empty optional ones are left out."""
    answers: dict[str, Entry]
    """Check -> the entry that attested or waived it."""


def snapshot(incident: Incident, stage: Stage) -> Snapshot:
    """`stage` as it stands in `incident`."""
    projection, gates = incident.of(Hats), present(incident).of(Gates)
    needed = {hat.id for hat in needed_hats(incident)}
    hats = []
    for hat_id in stage.hats:
        hat = incident.playbook.hat(hat_id)
        who = projection.worn[hat_id].person if hat_id in projection.worn else ""
        if not who and hat_id in projection.not_needed:
            who = f"not needed: {projection.not_needed[hat_id]}"
        if not who and hat_id in needed:
            who = "nobody"
        if who:
            hats.append((hat.title if hat else hat_id, who))
    waivers = {check: entry for (where, check), entry in gates.waived.items() if where == stage.id}
    waivers |= {
        check: entry
        for where, check in gates.attested
        if where == stage.id and (entry := tick(incident, stage.id, check)) is not None
    }
    return Snapshot(
        tuple(incident.of(Artifacts).values(stage)), gate(incident, stage), tuple(hats), waivers
    )


def snapshots(
    incident: Incident, wanted: Iterable[tuple[int, Stage]]
) -> dict[tuple[int, str], Snapshot]:
    """Each wanted stage after that many entries of the log, by position and stage id."""
    taken: dict[tuple[int, str], Snapshot] = {}
    state = fold([], incident.playbook)
    for position, stage in sorted(wanted, key=lambda pair: pair[0]):
        if position == len(incident.recorded):
            taken[(position, stage.id)] = snapshot(incident, stage)
            continue
        reached = len(state.recorded)
        state = extend(state, incident.recorded[reached:position])
        taken[(position, stage.id)] = snapshot(state, stage)
    return taken
