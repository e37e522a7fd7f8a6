"""Where the panes of the board stand: hidden, moved and resized, seen at once behind this."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.arranged_app import ArrangedApp, arrangement_of
from incident_tui.screens.panes.arrangement import Arrangement, Placed
from incident_tui.screens.panes.registry import PANES, STANDARD
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Dialog, LineChoice
from incident_tui.screens.widgets.rows.rows import Row, Rows

_TITLES = {pane.key(): pane.title for pane in PANES}
_COLUMNS = ("left", "middle", "right, or below where the terminal is narrow")

KEYS = frozenset(
    f"layout.{name}" for name in ("toggle", "higher", "lower", "wider", "narrower", "reset")
)
"""The keys with a character that change what is seen and nothing else."""


class PaneRows(Rows):
    """The panes; Enter hides one or shows it again."""

    BINDINGS = [
        Binding("enter,space", "choose", "hide or show", id="layout.toggle",
                tooltip="Hide the pane, or show it again"),
    ]  # fmt: skip


class LayoutScreen(Dialog[str | None], LineChoice):
    """Every pane of the board, by column; what is changed here is kept for the next time."""

    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/layout.tcss"]
    BINDING_GROUP_TITLE = "Layout"
    takes_text = "here keys move panes."
    BINDINGS = [
        Binding("shift+up", "move(-1)", "up", key_display="shift+↑", id="layout.up",
                tooltip="The pane one place higher"),
        Binding("shift+down", "move(1)", "down", key_display="shift+↓", id="layout.down",
                tooltip="The pane one place lower"),
        Binding("shift+left", "shift(-1)", "left", False, key_display="shift+←", id="layout.left",
                tooltip="The pane into the column to its left"),
        Binding("shift+right", "shift(1)", "right", False, key_display="shift+→", id="layout.right",
                tooltip="The pane into the column to its right"),
        Binding("plus", "heighten(1)", "higher", key_display="+", id="layout.higher",
                tooltip="The pane higher"),
        Binding("minus", "heighten(-1)", "lower", key_display="-", id="layout.lower",
                tooltip="The pane lower"),
        Binding("greater_than_sign", "widen(1)", "wider", key_display=">", id="layout.wider",
                tooltip="The column wider"),
        Binding("less_than_sign", "widen(-1)", "narrower", key_display="<", id="layout.narrower",
                tooltip="The column narrower"),
        Binding("equals_sign", "reset", "as at first", key_display="=", id="layout.reset",
                tooltip="Every pane as it was at first"),
        Binding("escape,q", "leave", "done", id="layout.leave",
                tooltip="Back to the war room; the panes stay as they are now"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._rows = PaneRows(wrap=True, shows=KEYS)

    def compose(self) -> ComposeResult:
        with Vertical(id="layout"):
            yield Static("Panes of the war room", id="layout-title")
            yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()
        self._rows.focus()

    # --- what is shown -------------------------------------------------------------------------

    @property
    def _arrangement(self) -> Arrangement:
        return arrangement_of(self.app)

    def _show(self) -> None:
        rows: list[Row] = []
        for column, title in zip(self._arrangement.columns, _COLUMNS, strict=True):
            head = line((title, "bold"), f" · width {column.share}" if column.shown else " · empty")
            rows.append(Row(f"column {title}", head, selectable=False))
            rows += [Row(pane.name, _painted(pane)) for pane in column.panes]
        self._rows.set_rows(rows)

    def _change(self, arrangement: Arrangement) -> None:
        if isinstance(self.app, ArrangedApp):
            self.app.arrangement = arrangement
        self._show()

    # --- keys ------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        if self._rows.row is not None:
            self._change(self._arrangement.moved(self._rows.row.key, step))

    def action_shift(self, step: int) -> None:
        if self._rows.row is not None:
            self._change(self._arrangement.shifted(self._rows.row.key, step))

    def action_heighten(self, step: int) -> None:
        if self._rows.row is not None:
            self._change(self._arrangement.heightened(self._rows.row.key, step))

    def action_widen(self, step: int) -> None:
        if self._rows.row is not None:
            self._change(self._arrangement.widened(self._rows.row.key, step))

    def action_reset(self) -> None:
        self._change(STANDARD)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._change(self._arrangement.toggled(event.row.key))


def _painted(pane: Placed) -> Content:
    mark = "[ ] " if pane.hidden else "[x] "
    return line((mark, "bold"), _TITLES[pane.name], f"  height {pane.share}")
