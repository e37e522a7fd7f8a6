"""Every red flag that is up: what is wrong, why it matters, since when, and the line that helps.

Below them stands what was said and is gone from the screen.
"""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.process.flags import Flag
from incident_tui.domain.values.time_grammar import format_duration, format_when
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.suggested_line import lead_of
from incident_tui.screens.terminal.themes import FLAG
from incident_tui.screens.widgets.chrome.incident_screen import IncidentView
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Dialog, LineChoice
from incident_tui.screens.widgets.rows.row_wrap import WHOLE
from incident_tui.screens.widgets.rows.rows import Row, Rows

NONE = "No red flag is up. They are watched all the time; the worst one shows above the panes."


class FlagRows(Rows):
    """The flags; Enter writes the line that helps."""

    BINDINGS = [
        Binding("enter", "choose", "mend", id="rows.choose",
                tooltip="Put the line that helps into the log line"),
    ]  # fmt: skip


class FlagsScreen(Dialog[str | None], LineChoice, IncidentView[str | None]):
    """Gives back a line for the log line, or nothing."""

    BINDING_GROUP_TITLE = "Red flags"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/flags.tcss"]
    BINDINGS = [
        Binding("escape,q", "leave", "back", id="flags.leave", tooltip="Back to the war room"),
    ]

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self.controller = controller
        self._rows = FlagRows(wrap=True, shows=frozenset(), empty=plain(NONE))
        self._flags: dict[str, Flag] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="flags-box"):
            yield Static(id="flags-title", markup=False)
            yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        self.state_changed()
        self._rows.focus()
        self.set_interval(5, self.state_changed)

    def state_changed(self) -> None:
        flags = self.controller.flags()
        self._flags = {flag.id: flag for flag in flags}
        title = f"Red flags · {len(flags)}, the worst first" if flags else "Red flags"
        self.query_one("#flags-title", Static).update(plain(title))
        rows = [Row(flag.id, self._flag_text(flag)) for flag in flags] or [
            Row("no flag", plain(NONE), selectable=False)
        ]
        self._rows.set_rows([*rows, *self._notice_rows()])

    def _notice_rows(self) -> list[Row]:
        """What was said, the newest first, and where what went wrong is written."""
        notices, now = self.controller.notices.newest_first, self.controller.now()
        if not notices:
            return []
        file = self.controller.log_file
        where = f" · what went wrong beside the typing: {file}" if file else ""
        lines = [
            line((f"{format_when(each.at, self.zone, reference=now)}  ", "dim"), each.text)
            for each in notices
        ]
        return [
            Row("said", line(("What was said, the newest first", "bold underline"), (where, "dim")),
                selectable=False),
            *(Row(f"said {number}", each, indent=2) for number, each in enumerate(lines)),
        ]  # fmt: skip

    def _flag_text(self, flag: Flag) -> Content:
        now = self.controller.now()
        since = format_when(flag.since, self.zone, reference=now)
        lines = [
            line((f"! {flag.text}", FLAG)),
            line((f"  since {since}, {format_duration(now - flag.since)} ago", "dim")),
            line(f"  {flag.why}"),
        ]
        if flag.mend:
            lines.append(line("  → ", (flag.mend, WHOLE)))
        return Content("\n").join(lines)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        flag = self._flags.get(event.row.key)
        self.dismiss(lead_of(flag.mend) if flag and flag.mend else None)
