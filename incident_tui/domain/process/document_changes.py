"""What changed in the documents of stages between an earlier moment of the log and now."""

from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.core.rules import every_part
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.lifecycle import Lifecycle, SentBack, StageRecord
from incident_tui.domain.values.playbook import Stage


def changed_fields(incident: Incident, stage: Stage, earlier: Incident) -> list[str]:
    """The titles of the fields of a stage's document that read differently in `earlier`."""
    then = {value.field.id: value.text for value in earlier.of(Artifacts).values(stage)}
    return [
        value.field.title
        for value in incident.of(Artifacts).values(stage)
        if value.text != then.get(value.field.id)
    ]


def after(incident: Incident, entries: int) -> Incident:
    """The state after that many entries of the log, whatever corrected them later."""
    return fold(incident.recorded[:entries], incident.playbook)


def is_as_sent_back(incident: Incident, record: StageRecord) -> bool:
    """Whether the document of a stage reads as the revision that was sent back last."""
    answered = [revision for revision in record.revisions if revision.answer is not None]
    last = answered[-1] if answered else None
    if last is None or last.answer is None or not isinstance(last.answer.event, SentBack):
        return False
    if record.stage.produces is None:
        return False
    then = after(incident, last.upto)
    if changed_fields(incident, record.stage, then):
        return False
    # Somebody from outside reads the whole story, to which more than these fields belongs.
    whole = record.stage.review == "external"
    return not whole or all(part(incident) == part(then) for part in every_part().values())


def withdrawn(incident: Incident, record: StageRecord) -> dict[str, str]:
    """Later stages that were passed on a document that changed since `record` was opened again.

    The stage's id -> the fields that read differently now.
    """
    lifecycle = incident.of(Lifecycle)
    later = [
        other
        for other in lifecycle.stages[lifecycle.stages.index(record) + 1 :]
        if other.state == "passed" and other.stage.produces is not None
    ]
    if not later or record.reopened is None:
        return {}
    then = after(incident, incident.number(record.reopened.id))
    changed = {
        other.stage.id: ", ".join(changed_fields(incident, other.stage, then)) for other in later
    }
    return {stage: fields for stage, fields in changed.items() if fields}
