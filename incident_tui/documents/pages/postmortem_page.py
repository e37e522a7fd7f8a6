"""The postmortem: a page for the hurried, the story for whoever wants to learn, then the log."""

import re
from collections.abc import Callable, Container

from incident_tui.documents.pages import incident_story, postmortem_summary, shared_facts
from incident_tui.documents.pages.artifact_pages import (
    POSTMORTEM,
    SUMMARIES,
    Past,
    body,
    document_path,
    field,
    lapsed,
    postmortem_record,
    review,
    standing,
    typed_into,
    written,
)
from incident_tui.documents.pages.page import Page
from incident_tui.documents.pages.timeline_page import HEADS, appended_log, written_elsewhere
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, inline, link, within
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.findings.stars import story
from incident_tui.domain.handover.summary_drafts import field_of_summary, propose
from incident_tui.domain.impact.severity import SeverityChanged, SeverityState
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.lifecycle import Lifecycle, StagePassed, StageRecord, StatusChanged
from incident_tui.domain.quality.evidence import Evidence
from incident_tui.domain.values.playbook.postmortem_fields import STANDARD

_ELSEWHERE = (*SUMMARIES, "owner", "authors", "reviewers", "trigger", "story")
"""Fields that have a place of their own in the document."""
_OVER = ("mitigated", "monitoring", "resolved", "postmortem-only")
_ORDER = {each.id: place for place, each in enumerate(STANDARD)}


def is_due(incident: Incident) -> bool:
    """Whether the impact was stopped once, or the stage that writes the postmortem was entered.

    What was over before it was recorded has one from the beginning. Once it is due it stays due,
    also when the impact returns or the entry is taken back.
    """
    record = postmortem_record(incident)
    entered = record is not None and record.entered_at is not None
    if entered or incident.of(Lifecycle).is_history:
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


def postmortem_page(
    incident: Incident,
    moments: Moments,
    past: Callable[[], Past],
    without: Container[str] = (),
) -> Page:
    """What happened, to whom, why, how it was noticed and stopped, what prevents it; the log.

    Entries whose ids are in `without` have no row in the log.
    """
    return Page(
        POSTMORTEM,
        "Postmortem",
        "postmortem",
        lambda: _values(incident, moments, past(), without),
        _standing(incident, postmortem_record(incident), moments),
    )


def _values(
    incident: Incident, moments: Moments, past: Past, without: Container[str]
) -> dict[str, object]:
    record = postmortem_record(incident)
    values = written(incident, record, past).values if record else ()
    typed = {value.field.id: value.text for value in values if inline(value.text)}
    context = _first_page(incident, record, typed, moments)
    context |= _story(incident, values, typed, moments)
    context |= _findings(incident, record, moments)
    context |= review(incident, record, moments, past) if record else dict.fromkeys(_REVIEW, ())
    context["standing"] = _standing(incident, record, moments)
    closed = incident.of(Lifecycle).closed
    if closed is not None and closed.reason:
        context["gate"] = ()  # nobody was asked to pass it
    context |= {
        "waivers": shared_facts.waivers(incident, moments),
        "log_heads": HEADS,
        "log": appended_log(incident, moments, without),
        "in_documents": written_elsewhere(incident),
        "origin": incident.of(Lifecycle).origin,
    }
    context["left_out"] = _not_recorded(values, context)
    return context


_REVIEW = ("self_reviewed", "hats", "gate", "revisions", "since")


def _first_page(
    incident: Incident, record: StageRecord | None, typed: dict[str, str], moments: Moments
) -> dict[str, object]:
    status = _standing(incident, record, moments)
    return {
        "title": shared_facts.title(incident),
        "kind": shared_facts.kind(incident),
        "ongoing": incident.of(Lifecycle).status == "active",
        "zone": moments.zone_name,
        "head": postmortem_summary.head(incident, record, typed, status, moments),
        "summary": next((typed[name] for name in SUMMARIES if name in typed), ""),
        "proposed": propose(incident),
        "asks_summary": bool(field_of_summary(incident)) and not incident.of(Lifecycle).closed,
        "short": postmortem_summary.in_short(incident, typed, moments),
        "impact": shared_facts.impact(incident),
        "scope": shared_facts.scope(incident),
        "severity_times": postmortem_summary.severity_times(incident, moments),
        "by_level": postmortem_summary.impact_at_each_level(incident),
        "responder_heads": postmortem_summary.RESPONDER_HEADS,
        "responders": postmortem_summary.responders(incident, moments),
        "others": postmortem_summary.without_hat(incident),
        "action_heads": shared_facts.ACTION_HEADS,
        "actions": shared_facts.actions(incident, moments),
    }


def story_of(incident: Incident) -> str:
    """What happened, as it was written or is told by the record; empty until it is due."""
    typed = typed_into(incident, postmortem_record(incident))
    return (typed.get("story") or story(incident)) if is_due(incident) else ""


def _story(
    incident: Incident, values: tuple[FieldValue, ...], typed: dict[str, str], moments: Moments
) -> dict[str, object]:
    own = [
        value
        for value in values
        if inline(value.text)
        and value.field.id not in _ELSEWHERE
        and (value.given or not value.field.source)
    ]
    own.sort(key=lambda value: _ORDER.get(value.field.id, -1))
    return {
        "story": _written_story(values) or story(incident),
        "written": [(value.field.title, body(value)) for value in own],
        "factors": shared_facts.factors(incident),
        "whys": incident.of(Factors).whys,
        "hypotheses": incident_story.hypotheses(incident),
        "detection": incident_story.detection(incident, moments),
        "decisions": incident_story.decisions(incident, moments),
        "communication": incident_story.communication(incident, moments),
        "questions": [
            Markdown(f"{inline(item.text)} **{within(item.answer) or 'Open.'}**")
            for item in incident.of(Questions).items
        ],
    }


def _written_story(values: tuple[FieldValue, ...]) -> str:
    """The story as somebody wrote it. One that is put together goes on after the approval."""
    return next((v.text for v in values if v.field.id == "story" and v.given), "")


def _findings(
    incident: Incident, record: StageRecord | None, moments: Moments
) -> dict[str, object]:
    return {
        "severities": _severities(incident, moments),
        "milestones": shared_facts.milestones(incident, moments),
        "durations": shared_facts.known_durations(incident),
        "containment": incident_story.containment(incident, moments),
        "mitigations": incident_story.mitigations(incident, moments),
        "readings": incident_story.readings(incident, moments),
        "suspects": incident_story.changes_before(incident, moments),
        "fixes": incident_story.fixes(incident, moments),
        "findings": _of_other_stages(incident, record),
        "handed_off": incident_story.handed_off(incident),
        "guardrails": [
            f"{item.text} (lifted: {item.lifted})" if item.lifted else f"{item.text} (in place)"
            for item in incident.of(Guardrails).items
        ],
        "evidence": _evidence(incident),
        "quotes": [
            (
                heading,
                [f"{text} ({origin})" if origin else text for text, origin in texts],
            )
            for heading, texts in incident_story.quotes(incident)
        ],
    }


def _standing(incident: Incident, record: StageRecord | None, moments: Moments) -> Markdown:
    if incident.of(Lifecycle).is_history:
        return Markdown("Recorded afterwards: who approved it, if anybody did, is not known here.")
    if record is None:
        return Markdown("Put together from the log; this playbook asks for no approval of it.")
    if record.state == "passed":
        return standing(incident, record, moments)
    if record.state == "review":
        return Markdown(f"Draft. {standing(incident, record, moments)}")
    return Markdown(f"Draft: not approved yet. {lapsed(incident, record, moments)}".rstrip())


_PARTS = {
    "factors": "contributing factors",
    "hypotheses": "hypotheses",
    "decisions": "decisions",
    "communication": "updates",
    "mitigations": "changes against the impact",
    "readings": "readings",
    "actions": "action items",
    "questions": "questions",
}
"""Parts of the document that come from the log -> how they are called where they are missing."""


def _not_recorded(values: tuple[FieldValue, ...], context: dict[str, object]) -> str:
    """What a reader may look for and does not find, in one line."""
    titles = [called for name, called in _PARTS.items() if not context[name]]
    missing = {v.field.id: v.field.title for v in values if not inline(v.text)}
    titles += [
        title[:1].lower() + title[1:] for name, title in missing.items() if name not in _ELSEWHERE
    ]
    return "; ".join(titles)


def _of_other_stages(
    incident: Incident, own: StageRecord | None
) -> list[tuple[Markdown, list[Markdown]]]:
    """What people wrote into the documents of the other stages, with links to these."""
    parts = []
    for record in incident.of(Lifecycle).stages:
        artifact = record.stage.produces
        if artifact is None or record is own:
            continue
        values = incident.of(Artifacts).values(record.stage)
        fields = [field(value) for value in values if value.given and inline(value.text)]
        if fields:
            parts.append((link(artifact.title, document_path(incident, record)), fields))
    return parts


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
