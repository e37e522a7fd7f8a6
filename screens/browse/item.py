"""What can be done with an item: each line that works it, one to be chosen for the log line."""

from collections.abc import Sequence

from incident_tui.screens.browse.menu import Menu
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.pane import Offer


class ItemScreen(Menu):
    """Shows an item with the lines that work it; gives the chosen line back, or nothing."""

    def __init__(self, title: str, offers: Sequence[Offer]) -> None:
        told = [line((f"{offer.line.strip():<34} ", "bold"), offer.does) for offer in offers]
        super().__init__(title, told, does="puts the line into the log line")
        self._offers = offers

    def choose(self, place: int) -> None:
        self.dismiss(self._offers[place].line)
