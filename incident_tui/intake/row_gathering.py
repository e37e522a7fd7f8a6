"""Lines of a document gathered into entries: a written time with the text that belongs to it.

Recognises bullets, headings, plain lines and labels such as "Declared: <time>"; tables are read
in the file beside this one. Which moment an entry means is decided elsewhere.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from incident_tui.intake.document import Document, Kind, Line
from incident_tui.intake.markup import plain
from incident_tui.intake.reading import CODE_LEFT_OUT, NO_CLOCK, Unread
from incident_tui.intake.stamps import Day, Refused, Stamp, find_date, read_stamp
from incident_tui.intake.tables import read_table
from incident_tui.intake.zones import Zone

Form = Literal["table", "dated bullets", "clock bullets", "headings", "lines", "key events"]

NO_TIME: Final = "stands among rows with a time, and has none"
_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^:\d|]{1,40}?)(?:\s+(?:at|on))?\s*[:–—-]?\s+(?P<when>[0-9]{3,}[-/][0-9].*)"
)


@dataclass(slots=True)
class Entry:
    """A time as written, its text, and what its surroundings say about day, year and zone.

    `day_above` is the date of the nearest heading or date-only bullet above, `day_line` the line
    it stands on; `block` counts lists and tables from the top.
    """

    line: int
    raw: str
    form: Form
    stamp: Stamp
    text: str
    source: str
    in_timeline: bool
    block: int
    day_above: Day | None = None
    day_line: int = 0
    year: int | None = None
    zone: Zone | None = None
    flags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """What one walk over a document found, in file order."""

    entries: list[Entry] = field(default_factory=list)
    milestones: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def gather(document: Document) -> Gathered:
    """Walk over the document once and collect its entries, milestones and unreadable lines."""
    walk = _Walk(any(line.in_timeline for line in document.lines))
    lines = document.lines
    at = 0
    while at < len(lines):
        if lines[at].kind != "cells":
            walk.take(lines[at])
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].kind == "cells":
            end += 1
        walk.take_table(lines[at:end])
        at = end
    walk.close()
    return walk.found


class _Walk:
    """The state of the walk: what is open with its parts, the list it is in, and the day above.

    Open is an entry or a line that will be unread; what follows and belongs to it is gathered.
    """

    def __init__(self, has_section: bool) -> None:
        self.found = Gathered()
        self._has_section = has_section
        self._open: Entry | Unread | None = None
        self._parts: list[str] = []
        self._open_kind: Kind = "blank"
        self._open_indent = 0
        self._list_indent: int | None = None
        self._after_blank = False
        self._block = 0
        self._day: Day | None = None
        self._day_line = 0

    def take(self, line: Line) -> None:
        """Take one line that is no table line."""
        if line.kind == "bullet":
            self._bullet(line)
        elif line.kind == "heading":
            self._heading(line)
        elif line.kind == "text":
            self._text(line)
        elif isinstance(self._open, Entry) and line.kind == "code":
            self._open.flags = [*dict.fromkeys([*self._open.flags, CODE_LEFT_OUT])]
        self._after_blank = line.kind == "blank" or (self._after_blank and line.kind == "code")

    def take_table(self, lines: list[Line]) -> None:
        """Take a whole run of table lines."""
        self.close()
        self._new_block()
        table = read_table(lines)
        if not (lines[0].in_timeline or (table.has_times and not self._has_section)):
            # Elsewhere only rows with a full time can repeat the timeline; dates are due dates.
            rows = [r for r in table.rows if isinstance(r.stamp, Stamp) and r.stamp.clock]
        else:
            rows = [r for r in table.rows if r.stamp is not None or table.has_times]
        for row in rows:
            if isinstance(row.stamp, Stamp):
                entry = self._entry(row.line, "table", row.stamp, row.text, row.source)
                entry.zone, entry.year = table.zone, table.year
                self.found.entries.append(entry)
            else:
                self._refuse(row.line, row.stamp.reason if row.stamp is not None else NO_TIME)

    def close(self) -> None:
        """Finish what is open: its text is known only when the next thing begins."""
        entry, self._open = self._open, None
        if isinstance(entry, Unread):
            if len(self._parts) > 1 or entry.reason != NO_CLOCK:
                text = " ".join([entry.text, *self._parts[1:]])
                self.found.unread.append(Unread(entry.line, text, entry.reason))
        elif entry is not None and len(self._parts) > 1:
            whole = plain(" ".join(self._parts))
            stamp = read_stamp(whole.text)
            entry.text = (stamp.rest if isinstance(stamp, Stamp) else whole.text).lstrip("; ")
            entry.source = whole.source

    def _new_block(self) -> None:
        self._block += 1
        self._list_indent = None

    def _heading(self, line: Line) -> None:
        self.close()
        self._new_block()
        body = plain(line.body)
        stamp = read_stamp(body.text)
        full = find_date(body.text)
        if isinstance(stamp, Stamp) and stamp.clock is not None:
            if line.in_timeline:
                self._open_entry(line, "headings", stamp, body.source)
            return
        if isinstance(stamp, Stamp) and stamp.day is not None:
            self._set_day(stamp.day, line.number)
            if line.in_timeline and not stamp.rest:
                self._open_unread(line, NO_CLOCK)
        elif full is not None:
            self._set_day(Day(full.year, full.month, full.day), line.number)
        if line.in_timeline and isinstance(stamp, Refused):
            self._open_unread(line, stamp.reason)

    def _text(self, line: Line) -> None:
        body = plain(line.body)
        stamp = read_stamp(body.text) if line.in_timeline else None
        # A wrapped line of a bullet may begin with a time; after a line with a time it is a row.
        row = stamp is not None and (self._open_kind != "bullet" or self._after_blank)
        lazy = self._open is not None and not self._after_blank
        inside = self._open is not None and line.indent > self._open_indent
        if (lazy or inside) and not (row and line.indent == 0):
            self._parts.append(line.body)
            return
        self.close()
        self._new_block()
        if line.body.startswith("!["):
            return
        if isinstance(stamp, Stamp):
            self._open_entry(line, "lines", stamp, body.source)
        elif isinstance(stamp, Refused):
            self._open_unread(line, stamp.reason)

    def _bullet(self, line: Line) -> None:
        body = plain(line.body)
        stamp = read_stamp(body.text)
        trusted = line.in_timeline or not self._has_section
        if isinstance(stamp, Stamp) and stamp.clock is None and not trusted:
            stamp = None
        if stamp is None and self._open is not None and line.indent > self._open_indent:
            self._parts.append(f"; {line.body}")
            return
        self.close()
        if self._list_indent is not None and line.indent < self._list_indent and stamp is None:
            self._new_block()
        if isinstance(stamp, Stamp):
            if stamp.clock is None and not stamp.rest and stamp.day is not None:
                self._set_day(stamp.day, line.number)
                return
            form: Form = "clock bullets" if stamp.day is None else "dated bullets"
            self._open_entry(line, form, stamp, body.source)
        elif isinstance(stamp, Refused) and trusted:
            self._open_unread(line, stamp.reason)
        elif not self._labelled(line, body.text, body.source) and (
            trusted and self._list_indent is not None and line.indent == self._list_indent
        ):
            self._open_unread(line, NO_TIME)

    def _labelled(self, line: Line, text: str, source: str) -> bool:
        """Read "First detected: 2023-01-11 14:22", a label with nothing behind the time."""
        found = _LABELLED.fullmatch(text)
        stamp = read_stamp(found.group("when")) if found is not None else None
        if found is None or stamp is None:
            return False
        if isinstance(stamp, Refused):
            self._refuse(line, stamp.reason)
            return True
        if stamp.clock is None or stamp.rest:
            return False
        entry = self._entry(line, "key events", stamp, found.group("label").strip(), source)
        (self.found.entries if line.in_timeline else self.found.milestones).append(entry)
        return True

    def _open_entry(self, line: Line, form: Form, stamp: Stamp, source: str) -> None:
        entry = self._entry(line, form, stamp, stamp.rest, source)
        self.found.entries.append(entry)
        self._begin(line, entry)

    def _open_unread(self, line: Line, reason: str) -> None:
        self._begin(line, Unread(line.number, line.raw.strip(), reason))

    def _begin(self, line: Line, opened: Entry | Unread) -> None:
        self._open = opened
        self._parts = [line.body]
        self._open_kind = line.kind
        # Everything down to the next heading belongs to a heading.
        self._open_indent = -1 if line.kind == "heading" else line.indent
        if line.kind == "bullet":
            self._list_indent = line.indent

    def _entry(self, line: Line, form: Form, stamp: Stamp, text: str, source: str) -> Entry:
        return Entry(
            line=line.number,
            raw=line.raw.strip(),
            form=form,
            stamp=stamp,
            text=text,
            source=source,
            in_timeline=line.in_timeline,
            block=self._block,
            day_above=self._day,
            day_line=self._day_line,
            flags=list(stamp.flags),
        )

    def _set_day(self, day: Day, line: int) -> None:
        self._day, self._day_line = day, line

    def _refuse(self, line: Line, reason: str) -> None:
        self.found.unread.append(Unread(line.number, line.raw.strip(), reason))
