"""Recording what an import planned: into an incident that there is, or a new one, live or over."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePath

import msgspec

from incident_tui.domain.core.commands import CommandContext, PendingEvent, Refused
from incident_tui.domain.core.doubts import DoubtOverruled, doubts_about
from incident_tui.domain.core.events import Entry, Event, Incident
from incident_tui.domain.process.lifecycle import (
    AFTERWARDS,
    RECORDED_FROM,
    IncidentClosed,
    Lifecycle,
    zone_of,
)
from incident_tui.domain.values.text import clean_line
from incident_tui.service.exchange.foreign.import_fields import chosen, taken, ticked_off
from incident_tui.service.exchange.foreign.timeline_import import Plan, Row, recorded_text
from incident_tui.service.home_service import Declaration, Service
from incident_tui.service.session.incident_session import IncidentSession


class Imported(msgspec.Struct, frozen=True):
    """What an import did. `known` are rows that the incident had already."""

    session: IncidentSession
    recorded: tuple[Row, ...]
    known: tuple[Row, ...] = ()
    filled: tuple[str, ...] = ()
    """The fields that were filled with what the record says of them."""


class KnownRows:
    """The rows that incidents of a home have already, by incident; asked for at the first use."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._rows: dict[str, set[tuple[datetime, str]]] | None = None

    def id_with(self, plan: Plan) -> str:
        """The id of an incident that has every row of a plan; empty where none has."""
        wanted = {row.key for row in plan.rows}
        if self._rows is None:
            incidents, _ = self._service.read_all()
            self._rows = {name: _keys(one.recorded) for name, one in incidents.items()}
        return next((name for name, rows in self._rows.items() if wanted <= rows), "")

    def add(self, done: Imported) -> None:
        """Remember what an import recorded."""
        if self._rows is not None:
            self._rows.setdefault(done.session.id, set()).update(row.key for row in done.recorded)


def _keys(entries: Iterable[Entry]) -> set[tuple[datetime, str]]:
    # As recorded: a row that was amended or retracted since does not come back.
    return {(entry.at, recorded_text(entry.event)) for entry in entries}


def import_new(
    service: Service,
    plan: Plan,
    *,
    playbook: str = "",
    over: bool = False,
    known: KnownRows | None = None,
) -> Imported:
    """Record all rows in a new incident, or none of them where an incident has them all.

    When it started, was noticed or declared is what the rows say, or unknown. With `over` it is
    history: closed as recorded afterwards, with no gate claimed. `playbook` is the process that the
    incident is run by, by default that of the home.

    Raises `Refused` when there is no row, and what declaring raises.
    """
    if not plan.rows:
        raise nothing(plan)
    known = known if known is not None else KnownRows(service)
    if there := known.id_with(plan):
        session = service.open(there)
        return import_into(session, plan) if plan.take else Imported(session, (), plan.rows)
    declaration = Declaration(
        title=plan.title, zone=plan.zone, playbook=playbook, afterwards=True, day=plan.day
    )
    done = import_into(service.declare(declaration), plan, over=over)
    known.add(done)
    return done


def import_into(session: IncidentSession, plan: Plan, *, over: bool = False) -> Imported:
    """Record the rows in an incident, all in one write; those that it has already are left out.

    Raises `Refused` when there is no row, and `StoreError`.
    """
    if not plan.rows:
        raise nothing(plan)
    recorded: list[Row] = []
    known: list[Row] = []
    filled: list[str] = []
    picked = chosen(plan.passages, plan.take)

    def drafts(incident: Incident) -> list[PendingEvent]:
        there = _keys(incident.recorded)
        for row in plan.rows:
            (known if row.key in there else recorded).append(row)
            there.add(row.key)
        pending = [event for row in recorded for event in _events(session, incident, row)]
        on_record = {(entry.event.kind, _words(entry.event)) for entry in incident.recorded}
        for proposal in picked:
            events = taken(proposal, session.playbook, plan.name, zone_of(incident))
            new = [
                each for each in events if (each.event.kind, _words(each.event)) not in on_record
            ]
            filled.extend([proposal.name] if new else [])
            pending += new
        return [*pending, _closed(plan)] if over else pending

    session.record(drafts)
    if ticked_off(picked, session.incident):  # which items these are is known once they are there
        session.record(lambda incident: ticked_off(picked, incident))
    return Imported(session, tuple(recorded), tuple(known), tuple(filled))


def _words(event: Event) -> tuple[str, str]:
    return str(getattr(event, "field", "")), recorded_text(event)


def _events(session: IncidentSession, incident: Incident, row: Row) -> Iterator[PendingEvent]:
    """What a row records: the event, and of an incident under way what was doubtful about it.

    The record is why it is taken all the same; of what is put on record afterwards it is all there
    is.
    """
    yield PendingEvent(row.event, row.at, row.source, actor=row.who, copied=True)
    declared = incident.of(Lifecycle).declared
    if declared is None or declared.afterwards:
        return
    context = CommandContext(
        incident=incident,
        now=session.world.clock(),
        zone=session.zone,
        actor=session.identity.actor,
        hat=session.hat,
        at=row.at,
    )
    for rule, doubt in doubts_about(context, [row.event]).items():
        overruled = DoubtOverruled(rule=rule, doubt=doubt.text, text=f"{row.source} says so")
        yield PendingEvent(overruled, row.at, row.source, copied=True)


def _closed(plan: Plan) -> PendingEvent:
    last = max(row.at for row in plan.rows)
    name = clean_line(PurePath(plan.name).name) or "what was kept elsewhere"
    text = f"{RECORDED_FROM}{name}"
    return PendingEvent(IncidentClosed(reason=AFTERWARDS, text=text), last, copied=True)


def nothing(plan: Plan) -> Refused:
    """Why a plan without rows cannot be recorded."""
    return Refused(
        "no row with a time was found",
        [(f"line {left.line}: {left.reason}", "") for left in plan.left[:10]],
    )
