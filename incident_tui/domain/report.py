"""The state of an incident as plain data: what `show --json` prints and documents are made from.

Times are ISO 8601 in UTC, durations seconds; what is not known is null.
"""

from datetime import datetime, timedelta
from typing import Any

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.rules import every_part
from incident_tui.domain.findings.impact_spans import impact_by_level
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.milestones import MILESTONES, Milestones, began_at
from incident_tui.domain.findings.timeline import in_reading_order
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.people.hats.time_in_role import HatTimes, worn_by_person
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.flags import raised
from incident_tui.domain.process.gates import GateReport, gate
from incident_tui.domain.process.lifecycle import IncidentDeclared, Lifecycle, StageRecord
from incident_tui.domain.values.field_text import MANY
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.time_grammar import iso

Data = dict[str, Any]
_AT_THE_TOP = ("started", "detected", "declared", "mitigated", "resolved")
"""Milestones that stand among the first fields of a report, each as ``<name>_at``."""


def summary(incident: Incident) -> Data:
    """The first fields of a report, in their order: a row of a list."""
    lifecycle = incident.of(Lifecycle)
    declared = lifecycle.declared or IncidentDeclared(incident="", title="", playbook="")
    return {
        "id": declared.incident,
        "title": declared.title,
        "kind": "drill" if declared.drill else "incident",
        "protected": incident.of(Protection).protected,
        "playbook": incident.playbook.id,
        "status": lifecycle.status,
        "severity": incident.of(SeverityState).level or None,
        "stage": lifecycle.current.stage.id,
        "stages": [
            {
                "id": record.stage.id,
                "title": record.stage.title,
                "state": record.state,
                "entered_at": iso(record.entered_at),
                "left_at": iso(record.left_at),
                "cycles": record.cycles,
            }
            for record in lifecycle.stages
        ],
        "began_at": iso(began_at(incident)) if incident.entries else None,
    }


def report(incident: Incident, now: datetime) -> Data:
    """Everything that is known; only flags and lengths that go on depend on `now`.

    What concepts declare as `reported` is among it, by its name.
    """
    return {
        **summary(incident),
        **_course(incident),
        **_roles(incident, now),
        **_impact(incident, now),
        **{name: part(incident) for name, part in sorted(every_part().items())},
        **_updates(incident),
        **_artifacts(incident),
        "gate": gate_data(gate(incident), incident),
        "flags": [
            {"id": flag.id, "text": flag.text, "since": iso(flag.since), "mend": flag.mend}
            for flag in raised(incident, now)
        ],
        "timeline": [row(incident, entry) for entry in in_reading_order(incident)],
    }


def _course(incident: Incident) -> Data:
    """When what was reached, how long it took, and how it was closed."""
    milestones = incident.of(Milestones)
    declared, closed = incident.of(Lifecycle).declared, incident.of(Lifecycle).closed
    return {
        **{f"{name}_at": iso(milestones.at(name)) for name in _AT_THE_TOP},
        "milestones": {name: iso(milestones.at(name)) for name in MILESTONES},
        "durations": {name: _seconds(length) for name, length in durations(incident).items()},
        "zone": declared.zone if declared else "UTC",
        "closed": {"reason": closed.reason, "text": closed.text} if closed else None,
    }


def _roles(incident: Incident, now: datetime) -> Data:
    """Who wears which hat, and what was done under it by whom, for how long."""
    hats = incident.of(Hats)
    entries: dict[str, dict[str, int]] = {}
    for done in worn_by_person(incident):
        entries.setdefault(done.hat, {})[done.person] = done.entries
    return {
        "roles": {
            hat: {"person": worn.person, "since": iso(worn.since)}
            for hat, worn in hats.worn.items()
        },
        "hats_not_needed": dict(hats.not_needed),
        "hat_seconds": {
            hat: {person: _seconds(worn) for person, worn in people.items()}
            for hat, people in incident.of(HatTimes).worn_for(now).items()
        },
        "hat_entries": entries,
    }


def _impact(incident: Incident, now: datetime) -> Data:
    """What users feel, where the fault lies, and how long it was how bad."""
    by_level = impact_by_level(incident, now)
    return {
        "impact_seconds_by_severity": None
        if by_level is None
        else {level: _seconds(length) for level, length in by_level.items()},
        "impact": dict(incident.of(Impact).fields),
        "scope": dict(incident.of(Impact).scope),
    }


def _updates(incident: Incident) -> Data:
    """The updates, and when the next one is due."""
    updates = incident.of(Updates)
    return {
        "updates": [
            {
                "number": item.number,
                "kind": item.form,
                "at": iso(item.entry.at),
                "text": item.text,
                "next_at": iso(item.next_at),
                "why": item.why or None,
            }
            for item in updates.items
        ],
        "next_update_due": iso(updates.next_due),
    }


def _artifacts(incident: Incident) -> Data:
    """The documents of the stages by field: as texts, and those of rows as cells too."""
    documents = {
        stage.produces.id: incident.of(Artifacts).values(stage)
        for stage in incident.playbook.stages
        if stage.produces
    }
    return {
        "artifacts": {
            name: {value.field.id: value.text for value in values}
            for name, values in documents.items()
        },
        "artifact_rows": {
            name: {
                value.field.id: [list(row.cells) for row in value.rows]
                for value in values
                if value.field.type in MANY
            }
            for name, values in documents.items()
        },
    }


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def gate_data(gate_report: GateReport, incident: Incident) -> Data:
    """A gate as plain data."""
    stage = gate_report.stage
    record = incident.of(Lifecycle).record(stage.id)
    return {
        "stage": stage.id,
        "review": stage.review,
        "state": record.state if record else "",
        "sent_back": _note(record),
        "passes": gate_report.passes,
        "checks": [
            {
                "id": check.id,
                "title": check.title,
                "kind": check.kind,
                "state": check.state,
                "why": check.why,
                "mend": check.mend,
                "waivable": check.waivable,
            }
            for check in gate_report.checks
        ],
    }


def _note(record: StageRecord | None) -> Data | None:
    """The note that sent the newest revision back, until there is another one."""
    note = record.sent_back if record else None
    if note is None:
        return None
    return {"by": note.actor, "at": iso(note.at), "note": getattr(note.event, "text", "")}


def row(incident: Incident, entry: Entry) -> Data:
    """An entry as a row of the timeline."""
    return {
        "number": incident.number(entry.id),
        "id": entry.id,
        "at": iso(entry.at),
        "recorded_at": iso(entry.recorded_at),
        "kind": entry.event.kind,
        "actor": entry.actor,
        "hat": entry.hat or None,
        "text": entry.event.tell(entry, incident),
        "source": entry.source or None,
        "copied": entry.copied,
        "amended": entry.id in incident.amended,
        "retracted": entry.id in incident.retracted,
        "episode": incident.of(Episodes).of_entry(entry),
    }


def playbook_data(playbook: Playbook) -> Data:
    """A playbook as plain data."""
    return {
        "id": playbook.id,
        "title": playbook.title,
        "purpose": playbook.purpose,
        "law": playbook.law,
        "severities": [
            {
                "id": severity.id,
                "title": severity.title,
                "criteria": severity.criteria,
                "example": severity.example,
                "respond_within": severity.respond_within,
                "update_every": severity.update_every or None,
                "all_hands": severity.all_hands,
            }
            for severity in playbook.severities
        ],
        "hats": [{"id": hat.id, "title": hat.title, "duty": hat.duty} for hat in playbook.hats],
        "stages": [
            {
                "id": stage.id,
                "title": stage.title,
                "purpose": stage.purpose,
                "review": stage.review,
                "hats": list(stage.hats),
                "requires": list(stage.requires),
                "produces": stage.produces.id if stage.produces else None,
                "fields": [field.id for field in stage.produces.fields] if stage.produces else [],
                "checks": [
                    {"id": check.id, "kind": check.kind, "waivable": check.waivable}
                    for check in stage.checks
                ],
            }
            for stage in playbook.stages
        ],
        "closing": [
            {"id": check.id, "kind": check.kind, "waivable": check.waivable}
            for check in playbook.closing
        ],
    }
