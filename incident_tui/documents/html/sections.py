"""The sections of an incident's page as plain rows and pairs; templates put them on the page."""

from collections.abc import Sequence

import msgspec

from incident_tui.documents.pages.artifact_pages import SUMMARIES, postmortem_record
from incident_tui.documents.pages.incident_story import outcome
from incident_tui.documents.pages.update_pages import update_kind
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.hypotheses import Hypotheses, Hypothesis
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.lifecycle import Lifecycle, StagePassed, StageRecord

Rows = list[Sequence[object]]


class Written(msgspec.Struct, frozen=True):
    """A field that somebody filled in: its items where it holds several, else its text."""

    title: str
    text: str
    items: Sequence[str] = ()


def standing(incident: Incident, moments: Moments) -> str:
    """Whether the postmortem is approved, and by whom; empty where the process asks for none."""
    record, closed = postmortem_record(incident), incident.of(Lifecycle).closed
    if record is None or (closed is not None and closed.reason):
        return ""
    event = record.passed.event if record.passed else None
    if record.state != "passed" or record.passed is None or not isinstance(event, StagePassed):
        return "Draft: not approved yet." if record.state != "review" else "Draft under review."
    by = f" by {event.by}" if event.by else ""
    alone = ", self-reviewed" if event.self_reviewed else ""
    return f"Approved{by} on {moments.stamp(record.passed.at)}{alone}."


def written(incident: Incident) -> list[Written]:
    """What the author of the postmortem wrote beside the summary."""
    return [_written(v) for v in _fields(incident) if v.field.id not in SUMMARIES]


def findings(incident: Incident) -> list[tuple[str, list[Written]]]:
    """What people wrote into the documents of the other stages."""
    own = postmortem_record(incident)
    parts = []
    for record in incident.of(Lifecycle).stages:
        if record.stage.produces is None or record is own or record.entered_at is None:
            continue
        if values := [_written(value) for value in _given(incident, record)]:
            parts.append((record.stage.produces.title, values))
    return parts


def _fields(incident: Incident) -> list[FieldValue]:
    record = postmortem_record(incident)
    return _given(incident, record) if record is not None else []


def _given(incident: Incident, record: StageRecord) -> list[FieldValue]:
    """What somebody typed; what a field takes from the log has a section of its own."""
    values = incident.of(Artifacts).values(record.stage)
    return [v for v in values if v.text.strip() and (v.given or not v.field.source)]


def _written(value: FieldValue) -> Written:
    items = value.items if len(value.rows) > 1 else ()
    return Written(value.field.title, value.readable, tuple(items))


def causes(incident: Incident) -> list[str]:
    """The confirmed causes with what proves them."""
    return [
        f"{item.text}: {item.verdict}" if item.verdict else item.text
        for item in incident.of(Hypotheses).with_status("confirmed")
    ]


def confirmed(incident: Incident) -> list[str]:
    """The confirmed causes alone."""
    return [item.text for item in incident.of(Hypotheses).with_status("confirmed")]


def stopped_by(incident: Incident) -> list[str]:
    """The changes that were seen to stop the impact."""
    return [item.named for item in incident.of(Mitigations).during() if item.verdict == "verified"]


def fixed_by(incident: Incident) -> list[str]:
    """What removes the causes for good."""
    return incident.of(Fixes).in_words


def changes(incident: Incident, moments: Moments) -> Rows:
    """Each change made against the impact: number, time, kind, what, outcome, way back."""
    return [
        (item.number, moments.near(item.entry.at), item.kind, item.text,
         outcome(incident, item, moments), item.undo)
        for item in incident.of(Mitigations).during()
    ]  # fmt: skip


def suspects(incident: Incident, moments: Moments) -> Rows:
    """Changes to production from before it began: time, what, source."""
    mitigations = incident.of(Mitigations)
    during = {item.number for item in mitigations.during()}
    return [
        (moments.near(item.entry.at), item.text, item.entry.source)
        for item in mitigations.items
        if item.number not in during
    ]


def hypotheses(incident: Incident) -> list[tuple[str, str, list[Hypothesis]]]:
    """The hypotheses in columns: how the column is called, its colour, what stands in it."""
    items = incident.of(Hypotheses).ranked()
    columns = (
        ("Confirmed", "confirmed", ("confirmed",)),
        ("Undecided", "open", ("testing", "open")),
        ("Ruled out", "refuted", ("refuted",)),
    )
    return [
        (title, tone, [item for item in items if item.status in statuses])
        for title, tone, statuses in columns
    ]


def fixes(incident: Incident, moments: Moments) -> Rows:
    """The fix of each confirmed cause: cause, fix, its test, its change, when it was deployed."""
    return [
        (fix.cause.text, fix.text, fix.test, fix.ref,
         moments.near(fix.deployed.at) if fix.deployed else "")
        for fix in incident.of(Fixes).items
    ]  # fmt: skip


def updates(incident: Incident, moments: Moments) -> Rows:
    """What people were told: number, when, kind, whom, the words, when more was promised."""
    return [
        (item.number, moments.near(item.entry.at), update_kind(item), item.audience or "everybody",
         item.text, moments.near(item.next_at))
        for item in incident.of(Updates).items
    ]  # fmt: skip


def guardrails(incident: Incident) -> list[str]:
    """Temporary protections, and whether they were lifted."""
    return [
        f"{item.text} (lifted: {item.lifted})" if item.lifted else f"{item.text} (in place)"
        for item in incident.of(Guardrails).items
    ]


def first_signal(incident: Incident) -> str:
    """The reading that showed it; empty where none with a source did."""
    reading = incident.of(Readings).first_signal
    if reading is None:
        return ""
    change = f"{reading.before} → {reading.after}" if reading.before else reading.after
    return f"{reading.name}: {change} ({reading.entry.source})"
