"""Numbers: how the incidents of the home went, one view after the other, as bars and medians."""

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.screens.painted_text import cells, line, plain
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.chrome.list_screen import ListScreen, progress_to
from incident_tui.screens.widgets.chrome.view import ReadingView
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Service
from incident_tui.service.across.numbers import KINDS, Statistics, statistics
from incident_tui.service.across.numbers.groups import UNKNOWN, UNSET
from incident_tui.service.across.numbers.tables import (
    OVERVIEW,
    VIEWS,
    WHY,
    Line,
    Table,
    apart,
    named,
    summary,
    tables,
)
from incident_tui.service.across.plots import bar

_WIDTH = 76
"""Cells of a text that is read in every terminal."""
BAR = 12
"""Cells of a bar."""


_QUERIES = {
    "month": "since:{0} until:{0}",
    "severity": "severity:{0}",
    "service": 'service:"{0}"',
    "tag": "tag:{0}",
}
"""How the entries of a group are searched for, by the view that shows it."""


class GroupRows(Rows):
    """The lines of the tables; Enter searches the entries of a group."""

    BINDINGS = [
        Binding("enter", "choose", "its entries", id="rows.choose",
                tooltip="Search the entries of the month, severity, service or tag"),
    ]  # fmt: skip


class NumbersScreen(ReadingView[None], ListScreen[None, Statistics]):
    """The numbers of one kind of incidents, in one view."""

    BINDING_GROUP_TITLE = "Numbers"
    CSS_PATH = [
        "../../../styles/widgets/key_bar.tcss",
        "../../../styles/widgets/list_screen.tcss",
        "../../../styles/browse/across/numbers.tcss",
    ]
    HEAD = "Numbers"
    LIST = GroupRows
    UNREADABLE = "The incidents cannot be counted"
    BINDINGS = [
        Binding("right,n,l", "view(1)", "next view", id="numbers.next",
                tooltip="The next view: months, severities, services, people and the like"),
        Binding("left,p,h", "view(-1)", "before", id="numbers.previous",
                tooltip="The view before"),
        Binding("t", "duration", "time", id="numbers.duration",
                tooltip="Tell groups with another duration"),
        Binding("o", "kind", "incidents, imported, drills", id="numbers.kind",
                tooltip="Incidents, imported history, or drills: these are never mixed"),
        Binding("r", "again", "read again", False, id="numbers.again", tooltip="Count again"),
        Binding("escape,q", "leave", "back", id="numbers.leave", tooltip="Back to where you were"),
    ]  # fmt: skip

    def __init__(self, service: Service, open_search: Callable[[str], None]) -> None:
        super().__init__()
        self.service = service
        self._open_search = open_search
        self._statistics: Statistics | None = None
        self._view = self._kind = 0
        self._duration = [*DURATIONS].index("time_of_impact")

    def above(self) -> Iterable[Widget]:
        return [Static(id="numbers-views", markup=False)]

    def read(self) -> Iterator[Statistics]:
        yield statistics(self.service, progress=progress_to(self))

    def show(self, statistics: Statistics) -> None:
        self._statistics = statistics
        kinds = [bool(statistics.of(kind).incidents) for kind in KINDS]
        if not kinds[self._kind] and any(kinds):
            self._kind = kinds.index(True)
        self._show()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Search the entries of a group; of what is no group nothing can be asked."""
        event.stop()
        query = _QUERIES.get(VIEWS[self._view], "")
        if query and event.row.search and event.row.search not in (UNKNOWN, UNSET):
            self._open_search(query.format(event.row.search))

    # --- what is shown ---------------------------------------------------------------------------

    def action_view(self, step: int) -> None:
        self._view = (self._view + step) % len(VIEWS)
        self._show()

    def action_duration(self) -> None:
        self._duration = (self._duration + 1) % len(DURATIONS)
        self._show()

    def action_kind(self) -> None:
        self._kind = (self._kind + 1) % len(KINDS)
        self._show()

    def _show(self) -> None:
        if self._statistics is None:
            return
        kind, view = list(KINDS)[self._kind], VIEWS[self._view]
        numbers = self._statistics.of(kind)
        others = apart(self._statistics.kinds, kind)
        others += [f"{len(self._statistics.unread)} unreadable"] if self._statistics.unread else []
        beside = f"   apart: {', '.join(others)}" if others else ""
        words = summary(numbers)
        self.tell_title(f"{kind}: {words}{beside}" if self._kind else f"{words}{beside}")
        shown = tables(numbers, view, [*DURATIONS][self._duration])
        rows = [row for place, one in enumerate(shown) for row in _table_rows(place, one)]
        if view == OVERVIEW:
            first = len(_table_rows(0, shown[0]))
            rows[first:first] = _why_rows()
        self.rows.set_empty(plain("There is no incident yet."))
        self.rows.set_rows(rows if self._statistics.total else [])
        self.rows.action_top()
        self._tell_views(view)

    def _tell_views(self, view: str) -> None:
        parts = [(f" {name} ", "bold reverse" if name == view else "dim") for name in VIEWS]
        key, of = key_text(self, "numbers.duration"), named([*DURATIONS][self._duration])
        self.query_one("#numbers-views", Static).update(line(*parts, f" · by {of} ({key})"))


def _table_rows(place: int, table: Table) -> list[Row]:
    """A table as rows: its title, the heads of its columns, its lines, and a blank."""
    lines = [Line(table.heads), *table.lines]
    wide = [
        max(cells(one.cells[at]) for one in lines if at < len(one.cells))
        for at in range(len(table.heads))
    ]
    with_bars = any(one.share is not None for one in table.lines)
    rows = [Row(f"{place}", line((table.title, "bold")), selectable=False)]
    if not table.lines:
        nothing = line((f"  {table.nothing}", "dim"))
        return [*rows, Row(f"{place} none", nothing, selectable=False), _blank(place)]
    heads = line((_columns(lines[0], wide, with_bars), "dim"))
    rows.append(Row(f"{place} heads", heads, selectable=False))
    rows += [
        Row(f"{place} {number}", _line(one, wide, with_bars), search=one.cells[0])
        for number, one in enumerate(table.lines)
    ]
    return [*rows, _blank(place)]


def _why_rows() -> list[Row]:
    lines = [line((f"  {part}", "dim")) for part in wrap(WHY, _WIDTH)]
    rows = [Row(f"why {place}", one, selectable=False) for place, one in enumerate(lines)]
    return [*rows, Row("why blank", line(" "), selectable=False)]


def _blank(place: int) -> Row:
    return Row(f"{place} blank", line(" "), selectable=False)


def _line(one: Line, wide: list[int], with_bars: bool) -> Content:
    content = plain(_columns(one, wide, with_bars))
    if with_bars and one.share:
        begin = 2 + wide[0] + 2
        content = content.stylize("$secondary", begin, begin + BAR)
    return content


def _columns(one: Line, wide: list[int], with_bars: bool) -> str:
    padded = [
        cell + " " * (width - cells(cell)) for cell, width in zip(one.cells, wide, strict=True)
    ]
    if with_bars:
        drawn = bar(one.share, BAR) if one.share is not None else " " * BAR
        padded.insert(1, drawn)
    return "  " + "  ".join(padded).rstrip()
