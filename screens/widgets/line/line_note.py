"""The row under the log line: how the text is understood, or what is wrong with it and where."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from incident_tui.screens.painted_text import cells, cut, line, plain, visible

_UNSAVED_CELLS = 24
"""Cells for the text that is being saved."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the text means; or, not `ok`, what is wrong with it at the character `column`."""

    ok: bool
    note: str
    column: int | None = None
    mark: str = "→"
    """What stands before the note of a text that is in order: one of the marks below."""
    again: str = ""
    """The key that shows the note again, where it does not fit."""


ENTERS, DONE, ASKS, SEARCHES = "⏎", "✓", "?", "↑"
"""What Enter will do; what it did; a question that takes Enter alone for a yes; a search for a line
that was entered before."""


def note_line(
    understood: Understood, *, unsaved: str = "", caret: int | None = None, width: int, error: str
) -> Content:
    """The note in `width` cells, with a caret under the cell `caret` where both fit.

    `unsaved` is the line that is not durable yet, `error` the style of what is wrong.
    """
    mark = understood.mark if understood.ok else "✗"
    note = understood.note and f"{mark} {understood.note}"
    style = ("bold" if mark == ASKS else "") if understood.ok else error
    if unsaved:
        waits = cut(line("saving… ", unsaved), _UNSAVED_CELLS)
        return cut(line(waits, " · " if note else "", (note, style)), width)
    if caret is None or not 0 <= caret < width:
        whole = line((note, style))
        if whole.cell_length <= width:
            return whole
        more = line(("  ", ""), (understood.again, "bold")) if understood.again else Content()
        return line(cut(whole, width - more.cell_length), more)
    after = line((f"^ {note}", style))
    if caret + after.cell_length <= width:
        return line(" " * caret, after)
    if caret <= width // 2:  # what is wrong, and what helps, is worth more than where
        return cut(line((note, style)), width)
    before = cut(line((note, style)), max(0, caret - 1))
    return line(" " * (caret - 1 - before.cell_length), before, (" ^", style))


class WholeNote(Widget):
    """What was said and does not fit into the note, in lines over what stands above the log line.

    It takes no room from what it covers, and goes with the next key.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Content] = []
        self.display = False

    def tell(self, understood: Understood) -> None:
        """Show a refusal or a question that one line does not hold, and nothing else."""
        mark = understood.mark if understood.ok else "✗"
        note, waits = plain(f"{mark} {understood.note}"), mark in ("✗", ASKS) and understood.again
        width = self.screen.size.width
        self._lines = note.wrap(width - 2) if waits else []
        height = len(self._lines)
        self.display = height > 1 and note.cell_length > width - 1  # of which the note has that
        self.set_class(not understood.ok, "-error")
        self.styles.height, self.styles.offset = height, (0, -1 - height)
        self.refresh()

    def render(self) -> Content:
        return Content("\n").join(self._lines)


class LineNote(Widget):
    """Paints the note; it never changes its size."""

    COMPONENT_CLASSES = {"note--error"}

    understood: reactive[Understood] = reactive(Understood(True, ""))
    reminder: reactive[str] = reactive("")
    """What stands at the end of the row, in the cells that the note leaves to it."""
    unsaved: reactive[str] = reactive("")
    caret: reactive[int | None] = reactive(None)
    """The cell under which the caret stands."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = WholeNote()

    def compose(self) -> ComposeResult:
        yield self.whole

    def watch_understood(self, understood: Understood) -> None:
        self.whole.tell(understood)

    def render(self) -> Content:
        # One cell in, as everything else in the room is.
        width = self.size.width - 1
        free = max(0, width - cells(self.reminder) - 2) if self.reminder else width
        caret = None if self.caret is None else self.caret - 1
        note = note_line(
            self.understood, unsaved=self.unsaved, caret=caret, width=free, error=".note--error"
        )
        if not self.reminder:
            return line(" ", note)
        gap = " " * max(0, width - note.cell_length - cells(self.reminder) - 1)
        return cut(line(" ", note, gap, (self.reminder, "bold")), width + 1)


def cell_of(text: str, column: int) -> int:
    """The cell in which the character at this column of the text begins."""
    return cells(visible(text)[: max(0, column)])
