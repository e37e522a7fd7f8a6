"""The door of the intake: a foreign timeline as text in, typed rows and unread lines out.

Puts the steps together; pure, knows no files and nothing of the events of an incident.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from incident_tui.intake.account import Account, account, unaccounted
from incident_tui.intake.containers.asciidoc import asciidoc_tables
from incident_tui.intake.containers.chats import chat
from incident_tui.intake.containers.columns import columns, tabbed_tables
from incident_tui.intake.containers.json_files import json_document
from incident_tui.intake.containers.logs import log_lines
from incident_tui.intake.containers.mails import mail_thread
from incident_tui.intake.containers.web_page import tables_as_text, web_page
from incident_tui.intake.containers.yaml_records import yaml_record
from incident_tui.intake.entries import Entry, Gathered
from incident_tui.intake.foreign_timeline import (
    OUTSIDE,
    ForeignTimeline,
    Passage,
    TimelineRow,
    Unread,
)
from incident_tui.intake.moments.day_order import DayOrder
from incident_tui.intake.moments.resolved_times import Context, Moment, Moments
from incident_tui.intake.moments.rows import rows_of, without_doubles
from incident_tui.intake.moments.stated_zone import stated_zone
from incident_tui.intake.prose.beside import beside
from incident_tui.intake.prose.document import (
    Document,
    plain_lines,
    read_document,
    with_plain_headings,
)
from incident_tui.intake.prose.durations import stated_durations
from incident_tui.intake.prose.gathered_rows import gather
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.prose.narrative import times_in_sentences, with_sentences
from incident_tui.intake.prose.passages import joined, passages
from incident_tui.intake.times.dates import Day, find_ambiguous, find_date, only_year
from incident_tui.intake.times.stamps import Stamp, read_stamp
from incident_tui.intake.times.zones import Zone, default_named

# "| **Date** | 2025-03-11 |": a field of the document, where an action's due date is none.
_OF_THE_DAY = re.compile(
    r"[\W_]*(?:incident |outage |event )?(?:date|day|when|datum|tag|jour|fecha|data)\b",
    re.IGNORECASE,
)

_OF_PEOPLE = ("text", "web page")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the caller says: the zone and the day where the text names none, the file's name.

    `present` is the day that "today" means in the text, None where nobody knows; `column` is the
    title of the column of times in tables, empty where nobody named it.
    """

    zone: tzinfo
    day: date | None = None
    name: str = ""
    present: date | None = None
    column: str = ""


def read_timeline(
    text: str,
    *,
    default_zone: tzinfo,
    default_date: date | None = None,
    name: str = "",
    present: date | None = None,
    column: str = "",
) -> ForeignTimeline:
    """Read a timeline, in whatever form it was kept.

    `default_zone` holds where the document names no zone, `default_date` where rows have no date
    and the document none either; `name` is the file's name, which may contain the date; `present`
    is the day that "today" means, None where nobody knows; `column` is the title of the column of
    times in tables that have it. Never raises for any text: what cannot
    be read is in `Reading.unread` with line and reason.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reading, accounted, places = _read(
        text, Defaults(default_zone, default_date, name, present, column)
    )
    if not places:
        return reading
    # What was left out where other lines were made of these is told by the lines as given.
    lines = plain_lines(text)
    reading = _placed(reading, places, len(lines))
    rows = [*reading.rows, *reading.milestones]
    lost = unaccounted(lines, rows, reading.unread, accounted.placed(places), places)
    return replace(reading, unread=sorted([*reading.unread, *lost], key=lambda left: left.line))


def _read(text: str, defaults: Defaults) -> tuple[ForeignTimeline, Account, list[int]]:
    """The reading of a text, with its account, and the places of lines that were made of others."""
    exported = json_document(text)
    record = yaml_record(text) if exported is None else None
    if record is not None:
        # Its day and its zone may stand beside its rows.
        document = replace(read_document(text), title=record.title or None)
        return *read_gathered(text, document, record.gathered, defaults, record.kind), []
    contained = exported or mail_thread(text)
    contained = (
        contained
        or log_lines(text, defaults.day or defaults.present)
        or columns(text, defaults.column)
    )
    if contained is not None:
        raws = [] if exported is not None else text.split("\n")
        document = Document([], {}, contained.title or None, raws)
        return *read_gathered(text, document, contained.gathered, defaults, contained.kind), []
    page, kind = web_page(text), "web page"
    if page is None:
        page, kind = tables_as_text(text) or asciidoc_tables(text) or tabbed_tables(text), "text"
    document = read_document(text if page is None else page[0])
    talk = chat(document)
    if talk is not None:
        places = [] if page is None else page[1]
        return *read_gathered(text, document, talk.gathered, defaults, talk.kind), places
    document = with_plain_headings(document)
    gathered = with_sentences(document, gather(document, defaults.column))
    reading, accounted = read_gathered(text, document, gathered, defaults, kind if page else "text")
    if not (reading.rows or reading.unread):
        reading = replace(reading, unread=times_in_sentences(document))
    return reading, accounted, [] if page is None else page[1]


def _placed(reading: ForeignTimeline, places: Sequence[int], last: int) -> ForeignTimeline:
    """The reading of lines that were made of others, with the lines of the text itself.

    `last` is its last one. A row goes on to where the next line begins, whatever it was made of.
    """

    def row(each: TimelineRow) -> TimelineRow:
        ends = max(each.line, each.last_line)
        below = next((place for place in places[ends:] if place > places[ends - 1]), last + 1)
        return replace(each, line=places[each.line - 1], last_line=below - 1)

    def passed(passages: list[Passage]) -> list[Passage]:
        return [
            replace(each, line=places[each.line - 1], end=places[each.last_line - 1])
            for each in passages
        ]

    return replace(
        reading,
        rows=[row(each) for each in reading.rows],
        milestones=[row(each) for each in reading.milestones],
        unread=[replace(each, line=places[each.line - 1]) for each in reading.unread],
        stated=[replace(each, line=places[each.line - 1]) for each in reading.stated],
        passages=passed(reading.passages),
        beside=passed(reading.beside),
        columns=[replace(each, line=places[each.line - 1]) for each in reading.columns],
    )


def read_gathered(
    text: str, document: Document, gathered: Gathered, defaults: Defaults, container: str = "text"
) -> tuple[ForeignTimeline, Account]:
    """The reading of what was gathered from a document, and the account of its other lines."""
    stated, zone_from, unread = stated_zone(document, gathered, defaults.zone)
    every = [*gathered.entries, *gathered.milestones]
    day, place, line = _day(document, defaults)
    gathered.day_lines |= {line} if line else set()
    order = DayOrder(text, every, defaults.present)
    doubtful = ""
    if day is None:
        day, place, doubtful = _ambiguous_day(document, order)
    dated = next(filter(None, map(_own_date, every)), None)
    context = Context(
        day=day,
        place=place,
        zone=stated or default_named(defaults.zone, None),
        zone_from=zone_from,
        order=order,
        present=defaults.present,
        year=only_year(text) if day is None else None,
        dated=dated,
        doubtful=doubtful,
    )
    unread = [*unread, *gathered.unread]
    milestones = _resolve(gathered.milestones, context, unread)
    context = replace(context, start=_stated_start(milestones.moments))
    inside = _resolve([e for e in gathered.entries if e.in_timeline], context, unread)
    outside = _resolve([e for e in gathered.entries if not e.in_timeline], context, unread)
    chosen = inside
    if inside.moments:
        unread += _left_outside(inside.moments, outside.moments)
    elif outside.moments:
        chosen = outside
    elif milestones.moments:
        chosen, milestones = milestones, _Resolved([], "", False)
    kept = _once(chosen.moments)
    rows = rows_of(kept, backwards=chosen.backwards)
    marks = rows_of(milestones.moments, backwards=milestones.backwards)
    dropped = (
        [m for m in chosen.moments if m not in kept] if len(kept) < len(chosen.moments) else []
    )
    known = _known(rows, marks, dropped, inside, outside)
    accounted = account(document, gathered, known, unread)
    unread += unaccounted(document.raws, known, unread, accounted)
    taken_up = (
        {left.line for left in unread} | gathered.day_lines | {*gathered.covered, *gathered.heads}
    )
    taken_up |= {n for row in known for n in range(row.line, max(row.line, row.last_line) + 1)}
    # A block of code within a row is none of its words.
    code = {line.number for line in document.lines if line.kind == "code"}
    taken_up -= code - {*gathered.covered, *(row.line for row in known)}
    joined_passages = joined(passages(document, taken_up))
    taken_up |= {n for one in joined_passages for n in range(one.line, one.last_line + 1)}
    taken_up |= {int(zone_from.removeprefix("line "))} if zone_from.startswith("line ") else set()
    rows, marks = without_doubles(rows, marks)
    moments = [*chosen.moments, *milestones.moments]
    reading = ForeignTimeline(
        rows=rows,
        unread=sorted(unread, key=lambda left: left.line),
        zone=_zone_name(chosen.moments, stated, defaults.zone),
        title=document.title,
        form=" and ".join(sorted({m.entry.form for m in kept})) or "none",
        milestones=marks,
        day_from=chosen.day_from,
        zone_from=_zone_from(moments, zone_from),
        container=container,
        day=day,
        stated=stated_durations(document),
        passages=joined_passages,
        beside=beside(document, taken_up) if container in _OF_PEOPLE else [],
        columns=gathered.columns,
    )
    return reading, accounted


@dataclass(frozen=True, slots=True)
class _Resolved:
    moments: list[Moment]
    day_from: str
    backwards: bool


def _own_date(entry: Entry) -> date | None:
    """The date with its year that an entry has itself."""
    stamp = entry.stamp
    day = stamp.day if isinstance(stamp, Stamp) and isinstance(stamp.day, Day) else None
    return day.on(None) if day is not None and not day.order else None


def _resolve(entries: Sequence[Entry], context: Context, unread: list[Unread]) -> _Resolved:
    sequence = Moments(context, entries)
    moments: list[Moment] = []
    for entry in entries:
        moment = sequence.moment(entry)
        if isinstance(moment, Unread):
            unread.append(moment)
        else:
            moments.append(moment)
    return _Resolved(moments, sequence.day_from, sequence.backwards)


def _stated_start(milestones: Sequence[Moment]) -> Moment | None:
    """The one moment that is labelled as the start, from which "T+35m" counts."""
    starts = [each for each in milestones if each.entry.label == "started" and not each.date_only]
    return starts[0] if len({each.at for each in starts}) == 1 else None


def _once(moments: Sequence[Moment]) -> list[Moment]:
    """The moments without those that an earlier list or table already told."""
    seen: dict[tuple[object, str], int] = {}
    return [m for m in moments if seen.setdefault(_same(m), m.entry.block) == m.entry.block]


def _left_outside(inside: Sequence[Moment], outside: Sequence[Moment]) -> list[Unread]:
    known = {_same(moment) for moment in inside}
    return [
        Unread(moment.entry.line, moment.entry.raw, OUTSIDE)
        for moment in outside
        if _same(moment) not in known
    ]


def _known(
    rows: list[TimelineRow],
    marks: list[TimelineRow],
    dropped: list[Moment],
    inside: _Resolved,
    outside: _Resolved,
) -> list[TimelineRow]:
    """Rows by whose line a line is accounted for; one that repeats another is told by that."""
    repeated = [*dropped, *(outside.moments if inside.moments else [])]
    return [*rows, *marks, *rows_of(repeated)]


def _same(moment: Moment) -> tuple[object, str]:
    words = moment.entry.text.casefold().rstrip(".")
    return moment.at, words or f"line {moment.entry.line}"  # without words nothing is the same


def _zone_name(moments: Sequence[Moment], stated: Zone | None, default_zone: tzinfo) -> str:
    names = {moment.zone.name for moment in moments}
    if len(names) == 1:
        return names.pop()
    if stated is not None:
        return stated.name
    return default_named(default_zone, moments[0].wall if moments else None).name


def _zone_from(moments: Sequence[Moment], stated_in: str) -> str:
    """Who named the zone; empty where any row had to be read in one that nobody named."""
    if any(not moment.zone_from for moment in moments):
        return ""
    return stated_in or next((moment.zone_from for moment in moments), "")


def _day(document: Document, defaults: Defaults) -> tuple[date | None, str, int]:
    """The day a document is about, and where that was found; the most deliberate place first.

    With it the line that is nothing but its day, or 0 where it stands in none.
    """
    places = [
        (document.fields.get("title", ""), "title"),
        (document.fields.get("date", ""), "front matter"),
        (defaults.name.replace("\\", "/").rsplit("/", 1)[-1], "file name"),
        (document.title or "", "title"),
    ]
    for words, place in places:
        day = find_date(words)
        if day is not None:
            return day, place, 0
    for kind, place in (("heading", "heading"), ("text", "text")):
        for line in document.lines:
            if line.kind == kind and (day := find_date(plain(line.body).text)) is not None:
                stamp = read_stamp(plain(line.body).text)
                alone = isinstance(stamp, Stamp) and not stamp.has_time
                return day, place, line.number if alone else 0
    for line in document.lines:
        words = plain(line.body).text if line.kind in ("bullet", "cells") else ""
        if _OF_THE_DAY.match(words) and (day := find_date(words)) is not None:
            return day, f"line {line.number}", line.number
    year = only_year("\n".join(document.raws))
    named = find_date(document.title or "", year)
    if named is not None:
        return named, "title", 0
    described = find_date(document.fields.get("description", ""))
    if described is not None:
        return described, "front matter", 0
    return defaults.day, "default date" if defaults.day is not None else "", 0


def _ambiguous_day(document: Document, order: DayOrder) -> tuple[date | None, str, str]:
    """The day of a document that only a date such as 03/04/2025 names, and where it stands.

    Where nothing tells which number is the day, that date is said instead.
    """
    for line in document.lines:
        words = plain(line.body).text if line.kind in ("heading", "text") else ""
        day = find_ambiguous(words)
        if day is None:
            continue
        settled = order.settled(day, None)
        if settled is not None:
            return settled[0].on(None), f"line {line.number}", ""
        return None, "", f"the date in line {line.number} does not say which number is the day"
    return None, "", ""
