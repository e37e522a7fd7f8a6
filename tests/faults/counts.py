"""What a fault cost: how often it was caused, what was acknowledged, what of it was lost."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from incident_tui.domain import discovery
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.store import playbook_files
from incident_tui.store.files.errors import StoreError
from incident_tui.store.home import PLAYBOOK, Home


class Skipped(Exception):
    """This machine lacks what a fault needs; the message says what."""


class Count(msgspec.Struct):
    """The record of one fault. A loss is anything that a guarantee says cannot happen."""

    fault: str
    rounds: int = 0
    acknowledged: int = 0
    problems: list[str] = []
    note: str = ""
    seconds: float = 0.0
    injected: str = ""
    """What stands in the place of the real cause; empty where the cause is the real one."""
    skipped: str = ""
    """What this machine lacks; such a fault was not caused."""
    broken: str = ""
    """The error that ended the row before its end; what it would have counted is not known."""

    @property
    def losses(self) -> int:
        return len(self.problems)

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, as far as this machine could try."""
        return not self.problems and not self.broken

    def lose(self, what: str) -> None:
        """Something was lost."""
        self.problems.append(f"{self.fault}, round {self.rounds}: {what}")

    def expect(self, holds: bool, otherwise: str) -> None:
        """Count a loss unless something holds."""
        if not holds:
            self.lose(otherwise)


class Row(msgspec.Struct, frozen=True):
    """One line of the table: a fault, and what causes it and counts.

    `cause` raises `Skipped` where this machine cannot; any other error of it is told in the row.
    """

    fault: str
    cause: Callable[[Count], object]
    injected: str = ""


Fault = Callable[["Scale", Path], Iterable[Row]]
"""The rows of one kind of fault, in a folder of their own; each is counted before the next one."""


class Part(msgspec.Struct, frozen=True):
    """Faults that are caused one after the other."""

    name: str
    causes: Fault
    alone: bool = False
    """Whether time is measured, so that nothing may run beside it."""


class Scale(msgspec.Struct, frozen=True):
    """How often: `rounds` of the cheapest fault; the dearer ones take a part of it."""

    rounds: int

    @property
    def small(self) -> bool:
        """Whether what takes long and hardly ever changes may be left out."""
        return self.rounds < 50

    def part(self, of: int, at_least: int = 1) -> int:
        """One round for each `of` rounds."""
        return max(at_least, self.rounds // of)


def read(home: Path, incident: str) -> Incident | str:
    """The incident as a process reads it that has never seen it; what is wrong, where it cannot."""
    discovery.load()
    try:
        entries = Home(home).file(incident).read().entries
        playbook = playbook_files.load(home / incident / PLAYBOOK, discovery.vocabulary)
    except (StoreError, PlaybookError) as problem:
        return str(problem).splitlines()[0]
    ids = [entry.id for entry in entries]
    if len(set(ids)) != len(ids):
        return "an id stands twice"
    return fold(entries, playbook)


def text_of(entry: Entry) -> str:
    """What was typed, of an entry that has a text or, as transitions do, a reason."""
    return str(getattr(entry.event, "text", "") or getattr(entry.event, "why", ""))


def compare(
    count: Count,
    home: Path,
    incident: str,
    acknowledged: Mapping[str, int | None],
    sent: set[str] | None = None,
) -> None:
    """Count a loss for each acknowledged entry (by id or text) that is not there, or not whole.

    `acknowledged` are the numbers that were told, None where a merge may have changed them;
    `sent` is every text that was sent, whole.
    """
    log = read(home, incident)
    if isinstance(log, str):
        count.lose(f"the log cannot be read: {log}")
        return
    expect_numbers(count, log, acknowledged)
    if sent is not None:
        for entry in log.entries:
            fact = entry.event.kind == "fact"
            if fact and text_of(entry) not in sent:
                count.lose(f"half an entry: {text_of(entry)!r}")


def expect_numbers(
    count: Count, incident: Incident, acknowledged: Mapping[str, int | None]
) -> None:
    """Count a loss for each acknowledged entry that is missing or stands at another number."""
    numbers = dict(incident.numbers)
    for entry in incident.entries:
        numbers.setdefault(text_of(entry), incident.numbers[entry.id])
    for name, number in acknowledged.items():
        if name not in numbers:
            count.lose(f"{name} was acknowledged as {number} and is not there")
        elif number is not None and numbers[name] != number:
            count.lose(f"{name} was acknowledged as {number} and stands at {numbers[name]}")
