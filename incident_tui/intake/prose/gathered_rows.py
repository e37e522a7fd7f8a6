"""Lines of a document gathered into entries: a written time with the text that belongs to it.

Recognises bullets, headings, plain lines and labels such as "Declared: <time>"; tables are read
in the file beside this one. Which moment an entry means is decided elsewhere.
"""

from dataclasses import replace

from incident_tui.intake.entries import Gathered
from incident_tui.intake.foreign_timeline import CODE_LEFT_OUT, NO_CLOCK, NO_TIME, UNKNOWN_DATE
from incident_tui.intake.prose.document import BOLD_LEVEL, Document, Line
from incident_tui.intake.prose.durations import stated_duration
from incident_tui.intake.prose.line_forms import (
    TRACKED,
    begins_with_clock,
    begins_with_status,
    day_in_brackets,
    has_dotted_clocks,
    is_posted,
    is_row,
    is_whole_label,
    labelled_time,
    only_a_date,
    says_status,
    status_label,
    time_below_text,
    without_day_heads,
)
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.prose.open_entry import OpenEntry
from incident_tui.intake.prose.tables import Table, TableRow, read_table
from incident_tui.intake.times.dates import (
    Day,
    Refused,
    Shift,
    find_date,
    looks_dated,
)
from incident_tui.intake.times.stamps import Stamp, has_placeholder, read_stamp


def gather(document: Document, column: str = "") -> Gathered:
    """Walk over the document once and collect its entries, milestones and unreadable lines.

    `column` is the title of the column of times in tables, where somebody named it.
    """
    has_section = any(line.in_timeline for line in document.lines)
    walk = _Walk(has_section, dotted=not has_section and has_dotted_clocks(document))
    lines = document.lines
    at = 0
    while at < len(lines):
        if lines[at].kind != "cells":
            walk.take(lines[at], lines[at + 1] if at + 1 < len(lines) else None)
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].kind == "cells":
            end += 1
        walk.take_table(lines[at:end], column)
        at = end
    walk.close()
    return without_day_heads(walk.gathered, document)


class _Walk(OpenEntry):
    """A walk over the lines, one method for each kind of line."""

    # --- lines of each kind --------------------------------------------------------------------

    def take(self, line: Line, next_line: Line | None) -> None:
        """Take one line that is no table line; `next_line` is the one below it."""
        if line.kind == "code":
            self._code(line, next_line)
        elif line.kind == "bullet":
            self._bullet(line)
        elif line.kind == "heading":
            self._heading(line)
        elif line.kind == "text":
            self._text(line, next_line)
        if line.kind == "text" or line.level == BOLD_LEVEL:
            self._since.append(line)
        elif line.kind != "blank":
            self._since = []
        if line.kind != "text":
            self._paragraph = []
            self._last_was_row = self._last_was_row and line.kind == "blank"
        self._after_blank = line.kind == "blank" or (self._after_blank and line.kind == "code")

    def take_table(self, lines: list[Line], column: str) -> None:
        """Take a whole run of table lines; `column` names the one of times, or is empty."""
        self.close()
        self._new_block()
        self._paragraph = []
        table = read_table(lines, column)
        trusted = lines[0].in_timeline or (table.has_times and not self._has_section)
        if trusted and table.has_times and table.columns is not None:
            self.gathered.columns.append(table.columns)
        for row in table.rows:
            if not trusted and not (isinstance(row.stamp, Stamp) and row.stamp.has_time):
                # Elsewhere only rows with a full time can repeat the timeline; dates are due dates.
                continue
            if row.stamp is None:
                if table.has_times:
                    self._refuse(row.line, NO_TIME)
                continue
            self._table_entry(table, row, row.stamp, lines[0].in_timeline)

    def _table_entry(
        self, table: Table, row: TableRow, stamp: Stamp | Refused, in_timeline: bool
    ) -> None:
        if isinstance(stamp, Stamp) and not stamp.has_time and isinstance(stamp.day, Shift):
            self._refuse(row.line, NO_CLOCK)
            return
        if isinstance(stamp, Stamp) and table.has_times and not (stamp.has_time or row.text):
            self._set_day(stamp.day, row.line.number)  # it only heads the rows below it
            return
        entry = self._entry(row.line, "table", stamp, row.text, row.source)
        entry.zone, entry.year, entry.who = table.zone, table.year, row.who
        entry.zone_from = "the head of the table" if table.zone is not None else ""
        entry.marked, entry.label = row.marked, row.label
        entry.keep_day = in_timeline or table.has_times
        self.gathered.entries.append(entry)

    def _code(self, line: Line, next_line: Line | None) -> None:
        if self._open is not None and not self._is_marker:
            self._open.flags = [*dict.fromkeys([*self._open.flags, CODE_LEFT_OUT])]
        elif line.in_timeline and line.body:
            # A fence straight below the heading holds the timeline itself.
            self._after_blank = True
            self._text(replace(line, kind="text", indent=0), next_line)
            if self._open is not None and self._open.line == line.number:
                self.close()  # in a block of code each line stands for itself
                self._last_was_row = True

    def _heading(self, line: Line) -> None:
        self.close()
        self._new_block()
        self._day, self._day_line, self._lost_day = self._heading_day
        body = plain(line.body)
        trusted = line.in_timeline or not self._has_section
        stamp = read_stamp(body.text, loose=self._loose(line))
        if isinstance(stamp, Stamp) and stamp.has_time:
            if trusted and (line.level > 1 or stamp.closed):
                self._open_entry(line, "headings", stamp, body.source, body.text)
            return
        if isinstance(stamp, Refused) and not line.in_timeline and not stamp.dated:
            self._refuse(line, stamp.reason)  # the day beside it may be read all the same
            stamp = None
        if isinstance(stamp, Refused):
            if stamp.dated:
                self._lose_day(line)
            if line.in_timeline:
                self._open_entry(line, "headings", stamp, body.source, body.text)
        else:
            self._day_heading(line, body.text, stamp)
        self._heading_day = (self._day, self._day_line, self._lost_day)

    def _day_heading(self, line: Line, words: str, stamp: Stamp | None) -> None:
        full = find_date(words)
        if stamp is not None and stamp.day is not None:
            if isinstance(stamp.day, Shift) and stamp.rest and not line.in_timeline:
                return
            self._set_day(stamp.day, line.number)
            if line.in_timeline and isinstance(stamp.day, Day):
                self._open_entry(line, "headings", stamp, "", words)
                self._is_marker = True
        elif full is not None:
            self._set_day(Day(full.year, full.month, full.day), line.number)
        elif line.in_timeline and looks_dated(words):
            self._lose_day(line)
            self._refuse(line, UNKNOWN_DATE)
        elif line.in_timeline and has_placeholder(words):
            self._refuse(line, "has a time that was not filled in")

    def _text(self, line: Line, next_line: Line | None) -> None:
        body = plain(line.body)
        if self._tracked(line):
            return
        image = line.body.startswith("![")
        stamp = None if image else read_stamp(body.text, loose=self._loose(line))
        if self._below_its_text(line, stamp, next_line):
            return
        if stamp is None and self._labelled(line, body.text, body.source, sure=True):
            return
        first = self._after_blank or self._last_was_row or not (self._paragraph or self._open)
        # Two lines that begin with a time are no wrapped lines of a paragraph.
        beside = next_line if next_line is not None and next_line.kind == "text" else None
        first = first or (beside is not None and begins_with_clock(beside, self._dotted))
        row = is_row(line, stamp, first, self._open_kind, self._has_section)
        lazy = self._open is not None and not self._after_blank
        inside = self._open is not None and line.indent > self._open_indent
        if self._day_marker(line, body.text, stamp, next_line, lazy=lazy or inside):
            return
        below = self._open is not None and line.in_timeline and self._open.in_timeline
        if (lazy or inside or below) and not (row and (line.indent == 0 or lazy)):
            if (not image or not below) and (lazy or stated_duration(line) is None):
                self._add(line, line.body)
            return
        if not row:
            if not line.in_timeline:
                self.close()
                self._new_block()
            if self._after_blank:
                self._paragraph = []
            self._paragraph.append(line)
            self._last_was_row = False
            return
        self.close()
        self._new_block()
        assert stamp is not None
        self._open_entry(line, "lines", stamp, body.source, body.text)
        self._last_was_row = True

    def _day_marker(
        self,
        line: Line,
        words: str,
        stamp: Stamp | Refused | None,
        next_line: Line | None,
        *,
        lazy: bool,
    ) -> bool:
        """Take a line that holds nothing but a day: it is the day of what stands below."""
        trusted = line.in_timeline or not self._has_section
        alone = next_line is None or next_line.kind != "text" or self._after_blank
        alone = alone or (next_line is not None and begins_with_clock(next_line, self._dotted))
        plainly = (
            line.indent == 0
            and next_line is not None
            and begins_with_clock(next_line, self._dotted)
        )
        within = lazy and not (self._after_blank or self._last_was_row or plainly)
        if within or not trusted or not alone:
            return False
        stamp = stamp or (day_in_brackets(words) if line.in_timeline else None)
        if isinstance(stamp, Stamp) and not stamp.has_time and stamp.is_bare:
            self.close()
            self._new_block()
            self._set_day(stamp.day, line.number)
            self._last_was_row = True
            return True
        short = len(words) <= 40
        unknown = isinstance(stamp, Refused) and stamp.dated
        if short and (unknown or (stamp is None and line.in_timeline and only_a_date(words))):
            self.close()
            self._new_block()
            self._lose_day(line)
            reason = stamp.reason if isinstance(stamp, Refused) else UNKNOWN_DATE
            self._refuse(line, reason)
            return True
        return False

    def _below_its_text(
        self, line: Line, stamp: Stamp | Refused | None, next_line: Line | None
    ) -> bool:
        """Read a status page's entry: its text first, and the time alone on the line below."""
        at = time_below_text(line, stamp, next_line)
        # For no other line: it costs its length.
        above = self._above_time(line) if at is not None else []
        if at is None or not above or not begins_with_status(above[0]):
            return False
        whole = plain(" ".join(each.body for each in above))
        first = above[0]
        self._paragraph, self._since = [], []
        self.close()
        entry = self._entry(first, "status page", at, whole.text, whole.source)
        entry.marked = first.body
        entry.label = status_label(plain(first.body).text)
        entry.last_line = line.number
        self.gathered.day_lines.add(line.number)
        self.gathered.covered |= {each.number: first.number for each in [*above[1:], line]}
        self.gathered.entries.append(entry)
        return True

    def _tracked(self, line: Line) -> bool:
        """Read an update of cState: https://github.com/cstate/cstate/tree/master/exampleSite"""
        match = TRACKED.search(line.body)
        stamp = read_stamp(match["when"]) if match is not None else None
        if match is None or not isinstance(stamp, Stamp) or not stamp.has_time:
            return False
        lines = [line]
        while self._since and self._since[-1].number == lines[0].number - 1:
            lines.insert(0, self._since.pop())
        whole = plain(" ".join([*(each.body for each in lines[:-1]), line.body[: match.start()]]))
        self._paragraph, self._since = [], []
        self.close()
        self._new_block()
        entry = self._entry(lines[0], "status page", stamp, whole.text, whole.source)
        entry.label, entry.last_line = status_label(whole.text), line.number
        self.gathered.covered |= {each.number: lines[0].number for each in lines[1:]}
        self.gathered.entries.append(entry)
        return True

    def _above_time(self, line: Line) -> list[Line]:
        """The lines that a time below them may belong to: from the last word of a status on.

        "Posted" says that much, so that blank lines and titles may stand between.
        """
        above = self._since if is_posted(line) else self._paragraph
        starts = [n for n, each in enumerate(above) if says_status(plain(each.body).text)]
        if starts and (is_posted(line) or self._open is None):
            return above[starts[-1] :]
        return above

    def _bullet(self, line: Line) -> None:
        body = plain(line.body)
        stamp = read_stamp(body.text, loose=self._loose(line))
        trusted = line.in_timeline or not self._has_section
        if isinstance(stamp, Stamp) and not stamp.has_time:
            marker = stamp.is_bare
            if not trusted or (isinstance(stamp.day, Shift) and not marker):
                stamp = None
        nested = self._open is not None and line.indent > self._open_indent
        if stamp is None and nested:
            self._add(line, f"; {line.body}")
            return
        self.close()
        if self._list_indent is not None and line.indent < self._list_indent and stamp is None:
            self._new_block()
        if isinstance(stamp, Stamp):
            form = "clock bullets" if stamp.day is None else "dated bullets"
            self._bullet_entry(line, form, stamp, body.source, body.text)
        elif isinstance(stamp, Refused) and trusted:
            if stamp.dated:
                self._lose_day(line)
            self._open_entry(line, "dated bullets", stamp, body.source, body.text)
        elif not self._labelled(line, body.text, body.source) and trusted:
            self._timeless(line, body.text)

    def _bullet_entry(self, line: Line, form: str, stamp: Stamp, source: str, words: str) -> None:
        if not stamp.has_time and stamp.is_bare:
            self._set_day(stamp.day, line.number)
            if isinstance(stamp.day, Shift):
                return
            self._open_entry(line, form, stamp, source, words)
            self._is_marker = True
            return
        self._open_entry(line, form, stamp, source, words)

    def _timeless(self, line: Line, words: str) -> None:
        among = self._list_indent is not None and line.indent == self._list_indent
        if stated_duration(line) is not None:
            return  # it is of the whole incident
        if has_placeholder(words[:12]) or among:
            self._open_entry(line, "dated bullets", Refused(NO_TIME), "", words)
        elif line.in_timeline and looks_dated(words[:24]):
            self._lose_day(line)
            self._open_entry(line, "dated bullets", Refused(UNKNOWN_DATE), "", words)

    def _labelled(self, line: Line, text: str, source: str, *, sure: bool = False) -> bool:
        timed = labelled_time(text)
        if timed is None or (sure and not (timed[2] and is_whole_label(timed[0], timed[1]))):
            return False
        label, stamp, milestone = timed
        entry = self._entry(line, "key events", stamp, label, source)
        entry.label, entry.keep_day = milestone, line.in_timeline
        (self.gathered.entries if line.in_timeline else self.gathered.milestones).append(entry)
        return True
