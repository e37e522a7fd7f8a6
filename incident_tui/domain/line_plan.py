"""From a line to what it would record: which events, said by whom, when; and the entries of them.

Nothing is recorded here. What a command cannot know (a file's content, a commit) the service adds.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    LineError,
    PendingEvent,
    Planned,
    Refused,
    Unfinished,
    Unrecorded,
    forms,
    names_person,
)
from incident_tui.domain.core.doubts import OVERRULED, Doubt, DoubtOverruled, doubts_about
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.line_grammar import Line, format_line
from incident_tui.domain.core.quoted_entries import Quotes, numbers_in
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.updates import UpdatePosted
from incident_tui.domain.people.identity import Identity, hat_of
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.quality.blameless import WORDING, blame_in_event
from incident_tui.domain.quality.unverified_entries import UnverifiedChoice
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import WhenError, parse_past


class Plan(msgspec.Struct, frozen=True):
    """What a line asks for: events to record, or an answer that is none."""

    line: Line
    context: CommandContext
    events: tuple[PendingEvent, ...] = ()
    answer: Unrecorded | None = None
    """What the line said where it asks for no event."""
    doubts: dict[str, Doubt] = {}
    """Why it should be looked at again before it is recorded, by rule."""

    @property
    def unverified_choice(self) -> UnverifiedChoice | None:
        """What becomes of entries that were found beside the log, where the line said so."""
        return self.answer if isinstance(self.answer, UnverifiedChoice) else None


ME = "me"
"""Whoever types a line, where it names a person."""

_GAPS = ("…", "NAME", "PERSON", "WHY")
"""What stands in an offered line where somebody has to say something."""
_SIGNAL = "SIGNAL"
"""The same where a reading begins, which goes on behind it."""
_PLACEHOLDERS = (*_GAPS[1:], _SIGNAL, "STAGE", "HAT", "TEXT", "VALUE", "CHOICE")
_OFFERED_GAP = re.compile(rf"…|(?<=[ :])(?:(?:{'|'.join(_PLACEHOLDERS)})\b|[^ |]+\|)")
"""The same in a whole line; placeholders of its help as well, and what is to be chosen from."""
_OFFERED_CHOICE = re.compile(r"/set \S+ (?=[^…]*\|)")
"""How a line begins that offers the choices of a field, which may have several words."""


def planned(
    line: Line,
    incident: Incident,
    identity: Identity,
    *,
    now: datetime,
    zone: tzinfo,
    self_review: bool = False,
    seen_stage: str = "",
) -> Plan:
    """What `line` asks for, typed `now` by `identity`, with its times read in `zone`.

    Raises `LineError` where its time is none, and `Refused` where a rule says no: `Unfinished`
    where something of an offered line was not filled in.
    """
    if gap := _gap_left(line):
        raise Unfinished(f"{gap} ({line.command.help})")
    context = CommandContext(
        incident=incident,
        now=now,
        zone=zone,
        actor=identity.actor,
        hat=hat_of(incident, identity),
        at=_moment(line, incident, now, zone),
        self_review=self_review,
        seen_stage=seen_stage,
    )
    answer = _asked_for(line, context, identity)
    if isinstance(answer, Unrecorded):
        return Plan(line, context, answer=answer)
    source = clean_line(line.values.get("src", ""))
    pending = (
        event if isinstance(event, PendingEvent) else PendingEvent(event)
        for event in (answer if isinstance(answer, Sequence) else [answer])
    )
    events = tuple(
        msgspec.structs.replace(p, source=p.source or source, quotes=_quotes(p, incident))
        for p in pending
    )
    _refuse_after_close(line, context, events)
    doubts = doubts_about(context, [pending.event for pending in events])
    why = clean_line(line.values.get(OVERRULED, ""))
    if (blame := _blame(line, context, events)) is not None:
        if not why:
            again = (
                f'{format_line(msgspec.structs.replace(line, values=_given_values(line)))} why:"…"'
            )
            raise Refused(blame.text, [*blame.mends, ("where it blames nobody, say why", again)])
        doubts |= {WORDING: blame}
    if OVERRULED not in line.values:
        return Plan(line, context, events, doubts=doubts)
    if why and not doubts:
        plain = msgspec.structs.replace(line, values=_given_values(line))
        raise Refused(
            "nothing about it is doubtful, so why: answers nothing and would be lost",
            [("enter it without", format_line(plain))],
        )
    answered = tuple(
        PendingEvent(DoubtOverruled(rule=rule, doubt=doubt.text, text=why), context.at)
        for rule, doubt in doubts.items()
    )
    return Plan(line, context, events + answered)


def _asked_for(line: Line, context: CommandContext, identity: Identity) -> Planned:
    """What the command makes of the line; lines like it that mend it are of the same time."""
    try:
        return line.command.plan(context, **_values(line, identity))
    except Refused as refused:
        lead = f"{line.command.lead} "
        if line.at and line.command.lead:
            at = f'"{line.at}"' if " " in line.at else line.at
            refused.reasons = tuple(
                (why, f"@{at} {mend}" if mend.startswith(lead) else mend)
                for why, mend in refused.reasons
            )
        raise


def _refuse_after_close(
    line: Line, context: CommandContext, events: Iterable[PendingEvent]
) -> None:
    """Refuse what is done in an incident that goes on, where it is closed; a fact never."""
    lifecycle = context.incident.of(Lifecycle)
    closed_at = lifecycle.closed_at if lifecycle.closed else None
    if closed_at is None or lifecycle.is_history or context.moment < closed_at:
        return
    timeless = msgspec.structs.replace(line, at="")
    for pending in events:
        event = pending.event
        if event.while_open or (isinstance(event, UpdatePosted) and event.next_at):
            mends = [
                ("where it goes on, open a stage again first", "/reopen STAGE WHY"),
                ("where it was before the close, say when", f"@… {format_line(timeless)}"),
            ]
            if "text" in line.values:
                values = {"text": " ".join(filter(None, map(line.values.get, ("kind", "text"))))}
                values |= {name: line.values[name] for name in ("src",) if name in line.values}
                fact = msgspec.structs.replace(line, command=forms("")[0], values=values)
                mends.append(("else record it as a fact", format_line(fact)))
            raise Refused("the incident is closed", mends)


def up_to_gap(offered: str) -> str | None:
    """How an offered line begins, up to the first thing that its reader has to say.

    None where nothing is left to say.
    """
    if choice := _OFFERED_CHOICE.match(offered):
        return choice[0]
    gap = _OFFERED_GAP.search(offered)
    return offered[: gap.start()] if gap else None


def _gap_left(line: Line) -> str:
    """That what an offered line or its help has in the place of a value was not replaced."""
    for name, value in line.values.items():
        if not line.command.lead:  # a fact may be no more than WHY, and go on from an ellipsis
            left = value == _GAPS[0]
        else:
            words = value.split(" ")
            begins = words[0] in (_GAPS[0], name == "reading" and _SIGNAL)
            left = begins or value in _GAPS or (value == name.upper() and value.isalpha())
            left = left or (name == "reading" and _GAPS[0] in words)
        if left:
            return f"{value.partition(' ')[0]!r} still stands where {name.upper()} belongs"
    return ""


def _blame(line: Line, context: CommandContext, events: Iterable[PendingEvent]) -> Doubt | None:
    """Why one of the events is a conclusion that blames somebody."""
    doubts = (blame_in_event(pending.event, context, _again(line)) for pending in events)
    return next((doubt for doubt in doubts if doubt is not None), None)


def sure(line: Line) -> Line:
    """The same line, to be recorded whatever is doubtful about it."""
    return msgspec.structs.replace(
        line, values=line.values | {OVERRULED: line.values.get(OVERRULED, "")}
    )


def _given_values(line: Line) -> dict[str, str]:
    """What was given, but for what answers a doubt."""
    return {name: value for name, value in line.values.items() if name != OVERRULED}


def _values(line: Line, identity: Identity) -> dict[str, str | int]:
    """What was given for each part of the line, as its command takes it."""
    values: dict[str, str | int] = dict(_given_values(line))
    for part in line.command.parts:
        given = line.values.get(part.name, "")
        if given and part.kind == "number":
            values[part.name] = int(given)
        elif given.casefold() == ME and names_person(line.command, part):
            values[part.name] = identity.actor
    return values


def _again(line: Line) -> str:
    """The line up to its text, to be written again in other words."""
    words = [line.command.lead]
    for part in line.command.parts:
        if part.kind not in ("literal", "word", "number"):
            break
        words.append(part.name if part.kind == "literal" else line.values.get(part.name, ""))
    return " ".join([*words, "…"])


def _quotes(pending: PendingEvent, incident: Incident) -> Quotes:
    """The entries that its words quote: each number as typed, with the id of its entry.

    Numbers in what was copied from elsewhere are not those of this log.
    """
    ids = dict(pending.quotes)
    for number in () if pending.copied else numbers_in(pending.event):
        if (entry := incident.by_number(number)) is not None:
            ids.setdefault(number, entry.id)
    return tuple(sorted(ids.items()))


def _moment(line: Line, incident: Incident, now: datetime, zone: tzinfo) -> datetime | None:
    if not line.at:
        return None
    if line.at in _GAPS:
        raise Unfinished("the time is not filled in: write 14:02 or -5m behind the @")
    try:
        return parse_past(
            line.at, now=now, zone=zone, earliest=incident.of(Milestones).at("started")
        )
    except WhenError as error:
        raise LineError(error.reason, line.columns["at"] + error.column) from error


def entry_of(
    pending: PendingEvent, context: CommandContext, *, entry_id: str, order: int, part_of: str = ""
) -> Entry:
    """The entry with which an event is recorded, at the place `order` of the log.

    `part_of` is the id of the first entry of the same line, where there is one before it.
    """
    return Entry(
        id=entry_id,
        order=order,
        at=pending.at or context.moment,
        recorded_at=context.now,
        actor=pending.actor or context.actor,
        event=pending.event,
        hat="" if pending.actor else context.hat,
        source=pending.source,
        part_of=part_of,
        copied=pending.copied,
        quotes=pending.quotes,
    )
