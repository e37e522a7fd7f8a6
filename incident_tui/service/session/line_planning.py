"""What a typed line would record, under the state that it is typed in. Nothing is recorded here."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.commands import CommandContext, LineError, PendingEvent
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.people.identity import Identity, Introduced, hat_of
from incident_tui.domain.quality.unverified_entries import Chosen, FoundChoice
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import WhenError, parse_past
from incident_tui.service.runtime.world import World

if TYPE_CHECKING:
    from incident_tui.service.session.evidence_files import Attaching


class Planner(Protocol):
    """What is needed here of an open incident."""

    world: World
    identity: Identity
    self_review: bool

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are typed."""


def planned(
    session: Planner, incident: Incident, text: str, seen_stage: str
) -> tuple[line_grammar.Line, CommandContext, list[PendingEvent] | Identity | FoundChoice]:
    """The line as read, with what its command answers: what to record, or who types from now on.

    Raises `LineError` and `Refused`.
    """
    line = line_grammar.parse(text)
    now = session.world.clock()
    context = CommandContext(
        incident=incident,
        now=now,
        zone=session.zone,
        actor=session.identity.actor,
        hat=hat_of(incident, session.identity),
        at=_moment(session, incident, line, now),
        self_review=session.self_review,
        seen_stage=seen_stage,
    )
    numbers = {part.name for part in line.command.parts if part.kind == "number"}
    values = {name: int(value) if name in numbers else value for name, value in line.values.items()}
    try:
        answer = line.command.plan(context, **values)
    except Introduced as introduced:
        return line, context, introduced.identity
    except Chosen as chosen:
        return line, context, chosen.choice
    events = answer if isinstance(answer, Sequence) else [answer]
    source = clean_line(line.values.get("src", ""))
    drafts = [event if isinstance(event, PendingEvent) else PendingEvent(event) for event in events]
    return line, context, [PendingEvent(d.event, d.at, source=d.source or source) for d in drafts]


def _moment(
    session: Planner, incident: Incident, line: line_grammar.Line, now: datetime
) -> datetime | None:
    if not line.at:
        return None
    started = incident.of(Milestones).at("started")
    try:
        return parse_past(line.at, now=now, zone=session.zone, earliest=started)
    except WhenError as error:
        raise LineError(error.reason, line.columns["at"] + error.column) from error


def look_ahead(session: "Attaching", lines: Iterable[str]) -> None:
    """Look into the files that lines attach, before anything is locked: it may take seconds."""
    for line in lines:
        if "/evidence" in line:
            from incident_tui.service.session.evidence_files import suspicion_of_line

            suspicion_of_line(session, line)
