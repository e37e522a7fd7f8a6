"""Which zone a text says that its times are in, and which one a section of it.

A time that names its own zone asks none of them.
"""

import re
from datetime import tzinfo
from itertools import pairwise
from typing import Final

from incident_tui.intake.entries import Gathered
from incident_tui.intake.foreign_timeline import Unread
from incident_tui.intake.prose.document import Document, Line
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.stamps import Stamp, read_stamp
from incident_tui.intake.times.zones import Zone, default_named, zone_in, zone_stated

# Nearly all abbreviations of zones end in T; other words in brackets are no zones.
_IN_BRACKETS: Final = re.compile(
    r"[(\[]((?:UTC|GMT)(?:\s?[+-][0-9:]+)?|(?!EAST|WEST|TEST)[A-Z]{2,3}T(?:/[A-Z]{2,3}T)?|MEZ"
    r"|MESZ)[)\]]\s*(?:$|\|)"
)


def stated_zone(
    document: Document, gathered: Gathered, default_zone: tzinfo
) -> tuple[Zone | None, str, list[Unread]]:
    """The zone the document states and where, its timeline section before the rest.

    Unknown names are unread. Where it states none, the one zone that its rows name holds for all.
    """
    unread: list[Unread] = []
    lines = document.lines
    has_section = any(line.in_timeline for line in lines)
    heads = {line.number for above, line in pairwise(lines) if above.kind != "cells" == line.kind}
    ordered = sorted(lines, key=lambda line: not line.in_timeline)
    for line in ordered:
        stated = _zone_in(line)
        if stated is None and (line.in_timeline or not has_section):
            stated = _zone_in_brackets(line, line.number in heads)
        if isinstance(stated, Zone):
            _zones_of_sections(document, gathered)
            return stated, f"line {line.number}", []
        if stated is not None:
            used = default_named(default_zone, None).name
            reason = f'zone "{stated}" is not known; times without a zone were read in {used}'
            unread.append(Unread(line.number, line.raw.strip(), reason))
    named = {
        entry.stamp.zone.name: entry.stamp.zone
        for entry in gathered.entries
        if isinstance(entry.stamp, Stamp) and entry.stamp.zone is not None
    }
    if len(named) == 1 and not unread:
        return next(iter(named.values())), "other rows", []
    return None, "", unread


def _zone_in(line: Line) -> Zone | str | None:
    """The zone that a line says its document or its section uses; None for most lines."""
    if line.kind not in ("text", "heading", "bullet"):
        return None
    words = plain(line.body).text
    stated = zone_stated(words)
    if stated is None and line.kind == "heading" and line.in_timeline:
        stated = zone_in(words)
    if stated is None and line.in_timeline and words.rstrip(" :").endswith(")"):
        day = read_stamp(words)  # "Tuesday, 20 May 2025 (UTC):"
        stated = day.zone if isinstance(day, Stamp) and day.is_bare else None
    return stated


def _zone_in_brackets(line: Line, heads_a_table: bool) -> Zone | str | None:
    """The zone in brackets behind a heading, or an unknown one there or in a title of columns.

    Known ones of columns are of their table alone.
    """
    words = _IN_BRACKETS.findall(line.body) if heads_a_table or line.kind == "heading" else []
    named = [zone_in(word) or word for word in words]
    return next((each for each in named if not (heads_a_table and isinstance(each, Zone))), None)


def _zones_of_sections(document: Document, gathered: Gathered) -> None:
    """Give entries the zone of the nearest timeline heading above, where headings name several."""
    named = [
        (line.number, zone)
        for line in document.lines
        if line.kind == "heading" and line.in_timeline
        if isinstance(zone := _zone_in(line), Zone)
    ]
    if len({zone.name for _, zone in named}) < 2:
        return
    for entry in gathered.entries:
        number, zone = next((each for each in named[::-1] if each[0] <= entry.line), (0, None))
        if zone is not None and entry.zone is None:
            entry.zone, entry.zone_from = zone, f"line {number}"
