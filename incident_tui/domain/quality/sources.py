"""Sources: where each thing that was seen or changed can be looked up again."""

from datetime import datetime, tzinfo

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Correction,
    Entry,
    Event,
    Incident,
    Projection,
    Words,
    facts,
    projects_where,
)
from incident_tui.domain.core.numbered import completes_entries
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.findings.timeline import in_reading_order, reading_key
from incident_tui.domain.process.lifecycle import zone_of
from incident_tui.domain.values.field_text import Row, Rows
from incident_tui.domain.values.text import counted, with_article
from incident_tui.domain.values.time_grammar import format_stamp


@facts(kind="source")
class EntrySourced(Correction, frozen=True, tag="entry.sourced"):
    """It was said, later, where an entry comes from."""

    text: Words = ""

    def corrected(self, entry: Entry) -> Entry | None:
        """The entry with that source."""
        return msgspec.structs.replace(entry, source=self.text)

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and its source."""
        return f"#{incident.number(self.target)} comes from {self.text}"


class Sources(Projection):
    """What was seen or changed, and which of it does not name its source, in recorded order."""

    items: list[Entry] = []
    without: list[Entry] = []


@projects_where("wants_source", Sources)
def _look(sources: Sources, event: Event, entry: Entry) -> None:
    sources.items.append(entry)
    if not entry.source:
        sources.without.append(entry)


@command(
    "/source N TEXT",
    help="say where an entry comes from: an address, a file, a dashboard, a person",
    example="/source 12 https://example.org/dash/7",
    words=("origin",),
)
def name_source(context: CommandContext, n: int, text: str) -> Planned:
    """Entry `n` names its source from now on. `Refused` where an entry of its kind needs none."""
    entry = context.entry(n)
    if not entry.event.wants_source:
        raise Refused(f"#{n} is {with_article(f'{entry.event.kind} entry')}, which needs no source")
    return EntrySourced(target=entry.id, text=text)


completes_entries("/source N", of=lambda incident: incident.of(Sources).without)


@check("sources.named", title="what the timeline tells can be looked up")
def named(incident: Incident) -> Missing | None:
    """Something was seen or changed, and each such entry names its source."""
    without = incident.of(Sources).without
    if without:
        number = incident.number(without[0].id)
        return Missing(
            f"{counted(len(without), 'entry', 'entries')} without a source, first #{number} "
            f"({without[0].event.tell(without[0], incident)})",
            f"/source {number} …",
        )
    if not incident.signals:
        return Missing("nothing seen first-hand is on record", "… src:…")
    return None


@source("sources.timeline")
def timeline(incident: Incident) -> Rows:
    """What was seen or changed, with its time and source, one a line."""
    zone = zone_of(incident)
    return [
        _row(incident, entry, zone, entry.source or "no source")
        for entry in sorted(incident.of(Sources).items, key=reading_key)
    ]


@source("sources.events")
def events(incident: Incident) -> Rows:
    """What happened, as the story tells it: facts, readings, decisions, changes, milestones."""
    zone = zone_of(incident)
    entries = [e for e in in_reading_order(incident) if e.event.in_story and incident.counts(e)]
    return [_row(incident, entry, zone) for entry in entries]


def _row(incident: Incident, entry: Entry, zone: tzinfo, source: str = "") -> Row:
    when = format_stamp(entry.at, zone)
    kind, words = (" ".join(text.split()) for text in entry.event.row_of(entry, incident))
    line = f"{when} {kind}: {words}" + (f" ({source})" if source else "")
    facts = (("Source", source),) if source else ()
    return Row((when, kind, words), line, facts, ("Time", "Kind", "What"))


@flag("sources.missing", why="What nobody can look up again is hearsay.", worst=15)
def missing(incident: Incident, now: datetime, tolerated: int) -> Raised | None:
    """More than `tolerated` facts, readings and changes name no source."""
    without = incident.of(Sources).without
    if len(without) <= tolerated:
        return None
    number = incident.number(without[0].id)
    return Raised(
        f"{counted(len(without), 'entry', 'entries')} without a source, first #{number}.",
        without[tolerated].recorded_at,
        f"/source {number} …",
    )
