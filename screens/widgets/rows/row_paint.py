"""How a row of a list looks; which ones are shown is row_view.py's."""

from rich.segment import Segment
from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from incident_tui.screens.painted_text import cut
from incident_tui.screens.widgets.rows.row_search import RowSearch
from incident_tui.screens.widgets.rows.row_view import Row

MARK = "▸"
"""Stands before the row under the cursor, so that the bar is not only a colour."""
HIT_MARK = "•"
"""Stands before a row that was looked for, among others that were not."""
GUTTER = len(MARK)
HANG = 2
"""Cells by which the second and later lines of a wrapped row stand in from the first."""

_Painted = tuple[Row, int, Style, str, list[Strip]]


class RowPainter:
    """Paints rows for `widget` and remembers what it painted last."""

    def __init__(self, widget: Widget, *, wrap: bool) -> None:
        self._widget = widget
        self.wrap = wrap
        """Whether a row takes as many lines as it needs, and is not cut at the width."""
        self.search: RowSearch | None = None
        """What is marked in the rows."""
        self._painted: LRUCache[tuple[str, bool], _Painted] = LRUCache(512)

    def clear(self) -> None:
        """Forget what was painted, since colours or words changed."""
        self._painted.clear()

    def row(
        self, row: Row, width: int, style: Style, *, marked: bool, hit: bool = False
    ) -> list[Strip]:
        """The lines of a row, each `width` cells wide; `marked` if the cursor stands on it."""
        mark = MARK if marked else HIT_MARK if hit else " " * GUTTER
        painted = self._painted.get((row.key, marked))
        if painted is not None and painted[0] is row and painted[1:4] == (width, style, mark):
            return painted[4]
        content = row.build()
        if self.search is not None and row.selectable:
            content = self.search.marked(content)
        if not self.wrap:
            content = cut(content.first_line, width - GUTTER - row.indent)
        hang = HANG if self.wrap else 0
        strips = self._lines(content, width, style, mark, row.indent, hang)
        self._painted[(row.key, marked)] = (row, width, style, mark, strips)
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
