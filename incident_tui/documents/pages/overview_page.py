"""The README of an incident: one page for somebody who comes in now."""

import re
from collections.abc import Sequence

from incident_tui.documents.pages import (
    artifact_pages,
    incident_story,
    postmortem_summary,
    shared_facts,
)
from incident_tui.documents.pages.checkpoint_pages import checkpoint_path
from incident_tui.documents.pages.page import Page
from incident_tui.documents.pages.update_pages import update_links
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, code, link, within
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.metrics import whole
from incident_tui.domain.handover.checkpoints import Checkpoints
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.learning.actions import SETTLED, Actions
from incident_tui.domain.learning.postmortem import trigger_text
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.mitigation.mitigations import Mitigation, Mitigations
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.process.duplicates import Duplicates
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.gates import GateReport, closing_gate, gate, next_line
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted, label, whole_number

_POSITION = re.compile(r"^<!-- incident-tui: log position ([0-9]{1,12}) -->\s*\Z", re.MULTILINE)


def position_of(readme_text: str) -> int | None:
    """How many entries of the log a README was rendered from; None when it does not say."""
    match = _POSITION.search(readme_text)
    return whole_number(match[1]) if match else None


def overview_page(incident: Incident, moments: Moments, others: Sequence[Page]) -> Page:
    """State, impact, severity, hats, stage and gate, next update, durations, links to `others`."""
    title = shared_facts.title(incident)
    return Page("README.md", title, "overview", lambda: _values(incident, moments, others))


def _values(incident: Incident, moments: Moments, others: Sequence[Page]) -> dict[str, object]:
    lifecycle = incident.of(Lifecycle)
    updates = incident.of(Updates)
    declared = lifecycle.declared
    current = lifecycle.current
    number = lifecycle.stages.index(current) + 1
    asks = _gate(incident)
    return {
        "title": shared_facts.title(incident),
        "kind": shared_facts.kind(incident),
        "overview": [
            ("State", label(lifecycle.status)),
            ("Severity", shared_facts.severity(incident) or postmortem_summary.UNKNOWN),
            ("Stage", _stage_line(incident, number)),
            ("Next step", _next_step(incident)),
            ("Lasted", whole(incident)),
            ("Trigger", trigger_text(incident)),
            (postmortem_summary.cause_label(incident), postmortem_summary.cause(incident)),
            (
                postmortem_summary.stopped_label(incident),
                postmortem_summary.what_stopped_it(incident, moments),
            ),
            ("What fixes it", postmortem_summary.what_fixes_it(incident, moments)),
            ("Postmortem", postmortem_summary.limit_text(incident, moments)),
            ("Next update due", moments.stamp(updates.next_due)),
            ("Latest update", _latest_update(incident, moments)),
            ("Impact", shared_facts.impact_times(incident, moments)),
            ("Duplicates of it", ", ".join(incident.of(Duplicates).covered)),
            ("Incident", declared.incident if declared else ""),
            ("Playbook", incident.playbook.title),
            ("Times are in", moments.zone_name),
        ],
        "summary": artifact_pages.summary(incident) if lifecycle.closed else "",
        "impact": shared_facts.impact(incident),
        "scope": shared_facts.scope(incident),
        "hats": _hats(incident, moments),
        "responder_heads": postmortem_summary.RESPONDER_HEADS,
        "responders": postmortem_summary.responders(incident, moments) if lifecycle.closed else (),
        "asks_title": asks.stage.title if asks else "",
        "asks": [
            Markdown(f"**{within(check.title)}:** {within(check.why)} → {code(check.mend)}")
            for check in (asks.failed if asks else [])
        ],
        "sent_back": _sent_back(incident, moments),
        "passes": asks is not None and asks.passes,
        "in_review": current.state == "review",
        "in_effect": _in_effect(incident),
        "durations": shared_facts.known_durations(incident),
        "documents": [
            link(page.title, page.path)
            for page in others
            if "/" not in page.path and page.standing is None
        ],
        "artifacts": [
            Markdown(f"{link(page.title, page.path)}: {within(page.standing)}")
            for page in others
            if page.standing is not None
        ],
        "updates": [
            Markdown(f"{update_links(item)}, {moments.near(item.entry.at)}")
            for item in updates.items
        ],
        "checkpoints": _checkpoints(incident, moments),
        "position": len(incident.entries),
    }


def _stage_line(incident: Incident, number: int) -> str:
    lifecycle = incident.of(Lifecycle)
    stage = lifecycle.current.stage
    if lifecycle.closed and not lifecycle.closed.reason:
        return "all done"
    if lifecycle.is_history:
        return ""
    gate_word = "; it has no gate" if stage.review == "none" else ""
    return f"{stage.title} ({number} of {len(lifecycle.stages)}): {stage.purpose}{gate_word}"


def _next_step(incident: Incident) -> Markdown:
    """What comes next: while it runs the line for it, once closed what is left to follow up."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared is None:
        return Markdown()
    if not lifecycle.closed:
        return code(next_line(incident))
    left = [item for item in incident.of(Actions).items if item.status not in SETTLED]
    if left:
        return Markdown(f"{counted(len(left), 'action item')} left: {link('list', 'actions.md')}")
    return Markdown("nothing is left to do")


def _gate(incident: Incident) -> GateReport | None:
    """The gate that stands in the way now: of the stage, or of the close; None where none does."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.closed or lifecycle.declared is None:
        return None
    last = lifecycle.stages[-1].stage
    stage = lifecycle.current.stage
    if lifecycle.current.state == "passed" or (stage.id == last.id and stage.review == "none"):
        return closing_gate(incident)
    return None if stage.review == "none" else gate(incident)


def _sent_back(incident: Incident, moments: Moments) -> Markdown:
    """The note that sent the document of the stage back; empty where none did."""
    note = incident.of(Lifecycle).current.sent_back
    if note is None:
        return Markdown()
    words = within(getattr(note.event, "text", ""))
    return Markdown(f"Sent back by {within(note.actor)}, {moments.near(note.at)}: {words}")


def _latest_update(incident: Incident, moments: Moments) -> Markdown | None:
    """When people were told what, and whether that was before the impact came back."""
    items = incident.of(Updates).items
    if not items:
        return None
    item = items[-1]
    now = incident.of(Episodes).items[-1] if incident.of(Episodes).items else None
    since = ""
    if now is not None and now.number > incident.of(Episodes).of_entry(item.entry):
        since = f" (before it came back at {moments.near(now.begun_at)})"
    return Markdown(f"{moments.near(item.entry.at)}{since}, {within(item.text)}")


def _hats(incident: Incident, moments: Moments) -> list[tuple[object, object]]:
    """Who wears what since when; then what is not needed, and why. At the end nobody does."""
    hats = incident.of(Hats)
    if incident.of(Lifecycle).closed:
        return []
    known = {hat.id: hat.title for hat in incident.playbook.hats}
    rows: list[tuple[object, object]] = []
    for hat in dict.fromkeys([*known, *hats.worn, *hats.not_needed]):
        if hat in hats.worn:
            worn = hats.worn[hat]
            text = f"{worn.person}, since {moments.near(worn.since)}"
        elif hat in hats.not_needed:
            text = f"not needed, {hats.not_needed[hat]}"
        else:
            continue
        rows.append((known.get(hat, hat), text))
    return rows


def _checkpoints(incident: Incident, moments: Moments) -> list[Markdown]:
    """Every handover, and whether it was read back."""
    rows = []
    for item in incident.of(Checkpoints).items:
        read = f"read back {moments.near(item.acknowledged.at)}" if item.acknowledged else "unread"
        label = link(f"For {item.packet.to}", checkpoint_path(item))
        rows.append(Markdown(f"{label}, {moments.near(item.entry.at)}, {read}"))
    return rows


def _status(incident: Incident, item: Mitigation) -> str:
    return item.status if item.verdict != "open" else incident_story.unjudged(incident)


def _in_effect(incident: Incident) -> list[str]:
    """Changes and protections that are in place, for whoever touches production next."""
    changes = [
        f"{item.named}: {_status(incident, item)}"
        + (f"; undone by: {item.undo}" if item.undo else "")
        for item in incident.of(Mitigations).during()
        if item.in_effect
    ]
    return changes + [f"Guardrail: {item.text}" for item in incident.of(Guardrails).active]
