"""Forms that a single line can have: a label before its time, a date alone, the head of a day.

What belongs to which line is decided in `gathered_rows`.
"""

import re
from dataclasses import replace
from typing import Final

from incident_tui.intake.entries import Gathered
from incident_tui.intake.prose.document import Document, Kind, Line
from incident_tui.intake.prose.labels import milestone_of
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import Day, Refused, looks_dated
from incident_tui.intake.times.stamps import Stamp, read_stamp

_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^:\d|]{1,40}?)(?:\s+(?:at|on|um|am))?\s*[:–—-]?\s+"
    r"(?P<when>[0-9]{3,}[-/.][0-9].*|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}.*"
    r"|[0-9]{1,2}[:.][0-9X?]{2}.*|(?:[A-Z][a-z]{1,8}\.?,?\s)?[A-Z][a-z]{2,8}\.?\s[0-9]{1,2}.*"
    r"|(?:[A-Z][a-z]{1,8}\.?,?\s)?[0-9]{1,2}\.?\s(?:de\s)?[^\W\d_]{3}.*)"
)
_STATUS = re.compile(
    r"(?:resolved|monitoring|identified|investigating|update|completed|in progress|scheduled"
    r"|verifying|postmortem|degraded|operational)\b",
    re.IGNORECASE,
)
TRACKED = re.compile(r"\{\{[<%]\s*track\s+[\"“]?(?P<when>[^\"”<>%]+?)[\"”]?\s*[%>]\}\}\s*$")
_POSTED = re.compile(r"(?:posted\b.{0,40}?\bago\.?\s+|posted\s+(?:on\s+)?)", re.IGNORECASE)


_BRACKETS: Final = re.compile(r"[^\W\d][^.!?()]{0,30}\((?P<day>[^()]+)\):?")
_A_RUN: Final = 3
_DOTTED: Final = re.compile(r"[*_\[(]*([0-9]{2})\.([0-9]{2})(?:[\])*_:]*\s+\D|\s*[–—-]\s)")


def labelled_time(text: str) -> tuple[str, Stamp | Refused, str] | None:
    """The label, time and milestone of "First detected: 2023-01-11 14:22".

    With words behind the time, or with a date alone, it is one only where its label is that of a
    milestone.
    """
    match = _LABELLED.fullmatch(text.rstrip(" ."))
    stamp = read_stamp(match.group("when"), loose=True) if match is not None else None
    if match is None or stamp is None:
        return None
    label = match.group("label").strip()
    milestone = milestone_of(label)
    if isinstance(stamp, Stamp):
        whole = stamp.day is not None and not stamp.rest
        if not (whole if milestone and not stamp.has_time else stamp.has_time):
            return None
        if not (milestone or whole):
            return None
        label = f"{label} ({stamp.rest})" if stamp.rest else label
    return label, stamp, milestone


def only_a_date(words: str) -> bool:
    """Whether a short line seems to be a date and nothing else."""
    return looks_dated(words) and len(words.split()) <= 4 and words[:1].isdigit()


def without_day_heads(gathered: Gathered, document: Document) -> Gathered:
    """The same without dated headings that only say on which day the rows below them were.

    The lines between such a heading and its rows belong to no entry then.
    """
    entries = gathered.entries
    ends = [(line.number, line.level) for line in document.lines if line.kind == "heading"]
    timed = [e.line for e in entries if isinstance(e.stamp, Stamp) and e.stamp.has_time]
    kept = []
    for entry in entries:
        if entry.level and isinstance(entry.stamp, Stamp) and not entry.stamp.has_time:
            end = next((n for n, lv in ends if n > entry.line and lv <= entry.level), 10**9)
            if any(entry.line < line < end for line in timed) or entry.last_line == entry.line:
                continue
        kept.append(entry)
    gone = {entry.line for entry in entries} - {entry.line for entry in kept}
    covered = {n: by for n, by in gathered.covered.items() if by not in gone}
    return replace(gathered, entries=kept, covered=covered)


def time_below_text(
    line: Line, stamp: Stamp | Refused | None, next_line: Line | None
) -> Stamp | None:
    """The time of a status page's entry, which stands alone below its text; None for any other.

    Whether a status stands at the head of that text is for `begins_with_status`.
    """
    posted = _POSTED.match(line.body)
    if posted is not None:
        again = read_stamp(plain(line.body[posted.end() :]).text)
        stamp = again if again is not None else stamp
    if not isinstance(stamp, Stamp) or not (stamp.has_time and isinstance(stamp.day, Day)):
        return None
    ends = (
        next_line is None or next_line.kind in ("blank", "heading") or begins_with_status(next_line)
    )
    return None if stamp.rest or not ends else stamp


def begins_with_status(line: Line) -> bool:
    """Whether a line begins with the word for a status, whatever follows it."""
    return _STATUS.match(plain(line.body).text) is not None


def is_posted(line: Line) -> bool:
    """Whether a line says when something was posted, as status pages do below a text."""
    return _POSTED.match(line.body) is not None


def says_status(words: str) -> bool:
    """Whether a line begins with the word for a status that status pages use."""
    match = _STATUS.match(words)
    return match is not None and not words[match.end() :].lstrip()[:1].islower()


def status_label(words: str) -> str:
    """The milestone that the status at the head of an update stands for; empty for most."""
    match = _STATUS.match(words)
    return milestone_of(match.group()) if match is not None else ""


def has_dotted_clocks(document: Document) -> bool:
    """Whether several lines begin with times such as 14.05, and none with numbers that are none.

    A price or a version begins a line as well, but not with hours and minutes in all of them.
    """
    clocks = [at for line in document.lines if (at := _DOTTED.match(line.body)) is not None]
    return len(clocks) >= _A_RUN and all(int(at[1]) < 24 and int(at[2]) < 60 for at in clocks)


def day_in_brackets(words: str) -> Stamp | None:
    """The day in brackets at the end of a short line, "The day after (10 May)"; None otherwise."""
    match = _BRACKETS.fullmatch(words)
    stamp = read_stamp(match["day"]) if match is not None else None
    whole = isinstance(stamp, Stamp) and stamp.is_bare and not stamp.has_time
    return stamp if isinstance(stamp, Stamp) and whole and isinstance(stamp.day, Day) else None


def begins_with_clock(line: Line, dotted: bool = False) -> bool:
    """Whether a line begins with a time of day, which may be `dotted`."""
    stamp = read_stamp(plain(line.body).text, loose=dotted)
    return isinstance(stamp, Stamp) and stamp.clock is not None


def is_row(
    line: Line, stamp: Stamp | Refused | None, first: bool, open_kind: Kind, has_section: bool
) -> bool:
    """Whether a plain line with a time is a row, and no wrapped line of a paragraph.

    `first` says that a paragraph begins with it, `open_kind` is what stands open above it.
    """
    if stamp is None:
        return False
    if isinstance(stamp, Refused):
        among_rows = not has_section and open_kind == "text"
        return among_rows or (line.in_timeline and (first or open_kind != "bullet"))
    if line.in_timeline and not stamp.has_time:
        return isinstance(stamp.day, Day) and first
    if line.in_timeline:
        return first or open_kind not in ("bullet", "heading") or stamp.closed
    dated = isinstance(stamp.day, Day) or not has_section
    return stamp.has_time and dated and first and not stamp.worded


def is_whole_label(label: str, stamp: Stamp | Refused) -> bool:
    """Whether a plain line is a label and its time, and no sentence that mentions one."""
    return isinstance(stamp, Stamp) and not stamp.rest and len(label.split()) <= 4
