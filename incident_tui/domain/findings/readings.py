"""Readings: a signal before and after, the proof that something changed."""

from datetime import datetime

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, Unfinished, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import Missing, check, reported, source
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.milestones.derivations import (
    first_signal as detecting_entry,
    source_line,
)
from incident_tui.domain.impact.response import ProductionChanges
from incident_tui.domain.process.lifecycle import zone_of
from incident_tui.domain.values.field_text import Rows, change
from incident_tui.domain.values.measures import is_better
from incident_tui.domain.values.reading_text import read_change
from incident_tui.domain.values.time_grammar import format_stamp


def change_in_words(before: str, after: str) -> str:
    """A change as documents have it, which are no log lines; what it was before may be unknown."""
    return f"from {before} to {after}" if before else after


@facts(
    kind="reading",
    lead="it was read",
    act=True,
    wants_source=True,
    signal=True,
    in_story=True,
    says_what_happened=True,
)
class ReadingTaken(Event, frozen=True, tag="reading.taken"):
    """A signal was read. `before` is empty where it was read for the first time."""

    name: Words
    after: Words
    before: Words = ""

    def detects(self) -> bool:
        """Unless it is for the better by itself: 5xx that fall show a recovery."""
        return not is_better(self.name, self.before, self.after)

    def read_as(self) -> str:
        """Name, before and after: where each ends cannot be seen in the line."""
        was = f"before {self.before}, " if self.before else ""
        return f'"{self.name}": {was}after {self.after}'

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The signal and its change."""
        return f"{self.name} {self.before or '?'} -> {self.after}"

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """The signal and its change, or its value where it was read for the first time."""
        name = f"{self.name}:" if self.before else self.name
        return f"{name} {change_in_words(self.before, self.after)}"

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """The signal and its change."""
        if not self.before:
            return f"{self.name} was at {self.after}"
        return f"{self.name} went from {self.before} to {self.after}"


class Reading(msgspec.Struct, frozen=True):
    """One reading in the log."""

    entry: Entry
    name: str
    before: str
    after: str


class Readings(Projection):
    """Every reading, oldest first."""

    items: list[Reading] = []

    def last(self, name: str, until: datetime | None = None) -> Reading | None:
        """The newest reading of a signal, taken `until` a moment where one is given."""
        same = [
            item
            for item in self.items
            if item.name.lower() == name.lower() and (until is None or item.entry.at <= until)
        ]
        return max(same, key=lambda item: item.entry.at) if same else None

    def since(self, moment: datetime) -> list[Reading]:
        """Readings of the signal that showed the incident from a moment on, oldest first.

        Where none showed it, the readings of any signal.
        """
        shown = self.first_signal
        return [
            item
            for item in self.items
            if item.entry.at >= moment
            and item is not shown
            and (shown is None or item.name.lower() == shown.name.lower())
        ]

    @property
    def first_signal(self) -> Reading | None:
        """The signal that showed the incident: a reading with its source, before it was better.

        It shows a later episode as well, so it is read from the whole log.
        """
        entry = detecting_entry(self.incident)
        items = self.incident.whole.of(Readings).items
        return next((item for item in items if entry and item.entry.id == entry.id), None)


@projects(ReadingTaken, Readings)
def _taken(readings: Readings, event: ReadingTaken, entry: Entry) -> None:
    readings.items.append(Reading(entry, event.name, event.before, event.after))


@command(
    "= READING [src:TEXT]",
    help="a reading of a signal: its name, then before -> after, or the value now",
    example="= p95 4.2s -> 310ms",
    words=("metric", "measure", "reading", "graph"),
)
def read(context: CommandContext, reading: str, src: str = "") -> Planned:
    """A signal and its change; a lone value continues from the last one of that name before it.

    `Unfinished` where no value stands after the arrow, `Refused` where no name stands before
    it.
    """
    readings = context.incident.of(Readings)
    parsed = read_change(reading, {item.name for item in context.incident.whole.of(Readings).items})
    if not parsed.after:
        known = " ".join(filter(None, (parsed.name, parsed.before))) or "…"
        raise Unfinished(
            f"the reading of {parsed.name or 'a signal'} has no value after the arrow",
            [("write what it was and what it is", f"= {known} -> …")],
        )
    if not parsed.name:
        raise Refused(
            f"the reading {reading!r} has no name",
            [("name the signal first", f"= … {reading}")],
        )
    last = readings.last(parsed.name, context.moment)
    before = parsed.before or (last.after if last else "")
    return ReadingTaken(name=parsed.name, before=before, after=parsed.after)


@source("readings.all")
def table(incident: Incident) -> Rows:
    """Every reading with its signal, before and after, in the order of time."""
    items = sorted(incident.of(Readings).items, key=lambda item: item.entry.at)
    zone = zone_of(incident)
    return [
        change(
            item.name,
            item.before or "?",
            item.after,
            (("Read at", format_stamp(item.entry.at, zone)), ("Source", item.entry.source)),
        )
        for item in items
    ]


def line_to_read(incident: Incident, name: str) -> str:
    """The line that reads a signal again, from what it was last in this episode."""
    last = incident.of(Readings).last(name)
    return f"= {name} {last.after} -> …" if last else f"= {name} -> …"


@source("readings.detecting")
def first_signal(incident: Incident) -> str:
    """The signal that showed the incident, with its source."""
    signal = incident.of(Readings).first_signal
    if signal is None:
        return ""
    return f"{signal.name}: {change_in_words(signal.before, signal.after)} ({signal.entry.source})"


@check("readings.detecting", title="the signal that detected it is on record")
def has_signal(incident: Incident) -> Missing | None:
    """A reading that names its source shows the incident."""
    return Missing(
        "no reading with its source shows the incident, from before anything was done",
        source_line(incident) or "@… = SIGNAL … -> … src:…",
    ).unless(incident.of(Readings).first_signal is not None)


@check("readings.compared", title="numbers show the effect, before and after")
def compared(incident: Incident) -> Missing | None:
    """A signal was read after the first change, with what it was before."""
    started = incident.of(Milestones).at("started")
    readings = incident.of(Readings)
    changes = [
        entry.at
        for entry in incident.of(ProductionChanges).entries
        if started is None or entry.at >= started
    ]
    if any(item.before and changes and item.entry.at >= min(changes) for item in readings.items):
        return None
    signal = readings.first_signal
    if signal is None:
        return Missing("no signal was read after the change", "= SIGNAL … -> …")
    return Missing(
        f"{signal.name} was not read again after the change", line_to_read(incident, signal.name)
    )


@reported("readings")
def _readings(incident: Incident) -> list[dict[str, object]]:
    """Each reading in the order of the log."""
    return [
        {"name": item.name, "before": item.before, "after": item.after}
        for item in incident.of(Readings).items
    ]
