"""Declarations of what can be done: one per command, from which everything else derives.

Parser, completion, help, footer, palette and the generated docs read this registry. How a typed
line is split according to a declaration is in `line_grammar`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from functools import cached_property

import msgspec

from incident_tui.domain.core.events import Entry, Event, Incident
from incident_tui.domain.core.quoted_entries import Quotes
from incident_tui.domain.values.time_grammar import WhenError


class Refused(Exception):
    """A rule says no. `reasons` pairs what is missing with the key or line that mends it."""

    def __init__(self, message: str, reasons: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.reasons = tuple(reasons)

    @property
    def first(self) -> tuple[tuple[str, str], ...]:
        """The reason to begin with; empty without one."""
        return self.reasons[:1]


class Unchosen(Refused):
    """Which of several is meant has to be said: no one of the reasons is where to begin."""

    @property
    def first(self) -> tuple[tuple[str, str], ...]:
        """None of them: at night the first one would be taken."""
        return ()


class Unfinished(Refused):
    """Something is missing at the end of a line; while it is typed nothing is wrong with it."""


class Proposed(Refused):
    """Nothing is recorded: the line of the first reason is proposed, to be entered by a person."""


class LineError(ValueError):
    """A line that does not fit the grammar: what was expected, and at which column (from 0)."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class PendingEvent(msgspec.Struct, frozen=True):
    """An event that a command wants recorded; `at` is given only where the command knows better.

    `copied` says that it was taken over from a record kept elsewhere, and `actor` who is named
    there; otherwise it is whoever types.
    """

    event: Event
    at: datetime | None = None
    source: str = ""
    actor: str = ""
    copied: bool = False
    quotes: Quotes = ()
    """Numbers that stand in its text for entries, with the ids of these."""


class Unrecorded(msgspec.Struct, frozen=True):
    """What a command answers that is no event: it is told to whoever types, and not recorded."""


Planned = Event | PendingEvent | Sequence[Event | PendingEvent] | Unrecorded


class CommandContext(msgspec.Struct, frozen=True):
    """What a command is told beside its own arguments: the state, the moment and the author."""

    incident: Incident
    now: datetime
    zone: tzinfo
    actor: str
    hat: str
    at: datetime | None = None
    self_review: bool = False
    seen_stage: str = ""
    """The stage that the author was looking at; a transition is refused when it is not current."""

    @property
    def moment(self) -> datetime:
        """When it happened: the time given with the line, else now."""
        return self.at or self.now

    def any_entry(self, number: int) -> Entry:
        """The entry of that number, whether or not it counts; `Refused` when there is none."""
        entry = self.incident.by_number(number)
        if entry is None:
            raise Refused(no_such("entry", number, len(self.incident.entries)))
        return entry

    def entry(self, number: int) -> Entry:
        """The entry of that number; `Refused` when there is none or it no longer counts."""
        entry = self.any_entry(number)
        if not self.incident.counts(entry):
            by = self.incident.retracted[entry.id]
            undone = by.actor == self.actor and getattr(by.event, "undo", False)
            raise Refused(
                f"#{number} does not count any more: #{self.incident.number(by.id)} took it back",
                [("make what you undid last count again", "/redo")] if undone else [],
            )
        return entry


class Part(msgspec.Struct, frozen=True):
    """One piece of a syntax: a literal word, a placeholder or an attribute."""

    name: str
    kind: str  # "literal" | "word" | "number" | "rest" | "attribute"
    optional: bool = False


# N is a number. The last placeholder takes the rest of the line unless it is one of these; every
# other one takes a word.
_WORDS = {"HAT", "CHECK", "DURATION", "NAME"}
_PIECE = re.compile(r"\[?([a-z-]+):[A-Z]+\]?|\[?(@?[A-Z]+|[a-z]+(?:-[a-z]+)*|-|->)\]?")


def _is_text(piece: str) -> bool:
    return piece.strip("[]@").isupper() and piece.strip("[]") != "N"


def _parts(syntax: str) -> tuple[Part, ...]:
    parts = []
    pieces = syntax.split()
    last = max((at for at, piece in enumerate(pieces) if _is_text(piece)), default=-1)
    for at, piece in enumerate(pieces):
        match = _PIECE.fullmatch(piece)
        if match is None:
            raise ValueError(f"syntax {syntax!r}: cannot read {piece!r}")
        optional = piece.startswith("[")
        if match[1]:
            parts.append(Part(match[1], "attribute", optional))
            continue
        word = match[2]
        if word == "N":
            parts.append(Part("n", "number", optional))
        elif not word.lstrip("@").isupper():
            parts.append(Part(word, "literal", optional))
        elif at != last or word in _WORDS:
            parts.append(Part(word.lower(), "word", optional))
        else:
            parts.append(Part(word.lstrip("@").lower(), "rest", optional))
    return tuple(parts)


Possible = Callable[[Incident], str | None]
"""Why nobody could use a command as things stand; None where somebody can.

It is asked of the state alone, so that it leaves out what depends on who types, when and what. The
command itself refuses for the same reason, since others may have changed the state meanwhile.
"""


class Command(msgspec.Struct, frozen=True, dict=True):
    """One form of a command, declared once.

    `lead` is the sign or slash word it starts with; empty for a plain fact.
    """

    lead: str
    syntax: str
    help: str
    example: str
    plan: Callable[..., Planned]
    """Gives the events of a line; raises `Refused` where a rule says no."""
    key: str = ""
    """The key of the console that starts this line, where it has one."""
    possible: Possible = msgspec.field(default=lambda incident: None)
    """Why the command cannot be used now; None when it can."""
    opens: str = ""
    """The screen that shows what the line is about, when it records nothing or is refused."""
    composed: bool = False
    """Whether the screen writes the line: then the key opens it at once."""
    rare: bool = False
    """Whether the key is left out of the footer; help and palette have it."""
    slow: bool = False
    """Whether it takes so long that it must begin before anybody else is kept from writing."""
    lines: bool = False
    """Whether the rest of the line keeps its line breaks; anywhere else they become blanks."""
    words: tuple[str, ...] = ()
    """Other words that people look for it by. Typed after a slash, each begins the line as well."""
    doubted: bool = False
    """Whether a rule may doubt it: then it takes why it is recorded all the same."""
    does: str = ""
    """What the console does in place of recording it: the name of one of its own deeds."""
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """The form's stable name: its lead and its literals."""
        literals = [part.name for part in self.parts if part.kind == "literal"]
        return " ".join([self.lead or "fact", *literals])

    @property
    def title(self) -> str:
        """What it does in a few words, as it is called where names are listed."""
        short = re.split(r"[;:]", self.help)[0]
        return short[:1].upper() + short[1:]

    @cached_property
    def attributes(self) -> frozenset[str]:
        """Names of the attributes it takes, such as ``owner`` in ``owner:ana``."""
        return frozenset(part.name for part in self.parts if part.kind == "attribute")

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The attributes as they are typed, by name, with the one that answers a doubt."""
        return tuple(sorted({*self.attributes, "why"} if self.doubted else self.attributes))


SIGNS = ("!", "?", ">", "=", "+")
_commands: dict[str, list[Command]] = {}
_by_literals: dict[str, list[Command]] = {}
"""The same, the most specific form first."""


def command(
    syntax: str,
    *,
    help: str,
    example: str,
    key: str = "",
    opens: str = "",
    composed: bool = False,
    rare: bool = False,
    slow: bool = False,
    lines: bool = False,
    words: tuple[str, ...] = (),
    doubted: bool = False,
    does: str = "",
    possible: Possible | None = None,
) -> Callable[[Callable[..., Planned]], Callable[..., Planned]]:
    """Declare one form of a command.

    The syntax is the sign or ``/word``, then literals (lower case), placeholders (upper case: `N` a
    number, some a single word, the last one the rest of the line) and attributes (``[due:WHEN]``);
    square brackets mean optional. The function is called with a `CommandContext` and one keyword
    argument for each placeholder and attribute that was given; it returns events or raises
    `Refused`. Raises ValueError for a syntax that cannot be read.
    """

    def register(function: Callable[..., Planned]) -> Callable[..., Planned]:
        head, _, tail = syntax.partition(" ")
        lead = head if head in SIGNS or head.startswith("/") else ""
        declared = Command(
            lead=lead,
            syntax=f"{syntax} [why:TEXT]" if doubted else syntax,
            help=help,
            example=example,
            plan=function,
            key=key,
            opens=opens,
            composed=composed,
            rare=rare,
            slow=slow,
            lines=lines,
            words=words,
            doubted=doubted,
            does=does,
            parts=_parts(tail if lead else syntax),
            **({"possible": possible} if possible else {}),
        )
        _commands.setdefault(lead, []).append(declared)
        _by_literals[lead] = sorted(_commands[lead], key=_most_literal_first)
        return function

    return register


def records_nothing(context: CommandContext, **given: str) -> Planned:
    """What a line records that only asks the console for something: a screen, a list, an end."""
    return []


def _most_literal_first(form: Command) -> tuple[int, int]:
    return (-sum(part.kind == "literal" for part in form.parts), -len(form.parts))


def forms(lead: str) -> list[Command]:
    """The forms of one command, the most specific first; empty for an unknown command."""
    return _by_literals.get(lead, [])


def lead_of(typed: str) -> str | None:
    """The lead that this one stands for, in capitals as well: its own, or that of a known word."""
    if typed in _commands:
        return typed
    if not typed.startswith("/"):
        return None
    word = typed.removeprefix("/").casefold()
    if f"/{word}" in _commands:
        return f"/{word}"
    return next((form.lead for form in every_command() if word in form.words), None)


def leads() -> list[str]:
    """Every sign and slash word, signs first."""
    return sorted(_commands, key=lambda lead: (lead.startswith("/"), lead))


def every_command() -> list[Command]:
    """Every form of every command: the fact, the signs, then the slash words by name."""
    return [form for lead in leads() for form in _commands[lead]]


Completer = Callable[[Incident], Iterable[tuple[str, str]]]
_completers: dict[str, Completer] = {}
_people: set[str] = set()


def completes(*placeholders: str, people: bool = False) -> Callable[[Completer], Completer]:
    """Declare what a placeholder can be: pairs of a word and what it stands for.

    A placeholder is named as in the syntax, an attribute by its name, and a placeholder of one
    command only with its lead, as in ``/hyp N``. Where it stands for `people`, ``me`` is whoever
    types the line.
    """

    def register(function: Completer) -> Completer:
        for placeholder in placeholders:
            _completers[placeholder] = function
            if people:
                _people.add(placeholder)
        return function

    return register


def completes_with(placeholder: str, words: Mapping[str, str]) -> None:
    """Declare that a placeholder is one of these words, each with its meaning."""
    completes(placeholder)(lambda incident: words.items())


def names_person(form: Command, part: Part) -> bool:
    """Whether a part of a line stands for somebody."""
    name = part.name if part.kind == "attribute" else part.name.upper()
    return name in _people or f"{form.lead} {name}" in _people


def choices_for(placeholder: str, incident: Incident) -> list[tuple[str, str]]:
    """Words that could stand for `placeholder` now, with their meaning; empty for free text."""
    completer = _completers.get(placeholder)
    return list(completer(incident)) if completer else []


@contextmanager
def time_refused(what: str, written: str) -> Iterator[None]:
    """Refuse the line where a time or a span in it is none; `what` names the part `written` so.

    A time that begins a line is not meant: there it is the line that cannot be read. Raises
    `Refused` in the place of `WhenError`.
    """
    try:
        yield
    except WhenError as error:
        reason = error.reason.removeprefix(repr(written))  # said once, as the reason goes on
        between = ": " if reason == error.reason else ""
        raise Refused(f"{what} {written!r}{between}{reason}") from error


def no_such(what: str, number: int | str, last: int) -> str:
    """That nothing of the kind has this number, and how far their numbers go."""
    reach = f"they go to {last}" if last else "none is on record yet"
    return f"there is no {what} {number}: {reach}"


def typed_number(word: str) -> int | None:
    """The number in ``12`` or ``#12``, up to seven digits; None where the word is none."""
    digits = word.removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else None


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known words, or all of them where there are few."""
    options = list(known)
    every = "one of: " + ", ".join(options[:12]) if options else ""
    return close(word, options) or every


def close(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known words; empty where none is close."""
    import difflib

    matches = difflib.get_close_matches(word, list(known))
    return "did you mean " + " or ".join(matches) + "?" if matches else ""
