"""The account of a text: every line that begins with something like a time is a row or is told.

A net below the readers of all forms: a form that none of them knows is told, never lost.
"""

import re
from collections.abc import Iterable

from incident_tui.intake.entries import Gathered
from incident_tui.intake.prose.document import Document
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.reading import TimelineRow, Unread
from incident_tui.intake.times.dates import Day, Refused
from incident_tui.intake.times.stamps import read_stamp

_MARKS = re.compile(r"\s*(?:(?:[-*+–—•▪‣◦·>#|_]+|[0-9]{1,3}[.)])\s+)*[*_|>\s]*")
# Cheap: what can begin with a time has a digit, a placeholder or a month among its first words.
_MAYBE = re.compile(r"[0-9?]|[xX]{2}:|hh:mm|-:-|(?i:today|yesterday|noon|midnight)")


def unaccounted(
    document: Document, gathered: Gathered, rows: Iterable[TimelineRow], left: Iterable[Unread]
) -> list[Unread]:
    """What begins with a time and is in neither rows nor unread lines, each with a reason."""
    read = {row.line for row in rows}
    told = {one.line: one.reason for one in left}
    known = read | told.keys() | gathered.day_lines
    known |= {line for line, head in gathered.heads.items() if head in read}
    kinds = {line.number: line.kind for line in document.lines}
    shown = {line.number: line.raw for line in document.lines}
    found = []
    for number, raw in enumerate(document.raws, 1):
        hidden = bool(kinds) and number not in kinds  # the lines of a program's file have no kinds
        if number in known or hidden or not _begins_with_time(raw):
            continue
        if number in gathered.heads:
            # What is said of the first line of a head holds for all of it.
            reason = told.get(gathered.heads[number], "begins with a time and was not read")
        elif number in gathered.covered:
            reason = f"begins with a time and is kept as text of line {gathered.covered[number]}"
        elif kinds.get(number) == "code":
            reason = "begins with a time and stands in a block of code"
        elif shown.get(number, "").strip() not in raw:
            reason = "begins with a time and stands in a comment"
        else:
            reason = "begins with a time and was not read"
        found.append(Unread(number, raw.strip(), reason))
    return found


def _begins_with_time(raw: str) -> bool:
    marks = _MARKS.match(raw)
    head = raw[marks.end() if marks is not None else 0 :][:80]
    if not _MAYBE.search(head[:32]):
        return False
    words = plain(head).text
    stamp = read_stamp(words)
    if isinstance(stamp, Refused):
        return True
    if stamp is None or stamp.worded:
        return False
    return stamp.has_time or (isinstance(stamp.day, Day) and stamp.day.year is not None)
