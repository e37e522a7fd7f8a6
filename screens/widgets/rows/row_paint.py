"""How a row of a list, and the filter below it, look; which ones are shown is row_view.py's."""

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from incident_tui.screens.painted_text import cut, line
from incident_tui.screens.widgets.rows.row_view import Row

MARK = "▸"
"""Stands before the row under the cursor, so that the bar is not only a colour."""
GUTTER = len(MARK)
HANG = 2
"""Cells by which the second and later lines of a wrapped row stand in from the first."""

_Painted = tuple[Row, int, Style, list[Strip]]


class RowPainter:
    """Paints rows for `widget` and remembers what it painted last."""

    def __init__(self, widget: Widget, *, wrap: bool) -> None:
        self._widget = widget
        self.wrap = wrap
        """Whether a row takes as many lines as it needs, and is not cut at the width."""
        self._painted: LRUCache[tuple[str, bool], _Painted] = LRUCache(512)

    def clear(self) -> None:
        """Forget what was painted, since colours or words changed."""
        self._painted.clear()

    def row(self, row: Row, width: int, style: Style, *, marked: bool) -> list[Strip]:
        """The lines of a row, each `width` cells wide; `marked` if the cursor stands on it."""
        painted = self._painted.get((row.key, marked))
        if painted is not None and painted[0] is row and painted[1:3] == (width, style):
            return painted[3]
        content = row.build()
        if not self.wrap:
            content = cut(content.first_line, width - GUTTER - row.indent)
        mark = MARK if marked else " " * GUTTER
        hang = HANG if self.wrap else 0
        strips = self._lines(content, width, style, mark, row.indent, hang)
        self._painted[(row.key, marked)] = (row, width, style, strips)
        return strips

    def text(self, content: Content, width: int, style: Style) -> list[Strip]:
        """The lines of a text that is no row, each `width` cells wide."""
        return self._lines(content, width, style, " " * GUTTER, 0)

    def _lines(
        self, content: Content, width: int, style: Style, mark: str, indent: int, hang: int = 0
    ) -> list[Strip]:
        free = max(1, width - GUTTER - indent - hang)
        strips = Visual.to_strips(
            self._widget, content, free, None, style, apply_selection=False, pad=True
        )
        return [
            Strip(
                [
                    Segment(
                        (mark if first else " " * (GUTTER + hang)) + " " * indent, style.rich_style
                    ),
                    *strip,
                ]
            ).adjust_cell_length(width, style.rich_style)
            for first, strip in zip([True, *[False] * len(strips)], strips, strict=False)
        ] or [Strip.blank(width, style.rich_style)]


@dataclass
class FilterText:
    """The text of a filter and the few keys that change it while it is `editing`."""

    text: str = ""
    editing: bool = False

    def drop(self) -> None:
        """Show everything again."""
        self.text, self.editing = "", False

    def key(self, event: events.Key) -> bool:
        """Take a key; false if it is none of the filter's."""
        if event.is_printable and event.character is not None:
            self.text += event.character
        elif event.key == "backspace":
            self.text = self.text[:-1]
        elif event.key == "ctrl+w":
            self.text = " ".join(self.text.split()[:-1])
        elif event.key == "ctrl+u":
            self.text = ""
        elif event.key == "escape":
            self.drop()
        elif event.key == "enter":
            self.editing = False
        else:
            return False
        return True

    def bar(self, found: int, items: int) -> Content:
        """What is looked for and how many of all items have it."""
        keys = "Enter keeps, Esc clears" if self.editing else "/ changes, Esc clears"
        caret = "▏" if self.editing else ""
        return line("filter: ", (self.text, "bold"), f"{caret} · {found} of {items} · {keys}")
