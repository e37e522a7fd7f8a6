"""What can be done with an item: each line that works it, one to be chosen for the log line."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.panes.pane import Offer
from incident_tui.screens.widgets.chrome.view import Dialog, LineChoice
from incident_tui.screens.widgets.rows.rows import Row, Rows


class ItemScreen(Dialog[str | None], LineChoice):
    """Shows an item with the lines that work it; gives the chosen line back, or nothing."""

    CSS_PATH = "../../styles/browse/item.tcss"
    BINDINGS = [
        Binding("escape,q", "leave", "Back", id="item.leave", tooltip="Leave everything as it is"),
    ]

    def __init__(self, title: str, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._title = title
        self._offers = offers

    def compose(self) -> ComposeResult:
        with Vertical(id="item"):
            yield Static(plain(self._title), id="item-title")
            yield Rows(
                [
                    Row(str(number), line((f"{offer.line.strip():<34} ", "bold"), offer.does))
                    for number, offer in enumerate(self._offers)
                ],
                shows=frozenset(),
            )
            yield Static("Enter puts the line into the log line · q goes back", id="item-keys")

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(self._offers[int(event.row.key)].line)
