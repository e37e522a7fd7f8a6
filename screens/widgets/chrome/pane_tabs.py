"""The tabs of the panes, where only one is shown at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from incident_tui.screens.painted_text import cut, line


class PaneTabs(Widget):
    """Numbered names; the number is the key (with alt) and the place to click."""

    current: reactive[int] = reactive(1)

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        number: int

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(id="tabs")
        self._names = names

    def render(self) -> Content:
        parts = [
            (f" {n} {name} ", "bold reverse" if n == self.current else "")
            for n, name in enumerate(self._names, 1)
        ]
        tabs, keys = line(*parts), line(("  alt+number", "dim"))
        if tabs.cell_length + keys.cell_length <= self.size.width:
            tabs = line(tabs, keys)
        return cut(tabs, self.size.width)

    def on_click(self, event: events.Click) -> None:
        edge = 0
        for number, name in enumerate(self._names, 1):
            edge += len(f" {number} {name} ")
            if event.x < edge:
                self.post_message(self.Chosen(number))
                return
