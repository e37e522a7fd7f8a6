"""The body of a list of rows: the cursor, and what stays where it is while rows come and go.

Only what is visible is made and painted. Keys and mouse are rows.py's; row_view.py keeps the books.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.geometry import Offset, Size, clamp
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from incident_tui.screens.painted_text import cut, plain
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.rows.row_paint import GUTTER, RowPainter
from incident_tui.screens.widgets.rows.row_search import Find, RowFilter, by_words
from incident_tui.screens.widgets.rows.row_view import Row, RowHeights, RowView


@dataclass(frozen=True)
class _Held:
    """What must not move while the rows change: items, and how far from the top edge each stood."""

    items: Sequence[tuple[str, int]]
    follows: bool
    cursor_last: bool


WRAPPED_ROWS = 1000
"""A longer list that follows what arrives takes one line for each row: all are measured anew with
each change of the width."""
AROUND = 2
"""Lines before and behind a hit that are shown with it."""


class RowList(ScrollView, inherit_bindings=False):
    """Rows, one of them under the cursor; see `Rows` for what the arguments mean."""

    COMPONENT_CLASSES = {"rows--cursor", "rows--bar", "rows--empty"}
    ALLOW_SELECT = False  # a click means a row

    steered: ClassVar[bool] = False
    """Whether the cursor is moved from a field beside the list, and is seen without the focus."""

    # Scrolling needs no new layout of the screen; a list as tall as its rows asks for one itself.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    new_below: reactive[int] = reactive(0, repaint=False)
    """How many rows arrived below what is in sight, since the reader scrolled away."""

    @dataclass
    class Moved(Message, namespace="rows"):
        """The cursor stands on another item, or on none."""

        rows: "RowList"
        row: Row | None

        @property
        def control(self) -> "RowList":
            return self.rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, RowList.Moved) and message.rows is self.rows

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        follow: bool = False,
        wrap: bool = False,
        empty: Content | None = None,
        none: Content | None = None,
        find: Find = by_words,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.follow = follow
        self._wrap = wrap
        self._empty = empty or Content("Nothing here yet.")
        self._none = none or Content("No row has these words.")
        self._view = RowView()
        self._cursor: str | None = None
        self._cursor_place = 0
        self._at_end = True
        self._unseen: set[str] = set()
        self._filter = RowFilter(find)
        self._origin: str | None = None
        """The item that the cursor stood on when the filter was begun."""
        self._painter = RowPainter(self, wrap=wrap)
        self._heights = RowHeights()
        if rows:
            self.set_rows(rows)

    # --- what the host says and asks ---------------------------------------------------------

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, whether the filter shows them or not."""
        return self._view.rows

    @property
    def shown(self) -> Sequence[Row]:
        """The rows that pass the filter."""
        return self._view.shown

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        place = self._view.place(self._cursor)
        return None if place is None else self._view.shown[place]

    @property
    def filter_text(self) -> str:
        """What the filter looks for; empty if it shows everything."""
        return self._filter.text

    @property
    def follows(self) -> bool:
        """Whether rows that arrive at the bottom will come into sight by themselves."""
        reading = self.has_focus and (self._filter.hides or not self._cursor_is_last())
        return self.follow and self._at_end and not reading

    def set_rows(self, rows: Sequence[Row], *, instead: Callable[[str], str] | None = None) -> None:
        """Replace all rows; cursor, scroll position and filter stay with the items they are on.

        Where items are told by other rows now, `instead` gives for the key of an old row that of
        the new one that stands for it. Raises ValueError if two rows have the same key.
        """
        before = self._view.rows
        if len(rows) == len(before) and all(map(Row.is_as, rows, before)):
            return  # as most lists are, whatever was recorded
        held, known = self._hold(), self._view.places
        if instead is not None:
            held = replace(held, items=[(instead(key), top) for key, top in held.items])
            self._cursor = None if self._cursor is None else instead(self._cursor)
        self._painter.read_anew()
        self._view.set_rows(rows)
        if self._filter.text:  # other names may be known by now
            self._filter.look()
            self._search()
        self._settle(held, known)

    def set_empty(self, empty: Content) -> None:
        """What stands where there are no rows."""
        self._empty = empty
        self.refresh()

    def select(self, key: str, around: int = 0) -> bool:
        """Put the cursor on an item and bring it into sight; false if it is not shown.

        So many lines `around` it are in sight as well, where they fit.
        """
        place = self._view.place(key)
        if place is None or not self._view.shown[place].selectable:
            return False
        self._move_to(place, around)
        return True

    def in_sight(self) -> Iterator[tuple[str, Offset]]:
        """The items that begin in sight, each with the cell of the screen where it does."""
        view, top = self._view, self._first
        first, corner = view.at(top), self.scrollable_content_region.offset
        for place in range(len(view.shown) if first is None else first, len(view.shown)):
            y = view.start(place) - top
            if y >= self._page:
                return
            if y >= 0 and view.shown[place].selectable:
                yield view.shown[place].key, corner + Offset(0, y)

    def remember(self) -> Callable[[], None]:
        """How the cursor and what is in sight are put back to where they are now."""
        cursor, top, follows = self._cursor, self._first, self._at_end

        def back() -> None:
            self._set_cursor(self._view.place(cursor))
            self._scroll(self._end if follows else top)
            self.refresh()

        return back

    # --- what stays where it is --------------------------------------------------------------

    @property
    def _has_bar(self) -> bool:
        return self._filter.has_bar

    @property
    def _width(self) -> int:
        # By its region Textual looks for the widget among all others, for each line.
        return max(0, self.outer_size.width - self.gutter.width)

    @property
    def _text_width(self) -> int:
        """The cells of a line that wraps: those beside a scroll bar, whether it is there or not.

        Lines would be measured for one of these widths and painted for the other: the bar that
        comes because of them is told by nothing.
        """
        bar = self.styles.scrollbar_size_vertical - self.scrollbar_size_vertical
        return self._width - GUTTER - bar

    @property
    def _page(self) -> int:
        """The lines of the list that are visible."""
        return max(0, self.scrollable_content_region.height - self._has_bar)

    @property
    def _first(self) -> int:
        """The first line that is visible."""
        return self.scroll_offset.y

    @property
    def _end(self) -> int:
        return max(0, self._view.lines - self._page)

    def _cursor_is_last(self) -> bool:
        place = self._view.place(self._cursor)
        return place is None or place == self._view.last

    def _hold(self) -> _Held:
        top = self._first
        first = self._view.at(top)
        last = self._view.at(min(top + self._page, self._view.lines) - 1)
        places = range(0) if first is None or last is None else range(first, last + 1)
        items = [(self._view.shown[place].key, self._view.start(place) - top) for place in places]
        items.sort(key=lambda item: item[0] != self._cursor)  # above all, the cursor stays
        return _Held(items, self.follows, self._cursor_is_last())

    def _settle(self, held: _Held, known: Mapping[str, int]) -> None:
        self._measure()
        view = self._view
        place = view.place(self._cursor)
        if held.follows and held.cursor_last:
            place = view.last
        elif place is None or not view.shown[place].selectable:
            place = view.selectable(min(self._cursor_place, max(0, len(view.shown) - 1)), 1)
        self._set_cursor(place)
        if held.follows:
            self._scroll(self._end)
        else:
            kept = ((view.place(key), top) for key, top in held.items)
            stays = next(((place, top) for place, top in kept if place is not None), None)
            self._scroll(self._first if stays is None else view.start(stays[0]) - stays[1])
            self._count_unseen(known)
        self.refresh()

    def _measure(self) -> None:
        """Lay the rows out for the present width, and tell the scroll bar."""
        free = self._text_width
        wrap = self._wrap and (not self.follow or len(self._view.shown) <= WRAPPED_ROWS)
        if wrap != self._painter.wrap:
            self._painter.wrap = wrap
            self._painter.clear()
        self._view.measure(partial(self._heights.of, free) if wrap and free > 0 else None)
        height = self._view.lines + self._has_bar
        if (size := Size(self._width, height)) != self.virtual_size:
            self.virtual_size = size
            if self.show_vertical_scrollbar:  # which is told by some layouts only
                self.vertical_scrollbar.window_virtual_size = height
            # Rows that arrive by themselves bring no layout, which alone shows or hides the bar;
            # and none hides that of rows which fit to the line: it finds the sizes as they were.
            longer = height > self.container_size.height
            if self.styles.auto_dimensions or longer != self.show_vertical_scrollbar:
                self.show_vertical_scrollbar &= longer
                self.refresh(layout=True)

    def _count_unseen(self, known: Mapping[str, int]) -> None:
        below = self._view.at(self._first + self._page)
        if self.follow and below is not None:
            keys = (row.key for row in self._view.shown[below:])
            self._unseen = {key for key in keys if key not in known or key in self._unseen}
        else:
            self._unseen = set()
        self.new_below = len(self._unseen)

    def _scroll(self, top: int) -> None:
        if self.is_attached:  # else the first resize finds the place
            self.scroll_to(y=clamp(top, 0, self._end), animate=False, force=True)
            self._look()

    def _look(self) -> None:
        """Take notice of what is in sight now."""
        if not self._page:  # not laid out yet, or covered
            return
        self._at_end = self._first >= self._end
        if self._unseen:
            self._count_unseen(self._view.places)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._look()

    def on_resize(self) -> None:
        at_end, first = self._at_end, self._first
        place = self._view.at(first)
        into = 0 if place is None else first - self._view.start(place)
        self._measure()
        if place is not None:  # rows take other numbers of lines in another width
            first = min(self._view.start(place) + into, self._view.start(place + 1) - 1)
        self._scroll(self._end if self.follow and at_end else first)
        if self.has_focus and (place := self._view.place(self._cursor)) is not None:
            self._reveal(place)

    def _reveal(self, place: int, around: int = 0) -> None:
        """Bring a row into sight, with so many lines around it where they fit."""
        top, start, end = self._first, self._view.start(place), self._view.start(place + 1)
        around = min(around, max(0, self._page - (end - start)) // 2)
        if start - around < top:
            self._scroll(start - around)
        elif end + around > top + self._page:
            self._scroll(min(start, end + around - self._page))

    def _move_to(self, place: int | None, around: int = 0) -> None:
        self._set_cursor(place)
        if place is not None:
            self._reveal(place, around)
        self.refresh()

    def _set_cursor(self, place: int | None) -> None:
        before = self._cursor
        self._cursor = None if place is None else self._view.shown[place].key
        self._cursor_place = 0 if place is None else place
        if self._cursor != before and self.is_attached:
            self.post_message(self.Moved(self, self.row))

    def _search(self) -> None:
        """Look for what the filter says now."""
        search = self._filter.search if self._filter.marks else None
        self._view.set_search(search, hides=self._filter.hides)
        self._painter.search = search
        self._painter.clear()

    def _filter_changed(self) -> None:
        """Show what passes the filter as it is now, and the bar if it is wanted.

        The cursor stays on its item, and in sight; where that is hidden it is on the nearest one.
        While words are typed of which some hits know more than others, it is on the best.
        """
        held = self._hold()
        cursor = self._origin if self._filter.takes_letters else self._cursor or self._origin
        self._search()
        ranked = self._filter.takes_letters and self._filter.hides and self._filter.search.rank
        place = self._view.selectable(0, 1) if ranked else self._view.nearest(cursor)
        if place is not None:
            self._set_cursor(place)
        follows = held.follows and place == self._view.last
        self._settle(replace(held, follows=follows), self._view.places)
        if self.has_focus and self._page and place is not None:
            self._reveal(place, AROUND)
        self.refresh_bindings()

    # --- painting ----------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painter.clear()

    def _bar(self) -> Content:
        view, place = self._view, self._view.place(self._filter.search.lands)
        target = "" if place is None else " ".join(view.shown[place].build().plain.split())
        at = view.hit(view.place(self._cursor))
        return self._filter.bar(len(view.hits), view.items, at, target, partial(key_text, self))

    def render_line(self, y: int) -> Strip:
        width = self._width
        if self._has_bar and y == self._page:
            bar = cut(self._bar(), width - GUTTER)
            return self._painter.text(bar, width, self.get_visual_style("rows--bar"))[0]
        if not self._view.shown:
            words = self._empty
            if self._filter.hides:
                problem = self._filter.search.problem
                words = plain(problem) if problem else self._none
            strips = self._painter.text(words, width, self.get_visual_style("rows--empty"))
        else:
            strips = []
        at = y + self._first
        if (place := self._view.at(at)) is not None:
            row = self._view.shown[place]
            marked = (self.has_focus or self.steered) and row.key == self._cursor
            style = self.get_visual_style("rows--cursor") if marked else self.visual_style
            hit = not self._filter.hides and self._view.hit(place) is not None
            text = self._text_width
            strips = self._painter.row(row, width, style, text=text, marked=marked, hit=hit)
            y = at - self._view.start(place)
        return strips[y] if y < len(strips) else Strip.blank(width, self.visual_style.rich_style)
