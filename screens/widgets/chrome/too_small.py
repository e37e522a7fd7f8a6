"""What stands there while the terminal is too small for the console."""

from textual.app import ComposeResult
from textual.widgets import Static

from incident_tui.screens.widgets.chrome.view import Dialog


class TooSmallScreen(Dialog[None]):
    """Says how large the terminal has to be. Nothing below it is lost or moved."""

    CSS_PATH = "../../../styles/widgets/too_small.tcss"
    COLUMNS = 60
    LINES = 12

    def compose(self) -> ComposeResult:
        yield Static(
            f"This terminal is too small.\nMake it {self.COLUMNS}x{self.LINES} or larger;\n"
            "everything is still here.",
            markup=False,
        )
