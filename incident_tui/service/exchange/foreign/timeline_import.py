"""A foreign timeline becomes entries: which of its rows are recorded, how, and what is left over.

How a document is read is intake's business; recording a plan is in `recorded_import`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, tzinfo
from pathlib import PurePath

import msgspec

from incident_tui.domain.core.events import Event
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import WhenError, zone_named
from incident_tui.intake import ForeignTimeline, Stated, TimelineRow, Unread, read_timeline
from incident_tui.intake.foreign_timeline import DATE_ONLY, SLIPS, Passage, TimeColumns
from incident_tui.intake.times.zones import zone_named as foreign_zone
from incident_tui.service.home_service import Service

SPAN_LABELS = frozenset(("started", "recurred", "mitigated", "resolved"))
"""Labels of moments at which the impact begins or stops."""
IN_THE_FUTURE = "lies in the future"
NO_TEXT = "has a time and no text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(TimelineRow):
    """A row as it is recorded, with the event that it becomes.

    `label` is the milestone that its label stands for, whether or not it is recorded as that.
    """

    event: Event

    @property
    def key(self) -> tuple[datetime, str]:
        """What makes it the same row again, whatever the file is called."""
        return self.at, recorded_text(self.event)


class Plan(msgspec.Struct, frozen=True):
    """What an import would do. `left` are the lines that become nothing, with their reasons.

    `zone_from` is empty where nobody named the zone that rows were read in. `over` says that the
    text tells the end of the incident. `day` is the one that its id begins with.
    """

    title: str
    zone: str
    form: str
    day_from: str
    rows: tuple[Row, ...]
    left: tuple[Unread, ...]
    name: str = ""
    container: str = "text"
    zone_from: str = ""
    over: bool = False
    day: date | None = None
    stated: tuple[Stated, ...] = ()
    passages: tuple[Passage, ...] = ()
    """What the text says for the fields of a record, by its headings; none is filled by itself."""
    take: tuple[str, ...] = ()
    """The fields that are to be filled all the same."""
    columns: tuple[TimeColumns, ...] = ()
    """The tables whose times were read: from which column, and which others hold times."""


def plan_import(
    service: Service,
    text: str,
    name: str,
    *,
    title: str = "",
    zone: str = "",
    day: date | None = None,
    column: str = "",
) -> Plan:
    """Read a document; nothing is recorded.

    `name` is the file's, for the sources of its rows; `zone` holds where the document names none,
    `day` where rows have no date; `column` is the title of the column of times in tables, empty for
    the one that is found. Raises `WhenError` for a zone that does not exist.
    """
    chosen = zone_chosen(zone) if zone else service.zone_name
    default = zone_named(chosen)
    now = service.world.clock()
    reading = read_timeline(
        text,
        default_zone=default,
        default_date=day,
        name=name,
        present=now.astimezone(default).date(),
        column=column,
    )
    rows, left = [], list(reading.unread)
    for row, event in events(reading):
        words = recorded_text(event)
        if row.at > now:
            left.append(Unread(row.line, clean_line(row.text), IN_THE_FUTURE))
        elif not clean_line(row.text):
            left.append(Unread(row.line, "", NO_TEXT))
        else:
            source = clean_line(row.source) or f"{PurePath(name).name}:{row.line}"
            rows.append(_row(row, event, words, source, zone if not row.zone_from else ""))
    return Plan(
        title=clean_line(title) or _heading(reading) or PurePath(name).stem,
        zone=_zone(reading.zone, chosen),
        form=reading.form,
        day_from=reading.day_from,
        rows=tuple(sorted(rows, key=lambda row: (row.at, row.line))),
        left=tuple(sorted(left, key=lambda unread: unread.line)),
        name=name,
        container=reading.container,
        zone_from=reading.zone_from or ("--zone" if zone else ""),
        over=any(row.label == "resolved" for row in rows),
        day=_day(reading, rows),
        stated=tuple(reading.stated),
        passages=(*reading.passages, *reading.beside),
        columns=tuple(reading.columns),
    )


def zone_chosen(word: str) -> str:
    """The zone that an option names, by the words that texts use too: EST is New York's clock.

    Raises `WhenError` where it is none.
    """
    known = foreign_zone(word) if word.isupper() else None
    name = known.name if known is not None else word
    zone_named(name)
    return name


def _row(row: TimelineRow, event: Event, words: str, source: str, chosen: str) -> Row:
    read = {field.name: getattr(row, field.name) for field in fields(row)}
    zone_from = row.zone_from or ("--zone" if chosen else "")
    cleaned = {"text": words, "source": source, "who": clean_line(row.who)}
    return Row(event=event, **(read | cleaned | {"zone_from": zone_from}))


def _heading(reading: ForeignTimeline) -> str:
    """The document's heading without the day before it: the incident's id says it already."""
    heading = clean_line(reading.title or "")
    return re.sub(r"^\d{4}-\d\d-\d\d\b[\s,:;.–—-]*", "", heading) or heading


def events(reading: ForeignTimeline) -> Iterable[tuple[TimelineRow, Event]]:
    """Each row with the event it becomes: a milestone where its label names one, else a fact.

    Of two rows with one label the first is the milestone, those that are nothing but labels going
    before the rest. A row whose date looks like a slip is none.
    """
    taken: set[str] = set()
    chosen: dict[int, str] = {}
    ordered = [*reading.milestones, *reading.rows]
    for index, row in enumerate(ordered):
        sound = not SLIPS & {*row.flags} and row.day is None
        if row.label and sound and (row.label not in taken or row.label == "recurred"):
            taken.add(row.label)
            chosen[index] = row.label
    _add_spans(ordered, chosen)
    for index, row in enumerate(ordered):
        text = clean_line(row.text)
        if index in chosen:
            yield row, MilestoneReached(name=chosen[index], text=text)
        elif DATE_ONLY in row.flags and row.day is not None:
            yield row, FactRecorded(text=f"{row.day}, time of day unknown: {text}")
        else:
            yield row, FactRecorded(text=text)


def _add_spans(rows: Sequence[TimelineRow], chosen: dict[int, str]) -> None:
    """Choose what tells that the impact came back, and stopped once more.

    A start after an end is a recurrence; an end after one ends that, whether the record calls it
    mitigated or resolved.
    """
    labelled = [
        (row.at, index, row.label)
        for index, row in enumerate(rows)
        if row.label in SPAN_LABELS and row.day is None and not SLIPS & {*row.flags}
    ]
    goes_on, begun = False, False
    for _, index, name in sorted(labelled):
        begins = name in ("started", "recurred")
        if index not in chosen:
            if begins and begun and not goes_on:
                chosen[index] = "recurred"
            elif not begins and goes_on:
                chosen[index] = name
            else:
                continue
        goes_on, begun = begins, begun or begins


def recorded_text(event: Event) -> str:
    """The words of an event that an import makes."""
    return str(getattr(event, "text", ""))


def _zone(named: str, default: str) -> str:
    """The zone as incidents name it; the default where the document's is only an offset."""
    try:
        zone_named(named)
    except WhenError:
        return default
    return named


def _day(reading: ForeignTimeline, rows: Sequence[Row]) -> date | None:
    """The day of the incident: its start or detection, else the document's, else the first row's.

    A row whose date looks like a slip begins nothing.
    """
    sound = [row for row in sorted(rows, key=lambda row: row.at) if not SLIPS & {*row.flags}]
    zone = _rules(reading.zone)
    for label in ("started", "detected"):
        for row in sound:
            if isinstance(row.event, MilestoneReached) and row.event.name == label:
                return row.at.astimezone(zone).date()
    days = [row.at.astimezone(zone).date() for row in sound or rows]
    if reading.day is not None and days and min(days) <= reading.day <= max(days):
        return reading.day
    return min(days, default=None)


def _rules(name: str) -> tzinfo:
    known = foreign_zone(name)
    return known.rules if known is not None else UTC
