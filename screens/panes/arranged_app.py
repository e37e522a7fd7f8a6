"""An app whose user arranges the panes of the board."""

from textual.app import ReturnType
from textual.reactive import reactive

from incident_tui.screens.panes.arrangement import Arrangement
from incident_tui.screens.panes.registry import STANDARD
from incident_tui.screens.terminal.themed_app import ThemedApp


class ArrangedApp(ThemedApp[ReturnType]):
    """Every board that it shows follows its arrangement."""

    arrangement: reactive[Arrangement] = reactive(STANDARD)
