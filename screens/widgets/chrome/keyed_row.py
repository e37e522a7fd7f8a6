"""Painted rows of which parts act like keys: by a click on them, and in jump mode."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from incident_tui.screens.painted_text import line
from incident_tui.screens.widgets.chrome.clock_widget import ClockWidget


@dataclass(frozen=True, slots=True)
class KeyPart:
    """The cells of a row, from `start` to before `end`, that act like a key."""

    action: str
    """The id of its binding."""
    start: int
    end: int
    line: int = 0


class KeyedRow(ClockWidget):
    """Whoever makes the content of the row says in `parts` which of it acts like keys."""

    parts: Sequence[KeyPart] = ()

    @dataclass
    class Pressed(Message):
        """What the key of `action` does was asked for by a click.

        It goes up the way that the button going down went, so that it comes behind that.
        """

        action: str

    def on_click(self, event: events.Click) -> None:
        """Have done what the key of the part does that was clicked."""
        at = event.get_content_offset(self)
        for part in self.parts if at is not None else ():
            if at is not None and part.line == at.y and part.start <= at.x < part.end:
                self.post_message(self.Pressed(part.action))


def press(widget: Widget, action: str) -> None:
    """Do what the key of an action does where the focus is; nothing where it does nothing now.

    `action` is the id of a binding.
    """
    for active in widget.screen.active_bindings.values():
        if active.binding.id == action and active.enabled:
            # From the application's queue, as any other key: it may take the widget away.
            widget.app.call_later(widget.app.run_action, active.binding.action, active.node)
            return


def joined(
    pieces: Iterable[tuple[Content, str]], start: int = 0, at_line: int = 0
) -> tuple[Content, list[KeyPart]]:
    """Contents beside each other, and the parts of those that act like a key.

    Each comes with the id of a binding, or with nothing. The first begins in the cell `start`.
    """
    parts: list[KeyPart] = []
    contents: list[Content] = []
    for content, action in pieces:
        contents.append(content)
        end = start + content.cell_length
        if action and end > start:
            parts.append(KeyPart(action, start, end, at_line))
        start = end
    return line(*contents), parts
