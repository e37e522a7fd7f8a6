"""The field of several lines in forms: what is pasted or loaded into it is made visible first.

What the text means is the form's business.
"""

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea

from incident_tui.screens.painted_text import visible
from incident_tui.screens.terminal.typed_ahead import act, hand_on


class LinesInput(TextArea):
    """A text of several lines. Tab leaves it, so that the keyboard is never caught in it.

    Its keys act one after the other, however fast they arrive. `answered` sees each key first and
    says whether it was an answer, which goes no further.
    """

    BINDING_GROUP_TITLE = ""  # the place is called by what it is part of

    def __init__(
        self, *, id: str | None = None, answered: Callable[[events.Key], bool] | None = None
    ) -> None:
        super().__init__(soft_wrap=True, tab_behavior="focus", compact=True, id=id)
        self._answered = answered

    def write(self, text: str) -> None:
        """Replace the text, made visible; the cursor goes to its end."""
        self.load_text(visible(text, lines=True))
        self.move_cursor(self.document.end)

    def take(self, text: str) -> None:
        """Insert text from outside where the cursor stands."""
        self.move_cursor(self.replace(visible(text, lines=True), *self.selection).end_location)

    async def on_key(self, event: events.Key) -> None:
        if hand_on(self, event):
            return
        if self._answered is not None and self._answered(event):
            event.stop().prevent_default()
            return
        if event.is_printable or event.key == "enter":
            return  # text, of this field or of the one that has the focus now
        await act(self, event)

    def on_paste(self, event: events.Paste) -> None:
        event.stop().prevent_default()
        self.take(event.text)

    def action_paste(self) -> None:
        self.take(self.app.clipboard)
