"""The list of pasted lines: Enter records them together."""

from collections.abc import Callable

from textual.binding import Binding

from incident_tui.screens.painted_text import plain
from incident_tui.screens.terminal.line_guard import Restore
from incident_tui.screens.widgets.rows.rows import Rows

LEAVES_OUT = frozenset({"backfill.leave_out", "backfill.all"})
"""Keys that change what is wanted and nothing else: taken back where they begin a text."""


class PastedRows(Rows):
    """The pasted lines; Enter records them together."""

    BINDINGS = [
        Binding("enter", "choose", "record all", id="rows.choose",
                tooltip="Record all lines that are not left out, together"),
    ]  # fmt: skip

    def __init__(self, remember: Callable[[], Restore]) -> None:
        super().__init__(shows=LEAVES_OUT, empty=plain("No lines. Paste or type some here."))
        self._choice = remember

    def remember(self) -> Restore:
        """How the cursor, and what is left out, are put back to what they are now."""
        place, choice = super().remember(), self._choice()

        def back() -> None:
            choice()
            place()

        return back
