"""What to do the next time: how such an incident shows, what tells it apart, which levers work.

Made from the record of this one, for whoever meets the next one like it and for runbooks to link.
"""

from collections.abc import Callable

from incident_tui.documents.pages import incident_story, postmortem_summary, shared_facts
from incident_tui.documents.pages.artifact_pages import Past, postmortem_record, written
from incident_tui.documents.pages.page import Page
from incident_tui.documents.pages.shared_facts import Rows
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.playbook_words import title_of
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.learning.postmortem import trigger_text
from incident_tui.domain.mitigation.containment import Containments
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.mitigation.levers import Levers
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.outline.likeness import NEXT_TIME as ADVICE
from incident_tui.domain.values.measures import is_better

NEXT_TIME = "next-time.md"
"""Where it stands."""


def next_time_page(incident: Incident, moments: Moments, past: Callable[[], Past]) -> Page:
    """Signals, checks that told, levers with what came of them, what protects, what to do."""
    return Page(
        NEXT_TIME,
        "What to do the next time",
        "next_time",
        lambda: _values(incident, moments, past()),
    )


def _values(incident: Incident, moments: Moments, past: Past) -> dict[str, object]:
    record = postmortem_record(incident)
    values = written(incident, record, past).values if record else ()
    typed = {value.field.id: value for value in values if value.text.strip()}
    advice = typed.get(ADVICE)
    cues = typed.get("cues")
    present = incident.of(Containments).present
    playbook = incident.playbook
    impact = incident.of(Impact).fields
    return {
        "title": shared_facts.title(incident),
        "advice": (advice.items or [advice.text]) if advice else [],
        "impact": [
            (title, impact.get(name, ""))
            for name, title in (
                ("users", "Who felt it"),
                ("status", "What they saw"),
                ("services", "Services"),
            )
        ],
        "cues": (cues.items or [cues.text]) if cues else [],
        "signals": _signals(incident),
        "checks": _checks(incident),
        "levers": _levers(incident),
        "existing": [
            f"{title_of(playbook.levers, name)}: {answer}"
            for name, answer in incident.of(Levers).answers.items()
        ],
        "containment": f"{present.title}: {present.why}" if present else "",
        "guardrails": [item.text for item in incident.of(Guardrails).active],
        "trigger": trigger_text(incident),
        "cause": postmortem_summary.cause(incident),
        "cause_label": postmortem_summary.cause_label(incident),
        "fix": postmortem_summary.what_fixes_it(incident, moments),
    }


def _signals(incident: Incident) -> Rows:
    """Each signal that was read: how it looked first, how it looked last, where it is found."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    source: dict[str, str] = {}
    for item in sorted(incident.of(Readings).items, key=lambda item: item.entry.at):
        first.setdefault(item.name, item.before if _is_recovery(incident, item) else item.after)
        last[item.name] = item.after
        source[item.name] = item.entry.source or source.get(item.name, "")
    return [
        [name, bad, last[name] if last[name] != bad else "", source[name]]
        for name, bad in first.items()
    ]


def _is_recovery(incident: Incident, reading: Reading) -> bool:
    """Whether what was read before was the worse: by its name, or since a change was made then."""
    better = is_better(reading.name, reading.before, reading.after)
    changes = incident.of(Mitigations).during()
    changed = any(item.entry.at <= reading.entry.at for item in changes)
    return bool(reading.before) and (changed if better is None else better)


def _checks(incident: Incident) -> Rows:
    """What was suspected, the check that told, and what it told."""
    verdicts = {"confirmed": "it was the cause", "refuted": "it was not"}
    return [
        [item.text, item.test, verdicts.get(item.status, "undecided"), item.verdict]
        for item in incident.of(Hypotheses).ranked()
    ]


def _levers(incident: Incident) -> Rows:
    """Each change that was made against the impact, what came of it, and how it is undone."""
    kinds = incident.playbook.mitigation_kinds
    return [
        [
            item.text,
            title_of(kinds, item.kind) if item.kind != "change" else "",
            item.result.replace("in flight", incident_story.unjudged(incident)),
            item.undo,
        ]
        for item in incident.of(Mitigations).during()
    ]
