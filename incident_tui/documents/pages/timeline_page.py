"""The timeline page: every entry of the log as it counts now, by the day on which it happened."""

from collections.abc import Container

from incident_tui.documents.pages.page import Page
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, struck, within
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.corrections import EntryRetracted
from incident_tui.domain.findings.timeline import in_reading_order
from incident_tui.domain.quality.blameless import reworded
from incident_tui.domain.values.text import counted


def timeline_page(incident: Incident, moments: Moments, without: Container[str] = ()) -> Page:
    """All entries, with numbers, late ones with both clocks, corrected ones marked.

    Entries whose ids are in `without` are counted, but have no row.
    """
    days: dict[str, list[list[object]]] = {}
    for entry in in_reading_order(incident):
        if entry.id in without:
            continue
        days.setdefault(moments.day(entry.at), []).append(_row(incident, entry, moments))
    return Page(
        "timeline.md",
        "Timeline",
        "timeline",
        {
            "zone": moments.zone_name,
            "count": counted(len(incident.entries), "entry", "entries"),
            "late": any(entry.late for entry in incident.entries),
            "heads": ["#", "Time", "Kind", "What", "Who", "Source"],
            "days": list(days.items()),
        },
    )


def telling_rows(incident: Incident, moments: Moments) -> dict[str, list[list[object]]]:
    """What happened, without retracted entries and paperwork: rows by the title of their day."""
    days: dict[str, list[list[object]]] = {}
    for entry in in_reading_order(incident):
        if entry.event.in_story and incident.counts(entry):
            row: list[object] = [
                incident.number(entry.id),
                moments.clock(entry),
                entry.event.kind,
                _text(incident, entry),
                entry.source,
            ]
            days.setdefault(moments.day(entry.at), []).append(row)
    return days


OTHER_WORDS = "(put into other words since)"
"""Stands for what blamed somebody and was written anew."""


def _text(incident: Incident, entry: Entry) -> str:
    amended = incident.amended.get(entry.id) and incident.counts(entry)
    if amended or not reworded(incident, entry):
        return entry.event.tell(entry, incident)
    return OTHER_WORDS


def _row(incident: Incident, entry: Entry, moments: Moments) -> list[object]:
    who = f"{entry.actor}·{entry.hat}" if entry.hat else entry.actor
    return [
        incident.number(entry.id),
        moments.clock(entry),
        entry.event.kind,
        _marked(incident, entry, moments),
        who,
        entry.source,
    ]


def _marked(incident: Incident, entry: Entry, moments: Moments) -> Markdown:
    """The text, struck through where it no longer counts, with what was corrected and where."""
    text = within(_text(incident, entry))
    marks = []
    if amendments := incident.amended.get(entry.id):
        numbers = ", ".join(f"#{incident.number(other.id)}" for other in amendments)
        first = incident.recorded[incident.number(entry.id) - 1]
        was = []
        if first.at != entry.at:
            was.append(f"first at {moments.near(first.at)}")
        if first.event != entry.event and not reworded(incident, entry):
            was.append(f'first "{within(_text(incident, first))}"')
        marks.append(", ".join([f"amended in {numbers}", *was]))
    if correction := incident.retracted.get(entry.id):
        text = struck(text)
        marks.append(_retraction(incident, correction))
    told = f"{text} ({'; '.join(marks)})" if marks else text
    return Markdown(told.strip())


def _retraction(incident: Incident, correction: Entry) -> str:
    event = correction.event
    undone = isinstance(event, EntryRetracted) and event.undo
    told = f"{'undone' if undone else 'retracted'} in #{incident.number(correction.id)}"
    why = within(event.why) if isinstance(event, EntryRetracted) else ""
    return f"{told}: {why}" if why else told
