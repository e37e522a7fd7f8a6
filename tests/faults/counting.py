"""What a fault cost: how often it was caused, what was acknowledged, what of it was lost."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from incident_tui.domain import rooms
from incident_tui.domain.kernel import Entry, Incident, fold
from incident_tui.store import playbooks
from incident_tui.store.errors import StoreError
from incident_tui.store.home import PLAYBOOK, Home


class Count(msgspec.Struct):
    """The record of one fault. A loss is anything that a guarantee says cannot happen."""

    fault: str
    rounds: int = 0
    acknowledged: int = 0
    problems: list[str] = []
    note: str = ""
    seconds: float = 0.0

    @property
    def losses(self) -> int:
        return len(self.problems)

    def lose(self, what: str) -> None:
        """Something was lost."""
        self.problems.append(f"{self.fault}, round {self.rounds}: {what}")

    def expect(self, holds: bool, otherwise: str) -> None:
        """Count a loss unless something holds."""
        if not holds:
            self.lose(otherwise)


Fault = Callable[["Scale", Path], Iterable[Count]]
"""Causes faults in a folder of its own; gives a count for each."""


class Part(msgspec.Struct, frozen=True):
    """Faults that are caused one after the other."""

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
    rooms.load()
    try:
        entries = Home(home).file(incident).read().entries
        playbook = playbooks.load(home / incident / PLAYBOOK, rooms.vocabulary)
    except StoreError as problem:
        return str(problem)
    ids = [entry.id for entry in entries]
    if len(set(ids)) != len(ids):
        return "an id stands twice"
    return fold(entries, playbook)


def text_of(entry: Entry) -> str:
    """What was typed, of an entry that has a text."""
    return str(getattr(entry.event, "text", ""))


def compare(
    count: Count,
    home: Path,
    incident: str,
    acknowledged: dict[str, int],
    sent: set[str] | None = None,
) -> None:
    """Count a loss for each acknowledged entry (by id or text) that is not there, or not whole.

    `acknowledged` are the numbers that were told; `sent` is every text that was sent, whole.
    """
    found = read(home, incident)
    if isinstance(found, str):
        count.lose(f"the log cannot be read: {found}")
        return
    numbers = dict(found.numbers)
    for entry in found.entries:
        numbers.setdefault(text_of(entry), found.numbers[entry.id])
    for name, number in acknowledged.items():
        if name not in numbers:
            count.lose(f"{name} was acknowledged as {number} and is not there")
        elif numbers[name] != number:
            count.lose(f"{name} was acknowledged as {number} and stands at {numbers[name]}")
    if sent is not None:
        for entry in found.entries:
            fact = entry.event.kind == "fact"
            if fact and text_of(entry) not in sent:
                count.lose(f"half an entry: {text_of(entry)!r}")
