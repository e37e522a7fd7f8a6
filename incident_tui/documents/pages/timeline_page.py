"""The timeline page, and the log as other documents append it: by the day on which things happened.

Each row says what was known when it was written; what was found out later has a row of its own.
"""

from collections.abc import Container

from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.page import Page
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, struck, within
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.corrections import EntryRetracted
from incident_tui.domain.findings.stars import Stars
from incident_tui.domain.findings.timeline import in_reading_order
from incident_tui.domain.learning.quotes import RecordQuoted
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.quality.blameless import reworded
from incident_tui.domain.values.text import counted

HEADS = ["#", "Time", "Kind", "What", "Who", "Source"]
Days = list[tuple[str, list[list[object]]]]
"""The rows of a log by the title of their day."""


def timeline_page(incident: Incident, moments: Moments, without: Container[str] = ()) -> Page:
    """All entries, with numbers, late ones with both clocks, corrected ones marked.

    Entries whose ids are in `without` are counted, but have no row.
    """
    return Page("timeline.md", "Timeline", "timeline", lambda: _values(incident, moments, without))


def _values(incident: Incident, moments: Moments, without: Container[str]) -> dict[str, object]:
    older = older_wordings(incident)
    shown = [e for e in in_reading_order(incident) if e.id not in without and e.id not in older]
    return {
        "zone": moments.zone_name,
        "count": counted(len(incident.entries), "entry", "entries"),
        "older": counted(len(older), "entry", "entries") if older else "",
        "late": bool(moments.late),
        "origin": incident.of(Lifecycle).origin,
        "marked": bool(incident.of(Stars).marks),
        "heads": HEADS,
        "days": _by_day(incident, shown, moments),
    }


_WRITTEN = (FieldSet, RecordQuoted)
"""Events that only write a text of a document."""


def appended_log(incident: Incident, moments: Moments, without: Container[str] = ()) -> Days:
    """Every entry but those that only wrote a text of a document, which says it itself."""
    elsewhere = only_written(incident)
    shown = [
        entry
        for entry in in_reading_order(incident)
        if entry.id not in without and entry.id not in elsewhere
    ]
    return _by_day(incident, shown, moments)


def written_elsewhere(incident: Incident) -> str:
    """How many entries that log has no row for, counted; empty where it has all."""
    written = len(only_written(incident))
    return counted(written, "entry", "entries") if written else ""


def only_written(incident: Incident) -> set[str]:
    """The ids of those entries, which only wrote a text of a document."""
    return {entry.id for entry in incident.entries if isinstance(entry.event, _WRITTEN)}


def older_wordings(incident: Incident) -> set[str]:
    """The ids of entries whose wording of a field was replaced by a later one."""
    newest: dict[tuple[str, str], str] = {}
    older = set()
    for entry in incident.entries:
        if isinstance(entry.event, FieldSet):
            place = (entry.event.stage, entry.event.field)
            if place in newest:
                older.add(newest[place])
            newest[place] = entry.id
    return older


def _by_day(incident: Incident, entries: list[Entry], moments: Moments) -> Days:
    days: dict[str, list[list[object]]] = {}
    for entry in entries:
        days.setdefault(moments.day(entry.at), []).append(row_of(incident, entry, moments))
    return list(days.items())


OTHER_WORDS = "(put into other words since)"
"""Stands for what blamed somebody and was written anew."""


def _row_text(incident: Incident, entry: Entry, text: str) -> str:
    """The text of its row, or what stands for it."""
    amended = incident.amended.get(entry.id) and incident.counts(entry)
    if amended or not reworded(incident, entry):
        return text
    return OTHER_WORDS


def row_of(incident: Incident, entry: Entry, moments: Moments) -> list[object]:
    """The cells of an entry below `HEADS`."""
    who = f"{entry.actor}·{entry.hat}" if entry.hat else entry.actor
    kind, text = entry.event.row_of(entry, incident)
    return [
        incident.number(entry.id),
        moments.clock(entry),
        kind,
        _marked(incident, entry, text, moments),
        who,
        shared_facts.source(incident, entry),
    ]


def _marked(incident: Incident, entry: Entry, row_text: str, moments: Moments) -> Markdown:
    """The text, struck through where it no longer counts, with what was corrected and where."""
    text = within(_row_text(incident, entry, row_text))
    marks = []
    if amendments := incident.amended.get(entry.id):
        numbers = ", ".join(f"#{incident.number(other.id)}" for other in amendments)
        first = incident.recorded[incident.number(entry.id) - 1]
        was = []
        if first.at != entry.at:
            was.append(f"first at {moments.near(first.at)}")
        if first.event != entry.event and not reworded(incident, entry):
            words = _row_text(incident, first, first.event.row_of(first, incident)[1])
            was.append(f'first "{within(words)}"')
        marks.append(", ".join([f"amended in {numbers}", *was]))
    if correction := incident.retracted.get(entry.id):
        text = struck(text)
        marks.append(_retraction(incident, correction))
    words = f"{text} ({'; '.join(marks)})" if marks else text
    return Markdown(f"{incident.of(Stars).sign(entry)}{words}".strip())


def _retraction(incident: Incident, correction: Entry) -> str:
    event = correction.event
    undone = isinstance(event, EntryRetracted) and event.undo
    text = f"{'undone' if undone else 'retracted'} in #{incident.number(correction.id)}"
    why = within(event.why) if isinstance(event, EntryRetracted) else ""
    return f"{text}: {why}" if why else text
