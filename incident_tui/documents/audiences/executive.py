"""One page for those who decide: how bad, how long, why, what was done, what is left to do."""

from datetime import datetime

from incident_tui.documents.audiences.brief import Brief, Part
from incident_tui.documents.html import sections
from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.artifact_pages import summary
from incident_tui.documents.pages.cited_entries import TITLE, CitedEntries
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.impact.impact import Impact, impact_title
from incident_tui.domain.learning.actions import SETTLED, Action, Actions
from incident_tui.domain.learning.actions.attributes import TERMS
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted, label
from incident_tui.domain.values.time_grammar import format_measured

_MOST = 5
"""Items of a part at most: it has to stay on one page, and names how many are left out."""
_LETTERS = 220
_MEASURED = {
    "time_to_detect": ("noticed after", "noticed at once"),
    "time_of_impact": ("users affected for", ""),
    "time_to_resolve": ("over after", "over at once"),
}
"""Duration -> how it is told, and how where it took no time; empty where that says nothing."""


def executive(incident: Incident, now: datetime) -> Brief:
    """The page as the incident stands at `now`."""
    moments = Moments(incident)
    lifecycle = incident.of(Lifecycle)
    closed = lifecycle.closed is not None
    standing = sections.standing(incident, moments)
    as_of = "" if closed else f"As it stood on {moments.stamp(now)}."
    given = incident.of(Impact).fields
    facts = [
        ("State", label(lifecycle.status)),
        ("Severity", shared_facts.severity(incident)),
        ("Impact", shared_facts.impact_times(incident, moments)),
        *((impact_title(name), given.get(name, "")) for name in
          ("users", "services", "data", "business")),
        ("Measured", _measured(incident)),
    ]  # fmt: skip
    written = summary(incident)
    parts = [
        Part("In short", [_short(written, 600)] if written else []),
        Part("Why", items=_few(sections.causes(incident) or _factors(incident))),
        Part("What was done", items=_few(_done(incident))),
        Part("What is left to do", items=_few(_left(incident, moments, now))),
        Part("What is not certain", items=_few(_open(incident))),
    ]
    cited, texts = CitedEntries(incident, moments), [text for _, text in facts]
    texts += [text for part in parts for text in (*part.texts, *part.items)]
    named = [cited.line(entry) for entry in cited.cited("\n".join(texts))]
    return Brief(
        title=shared_facts.title(incident),
        standing=" ".join(
            part for part in (standing, as_of, f"Times are in {moments.zone_name}.") if part
        ),
        facts=facts,
        parts=[*parts, Part(TITLE, items=named)],
        sheet=True,
    )


def _measured(incident: Incident) -> str:
    known = durations(incident)
    sentences = [
        f"{lead} {format_measured(length)}" if length else at_once
        for name, (lead, at_once) in _MEASURED.items()
        if (length := known[name]) is not None
    ]
    return ", ".join(filter(None, sentences))


def _factors(incident: Incident) -> list[str]:
    return [item.text for item in incident.of(Factors).items]


def _done(incident: Incident) -> list[str]:
    stopped = [f"Stopped by: {text}" for text in sections.stopped_by(incident)]
    return stopped + [f"Permanent fix: {text}" for text in sections.fixed_by(incident)]


def _left(incident: Incident, moments: Moments, now: datetime) -> list[str]:
    """The open action items, those past their day first, with owner and day."""
    items = [item for item in incident.of(Actions).items if item.status not in SETTLED]
    items.sort(key=lambda item: (item.due is None, item.due or now, item.number))
    kept = [f"In place until lifted: {item.text}" for item in incident.of(Guardrails).active]
    return [_action(item, moments, now) for item in items] + kept


def _action(item: Action, moments: Moments, now: datetime) -> str:
    term = TERMS.get(item.term, "no due day")
    due = f"due {moments.due(item.due, item.entry.at)}" if item.due else term
    late = ", overdue" if item.due is not None and item.due < now else ""
    priority = f", {item.priority}" if item.priority else ""
    return f"{item.text} ({item.owner or 'nobody yet'}, {due}{late}{priority})"


def _open(incident: Incident) -> list[str]:
    candidates = [f"{i.text} (a candidate)" for i in incident.of(Factors).items if i.candidate]
    return [item.text for item in incident.of(Questions).open] + candidates


def _few(items: list[str]) -> list[str]:
    """The first few items, each cut to some lines, and how many there are beside them."""
    few = [_short(item, _LETTERS) for item in items[:_MOST]]
    more = len(items) - len(few)
    return [*few, f"and {counted(more, 'other')} in the full record"] if more > 0 else few


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rsplit(' ', 1)[0]} …"
