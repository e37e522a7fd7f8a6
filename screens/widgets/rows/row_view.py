"""What a list of rows shows: which rows pass the filter, and the line on which each stands.

Plain bookkeeping without a widget; painting and keys live in rows.py.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

import msgspec
from textual.content import Content


class Row(msgspec.Struct, frozen=True):
    """One item of a list, cheap to make. The row of an item may be given again after a change.

    `key` says which item it is, across updates. `content` may be made only when it is painted.
    `search` is the text the filter looks in; left empty, it is the content's own. `indent` is in
    cells. A row that is not `selectable` (a date between entries) is passed over by the cursor.
    """

    key: str
    content: Content | Callable[[], Content]
    search: str | Callable[[], str] = ""
    indent: int = 0
    selectable: bool = True

    def build(self) -> Content:
        """The content, made now if it was not made before."""
        return self.content() if callable(self.content) else self.content

    def haystack(self) -> str:
        """What the filter looks in, without differences of case."""
        text = self.search() if callable(self.search) else self.search
        return (text or self.build().plain).casefold()


class RowView:
    """The rows that pass the filter, and the line each one starts on.

    `height` tells how many lines a row takes; without it each takes one, and nothing is measured.
    """

    def __init__(self) -> None:
        self.rows: Sequence[Row] = ()
        self.shown: Sequence[Row] = ()
        self.words: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._starts: list[int] | None = None
        self._haystacks: dict[str, tuple[Row, str]] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; the filter stays. Raises ValueError if two rows have the same key."""
        places = {row.key: place for place, row in enumerate(rows)}
        if len(places) != len(rows):
            doubled = next(row.key for place, row in enumerate(rows) if places[row.key] != place)
            raise ValueError(f"two rows have the key {doubled!r}; give each row a key of its own")
        self.rows = rows
        self._haystacks = {
            key: kept
            for key, kept in self._haystacks.items()
            if key in places and rows[places[key]] is kept[0]
        }
        self._select(places)

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of the text, whatever its case."""
        self.words = tuple(text.casefold().split())
        self._select(None)

    def measure(self, height: Callable[[Row], int] | None) -> None:
        """Lay the shown rows out again, each `height` lines tall, or one line without it."""
        self._starts = (
            None if height is None else [0, *accumulate(height(row) for row in self.shown)]
        )

    @property
    def items(self) -> int:
        """The number of rows that can be selected, shown or not."""
        return sum(row.selectable for row in self.rows)

    @property
    def lines(self) -> int:
        """The number of lines of all shown rows."""
        return len(self.shown) if self._starts is None else self._starts[-1]

    @property
    def places(self) -> Mapping[str, int]:
        """Where each shown item stands, by its key; a new mapping after every change."""
        return self._places

    def place(self, key: str | None) -> int | None:
        """The place of the item among the shown rows, if it is shown."""
        return None if key is None else self._places.get(key)

    def start(self, place: int) -> int:
        """The line on which the row at this place begins; one past the last row is allowed."""
        return place if self._starts is None else self._starts[place]

    def at(self, line: int) -> int | None:
        """The place of the row that covers the line."""
        if not 0 <= line < self.lines:
            return None
        return line if self._starts is None else bisect_right(self._starts, line) - 1

    def selectable(self, place: int, step: int) -> int | None:
        """The nearest selectable place from `place` on towards `step`, else the other way."""
        ahead = range(place, len(self.shown)) if step > 0 else range(place, -1, -1)
        behind = range(place - 1, -1, -1) if step > 0 else range(place + 1, len(self.shown))
        for candidates in (ahead, behind):
            for candidate in candidates:
                if 0 <= candidate < len(self.shown) and self.shown[candidate].selectable:
                    return candidate
        return None

    @property
    def last(self) -> int | None:
        """The last selectable place."""
        return self.selectable(len(self.shown) - 1, -1)

    def _select(self, places: dict[str, int] | None) -> None:
        if self.words:
            self.shown = [row for row in self.rows if self._passes(row)]
            places = None
        else:
            self.shown = self.rows
        if places is None:
            places = {row.key: place for place, row in enumerate(self.shown)}
        self._places = places
        self._starts = None

    def _passes(self, row: Row) -> bool:
        if not row.selectable:  # what stands between the items would stand there without them
            return False
        kept = self._haystacks.get(row.key)
        if kept is None or kept[0] is not row:
            kept = self._haystacks[row.key] = (row, row.haystack())
        return all(word in kept[1] for word in self.words)
