"""The door of the intake: a foreign timeline as text in, typed rows and unread lines out.

Puts the steps together; pure, knows no files and nothing of the events of an incident.
"""

from collections.abc import Sequence
from datetime import date, tzinfo

from incident_tui.intake.document import Document, read_document
from incident_tui.intake.markup import plain
from incident_tui.intake.reading import Reading, TimelineRow, Unread
from incident_tui.intake.resolved_times import Moment, Moments, rows_of
from incident_tui.intake.row_gathering import Entry, gather
from incident_tui.intake.stamps import find_date
from incident_tui.intake.zones import Zone, default_named, zone_in, zone_stated

OUTSIDE = "stands outside the timeline section"


def read_timeline(
    text: str,
    *,
    default_zone: tzinfo,
    default_date: date | None = None,
    name: str = "",
) -> Reading:
    """Read a Markdown timeline: tables, bullets, headings and plain lines that start with a time.

    `default_zone` holds where the document names no zone, `default_date` where rows have no date
    and the document none either; `name` is the file's name, which may contain the date. Never
    raises for any text: what cannot be read is in `Reading.unread` with line and reason.
    """
    document = read_document(text)
    found = gather(document)
    stated, unread = _stated_zone(document, default_zone)
    day, place = _day(document, name, default_date)
    zone = stated or default_named(default_zone, None)
    unread = [*unread, *found.unread]

    sequences = [Moments(day, place, zone) for _ in range(3)]
    inside = _resolve([e for e in found.entries if e.in_timeline], sequences[0], unread)
    outside = _resolve([e for e in found.entries if not e.in_timeline], sequences[1], unread)
    milestones = _resolve(found.milestones, sequences[2], unread)
    chosen, day_from = inside, sequences[0].day_from
    if inside:
        unread += _left_outside(inside, outside)
    elif outside:
        chosen, day_from = outside, sequences[1].day_from
    else:
        chosen, milestones = milestones, []
    rows, forms = _rows(chosen)
    return Reading(
        rows=rows,
        unread=sorted(unread, key=lambda left: left.line),
        zone=_zone_name(chosen, stated, default_zone),
        title=document.title,
        form=" and ".join(forms) or "none",
        milestones=rows_of(milestones),
        day_from=day_from,
    )


def _resolve(entries: Sequence[Entry], sequence: Moments, unread: list[Unread]) -> list[Moment]:
    moments: list[Moment] = []
    for entry in entries:
        found = sequence.moment(entry)
        if isinstance(found, Unread):
            unread.append(found)
        else:
            moments.append(found)
    return moments


def _rows(moments: Sequence[Moment]) -> tuple[list[TimelineRow], list[str]]:
    """Rows without those that an earlier list or table already told, and the forms they have."""
    seen: dict[tuple[object, str], int] = {}
    kept = [m for m in moments if seen.setdefault(_same(m), m.entry.block) == m.entry.block]
    return rows_of(kept), sorted({m.entry.form for m in kept})


def _left_outside(inside: Sequence[Moment], outside: Sequence[Moment]) -> list[Unread]:
    told = {_same(moment) for moment in inside}
    return [
        Unread(moment.entry.line, moment.entry.raw, OUTSIDE)
        for moment in outside
        if _same(moment) not in told
    ]


def _same(moment: Moment) -> tuple[object, str]:
    return moment.at, moment.entry.text.casefold().rstrip(".")


def _stated_zone(document: Document, default_zone: tzinfo) -> tuple[Zone | None, list[Unread]]:
    """The zone the document states, preferring its timeline section; unknown names are unread."""
    unread: list[Unread] = []
    ordered = sorted(document.lines, key=lambda line: not line.in_timeline)
    for line in ordered:
        if line.kind not in ("text", "heading", "bullet"):
            continue
        words = plain(line.body).text
        stated = zone_stated(words)
        if stated is None and line.kind == "heading" and line.in_timeline:
            stated = zone_in(words)
        if isinstance(stated, Zone):
            return stated, []
        if stated is not None:
            used = default_named(default_zone, None).name
            reason = f'zone "{stated}" is not known; times without a zone were read in {used}'
            unread.append(Unread(line.number, line.raw.strip(), reason))
    return None, unread


def _zone_name(moments: Sequence[Moment], stated: Zone | None, default_zone: tzinfo) -> str:
    names = {moment.zone.name for moment in moments}
    if len(names) == 1:
        return names.pop()
    if stated is not None:
        return stated.name
    return default_named(default_zone, moments[0].wall if moments else None).name


def _day(document: Document, name: str, default_date: date | None) -> tuple[date | None, str]:
    """The day a document is about, and where that was found; the most deliberate place first."""
    places = [
        (document.fields.get("title", ""), "title"),
        (document.fields.get("date", ""), "front matter"),
        (name.replace("\\", "/").rsplit("/", 1)[-1], "file name"),
        (document.title or "", "title"),
    ]
    for words, place in places:
        found = find_date(words)
        if found is not None:
            return found, place
    for kind, place in (("heading", "heading"), ("text", "text")):
        for line in document.lines:
            if line.kind == kind and (found := find_date(plain(line.body).text)) is not None:
                return found, place
    described = find_date(document.fields.get("description", ""))
    if described is not None:
        return described, "front matter"
    return default_date, "default date" if default_date is not None else ""
