"""A foreign timeline becomes entries: which of its rows are recorded, how, and what is left over.

How a document is read is intake's business.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import PurePath

import msgspec

from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Event, Incident
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import WhenError, format_exact, zone_named
from incident_tui.intake import WRONG_YEAR, Reading, TimelineRow, Unread, read_timeline
from incident_tui.service.home_service import Declaration, Service
from incident_tui.service.session.incident_session import IncidentSession

IN_THE_FUTURE = "lies in the future"
NO_TEXT = "has a time and no text"

# A label such as "Incident declared: 2023-01-11 14:30", by the word that tells.
_MILESTONES = (
    ("detected", re.compile(r"\b(?:detect(?:ed|ion)|noticed)\b", re.I)),
    ("declared", re.compile(r"\bdeclared\b", re.I)),
    ("mitigated", re.compile(r"\b(?:mitigated|repaired|impact (?:ended|stopped))\b", re.I)),
    ("resolved", re.compile(r"\bresolved\b", re.I)),
    ("started", re.compile(r"\b(?:started|began|impact start)\b", re.I)),
)


class Row(msgspec.Struct, frozen=True):
    """A row as it is recorded; `flags` say what was doubtful about it."""

    line: int
    at: datetime
    event: Event
    text: str
    source: str
    flags: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """What an import would do. `left` are the lines that become nothing, with their reasons."""

    title: str
    zone: str
    form: str
    day_from: str
    rows: tuple[Row, ...]
    left: tuple[Unread, ...]


class Imported(msgspec.Struct, frozen=True):
    """What an import did. `known` are rows that the incident had already."""

    session: IncidentSession
    recorded: tuple[Row, ...]
    known: tuple[Row, ...] = msgspec.field(default=())


def plan_import(
    service: Service,
    text: str,
    name: str,
    *,
    title: str = "",
    zone: str = "",
    day: date | None = None,
) -> Plan:
    """Read a document; nothing is recorded.

    `name` is the file's, for the sources of its rows; `zone` holds where the document names none,
    `day` where rows have no date. Raises `WhenError` for a zone that does not exist.
    """
    default = zone_named(zone or service.zone_name)
    reading = read_timeline(text, default_zone=default, default_date=day, name=name)
    now = service.world.clock()
    rows, left = [], list(reading.unread)
    for row, event in _events(reading):
        if row.at > now:
            left.append(Unread(row.line, clean_line(row.text), IN_THE_FUTURE))
        elif not clean_line(row.text):
            left.append(Unread(row.line, "", NO_TEXT))
        else:
            source = clean_line(row.source) or f"{PurePath(name).name}:{row.line}"
            rows.append(Row(row.line, row.at, event, clean_line(row.text), source, row.flags))
    return Plan(
        title=clean_line(title) or _heading(reading) or PurePath(name).stem,
        zone=_zone(reading.zone, zone or service.zone_name),
        form=reading.form,
        day_from=reading.day_from,
        rows=tuple(sorted(rows, key=lambda row: (row.at, row.line))),
        left=tuple(sorted(left, key=lambda unread: unread.line)),
    )


def _heading(reading: Reading) -> str:
    """The document's heading without the day before it: the incident's id says it already."""
    heading = clean_line(reading.title or "")
    return re.sub(r"^\d{4}-\d\d-\d\d\b[\s,:;.–—-]*", "", heading) or heading


def _events(reading: Reading) -> Iterable[tuple[TimelineRow, Event]]:
    for row in reading.rows:
        yield row, FactRecorded(text=clean_line(row.text))
    for row in reading.milestones:
        label = clean_line(row.text)
        reached = next((known for known, word in _MILESTONES if word.search(label)), None)
        if reached is None:
            yield row, FactRecorded(text=label)
        else:
            yield row, MilestoneReached(name=reached, text=label)


def _zone(named: str, default: str) -> str:
    """The zone as incidents name it; the default where the document's is only an offset."""
    try:
        zone_named(named)
    except WhenError:
        return default
    return named


def import_new(service: Service, plan: Plan, *, playbook: str = "") -> Imported:
    """Declare an incident that began with the earliest row, and record all rows in it.

    A row whose year looks like a slip is no beginning. `playbook` is the process that the incident
    is run by, by default that of the home.

    Raises `Refused` when there is no row, and what declaring raises.
    """
    if not plan.rows:
        raise _nothing(plan)
    sure = [row for row in plan.rows if WRONG_YEAR not in row.flags] or plan.rows
    started = format_exact(sure[0].at, zone_named("UTC"))
    declaration = Declaration(title=plan.title, at=started, zone=plan.zone, playbook=playbook)
    session = service.declare(declaration)
    return import_into(session, plan)


def import_into(session: IncidentSession, plan: Plan) -> Imported:
    """Record the rows in an incident, all in one write; those that it has already are left out.

    Raises `Refused` when there is no row, and `StoreError`.
    """
    if not plan.rows:
        raise _nothing(plan)
    recorded: list[Row] = []
    known: list[Row] = []

    def drafts(incident: Incident) -> list[PendingEvent]:
        # As recorded: a row that was amended or retracted since does not come back.
        there = {
            (entry.at, str(getattr(entry.event, "text", "")), entry.source)
            for entry in incident.recorded
        }
        for row in plan.rows:
            key = (row.at, row.text, row.source)
            (known if key in there else recorded).append(row)
            there.add(key)
        return [PendingEvent(row.event, row.at, row.source) for row in recorded]

    session.record(drafts)
    return Imported(session, tuple(recorded), tuple(known))


def _nothing(plan: Plan) -> Refused:
    return Refused(
        "no row with a time was found",
        [(f"line {left.line}: {left.reason}", "") for left in plan.left[:10]],
    )
