"""The entry under the cursor, whole: beside the rows where these stay wide, else below them."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from incident_tui.screens.painted_text import line, plain

TALL = 36
"""Lines of a pane from which on the preview is shown unasked."""
WIDE = 146
"""Cells of a pane from which on it stands beside the rows, which keep 80 of them."""


class EntryPreview(VerticalScroll, can_focus=False):
    """Shows one entry. Unless somebody wants it or not, it is shown where there is much space."""

    def __init__(self) -> None:
        super().__init__(id="entry-preview")
        self._text = Static(markup=False)
        self._wanted: bool | None = None

    def compose(self) -> ComposeResult:
        yield self._text

    def fit(self, cells: int, lines: int) -> bool:
        """Show it or not, in a pane of so many cells and lines; whether it is beside the rows."""
        fits = lines >= TALL or cells >= WIDE
        self.display = fits if self._wanted is None else self._wanted
        return cells >= WIDE

    def toggle(self) -> None:
        """Show it, or show it no more, from now on."""
        self._wanted = self.display = not self.display

    def show(self, head: str, text: str) -> None:
        """Show an entry: its head, and its text with its own lines."""
        self._text.update(Content("\n").join([line((head, "bold")), plain(text, lines=True)]))
        self.scroll_home(animate=False)
