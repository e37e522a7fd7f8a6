"""The least that a console can be, to compare with: one input and a footer. Run as a script."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Input

MARKER = "bare and ready"
"""Stands in the input from its first frame on; the cursor covers the character before it."""


class BareApp(App[None]):
    """One input and a footer."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder=f"-{MARKER}")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
