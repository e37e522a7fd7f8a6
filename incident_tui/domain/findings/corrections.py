"""Corrections: retract, amend, undo and redo. They append; nothing recorded is rewritten."""

from collections.abc import Sequence
from typing import Any

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    time_refused,
)
from incident_tui.domain.core.doubts import DoubtOverruled
from incident_tui.domain.core.events import (
    Correction,
    Entry,
    Event,
    Incident,
    Moment,
    UnknownEvent,
    Words,
    facts,
)
from incident_tui.domain.process.lifecycle import (
    IncidentDeclared,
    Lifecycle,
    StagePassed,
    StatusChanged,
)
from incident_tui.domain.values.text import clean_line, with_article, with_words
from incident_tui.domain.values.time_grammar import parse_past


@facts(kind="retracted", does="takes back")
class EntryRetracted(Correction, frozen=True, tag="entry.retracted"):
    """An earlier entry no longer counts."""

    why: Words = ""
    undo: bool = False

    def corrected(self, entry: Entry) -> Entry | None:
        """Nothing is left of it."""
        return None

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and why."""
        word = " undone" if self.undo else ""
        return with_words(f"#{incident.number(self.target)}{word}", self.why)


@facts(kind="restored", does="brings back", restores=True)
class EntryRestored(Correction, frozen=True, tag="entry.restored"):
    """A retracted entry counts again."""

    def corrected(self, entry: Entry) -> Entry | None:
        """The entry as it was."""
        return entry

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry."""
        return f"#{incident.number(self.target)} counts again"


@facts(kind="amended", does="changes")
class EntryAmended(Correction, frozen=True, tag="entry.amended"):
    """An earlier entry says something else, or happened at another time."""

    text: Words | None = None
    at: Moment | None = None

    def may_touch(self, event: Event) -> bool:
        """The time of any entry may be set right; what a transition says stays as it is."""
        return event.correctable or (self.text is None and not isinstance(event, UnknownEvent))

    def corrected(self, entry: Entry) -> Entry | None:
        """The entry with the new text or time."""
        changes: dict[str, Any] = {}
        if self.at is not None:
            changes["at"] = self.at
        if self.text is not None and hasattr(entry.event, "text"):
            changes["event"] = msgspec.structs.replace(entry.event, text=self.text)
        return msgspec.structs.replace(entry, **changes) if changes else entry

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and what changed."""
        what = f"now reads: {self.text}" if self.text is not None else "has another time"
        return f"#{incident.number(self.target)} {what}"


def effect(incident: Incident, events: Sequence[Event]) -> str:
    """What corrections do to which earlier entries; empty where one of the events is none.

    Lines that were pasted together are told as the one paste that they are.
    """
    if whole := paste_effect(incident, events):
        return whole
    effects = []
    for event in events:
        number = incident.number(event.target) if isinstance(event, Correction) else 0
        earlier = incident.by_number(number)
        if not isinstance(event, Correction) or earlier is None:
            return ""
        text = f"#{number} {earlier.event.kind} {earlier.event.tell(earlier, incident)}".strip()
        effects.append(f"{event.does} {text}")
    return ", ".join(effects)


def paste_effect(incident: Incident, events: Sequence[Event]) -> str:
    """What corrections do to lines that were pasted together; empty where it is anything else."""
    touched = [incident.number(event.target) for event in events if isinstance(event, Correction)]
    earlier = [entry for number in touched if (entry := incident.by_number(number)) is not None]
    lines = {entry.part_of or entry.id for entry in earlier}
    batches = {entry.batch for entry in earlier}
    does = {event.does for event in events if isinstance(event, Correction)}
    one = len(does) == 1 and len(batches) == 1 and "" not in batches
    if len(lines) < 2 or len(earlier) < len(events) or not one:
        return ""
    ends = (f"{entry.event.tell(entry, incident)}".strip() for entry in (earlier[0], earlier[-1]))
    text = " … ".join(ends)
    return f"{does.pop()} a paste of {len(lines)} lines, {number_ranges(touched)}: {text}"


def number_ranges(numbers: Sequence[int]) -> str:
    """Numbers of entries in rising order, those that follow each other as one: ``#2-4, #7``."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ", ".join(f"#{first}" if first == last else f"#{first}-{last}" for first, last in ranges)


def _correctable(
    context: CommandContext, number: int, mends: Sequence[tuple[str, str]] = ()
) -> Entry:
    entry = context.entry(number)
    if not entry.event.correctable:
        raise Refused(
            f"#{number} is {with_article(f'{entry.event.kind} entry')} and stays as it is",
            [*_way_back(entry), *mends],
        )
    return entry


def _way_back(entry: Entry) -> list[tuple[str, str]]:
    """What takes back an entry that no correction may touch."""
    match entry.event:
        case StagePassed(stage=stage):
            return [("its stage can be opened again", f"/reopen {stage} WHY")]
        case StatusChanged(before=before):
            return [("the state can be set again", f"/state {before} WHY")]
    return []


@command(
    "/retract N WHY",
    doubted=True,
    help="an entry no longer counts",
    example="/retract 12 wrong dashboard",
    words=("take-back", "strike"),
)
def retract(context: CommandContext, n: int, why: str) -> Planned:
    """Entry `n` no longer counts. `Refused` for one that no correction may touch."""
    return EntryRetracted(target=_correctable(context, n).id, why=why)


@command(
    "/amend N TEXT",
    doubted=True,
    words=("edit", "correct", "typo", "fix-text"),
    help="correct the text of an entry; its time with @WHEN, of state changes and milestones too",
    example="/amend 12 @14:05",
)
def amend(context: CommandContext, n: int, text: str) -> Planned:
    """Entry `n` says something else, or happened at another time.

    `Refused` where it has no text, or no time, of its own.
    """
    if text.startswith("@"):
        entry = context.entry(n)
        if isinstance(entry.event, Correction):
            raise Refused(f"#{n} corrects another entry, and has no time of its own to set right")
        with time_refused("the time", text):
            at = parse_past(text[1:], now=context.now, zone=context.zone)
        return EntryAmended(target=entry.id, at=at)
    mends = [("its time can be set right", f"/amend {n} @…")]
    if isinstance(context.entry(n).event, IncidentDeclared):
        mends.insert(0, ("its title can be changed", "/title TEXT"))
    entry = _correctable(context, n, mends)
    if not hasattr(entry.event, "text"):
        raise Refused(
            f"#{n} has no text of its own to change",
            [("take it back and enter it again", f"/retract {n} WHY")],
        )
    return EntryAmended(target=entry.id, text=text.removeprefix("\\"))


def correcting_line(incident: Incident, entry: Entry) -> str:
    """The line that corrects the text of an entry, with the text as it is now.

    Raises `Refused` where that entry has no text that can be corrected on one line.
    """
    number = incident.number(entry.id)
    text = getattr(entry.event, "text", None)
    if not incident.counts(entry):
        raise Refused(f"#{number} does not count any more")
    if isinstance(entry.event, IncidentDeclared):
        declared = incident.of(Lifecycle).declared
        return f"/title {declared.title}" if declared else "/title "
    if not entry.event.correctable:
        mends = [*_way_back(entry), ("its time can be set right", f"/amend {number} @…")]
        raise Refused(
            f"#{number} is {with_article(f'{entry.event.kind} entry')} and stays as it is", mends
        )
    if not isinstance(text, str) or not text:
        mends = [("take it back and enter it again", f"/retract {number} WHY")]
        raise Refused(f"#{number} has no text of its own to change", mends)
    if text != clean_line(text):
        mends = [("take it back and enter it again", f"/retract {number} WHY")]
        raise Refused(f"#{number} has several lines, which one line cannot hold", mends)
    escaped = f"\\{text}" if text.startswith(("@", "\\")) else text
    return f"/amend {number} {escaped}"


def _own_last(context: CommandContext) -> Entry | None:
    """The actor's newest entry that still counts; corrections are not looked at."""
    for entry in reversed(context.incident.entries):
        mine = entry.actor == context.actor and context.incident.counts(entry)
        if mine and not isinstance(entry.event, Correction | DoubtOverruled):
            return entry
    return None


@command(
    "/undo",
    help="take back your own last entry, or all lines that you pasted with it",
    example="/undo",
    key="ctrl+z",
    words=("oops",),
)
def undo(context: CommandContext) -> Planned:
    """The actor's last entry no longer counts, with what was entered together with it.

    That is the line it is of, and the lines it was pasted with. A transition is never touched,
    nor what it may rest on. `Refused` when there is none, or when it moved the incident.
    """
    entry = _own_last(context)
    if entry is None:
        raise Refused(f"{context.actor} has no entry that can be undone")
    if not entry.event.correctable:
        # What came before it may be what a gate was passed on, so undo does not reach past it.
        number = context.incident.number(entry.id)
        raise Refused(
            f"your last entry, #{number} ({entry.event.kind}), moved the incident and stays",
            _way_back(entry),
        )
    together = _same_paste(context, entry) if entry.batch else _same_line(context, entry)
    return [EntryRetracted(target=target, undo=True) for target in together]


def _undoings(incident: Incident) -> list[Entry]:
    """The corrections by which somebody's last entries were undone, as far as they still hold."""
    return [by for by in incident.retracted.values() if getattr(by.event, "undo", False)]


def _nothing_undone(incident: Incident) -> str | None:
    return None if _undoings(incident) else "nobody has anything to redo"


@command(
    "/redo",
    help="bring back what you undid last",
    example="/redo",
    key="alt+z",
    rare=True,
    possible=_nothing_undone,
)
def redo(context: CommandContext) -> Planned:
    """The entries that the actor undid last count again. `Refused` when there are none."""
    incident = context.incident
    undone = [by for by in _undoings(incident) if by.actor == context.actor]
    if not undone:
        raise Refused(f"{context.actor} has nothing to redo")
    last = max(undone, key=lambda correction: incident.number(correction.id))
    line = last.part_of or last.id
    targets = [
        target
        for target, correction in incident.retracted.items()
        if (correction.part_of or correction.id) == line
    ]
    return [EntryRestored(target=target) for target in sorted(targets, key=incident.number)]


def _same_line(context: CommandContext, entry: Entry) -> list[str]:
    """Ids of what one typed line recorded: undo takes back the line, not a part of it."""
    line = entry.part_of or entry.id
    return [
        other.id
        for other in context.incident.entries
        if (other.part_of or other.id) == line and context.incident.counts(other)
    ]


def _same_paste(context: CommandContext, last: Entry) -> list[str]:
    """Ids of what was pasted together with the actor's last entry and still counts.

    It goes back to the latest transition of the actor, as a single undo does.
    """
    ids: list[str] = []
    for entry in reversed(context.incident.entries):
        if entry.actor != context.actor or not context.incident.counts(entry):
            continue
        if entry.batch == last.batch and entry.event.correctable:
            ids.append(entry.id)
        elif not (entry.event.correctable or isinstance(entry.event, Correction)):
            break
    return ids[::-1]
