"""The completions above the log line: a few lines that float over what is there.

Which completions there are is decided elsewhere; this shows them and knows which one is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import clamp
from textual.message import Message
from textual.widget import Widget

from incident_tui.screens.painted_text import cells, cut, line

TALLEST = 6
"""Choices that are seen at once; below them it is said how many more there are."""

MORE = 26
"""Cells for the words that say so."""


@dataclass(frozen=True, slots=True)
class Completion:
    """`insert` takes the place of the text from column `start` to the cursor; `label` explains."""

    insert: str
    label: str
    start: int


class Choices(Widget):
    """A drop-down that opens upwards; one choice is always marked."""

    COMPONENT_CLASSES = {"choices--marked"}

    @dataclass
    class Picked(Message):
        """A choice was clicked."""

        completion: Completion

    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Completion] = ()
        self._marked = 0
        self.moved = False
        """Whether a choice was gone to, rather than marked by itself."""
        self.display = False

    @property
    def marked(self) -> Completion | None:
        """The choice that would be taken; None while there are none."""
        return self._choices[self._marked] if self._choices else None

    def show(self, choices: Sequence[Completion], column: int) -> None:
        """Offer these choices above `column`, a cell of the log line; none closes the drop-down."""
        if list(choices) == list(self._choices):
            return
        self._choices, self._marked, self.moved = choices, 0, False
        if self.display != bool(choices):
            self.display = bool(choices)
            # Tab and Escape mean something else now, and the key bar says so.
            self.screen.refresh_bindings()
        if choices:
            height = min(TALLEST + 1, len(choices))
            widest = 3 + max(cells(choice.label) for choice in choices)
            widest = max(widest, MORE) if len(choices) > height else widest
            width = min(self.screen.size.width - 2, widest)
            self.styles.height = height
            self.styles.width = width
            self.styles.offset = (column, -height)
        self.refresh()

    def move(self, step: int) -> None:
        """Mark the next choice in a direction; it stops at both ends."""
        self.moved = True
        self._marked = clamp(self._marked + step, 0, max(0, len(self._choices) - 1))
        self.refresh()

    @property
    def _seen(self) -> int:
        """How many of them are seen at once: one more needs no line that says so."""
        return len(self._choices) if len(self._choices) <= TALLEST + 1 else TALLEST

    @property
    def _top(self) -> int:
        return clamp(self._marked - self._seen + 1, 0, len(self._choices) - self._seen)

    def render(self) -> Content:
        marked = self.get_visual_style("choices--marked")
        shown = list(enumerate(self._choices))[self._top : self._top + self._seen]
        lines = [
            cut(
                line(("▸ " if place == self._marked else "  ") + choice.label), self.size.width
            ).stylize(marked if place == self._marked else "")
            for place, choice in shown
        ]
        if hidden := len(self._choices) - self._seen:
            below = hidden - self._top
            parts = [f"{below} more below"] if below else []
            parts += [f"{self._top} above"] if self._top else []
            lines.append(line((f"  … {', '.join(parts)}", "dim")))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        place = self._top + event.y
        if place < min(len(self._choices), self._top + self._seen):
            self.post_message(self.Picked(self._choices[place]))
