"""What a list of rows shows: which rows pass the filter, and the line on which each stands.

Plain bookkeeping without a widget; painting and keys live in rows.py.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from operator import is_
from typing import Self

import msgspec
from textual.content import Content

from incident_tui.screens.painted_text import line
from incident_tui.screens.widgets.rows.row_search import RowSearch
from incident_tui.screens.widgets.rows.row_wrap import HANG, wrapped


class Row(msgspec.Struct, frozen=True):
    """One item of a list, cheap to make. The row of an item may be given again after a change.

    `key` says which item it is, across updates. `content` may be made only when it is painted.
    `search` is the text the filter looks in; left empty, it is the content's own. `indent` is in
    cells, and so is `hang`, by which the second and later lines of a row that wraps stand in from
    the first. A row that is not `selectable` (a date between entries) is passed over by the cursor.
    """

    key: str
    content: Content | Callable[[], Content]
    search: str | Callable[[], str] = ""
    indent: int = 0
    selectable: bool = True
    hang: int = HANG

    @classmethod
    def title(cls, text: str) -> Self:
        """A row over others that says what they are."""
        return cls(f"title {text}", line((text, "bold underline")), selectable=False)

    def build(self) -> Content:
        """The content, made now if it was not made before."""
        return self.content() if callable(self.content) else self.content

    def is_as(self, other: "Row") -> bool:
        """Whether it is known to be the other row again; what is made later may have changed."""
        mine, others = self.content, other.content
        if not isinstance(mine, Content) or not isinstance(others, Content):
            return False
        same = (self.key, self.search, self.selectable)
        return (
            same == (other.key, other.search, other.selectable)
            and self.is_laid_out_as(other)
            and mine.is_same(others)
        )

    def is_laid_out_as(self, other: "Row") -> bool:
        """Whether the same content would be painted at the same cells for both."""
        return (self.indent, self.hang) == (other.indent, other.hang)

    def haystack(self) -> str:
        """What the filter looks in, without differences of case."""
        text = self.search() if callable(self.search) else self.search
        return (text or self.build().plain).casefold()


class RowHeights:
    """How many lines rows take where they wrap; each is measured once for a width."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Row, int, int]] = {}

    def of(self, width: int, row: Row) -> int:
        """The lines of a row in `width` cells."""
        known = self._known.get(row.key)
        same = known is not None and known[1] == width and (known[0] is row or known[0] == row)
        if known is None or not same:
            known = self._known[row.key] = (row, width, self._measured(width, row))
        return known[2]

    def _measured(self, width: int, row: Row) -> int:
        content, free = row.build(), max(1, width - row.indent)
        if content.cell_length <= free and "\n" not in content.plain:
            return 1  # as most do, and which needs no wrapping to be known
        return len(wrapped(content, free, row.hang))


class RowView:
    """The rows that pass the filter, and the line each one starts on.

    `height` tells how many lines a row takes; without it each takes one, and nothing is measured.
    """

    def __init__(self) -> None:
        self.rows: Sequence[Row] = ()
        self.shown: Sequence[Row] = ()
        self.hits: Sequence[int] = ()
        """The places of the shown rows that are looked for; none where nothing is."""
        self._search: RowSearch | None = None
        self._hides = False
        self._places: dict[str, int] = {}
        self._starts: list[int] | None = None
        self._haystacks: dict[str, tuple[Row, str]] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; the filter stays. Raises ValueError if two rows have the same key."""
        places = self._continued(rows)
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

    def _continued(self, rows: Sequence[Row]) -> dict[str, int]:
        """The place of each key; those of a list that begins as it did are only gone on with."""
        before, places = self.rows, dict(self._places)
        if not (self.shown is before and len(places) == len(before)):
            return {row.key: place for place, row in enumerate(rows)}
        same = [*map(is_, before, rows), False].index(False)
        for row in before[same:]:
            del places[row.key]
        places.update({rows[place].key: place for place in range(same, len(rows))})
        return places

    def set_search(self, search: RowSearch | None, *, hides: bool) -> None:
        """Look for rows; with `hides` only those are shown."""
        self._search, self._hides = search, hides
        self._select(None)

    def measure(self, height: Callable[[Row], int] | None) -> None:
        """Lay the shown rows out again, each `height` lines tall, or one line without it."""
        self._starts = (
            None if height is None else [0, *accumulate(height(row) for row in self.shown)]
        )

    def hit(self, place: int | None) -> int | None:
        """The position among the hits of the one that stands at this place, if one does."""
        if place is None:
            return None
        at = bisect_left(self.hits, place)
        return at if at < len(self.hits) and self.hits[at] == place else None

    def next_hit(self, place: int | None, step: int) -> int | None:
        """The row of the next hit from `place` towards `step`, beyond the end the first again."""
        if not self.hits:
            return None
        if place is None:
            return self.hits[0 if step > 0 else -1]
        at = bisect_right(self.hits, place) if step > 0 else bisect_left(self.hits, place) - 1
        return self.hits[at % len(self.hits)]

    def nearest(self, key: str | None) -> int | None:
        """The place of an item, or of the shown one that is nearest to it among all rows."""
        if key is None or key in self._places:
            return self.place(key)
        order = {row.key: at for at, row in enumerate(self.rows)}
        if key not in order:
            return None
        near = [
            (abs(order[row.key] - order[key]), place)
            for place, row in enumerate(self.shown)
            if row.selectable
        ]
        return min(near)[1] if near else None

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
        """The nearest selectable row from `place` on towards `step`, else the other way."""
        ahead = range(place, len(self.shown)) if step > 0 else range(place, -1, -1)
        behind = range(place - 1, -1, -1) if step > 0 else range(place + 1, len(self.shown))
        for candidates in (ahead, behind):
            for candidate in candidates:
                if 0 <= candidate < len(self.shown) and self.shown[candidate].selectable:
                    return candidate
        return None

    @property
    def last(self) -> int | None:
        """The position of the last selectable row."""
        return self.selectable(len(self.shown) - 1, -1)

    def _select(self, places: dict[str, int] | None) -> None:
        self.shown = self.rows
        if self._search is not None and self._hides:
            self.shown, places = [row for row in self.rows if self._passes(row)], None
            if (rank := self._search.rank) is not None:
                self.shown = sorted(self.shown, key=lambda row: rank(row.key))
        if places is None:
            places = {row.key: place for place, row in enumerate(self.shown)}
        self.hits = ()
        if self._search is not None:
            placed = enumerate(self.shown)
            self.hits = [place for place, row in placed if self._hides or self._passes(row)]
        self._places = places
        self._starts = None

    def _passes(self, row: Row) -> bool:
        if self._search is None or not row.selectable:
            return False  # what stands between the items would stand there without them
        kept = self._haystacks.get(row.key)
        if kept is None or kept[0] is not row:
            kept = self._haystacks[row.key] = (row, row.haystack())
        return self._search.passes(row.key, kept[1])
