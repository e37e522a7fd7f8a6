"""The postmortem: what the log knows, around what its author wrote."""

import re

from incident_tui.documents.pages import incident_story, shared_facts
from incident_tui.documents.pages.artifact_pages import (
    artifact_path,
    body,
    field,
    is_self_reviewed,
    lapsed,
    standing,
)
from incident_tui.documents.pages.page import Page
from incident_tui.documents.pages.timeline_page import telling_rows
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, inline, link, within
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.impact.severity import SeverityChanged, SeverityState
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.lifecycle import Lifecycle, StagePassed, StageRecord, StatusChanged
from incident_tui.domain.quality.evidence import Evidence

_STORY = ("summary", "what-happened")
"""Fields that hold the whole story in short, whatever else a playbook asks of its author."""
_OVER = ("mitigated", "monitoring", "resolved", "postmortem-only")


def postmortem_record(incident: Incident) -> StageRecord | None:
    """The last stage whose artifact is a postmortem by its name; None where none is."""
    for record in reversed(incident.of(Lifecycle).stages):
        artifact = record.stage.produces
        if artifact is not None:
            named = f"{artifact.id} {artifact.title}".lower().replace("-", "")
            if "postmortem" in named:
                return record
    return None


def is_due(incident: Incident) -> bool:
    """Whether the impact was stopped once, or the stage that writes the postmortem was entered.

    Once it is due it stays due, also when the impact returns or the entry is taken back.
    """
    record = postmortem_record(incident)
    if record is not None and record.entered_at is not None:
        return True
    after = {stage.id: stage.status_after for stage in incident.playbook.stages}
    for entry in incident.recorded:
        event = entry.event
        if isinstance(event, StatusChanged) and event.status in _OVER:
            return True
        if isinstance(event, StagePassed) and after.get(event.stage) in _OVER:
            return True
        if isinstance(event, MilestoneReached) and event.name in _OVER:
            return True
    return False


def postmortem_page(incident: Incident, moments: Moments) -> Page:
    """The whole story: what happened, why, how it was noticed and stopped, what prevents it."""
    lifecycle = incident.of(Lifecycle)
    record = postmortem_record(incident)
    summary, written = _written(incident, record)
    context: dict[str, object] = {
        "title": shared_facts.title(incident),
        "kind": shared_facts.kind(incident),
        "standing": _standing(incident, record, moments),
        "self_reviewed": record is not None and is_self_reviewed(record),
        "ongoing": lifecycle.status == "active",
        "overview": _overview(incident, moments),
        "zone": moments.zone_name,
        "summary": summary,
        "impact": shared_facts.impact(incident),
        "scope": shared_facts.scope(incident),
        "severities": _severities(incident, moments),
        "milestones": shared_facts.milestones(incident, moments),
        "durations": shared_facts.known_durations(incident),
        "days": list(telling_rows(incident, moments).items()),
        "detection": incident_story.detection(incident, moments),
        "communication": incident_story.communication(incident, moments),
        "suspects": incident_story.changes_before(incident, moments),
        "containment": incident_story.containment(incident),
        "mitigations": incident_story.mitigations(incident, moments),
        "readings": incident_story.readings(incident, moments),
        "hypotheses": incident_story.hypotheses(incident),
        "factors": _factors(incident),
        "whys": incident.of(Factors).whys,
        "fixes": incident_story.fixes(incident, moments),
        "written": [(value.field.title, body(value)) for value in written],
        "findings": _findings(incident, record),
        "waivers": shared_facts.waivers(incident, moments),
        "action_heads": shared_facts.ACTION_HEADS,
        "actions": shared_facts.actions(incident, moments),
        "handed_off": incident_story.handed_off(incident),
        "questions": [
            Markdown(f"{inline(item.text)} **{within(item.answer) or 'Open.'}**")
            for item in incident.of(Questions).items
        ],
        "guardrails": [
            f"{item.text} (lifted: {item.lifted})" if item.lifted else f"{item.text} (in place)"
            for item in incident.of(Guardrails).items
        ],
        "evidence": _evidence(incident),
    }
    return Page("postmortem.md", "Postmortem", "postmortem", context)


def _standing(incident: Incident, record: StageRecord | None, moments: Moments) -> Markdown:
    if record is None:
        return Markdown("Put together from the log; this playbook asks for no approval of it.")
    if record.state == "passed":
        return standing(incident, record, moments)
    if record.state == "review":
        return Markdown(f"Draft. {standing(incident, record, moments)}")
    return Markdown(f"Draft: not approved yet. {lapsed(incident, record, moments)}".rstrip())


def _overview(incident: Incident, moments: Moments) -> shared_facts.Pairs:
    lifecycle = incident.of(Lifecycle)
    return [
        ("Incident", lifecycle.declared.incident if lifecycle.declared else ""),
        ("Severity", shared_facts.severity(incident)),
        ("Impact", shared_facts.impact_times(incident, moments)),
        ("State", shared_facts.words(lifecycle.status)),
    ]


def _written(incident: Incident, record: StageRecord | None) -> tuple[str, list[FieldValue]]:
    """The summary, and the other fields that the author wrote, in the playbook's order.

    What a field takes from the log has a section of its own already.
    """
    if record is None:
        return "", []
    values = [
        value
        for value in incident.of(Artifacts).values(record.stage)
        if inline(value.text) and (value.given or not value.field.source)
    ]
    summary = next((value for value in values if value.field.id in _STORY), None)
    return (summary.text if summary else ""), [value for value in values if value is not summary]


def _findings(incident: Incident, own: StageRecord | None) -> list[tuple[Markdown, list[Markdown]]]:
    """What people wrote into the documents of the other stages, with links to these."""
    found = []
    for number, record in enumerate(incident.of(Lifecycle).stages, 1):
        artifact = record.stage.produces
        if artifact is None or record is own or record.entered_at is None:
            continue
        values = incident.of(Artifacts).values(record.stage)
        fields = [field(value) for value in values if value.given and inline(value.text)]
        if fields:
            found.append((link(artifact.title, artifact_path(number, artifact)), fields))
    return found


def _severities(incident: Incident, moments: Moments) -> list[str]:
    """Each change of the severity with its reason; empty where it was set once without one."""
    changes = [
        (entry, entry.event)
        for entry in incident.of(SeverityState).history
        if isinstance(entry.event, SeverityChanged)
    ]
    if len(changes) == 1 and not changes[0][1].why:
        return []
    return [
        f"{event.level} from {moments.near(entry.at)}" + (f": {event.why}" if event.why else "")
        for entry, event in changes
    ]


def _factors(incident: Incident) -> list[tuple[str, list[str]]]:
    """Contributing factors by layer, in the order of the playbook's layers."""
    titles = {layer.id: layer.title for layer in incident.playbook.layers}
    items = incident.of(Factors).items
    layers = dict.fromkeys([*titles, *(item.layer for item in items)])
    by_layer = [
        (
            titles.get(layer, layer),
            [
                item.text + (" (candidate, to verify)" if item.candidate else "")
                for item in items
                if item.layer == layer
            ],
        )
        for layer in layers
    ]
    return [(title, texts) for title, texts in by_layer if texts]


def _evidence(incident: Incident) -> list[Markdown]:
    """What was attached and linked."""
    evidence = incident.of(Evidence)
    files = [
        # A name with other characters would need escaping as an address; it stays text.
        link(item.name, f"evidence/{item.name}")
        if re.fullmatch(r"[A-Za-z0-9._-]+", item.name)
        else inline(f"evidence/{item.name}")
        for item in evidence.files
    ]
    return files + [inline(f"{item.text} {item.url}") for item in evidence.links]
