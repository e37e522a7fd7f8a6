"""Events, entries and the fold that turns a log into the state of an incident.

What the events mean lives in the concepts; here is only how they are kept, ordered and applied.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar, cast

import msgspec

from incident_tui.domain.core.quoted_entries import Quotes, numbered_now

if TYPE_CHECKING:
    from incident_tui.domain.values.playbook import Playbook


Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time in a stored entry: one without an offset is refused when it is read."""

# What a text field of an event holds. `typed_text` reads it; a text that says nothing of the kind
# is taken for words, which redaction removes.
Words = Annotated[str, msgspec.Meta(extra={"holds": "words"})]
"""What a person typed."""
Reference = Annotated[str, msgspec.Meta(extra={"holds": "reference"})]
"""What the event is about, or one of a few words: without it the event loses its effect."""
Person = Annotated[str, msgspec.Meta(extra={"holds": "person"})]
"""A reference to somebody, or to a place where somebody goes on."""
FileName = Annotated[str, msgspec.Meta(extra={"holds": "file name"})]
"""A reference to a kept file, which keeps its name whatever stands in it."""
Digest = Annotated[str, msgspec.Meta(extra={"holds": "digest"})]
"""A reference to content, by its checksum: no text that anybody reads."""

Emphasis = Literal["", "strong", "tentative"]
"""How the kind of an event stands out in a timeline."""
About = Literal["title", "cause", "plain", "label"]
"""What the words of an event are: the name of the incident, what it came of, or a mere label."""


# Values hold no cycles, and a long log of them would occupy the garbage collector: hence gc=False.
class Event(msgspec.Struct, frozen=True, tag_field="type", omit_defaults=True, gc=False):
    """Something that happened, as a value. Concrete events carry a tag ``concept.happened``."""

    kind: ClassVar[str] = "event"
    """The word that the timeline shows for it."""
    correctable: ClassVar[bool] = True
    """Whether `/retract`, `/amend` and `/undo` may touch it; a transition may not."""
    signal: ClassVar[bool] = False
    """Whether, with its source named, it shows the incident at first hand."""
    changes_production: ClassVar[bool] = False
    """Whether something runs differently from then on."""
    wants_source: ClassVar[bool] = False
    """Whether it is worth its source: something was seen or changed."""
    in_documents: ClassVar[bool] = False
    """Whether its `text` ends up in documents, and is therefore looked at for words of blame."""
    concludes: ClassVar[bool] = False
    """Whether its `text` is a conclusion, such as a cause or a lesson, and not what was seen, done
    or decided: one that blames somebody is asked for in other words."""
    decides: ClassVar[bool] = False
    """Whether it says which way is gone from then on."""
    in_story: ClassVar[bool] = False
    """Whether the postmortem tells it; the other events say who did the paperwork."""
    numbered: ClassVar[bool] = False
    """Whether people call what it is about by a number, which stands first in `in_words`."""
    says_what_happened: ClassVar[bool] = False
    """Whether it counts among the entries that say what happened."""
    act: ClassVar[bool] = False
    """Whether it was done or judged at its time: once the impact is back, gates want it anew.

    What is no act (a severity, a hat, a scope) holds until it is changed.
    """
    while_open: ClassVar[bool] = False
    """Whether it is done in an incident that goes on: one that is closed is opened again first."""
    emphasis: ClassVar[Emphasis] = ""
    about: ClassVar[About] = "plain"
    """How much its words tell of what the incident was about, for rankings."""
    lead: ClassVar[str] = ""
    """How a sentence of the story begins that tells it, such as ``it was decided``."""

    def tell(self, entry: "Entry", incident: "Incident") -> str:
        """The one-line text of this event in a timeline."""
        return str(getattr(self, "text", ""))

    def in_words(self, entry: "Entry", incident: "Incident") -> str:
        """The same for whoever reads it later: by titles and not by ids, as it was known then."""
        return self.tell(entry, incident)

    def sentence(self, entry: "Entry", incident: "Incident") -> str:
        """The same as a part of a sentence that begins with the time, without its number."""
        words = self.in_words(entry, incident)
        return f"{self.lead}: {words}" if self.lead else words

    def row_of(self, entry: "Entry", incident: "Incident") -> tuple[str, str]:
        """Kind and words of a row for later readers; what is counted has its number in the kind."""
        wording = self.in_words(entry, incident)
        number, _, words = wording.partition(": ")
        counted = self.numbered and number.isdecimal()
        return (f"{self.kind} {number}", words) if counted else (self.kind, wording)

    def detects(self) -> bool:
        """Whether, with its source named, it may be what showed that there is an incident."""
        return False

    def read_as(self) -> str:
        """How the parts of the line were told apart, for its author; empty where that is plain."""
        return ""

    def commit_subject(self, entry: "Entry", incident: "Incident") -> str:
        """What the commit is called that is made for it. An event without one waits for another."""
        return ""

    @classmethod
    def has_commit(cls) -> bool:
        """Whether the folder is committed when this has happened."""
        return cls.commit_subject is not Event.commit_subject


E = TypeVar("E", bound=Event)


def facts(**declared: str | bool) -> Callable[[type[E]], type[E]]:
    """Declare the facts about a class of events that are other than those which `Event` names.

    Raises `TypeError` where there is no such fact, or where it is of another type.
    """

    def declare(event: type[E]) -> type[E]:
        for name, value in declared.items():
            if type(getattr(event, name, None)) is not type(value):
                raise TypeError(f"{event.__name__} has no fact {name} that could be {value!r}")
            setattr(event, name, value)
        return event

    return declare


@facts(kind="unknown", correctable=False)
class UnknownEvent(Event, frozen=True, tag=False):
    """An event of a newer version: kept as it is, shown as such, without effect."""

    name: Reference
    raw: bytes

    def tell(self, entry: "Entry", incident: "Incident") -> str:
        """Names the type, so that a reader knows what a newer version would show."""
        return f"{self.name} (recorded by a newer version)"


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One event in the log with its two clocks and its author.

    `order` is the position at which it was recorded; order and id together sort any union of
    copies of a log the same way. Times are aware UTC datetimes.
    """

    id: str
    order: int
    at: datetime
    recorded_at: datetime
    actor: str
    event: Event
    hat: str = ""
    source: str = ""
    part_of: str = ""
    """Id of the first entry of the same typed line, where one line recorded several."""
    copied: bool = False
    """Whether it was taken over from a record kept elsewhere, whose time and person it has."""
    batch: str = ""
    """Id of the first entry of the lines that were pasted and recorded together, in each of them;
    empty for a line that was typed by itself."""
    quotes: Quotes = ()
    """Numbers of entries that its text quotes as typed, with the ids of those entries."""

    @property
    def late(self) -> bool:
        """Recorded a minute or more after it happened; one taken over was recorded elsewhere."""
        return not self.copied and (self.recorded_at - self.at).total_seconds() >= 60


class Correction(Event, frozen=True, tag=False):
    """An event that changes how an earlier entry counts; the fold applies it first."""

    correctable: ClassVar[bool] = False
    restores: ClassVar[bool] = False
    """Whether it makes a retracted entry count again; any other leaves that as it is."""
    does: ClassVar[str] = "corrects"
    """What it does to the earlier entry, for whoever enters it."""
    target: Reference = ""

    def may_touch(self, event: Event) -> bool:
        """Whether an entry with that event may be corrected by this."""
        return event.correctable

    def corrected(self, entry: Entry) -> Entry | None:
        """The entry as it counts from now on; None when it no longer counts."""
        raise NotImplementedError(type(self))


class Projection(msgspec.Struct, eq=False):
    """The state of one concept. Projections are made on first use and filled by their handlers.

    Its fields begin as they are declared: empty lists, sets and mappings are each one's own.
    """

    incident: "Incident"


R = TypeVar("R", bound=Projection)
Handler = Callable[[Any, Any, Entry], None]

_handlers: dict[type[Event], list[tuple[type[Projection], Handler]]] = {}
_fact_handlers: list[tuple[str, type[Projection], Handler]] = []


def projects(
    event: type[E], projection: type[R]
) -> Callable[[Callable[[R, E, Entry], None]], Callable[[R, E, Entry], None]]:
    """Declare how `event`, and each kind of it, changes `projection`."""

    def register(handler: Callable[[R, E, Entry], None]) -> Callable[[R, E, Entry], None]:
        _handlers.setdefault(event, []).append((projection, handler))
        _handlers_of.cache_clear()
        return handler

    return register


def projects_where(
    fact: str, projection: type[R]
) -> Callable[[Callable[[R, Event, Entry], None]], Callable[[R, Event, Entry], None]]:
    """Declare how each event that declares `fact`, such as ``wants_source``, changes it."""

    def register(handler: Callable[[R, Event, Entry], None]) -> Callable[[R, Event, Entry], None]:
        _fact_handlers.append((fact, projection, handler))
        _handlers_of.cache_clear()
        return handler

    return register


class Incident:
    """The state of one incident: the fold of its log under its pinned playbook."""

    def __init__(self, playbook: "Playbook") -> None:
        self.playbook = playbook
        self.entries: list[Entry] = []
        """Every entry as it counts now (amendments applied), in fold order."""
        self.recorded: list[Entry] = []
        """Every entry as it was recorded, in fold order."""
        self.numbers: dict[str, int] = {}
        """Entry id -> the number that people quote (its place in the log, from 1)."""
        self.retracted: dict[str, Entry] = {}
        """Id of an entry that no longer counts -> the entry that retracted it."""
        self.amended: dict[str, list[Entry]] = {}
        """Id of an entry -> the entries that changed it, oldest first."""
        self.signals: list[Entry] = []
        """What was seen at first hand: facts and readings that count and name their source."""
        self.whole: Incident = self
        """The state of the whole log, where this is an excerpt of it."""
        self._projections: dict[type[Projection], Projection] = {}
        self._acts_since: tuple[int, datetime] | None = None
        self._excerpt: Incident | None = None
        self._taken_in = 0

    @property
    def state(self) -> tuple[int, int] | None:
        """Another value for each state of this log; None while an entry is being taken in."""
        whole = self.whole
        if self._taken_in != len(self.entries) or whole._taken_in != len(whole.entries):
            return None
        return whole._taken_in, self._taken_in

    def since(self, number: int, moment: datetime) -> "Incident":
        """The same log, without the effect of acts before entry `number` or before `moment`.

        Entries, their numbers, and what is no act, are those of the whole.
        """
        wanted = (number, moment)
        if self._acts_since == wanted:
            return self
        if self._excerpt is None or self._excerpt._acts_since != wanted:
            excerpt = Incident(self.playbook)
            excerpt.whole, excerpt._acts_since = self.whole, wanted
            excerpt.retracted, excerpt.amended = self.retracted, self.amended
            for entry, recorded in zip(self.entries, self.recorded, strict=True):
                excerpt._apply(entry, recorded)
            self._excerpt = excerpt
        return self._excerpt

    def of(self, projection: type[R]) -> R:
        """The state of one concept."""
        state = self._projections.get(projection)
        if state is None:
            state = self._projections[projection] = projection(self)
        return cast(R, state)

    def by_number(self, number: int) -> Entry | None:
        """The entry that people call `number`, as it counts now."""
        return self.entries[number - 1] if 1 <= number <= len(self.entries) else None

    def number(self, entry_id: str) -> int:
        """The number of an entry; 0 when this log does not hold it."""
        return self.numbers.get(entry_id, 0)

    def counts(self, entry: Entry) -> bool:
        """Whether the entry still counts."""
        return entry.id not in self.retracted

    def _apply(self, entry: Entry, recorded: Entry) -> None:
        self.entries.append(entry)
        self.recorded.append(recorded)
        self.numbers[entry.id] = len(self.entries)
        if entry.id not in self.retracted:
            if entry.source and entry.event.signal:
                self.signals.append(entry)
            if not (entry.event.act and self.leaves_out(entry)):
                for projection, handler in _handlers_of(type(entry.event)):
                    handler(self.of(projection), entry.event, entry)
        if self._excerpt is not None:
            self._excerpt._apply(entry, recorded)
        self._taken_in = len(self.entries)

    def leaves_out(self, entry: Entry) -> bool:
        """Whether the newest entry is of a time whose acts this excerpt leaves out."""
        if self._acts_since is None:
            return False
        number, moment = self._acts_since
        return len(self.entries) < number or entry.at < moment


@cache
def _handlers_of(event: type[Event]) -> tuple[tuple[type[Projection], Handler], ...]:
    declared = [(kind, handler) for fact, kind, handler in _fact_handlers if getattr(event, fact)]
    return (*(pair for base in event.__mro__ for pair in _handlers.get(base, ())), *declared)


def _key(entry: Entry) -> tuple[int, str]:
    return (entry.order, entry.id)


def fold(entries: Iterable[Entry], playbook: "Playbook") -> Incident:
    """The state after `entries`, whatever order they come in; an entry seen twice counts once."""
    ordered = sorted({entry.id: entry for entry in entries}.values(), key=_key)
    incident = Incident(playbook)
    known: dict[str, Entry] = {}
    for entry in ordered:
        if not isinstance(entry.event, Correction):
            known[entry.id] = entry
            continue
        target = known.get(entry.event.target)
        if target is None or not entry.event.may_touch(target.event):
            continue
        corrected = entry.event.corrected(target)
        if corrected is None:
            incident.retracted[target.id] = entry
            continue
        if entry.event.restores:
            incident.retracted.pop(target.id, None)
        if corrected is not target:
            if entry.quotes:  # the new words quote what the correction does
                quotes = tuple((dict(target.quotes) | dict(entry.quotes)).items())
                corrected = msgspec.structs.replace(corrected, quotes=quotes)
            incident.amended.setdefault(target.id, []).append(entry)
            known[target.id] = corrected
    places = {entry.id: place for place, entry in enumerate(ordered, 1)}
    for entry in ordered:
        incident._apply(_numbered_now(known.get(entry.id, entry), places), entry)
    return incident


def _numbered_now(entry: Entry, places: Mapping[str, int]) -> Entry:
    """The entry whose words have the numbers that the entries they quote have in this log."""
    if not entry.quotes:
        return entry  # as nearly all
    event = numbered_now(entry.event, entry.quotes, places)
    return entry if event is entry.event else msgspec.structs.replace(entry, event=event)


def extend(incident: Incident, entries: Iterable[Entry]) -> Incident:
    """`incident` after further entries: in place where they come last, folded anew otherwise."""
    new = sorted(
        ({entry.id: entry for entry in entries if entry.id not in incident.numbers}).values(),
        key=_key,
    )
    if not new:
        return incident
    last = _key(incident.recorded[-1]) if incident.recorded else (0, "")
    if _key(new[0]) < last or any(isinstance(entry.event, Correction) for entry in new):
        return fold([*incident.recorded, *new], incident.playbook)
    if any(entry.quotes for entry in new):
        places = incident.numbers | {
            entry.id: len(incident.recorded) + place for place, entry in enumerate(new, 1)
        }
    else:
        places = incident.numbers
    for entry in new:
        incident._apply(_numbered_now(entry, places), entry)
    return incident


def _concrete(base: type[Event]) -> Iterable[type[Event]]:
    for cls in base.__subclasses__():
        if cls.__struct_config__.tag is not None and cls is not UnknownEvent:
            yield cls
        yield from _concrete(cls)


def event_types() -> dict[str, type[Event]]:
    """Every event that the concepts declare, by its tag."""
    return {str(cls.__struct_config__.tag): cls for cls in _concrete(Event)}
