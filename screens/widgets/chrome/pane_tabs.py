"""The tabs of the panes, where only one is shown at a time."""

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from incident_tui.screens.painted_text import cut, line
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.chrome.keyed_row import KeyedRow, joined

PANE = "room.pane_"
"""The beginning of the id of the key that leads to a pane; its number follows."""


class PaneTabs(KeyedRow):
    """Numbered names, each the place to click; behind them the keys that lead there."""

    current: reactive[int] = reactive(1)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(id="tabs")
        self._names = names

    def make_content(self) -> Content:
        tabs, self.parts = joined(
            (line((f" {n} {name} ", "bold reverse" if n == self.current else "")), f"{PANE}{n}")
            for n, name in enumerate(self._names, 1)
        )
        first, last = (key_text(self, f"{PANE}{n}") for n in (1, len(self._names)))
        keys = line((f"  {first} to {last}", "dim"))
        if tabs.cell_length + keys.cell_length <= self.size.width:
            tabs = line(tabs, keys)
        return cut(tabs, self.size.width)
