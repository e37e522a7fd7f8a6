"""The account of a text: every line that begins with something like a time is a row or is told.

A net below the readers of all forms, over the lines as they were given: a form that none of them
knows, or that was left out on the way to them, is told and never lost.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from incident_tui.intake.entries import Gathered
from incident_tui.intake.foreign_timeline import TimelineRow, Unread
from incident_tui.intake.prose.document import Document
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import Day, Refused
from incident_tui.intake.times.stamps import read_stamp

_MARKS = re.compile(
    r"\s*(?:<!--|//)?\s*(?:(?:[-*+–—•▪‣◦·>#|_]+|[0-9]{1,3}[.)]|[a-z]\))\s+)*[*_|>\s]*"
)
# Cheap: what can begin with a time has a digit, a placeholder or a month among its first words.
_MAYBE = re.compile(r"[0-9?]|[xX]{2}:|hh:mm|-:-|(?i:today|yesterday|noon|midnight)")
# What anybody takes for a time of day at first sight, whatever follows it.
_CLOCK = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]+)?[0-9]{1,2}:[0-5][0-9](?::[0-9]{2})?(?![0-9:.])"
)
_IN_COMMENT = re.compile(r"\s*(?:<!--|//)")
_NOT_READ = "begins with a time and was not read"
_COMMENT = "begins with a time and stands in a comment"


@dataclass(slots=True)
class Account:
    """What became of lines that are no rows of their own and were not told either.

    `known` are those that stand in the place of a row: the further lines of a head, a row that
    repeats another. `days` are the days of the rows below them. `covered` are lines whose words
    another line has taken up, by that line, and `reasons` says why a line is no row.
    """

    known: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    covered: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)

    def placed(self, places: Sequence[int]) -> "Account":
        """The same by the lines that the lines of a document were made of.

        Of several that were made of one, the first has its beginning.
        """
        first = dict(zip(reversed(places), range(len(places), 0, -1), strict=True))
        return Account(
            {place for place, line in first.items() if line in self.known},
            {place for place, line in first.items() if line in self.days},
            {p: places[self.covered[n] - 1] for p, n in first.items() if n in self.covered},
            {p: self.reasons[n] for p, n in first.items() if n in self.reasons},
        )


def account(
    document: Document, gathered: Gathered, rows: Iterable[TimelineRow], left: Iterable[Unread]
) -> Account:
    """What a walk over a document made of its lines; `rows` are also those that repeat others."""
    read = {row.line for row in rows}
    reasons = {one.line: one.reason for one in left}
    heads = {line for line, head in gathered.heads.items() if head in read}
    days = {line for line in gathered.day_lines if line not in gathered.covered}
    known = read | (gathered.day_lines - days) | heads
    accounted = Account(known, days, dict(gathered.covered))
    for line in document.lines:
        if line.kind == "code":
            accounted.reasons[line.number] = "begins with a time and stands in a block of code"
        elif line.raw.strip() not in document.raws[line.number - 1]:
            accounted.reasons[line.number] = _COMMENT
    # What is said of the first line of a head holds for all of it.
    accounted.reasons |= {n: reasons.get(head, _NOT_READ) for n, head in gathered.heads.items()}
    return accounted


def unaccounted(
    lines: Sequence[str],
    rows: Sequence[TimelineRow],
    left: Sequence[Unread],
    accounted: Account,
    places: Sequence[int] = (),
) -> list[Unread]:
    """What begins with a time and is in neither rows nor unread lines, each with a reason.

    `places` are the lines that were read, where others were made of the text's own; else empty.
    """
    known = accounted.known | {row.line for row in rows} | {one.line for one in left}
    owners = {row.line: row for row in rows} if places else {}
    unread = []
    for number, raw in enumerate(lines, 1):
        if number in known or not _begins_with_time(raw):
            continue
        if number in accounted.days and ":" not in _head(raw)[1:3]:
            continue  # what begins with a clock is no day, whatever of the line was taken for one
        # Several lines may have become one, of which only the first is known.
        above = places[bisect_right(places, number) - 1] if places else number
        row = owners.get(above)
        if row is not None and _is_head(row, lines, number):
            continue
        by = accounted.covered.get(number, above if row is not None else 0)
        reason = accounted.reasons.get(number, _COMMENT if _IN_COMMENT.match(raw) else _NOT_READ)
        if by and number not in accounted.reasons:
            reason = f"begins with a time and is kept as text of line {by}"
        unread.append(Unread(number, raw.strip(), reason))
    return unread


def _is_head(row: TimelineRow, lines: Sequence[str], number: int) -> bool:
    """Whether the time of a row stands in this line, and in none of its lines above."""
    above = lines[row.line - 1 : number - 1]
    return (
        bool(row.written)
        and row.written in lines[number - 1]
        and not any(row.written in raw for raw in above)
    )


def _head(raw: str) -> str:
    """What a line begins with, behind the marks of lists, quotes and tables; empty for no time."""
    marks = _MARKS.match(raw)
    head = raw[marks.end() if marks is not None else 0 :][:80]
    return plain(head).text.lstrip("[(<“") if _MAYBE.search(head[:32]) else ""


def _begins_with_time(raw: str) -> bool:
    words = _head(raw)
    if not words or _CLOCK.match(words):
        return bool(words)
    stamp = read_stamp(words)
    if isinstance(stamp, Refused):
        return True
    if stamp is None or stamp.worded:
        return False
    return stamp.has_time or (isinstance(stamp.day, Day) and stamp.day.year is not None)
