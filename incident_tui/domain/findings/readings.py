"""Readings: a signal before and after, the proof that something changed."""

from typing import ClassVar

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Words,
    projects,
)
from incident_tui.domain.core.rules import source


class ReadingTaken(Event, frozen=True, tag="reading.taken"):
    """A signal was read. `before` is empty where it was read for the first time."""

    kind: ClassVar[str] = "reading"
    wants_source: ClassVar[bool] = True
    signal: ClassVar[bool] = True
    in_story: ClassVar[bool] = True
    says_what_happened: ClassVar[bool] = True
    name: Words
    after: Words
    before: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The signal and its change."""
        return f"{self.name} {self.before or '?'} -> {self.after}"


class Reading(msgspec.Struct, frozen=True):
    """One reading in the log."""

    entry: Entry
    name: str
    before: str
    after: str


class Readings(Projection):
    """Every reading, oldest first."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.items: list[Reading] = []

    def last(self, name: str) -> Reading | None:
        """The newest reading of a signal."""
        same = [item for item in self.items if item.name.lower() == name.lower()]
        return max(same, key=lambda item: item.entry.at) if same else None

    @property
    def detecting(self) -> Reading | None:
        """The earliest reading that names its source: the signal that showed the incident."""
        sourced = [item for item in self.items if item.entry.source]
        return min(sourced, key=lambda item: item.entry.at) if sourced else None


@projects(ReadingTaken, Readings)
def _taken(readings: Readings, event: ReadingTaken, entry: Entry) -> None:
    readings.items.append(Reading(entry, event.name, event.before, event.after))


@command(
    "= NAME READING [src:TEXT]",
    help="a reading of a signal, before -> after",
    example="= p95 4.2s -> 310ms",
)
def read(context: CommandContext, name: str, reading: str, src: str = "") -> Planned:
    """A signal and its change; a lone value continues from the last one of that name."""
    before, arrow, after = reading.partition("->")
    before, after = before.strip(), after.strip()
    if not arrow:
        last = context.incident.of(Readings).last(name)
        before, after = (last.after if last else ""), before
    if not after:
        raise Refused(
            f"the reading of {name} has no value after the arrow",
            [("write what it was and what it is", f"= {name} {before or '4.2s'} -> 310ms")],
        )
    return ReadingTaken(name=name, before=before, after=after)


@source("readings.all")
def table(incident: Incident) -> str:
    """Every reading, one a line."""
    items = sorted(incident.of(Readings).items, key=lambda item: item.entry.at)
    return "\n".join(f"{item.name}: {item.before or '?'} -> {item.after}" for item in items)


@source("readings.detecting")
def detecting(incident: Incident) -> str:
    """The signal that showed the incident, with its source."""
    found = incident.of(Readings).detecting
    if found is None:
        return ""
    return f"{found.name} {found.before or '?'} -> {found.after} ({found.entry.source})"
