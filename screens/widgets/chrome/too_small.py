"""What stands there while the terminal is too small for the console."""

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from incident_tui.screens.terminal.typed_together import written
from incident_tui.screens.widgets.chrome.view import Answer, Dialog


class TooSmallScreen(Dialog[str]):
    """Says how large the terminal has to be. Nothing below it is lost or moved.

    It gives back what is typed here, which nobody meant for it: the terminal of somebody who writes
    gets as small as that of whoever joins them.
    """

    CSS_PATH = "../../../styles/widgets/too_small.tcss"
    COLUMNS = 60
    LINES = 12

    def __init__(self) -> None:
        super().__init__()
        self.typed_here = ""

    def compose(self) -> ComposeResult:
        yield Static(
            f"This terminal is too small.\nMake it {self.COLUMNS}x{self.LINES} or larger;\n"
            "everything is still here.",
            markup=False,
        )
        yield Answer(id="too-small-typed")

    def on_key(self, event: events.Key) -> None:
        """Keep what the key writes; what it would do is not done where nobody sees it."""
        if event.key == "backspace":
            self._keep(self.typed_here[:-1])
        elif text := written(event):
            self._keep(self.typed_here + text)
        else:
            return
        event.stop().prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._keep(self.typed_here + event.text)

    def _keep(self, text: str) -> None:
        self.typed_here = text
        last = text.splitlines()[-1] if text else ""
        self.answer(last and f"Kept: …{last[-20:]}")
