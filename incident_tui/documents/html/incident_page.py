"""The page of one incident: what a reader in a hurry needs first, then its course, then the record.

It needs no network and no script: without one it is the same page with its timeline unfiltered.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from incident_tui.documents.html import sections
from incident_tui.documents.html.plots.bars import hats, kinds, stages
from incident_tui.documents.html.plots.board import board
from incident_tui.documents.html.plots.course import course, tone_of
from incident_tui.documents.html.plots.signals import signals
from incident_tui.documents.html.shell import page
from incident_tui.documents.html.timeline_rows import timeline
from incident_tui.documents.pages import (
    artifact_pages,
    incident_story,
    postmortem_summary,
    shared_facts,
)
from incident_tui.documents.pages.postmortem_page import story_of
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.quality.evidence import Evidence
from incident_tui.domain.values.text import label


def incident_html(
    incident: Incident,
    now: datetime,
    *,
    legal: Sequence[int] = (),
    note: str = "",
    back: str = "",
) -> str:
    """The page of an incident as it is at `now`.

    `legal` are the numbers of conclusions in law, which stand apart from the facts; `note` says
    what the reader should know of the page itself; `back` leads to the page that lists it.
    """
    moments = Moments(incident)
    lifecycle = incident.of(Lifecycle)
    context: dict[str, Any] = {
        "title": shared_facts.title(incident),
        "kind": shared_facts.kind(incident),
        "note": note,
        "back": back,
        "badges": _badges(incident),
        "standing": sections.standing(incident, moments),
        "as_of": "" if lifecycle.closed else moments.stamp(now),
        "zone": moments.zone_name,
        "summary": artifact_pages.summary(incident),
        "facts": _facts(incident, moments),
        "story": story_of(incident),
        "by_level": postmortem_summary.impact_at_each_level(incident),
        "responder_heads": postmortem_summary.RESPONDER_HEADS,
        "plots": _plots(incident, moments, now),
        "impact": shared_facts.impact(incident),
        "scope": shared_facts.scope(incident),
        "milestones": shared_facts.milestones(incident, moments),
        "durations": shared_facts.known_durations(incident),
        "suspects": sections.suspects(incident, moments),
        "changes": sections.changes(incident, moments),
        "hypotheses": sections.hypotheses(incident),
        "factors": shared_facts.factors(incident),
        "whys": incident.of(Factors).whys,
        "fixes": sections.fixes(incident, moments),
        "action_heads": shared_facts.ACTION_HEADS,
        "actions": shared_facts.actions(incident, moments),
        "written": sections.written(incident),
        "findings": sections.findings(incident),
        "updates": sections.updates(incident, moments),
        "responders": postmortem_summary.responders(incident, moments),
        "questions": incident.of(Questions).items,
        "guardrails": sections.guardrails(incident),
        "quotes": incident_story.quotes(incident),
        "evidence": incident.of(Evidence),
        "waivers": shared_facts.waivers(incident, moments),
        "timeline": timeline(incident, moments, without=legal),
        "legal": timeline(incident, moments, only=legal) if legal else None,
    }
    return page("incident", ("theme.js", "timeline.js"), context)


def _badges(incident: Incident) -> list[tuple[str, str]]:
    """State and severity, each with its colour."""
    status, level = incident.of(Lifecycle).status, incident.of(SeverityState).level
    badges = [(label(status), f"state-{status}")]
    if level:
        badges.insert(0, (level, tone_of(incident, level)))
    declared = incident.of(Lifecycle).declared
    if declared is not None and declared.drill:
        badges.append(("Drill", "plain"))
    return badges


def _facts(incident: Incident, moments: Moments) -> list[tuple[str, str]]:
    """What a reader in a hurry asks, with its answer; what is not known is left out."""
    record = artifact_pages.postmortem_record(incident)
    typed = artifact_pages.typed_into(incident, record)
    above = ("Times are in", "Status", "State")
    head = postmortem_summary.head(incident, record, typed, Markdown(), moments)
    short = postmortem_summary.in_short(incident, typed, moments)
    counts = ("Action items", shared_facts.action_counts(incident))
    return [
        (str(name), str(text))
        for name, text in (*short[1:], counts, *head, short[0])
        if text and text != postmortem_summary.UNKNOWN and name not in above
    ]


def _plots(incident: Incident, moments: Moments, now: datetime) -> list[object]:
    drawn = (
        course(incident, moments, now),
        signals(incident, moments),
        board(incident),
        kinds(incident),
        stages(incident, now),
        hats(incident, now),
    )
    return [chart for chart in drawn if chart is not None]
