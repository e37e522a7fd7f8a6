"""Facts of an incident that several documents state: severity, impact, durations, actions."""

from collections import Counter
from datetime import timedelta

from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, link
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.impact_spans import spans, time_of_impact
from incident_tui.domain.findings.metrics import DURATIONS, durations
from incident_tui.domain.findings.milestones import MILESTONES, Milestones
from incident_tui.domain.impact.impact import IMPACT_FIELDS, SCOPE_KINDS, Impact, impact_title
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.learning.actions import STEPS, Actions
from incident_tui.domain.learning.actions.attributes import TERMS
from incident_tui.domain.learning.factors import Factors, layer_name
from incident_tui.domain.process.episodes import held_since
from incident_tui.domain.process.gates import closing_gate, gate
from incident_tui.domain.process.lifecycle import Lifecycle, StagePassed, StageRecord
from incident_tui.domain.values.text import clean, label
from incident_tui.domain.values.time_grammar import format_measured, format_span

Rows = list[list[object]]
Pairs = list[tuple[object, object]]


def entry_link(incident: Incident, entry: Entry, timeline: str) -> Markdown:
    """The number of an entry that the page is itself about, as a link to the timeline."""
    return link(f"#{incident.number(entry.id)}", timeline)


def title(incident: Incident) -> str:
    """What the incident is called."""
    declared = incident.of(Lifecycle).declared
    return clean(declared.title if declared else "") or "Incident"


def severity(incident: Incident) -> str:
    """The level with its meaning; empty until it is set."""
    severity_state = incident.of(SeverityState)
    if severity_state.severity is None:
        return severity_state.level
    return severity_state.severity.named


def kind(incident: Incident) -> str:
    """What sort of record this is, where that matters: a drill, need-to-know, closed early."""
    lifecycle = incident.of(Lifecycle)
    lines = []
    if lifecycle.declared and lifecycle.declared.drill:
        lines.append("A drill: no user was affected.")
    if incident.of(Protection).protected:
        lines.append("Protected: details are for those who need to know.")
    if lifecycle.closed and lifecycle.is_history:
        lines.append(f"{lifecycle.closed.text}. No stage was gone through here.")
    elif lifecycle.closed and lifecycle.closed.reason:
        lines.append(
            f"Closed early as {label(lifecycle.closed.reason).lower()}: {lifecycle.closed.text}. "
            "The stages that were left open count as not passed."
        )
    return "\n".join(lines)


def source(incident: Incident, entry: Entry) -> str:
    """Where an entry comes from; of the record that all of it was taken from, the line alone."""
    origin = incident.of(Lifecycle).origin
    name, _, line = entry.source.rpartition(":")
    return f"line {line}" if origin and name == origin else entry.source


def impact(incident: Incident) -> Pairs:
    """The impact fields that were answered, the usual ones first."""
    given, answers = incident.of(Impact).fields, incident.of(Impact).answers
    names = dict.fromkeys([*IMPACT_FIELDS, *given])
    return [
        (impact_title(name), f"{given[name]}{held(incident, answers[f'impact {name}'])}")
        for name in names
        if name in given
    ]


def held(incident: Incident, entry: Entry | None) -> str:
    """Behind what an entry says: since which episode it holds, where that is not the newest."""
    since = held_since(incident, entry)
    return f" ({since})" if since else ""


def scope(incident: Incident) -> Rows:
    """The rows of the scope table that were answered."""
    given, answers = incident.of(Impact).scope, incident.of(Impact).answers
    return [
        [label(name), f"{given[name]}{held(incident, answers[f'scope {name}'])}"]
        for name in dict.fromkeys([*SCOPE_KINDS, *given])
        if name in given
    ]


def impact_times(incident: Incident, moments: Moments) -> str:
    """From when to when users were affected: each span, and their sum; empty while unknown.

    Where nobody knows when it began, when it was noticed and when it stopped.
    """
    episodes = spans(incident)
    if not episodes:
        return _without_start(incident, moments)
    parts = [
        f"{format_span(span.begin, span.end, moments.zone)} ({format_measured(span.length)})"
        if span.end is not None and span.length is not None
        else f"since {moments.stamp(span.begin)}, not over yet"
        for span in episodes
    ]
    whole = time_of_impact(incident)
    if len(episodes) > 1 and whole is not None:
        parts.append(f"together {format_measured(whole)} in {len(episodes)} spans")
    return "; ".join(parts)


def _without_start(incident: Incident, moments: Moments) -> str:
    at = incident.of(Milestones).at
    noticed, stopped = at("detected"), at("mitigated")
    if stopped is None or (noticed is not None and noticed > stopped):
        return ""
    if noticed is None:
        return f"until {moments.stamp(stopped)}; when it began is not on record"
    span = format_span(noticed, stopped, moments.zone)
    return f"{span} since it was noticed; when it began is not on record"


def known_durations(incident: Incident) -> Rows:
    """The durations both of whose ends are known: name, length, between what."""
    several = len(spans(incident)) > 1
    return [
        [label(name), format_measured(length), _between(name, several)]
        for name, length in durations(incident).items()
        if length is not None
    ]


def _between(name: str, several: bool) -> str:
    """Between what a duration is measured, and in which of `several` spans of impact."""
    begin, end = DURATIONS[name]
    if several and name == "time_of_impact":
        return "all spans together"
    which = {"mitigated": ", the first time", "resolved": ", the last time"} if several else {}
    return f"{begin} to {end}{which.get(end, '')}"


_REPEATED = ("mitigated", "resolved", "recurred")
"""Milestones of which an incident that came back has several; the last one counts."""


AT_THE_LATEST = "at the latest: nobody said when users first felt it"
"""What the start means where it is but the moment at which it was noticed."""


def milestones(incident: Incident, moments: Moments) -> Rows:
    """The milestones that are known: name, moment, time since the start, origin, meaning."""
    milestones = incident.of(Milestones)
    start = milestones.at("started")
    reached = [
        (name, milestone) for name in MILESTONES if (milestone := milestones.milestone(name))
    ]
    rows: Rows = []
    for name, milestone in sorted(reached, key=lambda pair: pair[1].at):
        after = milestone.at - start if start else timedelta()
        since = format_measured(after) if after else ""
        origin = milestone.origin(incident)
        last = ", the last time" if name in _REPEATED and len(spans(incident)) > 1 else ""
        guessed = name == "started" and milestones.begins_as_noticed
        meaning = AT_THE_LATEST if guessed else f"{MILESTONES[name]}{last}"
        rows.append([label(name), moments.near(milestone.at), since, origin, meaning])
    return rows


def factors(incident: Incident) -> list[tuple[str, list[str]]]:
    """Contributing factors by layer, in the order of the playbook's layers.

    One layer alone has no title where that says but that it contributed: the heading does. The
    record of others says nothing of layers: what was taken from it stands first, without a title.
    """
    titles = {layer.id: layer.title for layer in incident.playbook.layers}
    items = incident.of(Factors).items
    layers = dict.fromkeys(["", *titles, *(item.layer for item in items)])
    by_layer = {
        layer: [
            item.text + (" (candidate, to verify)" if item.candidate else "")
            for item in items
            if ("" if item.entry.copied else item.layer) == layer
        ]
        for layer in layers
    }
    used = [layer for layer, texts in by_layer.items() if texts]
    alone = len(used) == 1 and not layer_name(incident, used[0])
    return [("" if alone else titles.get(layer, layer), by_layer[layer]) for layer in used]


def actions(incident: Incident, moments: Moments) -> Rows:
    """The action items: see `ACTION_HEADS`."""
    factors = {factor.entry.id: factor.text for factor in incident.of(Factors).items}
    return [
        [
            item.number,
            item.text,
            item.owner,
            moments.due(item.due, item.entry.at),
            item.action_class,
            item.priority,
            item.verify,
            f"{item.status} ({item.outcome})" if item.outcome else item.status,
            item.ref,
            TERMS.get(item.term, ""),
            factors.get(item.factor, ""),
        ]
        for item in incident.of(Actions).items
    ]


ACTION_HEADS = [
    "#", "Action", "Owner", "Due", "Class", "Priority", "Seen to work by", "Status", "Reference",
    "Term", "Answers",
]  # fmt: skip


def action_counts(incident: Incident) -> str:
    """How many items have which status: ``3 open, 1 verified``; empty without items."""
    statuses = Counter(item.status for item in incident.of(Actions).items)
    return ", ".join(f"{statuses[status]} {status}" for status in STEPS if statuses[status])


def waivers(incident: Incident, moments: Moments) -> Rows:
    """The waivers that gates rest on: stage, check, reason, by whom."""
    rows: Rows = []
    for record in incident.of(Lifecycle).stages:
        report = gate(incident, record.stage)
        titles = {check.id: check.title for check in report.checks}
        for check, why in _resting_on(record, report.waived).items():
            rows.append([record.stage.title, titles.get(check, check), why])
    closed = incident.of(Lifecycle).closed
    titles = {check.id: check.title for check in closing_gate(incident).checks}
    for check, why in (closed.waived if closed else {}).items():
        rows.append(["Close", titles.get(check, check), why])
    return rows


def _resting_on(record: StageRecord, now: dict[str, str]) -> dict[str, str]:
    event = record.passed.event if record.passed else None
    if record.state == "passed" and isinstance(event, StagePassed):
        return event.waived
    return now if record.state in ("open", "review") else {}
