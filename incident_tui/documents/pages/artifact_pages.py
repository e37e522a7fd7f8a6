"""The pages of artifacts: fields, gate, waivers, revisions and review of each stage entered."""

from collections.abc import Callable, Sequence
from functools import partial

from incident_tui.documents.pages.earlier_versions import Snapshot, snapshot, snapshots
from incident_tui.documents.pages.page import Page
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import (
    Markdown,
    bullets,
    code,
    inline,
    labelled,
    numbered,
    paragraphs,
    table,
    tasks,
    within,
)
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.gates import CheckResult
from incident_tui.domain.process.lifecycle import (
    Lifecycle,
    Revision,
    SentBack,
    StagePassed,
    StageRecord,
    StageReopened,
)
from incident_tui.domain.values.field_text import MANY, Row, tick_of
from incident_tui.domain.values.playbook import Artifact
from incident_tui.domain.values.text import slug


def artifact_path(number: int, artifact: Artifact) -> str:
    """Where the artifact of the `number`th stage stands."""
    return f"artifacts/{number}-{slug(artifact.id) or 'artifact'}.md"


POSTMORTEM = "postmortem.md"
"""Where the postmortem stands: the document of its stage, of which an incident has one."""


def postmortem_record(incident: Incident) -> StageRecord | None:
    """What happened to the stage whose document is the postmortem; None where there is none."""
    stage = incident.playbook.postmortem_stage()
    return incident.of(Lifecycle).record(stage.id) if stage is not None else None


def document_path(incident: Incident, record: StageRecord) -> str:
    """Where the document of a stage stands; empty where it produces none."""
    artifact = record.stage.produces
    if artifact is None or record is postmortem_record(incident):
        return POSTMORTEM if artifact else ""
    return artifact_path(incident.of(Lifecycle).stages.index(record) + 1, artifact)


SUMMARIES = ("summary", "what-happened")
"""Fields that hold the whole story in short, whatever else a playbook asks of its author."""


def summary(incident: Incident) -> str:
    """The story in short, as its author wrote it; empty until somebody did."""
    typed = typed_into(incident, postmortem_record(incident))
    return next((typed[name] for name in SUMMARIES if name in typed), "")


def typed_into(incident: Incident, record: StageRecord | None) -> dict[str, str]:
    """What the fields of a stage's document say now, by their ids; empty ones are left out."""
    values = incident.of(Artifacts).values(record.stage) if record is not None else []
    return {value.field.id: value.text for value in values if inline(value.text)}


Past = dict[tuple[int, str], Snapshot]
"""Stages as they stood at earlier positions of the log, by position and stage id."""


def past_of(incident: Incident) -> Past:
    """Each stage that was entered, as its document shows it and as its revisions stood."""
    records = [record for record in incident.of(Lifecycle).stages if record.entered_at is not None]
    return snapshots(
        incident,
        {
            (position, record.stage.id): (position, record.stage)
            for record in records
            for position in (_shown_at(incident, record), *(r.upto for r in record.revisions))
        }.values(),
    )


def artifact_pages(incident: Incident, moments: Moments, past: Callable[[], Past]) -> list[Page]:
    """A page for each stage that was entered and produces something, but for the postmortem."""
    postmortem = postmortem_record(incident)
    pages = []
    for number, record in enumerate(incident.of(Lifecycle).stages, 1):
        artifact = record.stage.produces
        if artifact is None or not _is_written(incident, record) or record is postmortem:
            continue
        values = partial(_values, incident, record, moments, past)
        path, where = artifact_path(number, artifact), standing(incident, record, moments)
        pages.append(Page(path, artifact.title, "artifact", values, where))
    return pages


def _values(
    incident: Incident, record: StageRecord, moments: Moments, past: Callable[[], Past]
) -> dict[str, object]:
    stage, stages = record.stage, incident.of(Lifecycle).stages
    shown = written(incident, record, past())
    return {
        "artifact": stage.produces.title if stage.produces else "",
        "stage": stage.title,
        "purpose": stage.purpose,
        "number": stages.index(record) + 1,
        "count": len(stages),
        "zone": moments.zone_name,
        "fields": [field(value) for value in shown.values if within(value.readable)],
        **review(incident, record, moments, past()),
    }


def _is_written(incident: Incident, record: StageRecord) -> bool:
    """Whether a stage has a document: it was entered, or history has something to say in it."""
    if not incident.of(Lifecycle).is_history:
        return record.entered_at is not None
    return any(value.given for value in incident.of(Artifacts).values(record.stage))


def written(incident: Incident, record: StageRecord, past: Past) -> Snapshot:
    """The document of a stage as it was approved, or as it stands."""
    earlier = past.get((_shown_at(incident, record), record.stage.id))
    return earlier or snapshot(incident, record.stage)


def review(
    incident: Incident, record: StageRecord, moments: Moments, past: Past
) -> dict[str, object]:
    """How a document came about: where it stands, its gate, hats, revisions and later changes."""
    shown = written(incident, record, past)
    return {
        "standing": standing(incident, record, moments),
        "self_reviewed": is_self_reviewed(record),
        "hats": shown.hats,
        "gate": _gate_lines(incident, record, shown),
        "revisions": [
            _revision(revision, past[(revision.upto, record.stage.id)], shown, moments)
            for revision in record.revisions
        ],
        "since": _since(incident, record, shown),
    }


def _shown_at(incident: Incident, record: StageRecord) -> int:
    """The position of the log whose artifact the page shows: that of its approval, or the end."""
    if record.state == "passed" and record.passed is not None:
        return incident.number(record.passed.id) - 1
    return len(incident.recorded)


def is_self_reviewed(record: StageRecord) -> bool:
    """Whether the stage was left on nobody's approval but an author's."""
    event = record.passed.event if record.passed else None
    return record.state == "passed" and isinstance(event, StagePassed) and event.self_reviewed


def standing(incident: Incident, record: StageRecord, moments: Moments) -> Markdown:
    """Where the artifact stands, as a sentence: in work, under review, approved by whom."""
    if incident.of(Lifecycle).is_history:
        return Markdown("Recorded afterwards; this stage was not gone through here.")
    event = record.passed.event if record.passed else None
    if record.state == "passed" and record.passed and isinstance(event, StagePassed):
        when = moments.stamp(record.passed.at)
        if event.by:
            text = f"Approved by {within(event.by)} on {when}"
            text += ", self-reviewed" if event.self_reviewed else ""
        elif event.review == "auto":
            text = f"Its gate passed on {when}; no approval is asked for"
        else:
            text = f"Finished on {when}; this stage has no gate"
        text += f" ({within(event.ref)})" if event.ref else ""
        if event.by.casefold() not in ("", record.passed.actor.casefold()):
            text += f", recorded by {within(record.passed.actor)}"
        text += f': "{within(event.text)}"' if event.text else "."
        if record.cycles > 1:
            often = "twice" if record.cycles == 2 else f"{record.cycles} times"
            text += f" The stage was passed {often}."
        return Markdown(text)
    if record.state == "review":
        return Markdown(f"Revision {len(record.revisions)} waits for approval.")
    if record.state == "stale":
        return Markdown(f"{lapsed(incident, record, moments)} It has to be passed again.")
    if record.state == "ahead":
        return Markdown("An earlier stage was reopened; this one has to be passed again.")
    if record.sent_back is not None:
        note = record.sent_back
        when = moments.stamp(note.at)
        words = within(getattr(note.event, "text", ""))
        return Markdown(f'Sent back by {within(note.actor)} on {when}: "{words}"')
    for entry in reversed(incident.entries):
        if isinstance(entry.event, StageReopened) and entry.event.stage == record.stage.id:
            if record.lapsed is not None and incident.number(record.lapsed.id) > incident.number(
                entry.id
            ):
                break
            text = f"Reopened by {within(entry.actor)} on {moments.stamp(entry.at)}"
            return Markdown(f'{text}: "{within(entry.event.text)}"')
    if record.lapsed is not None:
        return Markdown(f"{lapsed(incident, record, moments)} It has to be passed again.")
    return Markdown("In work.")


def lapsed(incident: Incident, record: StageRecord, moments: Moments) -> Markdown:
    """Why what was passed no longer holds, as a sentence; empty where it does."""
    entry, passed = record.lapsed, record.passed
    if entry is None or passed is None:
        return Markdown()
    by = within(getattr(passed.event, "by", ""))
    was = f"The approval by {by}" if by else "Its gate, passed"
    why = within(entry.event.sentence(entry, incident))
    return Markdown(
        f"{was} on {moments.stamp(passed.at)}{',' if not by else ''} no longer holds since "
        f"{moments.stamp(entry.at)}: {why}."
    )


def field(value: FieldValue) -> Markdown:
    """A field with its title: a text behind it, a list or table below it."""
    title = f"**{within(value.field.title)}:**"
    kind = value.field.type
    facts = any(text for row in value.rows for _, text in row.facts)
    short = kind not in MANY or (kind == "list" and len(value.items) == 1 and not facts)
    return Markdown(title + (" " if short else "\n\n") + body(value))


def body(value: FieldValue) -> Markdown:
    """A field's value as its type asks: a table, a list, or text."""
    shaped = Markdown()
    facts = any(text for row in value.rows for _, text in row.facts)
    if value.field.type == "table":
        shaped = _rows(value)
    elif value.field.type == "list" and (facts or len(value.items) > 1):
        shaped = bullets(map(_with_facts, value.rows))
    elif value.field.type == "chain":
        shaped = numbered(value.items)
    elif value.field.type == "checklist":
        shaped = tasks(map(tick_of, value.items))
    return shaped or paragraphs(value.readable)


def _rows(value: FieldValue) -> Markdown:
    """Rows of three cells or two as a table, rows of one as a list."""
    width = max((len(row.cells) for row in value.rows), default=0)
    if heads := _HEADS.get(width):
        named = list(dict.fromkeys(name for row in value.rows for name, _ in row.facts))
        known = [[dict(row.facts).get(name, "") for name in named] for row in value.rows]
        heads = next((row.heads for row in value.rows if row.heads), heads)
        cells = [_padded(row.cells, row.text, width) for row in value.rows]
        rows = [[*own, *more] for own, more in zip(cells, known, strict=True)]
        return table([*heads, *named], rows)
    return bullets(map(_with_facts, value.rows))


def _with_facts(row: Row) -> Markdown:
    """A row as a list item, with what else is known of it below."""
    below = "".join(f"\n  {line}" for line in labelled(row.facts).split("\n") if line)
    return Markdown(f"{inline(row.text)}{below}")


_HEADS = {2: ("Step", "Result"), 3: ("What", "Before", "After")}


def _padded(cells: Sequence[str], text: str, width: int) -> Sequence[str]:
    return cells if len(cells) == width else (text, *[""] * (width - 1))


def _gate_lines(incident: Incident, record: StageRecord, shown: Snapshot) -> list[Markdown]:
    """Each check of the gate with its outcome; what mends it where that still helps."""
    closed = incident.of(Lifecycle).closed
    if record.stage.review == "none" or (record.state != "passed" and closed and closed.reason):
        return []
    helps = record.state == "open" and closed is None
    return [_check_line(check, shown.answers.get(check.id), helps) for check in shown.gate.checks]


def _check_line(check: CheckResult, answer: Entry | None, helps: bool) -> Markdown:
    title = within(check.title)
    note = within(getattr(answer.event, "text", "")) if answer else Markdown()
    if check.state == "waived":
        by = f" ({within(answer.actor)})" if answer else ""
        return Markdown(f"– {title}: waived{by}, {within(check.why)}")
    if check.state == "failing":
        mend = f" → {code(check.mend)}" if helps and check.mend else ""
        return Markdown(f"✗ **{title}:** {within(check.why)}{mend}")
    if check.kind == "attestation" and answer:
        words = f": {note}" if note else ""
        return Markdown(f"✓ {title} (says {within(answer.actor)}{words})")
    return Markdown(f"✓ {title}")


def _revision(
    revision: Revision, then: Snapshot, shown: Snapshot, moments: Moments
) -> dict[str, object]:
    """A revision: who submitted it, what was said about it, and where it read differently."""
    entry = revision.entry
    text = f"Submitted by {within(entry.actor)} on {moments.stamp(entry.at)}"
    note = within(getattr(entry.event, "text", ""))
    text += f': "{note}"' if note else "."
    if revision.answer is not None:
        event = revision.answer.event
        sent_back = isinstance(event, SentBack)
        by = (
            revision.answer.actor
            if sent_back
            else getattr(event, "by", "") or revision.answer.actor
        )
        verdict = "Sent back" if sent_back else "Approved"
        text += f" {verdict} by {within(by)} on {moments.stamp(revision.answer.at)}"
        text += ", self-reviewed" if getattr(event, "self_reviewed", False) else ""
        ref = getattr(event, "ref", "")
        text += f" ({within(ref)})" if ref else ""
        words = within(getattr(event, "text", ""))
        text += f': "{words}"' if words else "."
    now = {value.field.id: value.text for value in shown.values}
    return {
        "number": revision.number,
        "told": Markdown(text),
        "differences": [
            (value.field.title, _as_it_read(value))
            for value in then.values
            if value.text != now.get(value.field.id) and not _is_from_the_log(value)
        ],
    }


_RETOLD = (
    "stars.story", "metrics.durations", "milestones.all", "sources.events", "sources.timeline",
)  # fmt: skip
"""Sources of fields that say only what the log says, which later entries change by themselves."""


def _is_from_the_log(value: FieldValue) -> bool:
    return not value.given and value.field.source in _RETOLD


def _as_it_read(value: FieldValue) -> Markdown:
    """What stood in a field: its rows below each other, or its text."""
    rows = [
        f"{row.cells[0]}: {' to '.join(row.cells[1:])}"
        if len(row.cells) > 1 and not row.heads
        else row.text
        for row in value.rows
    ]
    if len(rows) > 1:
        return Markdown("".join(f"\n  - {inline(row)}" for row in rows))
    return within(rows[0] if rows else value.text) or Markdown("(empty)")


def _since(incident: Incident, record: StageRecord, shown: Snapshot) -> list[tuple[str, str]]:
    """Fields that somebody typed anew after the artifact was approved."""
    if record.state != "passed":
        return []
    before = {value.field.id: value.text for value in shown.values}
    return [
        (value.field.title, value.text)
        for value in snapshot(incident, record.stage).values
        if value.given and value.text != before.get(value.field.id)
    ]
