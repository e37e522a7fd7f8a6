"""What is open while a document is walked over: an entry, the list it is in, and the day above.

Which line does what to it is decided in `gathered_rows`.
"""

from incident_tui.intake.entries import Entry, Gathered
from incident_tui.intake.foreign_timeline import Unread
from incident_tui.intake.prose.document import Kind, Line
from incident_tui.intake.prose.labels import whole_label
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import Refused, WrittenDay
from incident_tui.intake.times.stamps import Stamp, read_stamp


class OpenEntry:
    """The state of the walk: what is open with its parts, the list it is in, and the day above.

    Open is an entry, or a line that will be unread; what follows and belongs to it is gathered.
    """

    def __init__(self, has_section: bool, *, dotted: bool) -> None:
        self.gathered = Gathered()
        self._dotted = dotted
        """Whether "14.05" is a time of day wherever it begins a line."""
        self._has_section = has_section
        self._open: Entry | None = None
        self._is_marker = False
        self._parts: list[str] = []
        self._open_kind: Kind = "blank"
        self._open_indent = 0
        self._list_indent: int | None = None
        self._after_blank = True
        self._block = 0
        self._day: WrittenDay | None = None
        self._day_line = 0
        self._lost_day = 0
        self._heading_day: tuple[WrittenDay | None, int, int] = (None, 0, 0)
        self._paragraph: list[Line] = []
        self._since: list[Line] = []
        self._last_was_row = False

    def close(self) -> None:
        """Finish what is open: its text is known only when the next thing begins."""
        entry, self._open = self._open, None
        marker, self._is_marker = self._is_marker, False
        if entry is None:
            return
        if len(self._parts) > 1:
            entry.head = entry.text
            marked = " ".join(self._parts)
            whole = plain(marked)
            again = read_stamp(whole.text, loose=True)
            entry.text = (again.rest if isinstance(again, Stamp) else whole.text).lstrip("; ")
            entry.source = whole.source
            entry.raw = " ".join([entry.raw, *self._parts[1:]])
        elif marker and not entry.text:
            # A day that heads others, and has nothing to say of its own.
            self.gathered.entries = [each for each in self.gathered.entries if each is not entry]

    def _loose(self, line: Line) -> bool:
        """Whether what is a time only among other times is one in this line."""
        return line.in_timeline or self._dotted

    def _add(self, line: Line, part: str) -> None:
        self._parts.append(part)
        if self._open is not None:
            self._open.last_line = line.number
            self.gathered.covered[line.number] = self._open.line

    def _open_entry(
        self, line: Line, form: str, stamp: Stamp | Refused, source: str, words: str
    ) -> None:
        text = stamp.rest if isinstance(stamp, Stamp) else words
        entry = self._entry(line, form, stamp, text, source)
        entry.keep_day = line.in_timeline or not self._has_section
        entry.marked = line.body
        entry.label = whole_label(text)  # of its first line alone, whatever stands below
        self.gathered.entries.append(entry)
        self._open, self._parts = entry, [line.body]
        self._open_kind = line.kind
        # Everything down to the next heading belongs to a heading.
        self._open_indent = -1 if line.kind == "heading" else line.indent
        if line.kind == "bullet":
            self._list_indent = line.indent
        self._paragraph = []

    def _entry(
        self, line: Line, form: str, stamp: Stamp | Refused, text: str, source: str
    ) -> Entry:
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
            lost_day=self._lost_day,
            flags=list(stamp.flags) if isinstance(stamp, Stamp) else [],
            last_line=line.number,
            level=line.level if line.kind == "heading" else 0,
        )

    def _new_block(self) -> None:
        self._block += 1
        self._list_indent = None

    def _set_day(self, day: WrittenDay | None, line: int) -> None:
        self._day, self._day_line, self._lost_day = day, line, 0
        self.gathered.day_lines.add(line)

    def _lose_day(self, line: Line) -> None:
        self._day, self._day_line, self._lost_day = None, line.number, line.number

    def _refuse(self, line: Line, reason: str) -> None:
        self.gathered.unread.append(Unread(line.number, line.raw.strip(), reason))
