"""A short list over the war room to choose one thing from, by Enter, its digit or a click."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.screens.painted_text import cells, line, plain
from incident_tui.screens.panes.pane import Offer
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.widgets.chrome.view import Dialog, LineChoice
from incident_tui.screens.widgets.rows.rows import Row, Rows

DIGITS = "123456789"
WIDEST = 34
"""Cells that the lines which can be chosen take at most, before what they do."""


class Menu(Dialog[str | None], LineChoice):
    """Shows what can be chosen; gives a line for the log line back, or nothing.

    `does` says what Enter and the digits do with a choice.
    """

    BINDING_GROUP_TITLE = "Choice"
    CSS_PATH = "../../styles/browse/menu.tcss"
    BINDINGS = [
        Binding("escape,q", "leave", "back", id="menu.leave", tooltip="Leave everything as it is"),
        *(
            Binding(digit, f"choose({place})", "Choose", False, key_display="1…9",
                    id="menu.choose", tooltip="Choose the line with this number")
            for place, digit in enumerate(DIGITS)
        ),
    ]  # fmt: skip

    def __init__(
        self, title: str, choices: Sequence[Content], *, does: str, none: Content | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._does = does
        numbers = [f"{digit}  " for digit in DIGITS] + ["   "] * len(choices)
        self._rows = Rows(
            [
                Row(str(place), line((number, "bold"), choice))
                for place, (number, choice) in enumerate(zip(numbers, choices, strict=False))
            ],
            wrap=True,
            none=none,
            shows=frozenset(),
        )

    def compose(self) -> ComposeResult:
        with Vertical(id="menu"):
            yield Static(plain(self._title), id="menu-title")
            yield self._rows
            back = self.key_of("menu.leave")
            yield Static(f"Enter or its number {self._does} · {back} goes back", id="menu-keys")

    def on_mount(self) -> None:
        self._rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.choose(int(event.row.key))

    def on_burst(self, event: Burst) -> None:
        """The list on top has the letters; what finds nothing there, or is lines, goes below."""
        if event.entered or not self.is_current or len(event.text.splitlines()) > 1:
            super().on_burst(event)
            return
        event.stop().prevent_default()
        self._rows.filter_on(event.text)
        self._rows.guard.left()  # the next letter is the filter's
        if event.key is not None:
            self._rows.post_message(event.key)

    def action_choose(self, place: int) -> None:
        if any(row.key == str(place) for row in self._rows.shown):
            self.choose(place)

    def choose(self, place: int) -> None:
        """Do what the choice at this place is for."""
        raise NotImplementedError


class ItemScreen(Menu):
    """Shows an item with the lines that work it; gives the chosen line back, or nothing."""

    def __init__(self, title: str, offers: Sequence[Offer]) -> None:
        width = min(WIDEST, max((cells(offer.line.strip()) for offer in offers), default=0))
        lines = [line((f"{offer.line.strip():<{width}}  ", "bold"), offer.does) for offer in offers]
        super().__init__(title, lines, does="puts the line into the log line")
        self._offers = offers

    def choose(self, place: int) -> None:
        self.dismiss(self._offers[place].line)
