"""The board of the war room: one pane, or as many as there is room for, as the user has them."""

from collections.abc import Sequence

from textual import events
from textual.geometry import NULL_OFFSET, NULL_SPACING, Offset, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from incident_tui.screens.panes.arranged_app import ArrangedApp
from incident_tui.screens.panes.arrangement import Arrangement
from incident_tui.screens.panes.edges import dragged, on_edge
from incident_tui.screens.panes.pane import Pane

SINGLE_BELOW = 100
"""Columns below which one pane is shown at a time."""
WIDE_FROM = 160
LOW = 30
"""Rows of the terminal below which one pane is shown at a time."""


class BoardLayout(Layout):
    """Gives each pane of a board the region that its arrangement has for it."""

    name = "board"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Where the children stand on a board of this size."""
        assert isinstance(parent, Board)
        regions = parent.regions(size)
        return [
            WidgetPlacement(regions[child.name], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.name in regions
        ]


class Board(Widget):
    """The panes. An edge between two of them can be dragged."""

    def __init__(self, panes: Sequence[Pane], *, id: str) -> None:
        super().__init__(*panes, id=id)
        self._panes = panes
        self._layout = BoardLayout()
        self._alone: Pane | None = None
        self._wide = False
        self._arrangement = Arrangement(())
        self._start: Offset | None = None

    @property
    def layout(self) -> Layout:
        """The panes decide nothing about where they stand."""
        return self._layout

    def show(self, arrangement: Arrangement, pane: Pane, *, zoomed: bool) -> bool:
        """Show the panes of the arrangement; or this one alone, and whether it does.

        It stands alone where it is zoomed, where it has no place in the arrangement, and where
        there is no room for others.
        """
        width, height = self.screen.size
        little = width < SINGLE_BELOW or height < LOW
        alone = pane if zoomed or little or pane.key() not in arrangement.shown else None
        if arrangement != self._arrangement:
            order = {name: place for place, name in enumerate(arrangement.shown)}
            self.sort_children(key=lambda pane: order.get(pane.name or "", len(order)))
        self._arrangement, self._alone, self._wide = arrangement, alone, width >= WIDE_FROM
        for each in self._panes:
            each.display = each is alone if alone else each.name in arrangement.shown
        self._lay_out()
        return alone is not None

    def beside(self, pane: Pane, step: int) -> Pane | None:
        """Of panes that are shown one at a time, the one before this (-1), or after it (1).

        None where others are in sight.
        """
        if self._alone is None:
            return None
        panes = [one for one in self._panes if one is pane or one.name in self._arrangement.shown]
        return panes[(panes.index(pane) + step) % len(panes)]

    def _lay_out(self) -> None:
        # A widget that asks for a new layout has its parent's children placed anew, not its own.
        self._panes[0].refresh(layout=True)

    def regions(self, size: Size) -> dict[str, Region]:
        """Where each pane stands on a board of this size."""
        if self._alone is not None:
            return {self._alone.key(): size.region}
        return self._arrangement.regions(size, wide=self._wide)

    # --- the mouse -------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        at = event.screen_offset - self.region.offset
        if self._alone is None and on_edge(self._arrangement, at, self.size, wide=self._wide):
            self._start = at
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._start is None:
            return
        at = event.screen_offset - self.region.offset
        moved = dragged(self._arrangement, self._start, at, self.size, wide=self._wide)
        if moved != self._arrangement:
            self._arrangement, self._start = moved, at
            self._lay_out()

    def on_mouse_up(self) -> None:
        if self._start is not None:
            self._start = None
            self.release_mouse()
            if isinstance(self.app, ArrangedApp):
                self.app.arrangement = self._arrangement
