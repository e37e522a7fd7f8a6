"""Lines of an answer as a terminal shows them: tables that fit its width, colours, bars.

Colours are the terminal's own sixteen, so that they suit whatever theme it has. What users wrote is
never read as markup.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, TextIOWrapper
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from incident_tui.cli.frame.lines import Bar, Row, Share, Table, Tone, Toned
from incident_tui.service.across.plots import ascii_bar, bar

STYLES = {
    Tone.HEAD: "bold",
    Tone.GOOD: "green",
    Tone.WARNING: "yellow",
    Tone.BAD: "bold red",
    Tone.FAINT: "dim",
    Tone.MEND: "cyan",
}
SEVERITIES = {"1": "bold white on red", "2": "bold red", "3": "yellow", "4": "dim"}
_SEVERITY = re.compile(r"SEV-?(\d)")
_BAR_CELLS = 12
NARROWEST = 24
"""Cells that the last column of a table needs at least, or its lines are wrapped as they are."""
_GAP = 2
_BELOW = 4


def painted(lines: Iterable[str], *, width: int, colours: bool, encoding: str) -> str:
    """The lines, painted for a terminal of that many columns. Without `colours` weights remain."""
    written = BytesIO()
    # rich draws with the characters that the file can take.
    file = TextIOWrapper(written, encoding, errors="backslashreplace", newline="\n")
    console = Console(
        file=file,
        force_terminal=True,
        color_system="standard",
        no_color=not colours,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    sheet = _Sheet(list(lines), console)
    for part in sheet.parts():
        console.print(part, overflow="fold")
    file.flush()
    return written.getvalue().decode(encoding)


class _Sheet:
    """The lines of one answer; its tables are as wide as their widest cells, also when parted."""

    def __init__(self, lines: Sequence[str], console: Console) -> None:
        self._lines = lines
        self._width = console.width
        self._encoding = console.encoding
        self._widths: dict[Table, list[int]] = {}
        for line in lines:
            if isinstance(line, Row):
                self._measure(line.table, [_cell(cell, self._encoding) for cell in line.cells])

    def _measure(self, table: Table, cells: Sequence[Text]) -> None:
        known = self._widths.setdefault(table, [cell_len(title) for title in table.head])
        known += [0] * (len(cells) - len(known))
        for at, cell in enumerate(cells):
            known[at] = max(known[at], cell.cell_len)

    def parts(self) -> Iterator[RenderableType]:
        """What is printed, one below the other."""
        headed: set[Table] = set()
        for table, group in groupby(self._lines, _table_of):
            if table is None:
                yield from map(_line, group)
                continue
            if self._last_column(table) < NARROWEST:
                for row in group:
                    assert isinstance(row, Row)
                    yield from self._apart(row)
                continue
            grid = self._grid(table, titles=table not in headed)
            headed.add(table)
            for row in group:
                assert isinstance(row, Row)
                grid.add_row(*(_cell(cell, self._encoding) for cell in row.cells))
            yield _indented(grid, len(table.indent))

    def _last_column(self, table: Table) -> int:
        """The cells that are left for the last column."""
        before = sum(width + _GAP for width in self._widths[table][:-1])
        return self._width - before - len(table.indent)

    def _apart(self, row: Row) -> Iterator[RenderableType]:
        """A row for which the terminal is too narrow: its last cell stands below the others."""
        *first, last = (_cell(cell, self._encoding) for cell in row.cells)
        indent = len(row.table.indent)
        if first:
            yield _indented(Text(" " * _GAP).join(first), indent)
        yield _indented(last, indent + (_BELOW if first else 0))

    def _grid(self, table: Table, *, titles: bool) -> Grid:
        grid = Grid.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        *fixed, _ = self._widths[table]
        for width in fixed:
            grid.add_column(width=width, no_wrap=True)
        grid.add_column(overflow="fold")
        if titles and table.head:
            grid.add_row(*(Text(title, style="bold") for title in table.head))
        return grid


def _table_of(line: str) -> Table | None:
    return line.table if isinstance(line, Row) else None


def _line(line: str) -> RenderableType:
    return _indented(_toned(line.lstrip(" "), line), len(line) - len(line.lstrip(" ")))


def _indented(part: RenderableType, cells: int) -> RenderableType:
    """What is wrapped goes on below where it began."""
    return Padding(part, (0, 0, 0, cells), expand=False)


def _toned(text: str, like: str) -> Text:
    return Text(text, style=STYLES[like.tone] if isinstance(like, Toned) else "")


def _cell(cell: str, encoding: str) -> Text:
    if isinstance(cell, Share):
        return _bar(cell, encoding)
    if isinstance(cell, Bar):
        drawn = bar if encoding.startswith("utf") else ascii_bar
        return Text.assemble((drawn(cell.share, _BAR_CELLS), "cyan"), f" {cell}")
    severity = _SEVERITY.fullmatch(cell)
    if severity:
        return Text.assemble((cell, SEVERITIES.get(severity[1], "")))
    return _toned(cell, cell)


def _bar(share: Share, encoding: str) -> Text:
    full = _BAR_CELLS * share.done // share.total if share.total else 0
    done, left = ("━", "─") if encoding.startswith("utf") else ("#", "-")
    return Text.assemble((done * full, "green"), (left * (_BAR_CELLS - full), "dim"), f" {share}")
