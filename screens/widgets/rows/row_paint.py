"""How a row of a list looks; which ones are shown is row_view.py's."""

from dataclasses import dataclass

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
from incident_tui.screens.widgets.rows.row_wrap import wrapped

MARK = "▸"
"""Stands before the row under the cursor, so that the bar is not only a colour."""
HIT_MARK = "•"
"""Stands before a row that was looked for, among others that were not."""
GUTTER = len(MARK)


@dataclass(slots=True)
class _Painted:
    row: Row
    content: Content
    known: tuple[int, Style, str]
    """The width, the style and the mark that it was painted with."""
    strips: list[Strip]
    age: int


class RowPainter:
    """Paints rows for `widget` and remembers what it painted last."""

    def __init__(self, widget: Widget, *, wrap: bool) -> None:
        self._widget = widget
        self.wrap = wrap
        """Whether a row takes as many lines as it needs, and is not cut at the width."""
        self.search: RowSearch | None = None
        """What is marked in the rows."""
        self._painted: LRUCache[tuple[str, bool], _Painted] = LRUCache(512)
        self._age = 0
        self._text: tuple[Content, int, Style, list[Strip]] | None = None

    def clear(self) -> None:
        """Forget what was painted, since colours changed, or what is looked for."""
        self._painted.clear()
        self._text = None

    def read_anew(self) -> None:
        """Rows may have other words by now: those that have none are not painted again."""
        self._age += 1

    def row(
        self, row: Row, width: int, style: Style, *, text: int, marked: bool, hit: bool = False
    ) -> list[Strip]:
        """The lines of a row, each `width` cells wide; `marked` if the cursor stands on it.

        Where it wraps, its words have `text` cells of them.
        """
        mark = MARK if marked else HIT_MARK if hit else " " * GUTTER
        painted, known = self._painted.get((row.key, marked)), (width, style, mark)
        if painted is not None and painted.known != known:
            painted = None
        if painted is not None and painted.row is row and painted.age == self._age:
            return painted.strips
        built = content = row.build()
        same = painted is not None and row.is_laid_out_as(painted.row)
        if painted is not None and same and content.is_same(painted.content):
            painted.row, painted.age = row, self._age
            return painted.strips
        if self.search is not None and row.selectable:
            content = self.search.marked(content)
        free = max(1, width - GUTTER - row.indent)
        if self.wrap:
            content = Content("\n").join(wrapped(content, max(1, text - row.indent), row.hang))
        else:
            content = cut(content.first_line, free)
        strips = self._lines(content, width, style, mark, row.indent)
        self._painted[(row.key, marked)] = _Painted(row, built, known, strips, self._age)
        return strips

    def text(self, content: Content, width: int, style: Style) -> list[Strip]:
        """The lines of a text that is no row, each `width` cells wide."""
        if self._text is not None:  # each of its lines is asked for by itself
            known, *painted_with, strips = self._text
            if painted_with == [width, style] and content.is_same(known):
                return strips
        strips = self._lines(content, width, style, " " * GUTTER, 0)
        self._text = content, width, style, strips
        return strips

    def _lines(
        self, content: Content, width: int, style: Style, mark: str, indent: int
    ) -> list[Strip]:
        free = max(1, width - GUTTER - indent)
        strips = Visual.to_strips(
            self._widget, content, free, None, style, apply_selection=False, pad=True
        )
        return [
            Strip(
                [
                    Segment((mark if first else " " * GUTTER) + " " * indent, style.rich_style),
                    *strip,
                ]
            ).adjust_cell_length(width, style.rich_style)
            for first, strip in zip([True, *[False] * len(strips)], strips, strict=False)
        ] or [Strip.blank(width, style.rich_style)]
