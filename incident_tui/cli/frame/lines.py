"""Lines of an answer, and how much each matters: plain text that knows what a terminal may paint.

Elsewhere each is the text that it is, so that what reads it finds the same whatever is painted.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Self

from incident_tui.domain.values.text import clean_line


class Tone(StrEnum):
    """Why something is painted; which colour that is, `painted_answer` says."""

    HEAD = "head"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    FAINT = "faint"
    MEND = "mend"


class Toned(str):
    """A line or a cell that has a tone."""

    __slots__ = ("tone",)
    tone: Tone

    def __new__(cls, text: str, tone: Tone) -> Self:
        made = super().__new__(cls, text)
        made.tone = tone
        return made


class Share(str):
    """A cell that says how many of some are done: "3 of 8", with a bar where it is painted."""

    __slots__ = ("done", "total")
    done: int
    total: int

    def __new__(cls, done: int, total: int) -> Self:
        made = super().__new__(cls, f"{done} of {total}")
        made.done, made.total = done, total
        return made


class Bar(str):
    """A cell that holds a number, with a bar before it where it is painted."""

    __slots__ = ("share",)
    share: float
    """How much of the largest one it is."""

    def __new__(cls, text: str, share: float) -> Self:
        made = super().__new__(cls, text)
        made.share = share
        return made


class Table:
    """What the rows of one table have in common."""

    def __init__(self, head: Sequence[str], indent: str, widths: Sequence[int]) -> None:
        self.head = tuple(head)
        """The titles of the columns, which are painted only."""
        self.indent = indent
        self.widths = tuple(widths)
        """How wide each column is for its cells, in characters."""


_LONGEST_PADDED = 60
"""Characters: one long cell does not push the cells beside all others out of sight."""


class Row(str):
    """A line of a table, with its cells below those of the other rows."""

    __slots__ = ("cells", "table")
    cells: tuple[str, ...]
    table: Table

    def __new__(cls, cells: Sequence[str], table: Table) -> Self:
        widths = (min(width, _LONGEST_PADDED) for width in table.widths)
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=False))
        made = super().__new__(cls, (table.indent + "  ".join(padded)).rstrip())
        made.cells, made.table = tuple(cells), table
        return made


def columns(
    rows: Iterable[Sequence[str]], *, indent: str = "", head: Sequence[str] = ()
) -> list[str]:
    """Rows with their cells below each other; the last cell is not padded.

    A `head` is shown on terminals only: whatever reads lines elsewhere finds rows alone.
    """
    cells = [[_inert(cell) for cell in row] for row in rows]
    count = max(map(len, cells), default=0)
    widths = [max(len(row[at]) for row in cells if at < len(row)) for at in range(count)]
    table = Table(head, indent, widths)
    return [Row(row, table) for row in cells]


def _inert(cell: str) -> str:
    if isinstance(cell, Share | Bar):
        return cell
    return Toned(clean_line(cell), cell.tone) if isinstance(cell, Toned) else clean_line(cell)
