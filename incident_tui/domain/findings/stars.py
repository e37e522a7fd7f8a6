"""Stars: which entries the story is made of, and which it leaves out. Nothing is deleted by it."""

from datetime import datetime, timedelta
from typing import Literal

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.doubts import DoubtOverruled
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import entry_numbers
from incident_tui.domain.core.rules import source
from incident_tui.domain.findings.milestones import FIRSTS, MilestoneReached, Milestones
from incident_tui.domain.findings.timeline import FactRecorded, in_reading_order
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.lifecycle import (
    UNRESOLVED,
    IncidentClosed,
    IncidentDeclared,
    Lifecycle,
    StagePassed,
    StageReopened,
    StatusChanged,
    zone_of,
)
from incident_tui.domain.values.text import with_words
from incident_tui.domain.values.time_grammar import format_stamp, format_when

PAUSE = timedelta(minutes=30)
"""Without anything to tell for that long, the story begins another paragraph."""
Mark = Literal["", "star", "aside"]
SIGNS: dict[Mark, str] = {"": "", "star": "★ ", "aside": "☆ "}
"""Mark -> what stands before an entry that has it."""


@facts(kind="mark")
class EntryMarked(Event, frozen=True, tag="entry.marked"):
    """Whether the story tells an entry: starred, set aside, or neither any more."""

    target: Reference
    mark: Words = ""
    """A `Mark`; one that only a newer version knows is none here."""
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, how it is marked, and why."""
        words = {"star": "starred", "aside": "set aside"}
        known = words.get(self.mark, "neither starred nor set aside")
        return with_words(f"#{incident.number(self.target)} {known}", self.text)


class Stars(Projection):
    """The mark of each entry that has one."""

    marks: dict[str, Mark] = {}

    def sign(self, entry: Entry) -> str:
        """What stands before an entry in a timeline; empty where it has no mark."""
        return SIGNS[self.marks.get(entry.id, "")]

    def is_aside(self, entry: Entry) -> bool:
        """Whether story and public text leave it out."""
        return self.marks.get(entry.id) == "aside"


@projects(EntryMarked, Stars)
def _marked(stars: Stars, event: EntryMarked, entry: Entry) -> None:
    known: Mark = next((mark for mark in SIGNS if mark == event.mark), "")
    if known:
        stars.marks[event.target] = known
    else:
        stars.marks.pop(event.target, None)


def _mark(context: CommandContext, number: int, mark: Mark, text: str = "") -> Planned:
    entry = context.entry(number)
    if context.incident.of(Stars).marks.get(entry.id, "") == mark:
        already = {"star": "starred already", "aside": "set aside already", "": "not marked"}
        raise Refused(f"#{number} is {already[mark]}")
    return EntryMarked(target=entry.id, mark=mark, text=text)


@command(
    "/star N",
    words=("highlight", "important", "pin"),
    help="have the story tell an entry: the starred ones are what it is made of",
    example="/star 2",
)
def star(context: CommandContext, n: int) -> Planned:
    """Entry `n` is part of the story. `Refused` where it is already."""
    return _mark(context, n, "star")


@command(
    "/aside N [WHY]",
    words=("omit", "skip"),
    help="leave an entry out of the story and of what the public reads; the log keeps it",
    example="/aside 2 the same as #1",
)
def set_aside(context: CommandContext, n: int, why: str = "") -> Planned:
    """Entry `n` is for the log alone. `Refused` where it is already."""
    return _mark(context, n, "aside", why)


@command(
    "/unstar N",
    help="take the star off an entry, or bring back one that was set aside",
    example="/unstar 2",
)
def unmark(context: CommandContext, n: int) -> Planned:
    """Entry `n` is told as if nobody had marked it. `Refused` where nobody has."""
    return _mark(context, n, "")


@completes("/star N", "/aside N")
def _unmarked(incident: Incident) -> list[tuple[str, str]]:
    marks = incident.of(Stars).marks
    newest = [
        entry
        for entry in reversed(incident.entries)
        if entry.event.in_story and incident.counts(entry) and entry.id not in marks
    ]
    return entry_numbers(incident, newest[:8])


@completes("/unstar N")
def _marked_ones(incident: Incident) -> list[tuple[str, str]]:
    marks = incident.of(Stars).marks
    return entry_numbers(incident, [e for e in reversed(incident.entries) if e.id in marks][:8])


def _is_turning_point(incident: Incident, entry: Entry) -> bool:
    """Whether a story that nobody chose for tells it."""
    event = entry.event
    if isinstance(event, StagePassed):
        return entry.id in incident.of(Lifecycle).state_given_by and not _stated_before(
            incident, entry
        )
    if isinstance(event, MilestoneReached) and event.name in FIRSTS:
        holds = incident.of(Milestones).stated.get(event.name)
        return holds is not None and holds.id == entry.id
    if isinstance(event, StageReopened):
        return event.status in UNRESOLVED
    if isinstance(event, FactRecorded):
        return incident.of(Lifecycle).is_history
    if isinstance(event, IncidentDeclared) and event.afterwards:
        return False
    return event.in_story and bool(event.lead) and event.emphasis != "tentative"


def _stated_before(incident: Incident, approval: Entry) -> bool:
    """Whether somebody stated when the state was reached that an approval gave."""
    stage = incident.playbook.stage(getattr(approval.event, "stage", ""))
    stated = incident.of(Milestones).stated.get(stage.status_after) if stage else None
    episodes = incident.of(Episodes)
    return (
        stated is not None
        and stated.at <= approval.at
        and episodes.of_entry(stated) == episodes.of_entry(approval)
    )


def _end_of_history(incident: Incident) -> datetime | None:
    """When what was recorded afterwards was over: what is found out about it later is no story."""
    if not incident.of(Lifecycle).is_history:
        return None
    return next(e.at for e in incident.recorded if isinstance(e.event, IncidentClosed))


def story_entries(incident: Incident) -> list[Entry]:
    """What the story is made of, as people read it: the starred entries.

    Where none is starred, the turning points that were not set aside.
    """
    marks = incident.of(Stars).marks
    starred = "star" in marks.values()
    end = _end_of_history(incident)
    chosen = [
        entry
        for entry in in_reading_order(incident)
        if incident.counts(entry)
        and (end is None or entry.at <= end)
        and (mark := marks.get(entry.id)) != "aside"
        and (mark == "star" if starred else _is_turning_point(incident, entry))
    ]
    ids = {entry.id for entry in chosen}
    # "This was recorded although …" tells nothing where its line has no sentence.
    return [e for e in chosen if e.id in marks or not _of_a_line(e) or e.part_of in ids]


def _of_a_line(entry: Entry) -> bool:
    return isinstance(entry.event, DoubtOverruled)


@source("stars.story")
def story(incident: Incident) -> str:
    """What happened, a sentence for each entry that the story is made of, to be edited.

    A paragraph is a line of its own; it ends where nothing happened for a while. A record that rows
    were copied from is named once.
    """
    zone = zone_of(incident)
    named: set[str] = set()
    paragraphs: list[list[str]] = []
    before: Entry | None = None
    for entry in story_entries(incident):
        shown = format_stamp(entry.at, zone)
        earlier = format_stamp(before.at, zone) if before else ""
        sentence = _sentence(incident, entry, named)
        if shown == earlier and _fits(paragraphs[-1][-1], sentence):
            paragraphs[-1][-1] = _ended(f"{paragraphs[-1][-1].removesuffix('.')}; {sentence}")
            before = entry
            continue
        begins = before is None or _begins_a_paragraph(incident, before, entry)
        if begins:
            paragraphs.append([])
        same_day = shown.split()[0] == earlier.partition(" ")[0]
        before = entry
        when = f"At {format_when(entry.at, zone) if same_day else shown}"
        minute = "In the same minute" if shown == earlier and not begins else when
        # What people began as a sentence of their own is not put into the middle of ours.
        paragraphs[-1].append(
            _ended(f"{minute}{':' if sentence[:1].isupper() else ','} {sentence}")
        )
    return "\n".join(" ".join(sentences) for sentences in paragraphs)


def _begins_a_paragraph(incident: Incident, before: Entry, entry: Entry) -> bool:
    """Whether nothing happened for a while, or another chapter begins: stopped, over, back."""
    chapter = isinstance(before.event, StagePassed | StatusChanged | StageReopened)
    return chapter or entry.at - before.at > PAUSE


_LONGEST = 200
"""Characters of a sentence that takes in what else happened in its minute."""


def _fits(sentence: str, more: str) -> bool:
    """Whether both read as one sentence: not where either is a text of several, or a long one."""
    return ". " not in f"{sentence[:-1]} {more}" and len(sentence) + len(more) <= _LONGEST


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("!", "?")) else f"{sentence}."


def _sentence(incident: Incident, entry: Entry, named: set[str]) -> str:
    """What an entry tells, with its source where that is no record that was `named` already."""
    text = " ".join(entry.event.sentence(entry, incident).split()).rstrip(".")
    origin = incident.of(Lifecycle).origin
    record = entry.source.rpartition(":")[0] if entry.copied else ""
    known = record in named or (origin and entry.source.startswith(f"{origin}:"))
    named.update([record] if record else [])
    return f"{text} ({entry.source})" if entry.source and not known else text
