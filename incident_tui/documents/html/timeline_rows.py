"""The timeline of a page: every entry as it counts now, by day, with what it can be filtered by."""

from collections.abc import Collection

import msgspec

from incident_tui.documents.pages import shared_facts
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.corrections import EntryRetracted
from incident_tui.domain.findings.timeline import in_reading_order, lateness
from incident_tui.domain.quality.blameless import reworded
from incident_tui.domain.values.time_grammar import format_when, iso

OTHER_WORDS = "(put into other words since)"
"""Stands for what blamed somebody and was written anew."""


class Row(msgspec.Struct, frozen=True):
    """One entry. `emphasis` is that of its event; `late` says how much later it was recorded."""

    number: int
    at: str
    iso: str
    late: str
    kind: str
    text: str
    actor: str
    source: str
    emphasis: str
    retracted: bool
    amended: bool


class Timeline(msgspec.Struct, frozen=True):
    """The rows by day, and what kinds and people there are in them."""

    days: list[tuple[str, list[Row]]]
    kinds: list[str]
    people: list[str]
    count: int


def timeline(
    incident: Incident, moments: Moments, without: Collection[int] = (), only: Collection[int] = ()
) -> Timeline:
    """The entries in the order in which they happened.

    Those whose numbers are in `without` are left out; with `only`, all others are.
    """
    days: dict[str, list[Row]] = {}
    for entry in in_reading_order(incident):
        number = incident.number(entry.id)
        if number not in without and (not only or number in only):
            days.setdefault(moments.day(entry.at), []).append(_row(incident, entry, moments))
    rows = [row for day in days.values() for row in day]
    return Timeline(
        list(days.items()),
        sorted({row.kind for row in rows}),
        sorted({row.actor for row in rows}, key=str.casefold),
        len(rows),
    )


def _row(incident: Incident, entry: Entry, moments: Moments) -> Row:
    return Row(
        number=incident.number(entry.id),
        at=format_when(entry.at, moments.zone),
        iso=iso(entry.at) or "",
        late=lateness(entry).strip("(+)") if entry.id in moments.late else "",
        kind=entry.event.kind,
        text=_text(incident, entry),
        actor=entry.actor,
        source=shared_facts.source(incident, entry),
        emphasis=entry.event.emphasis,
        retracted=not incident.counts(entry),
        amended=bool(incident.amended.get(entry.id)),
    )


def _text(incident: Incident, entry: Entry) -> str:
    amended = incident.amended.get(entry.id) and incident.counts(entry)
    if not amended and reworded(incident, entry):
        return OTHER_WORDS
    if isinstance(entry.event, EntryRetracted):
        return f"takes back #{incident.number(entry.event.target)}"
    return entry.event.in_words(entry, incident)
