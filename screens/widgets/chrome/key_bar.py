"""The last line: the keys of the place one is in, and whether what was typed is saved."""

from collections.abc import Iterator, Sequence

from textual.binding import Binding
from textual.content import Content

from incident_tui.history import Committed
from incident_tui.screens.painted_text import cells, cut, line
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.widgets.chrome.keyed_row import KeyedRow, joined
from incident_tui.screens.widgets.chrome.view import Dialog

HELP = "screen.help"
LEAVE = "leave"
"""The action of the key that leads back, on every screen that lies over another."""
FIRST = 5
"""Keys that are shown before the state of committing is."""
ENOUGH = 20
"""Cells for the beginning of a reason, below which it is left to F6."""


Hint = tuple[Content, str]
"""A key and what it does, and the id of its binding: a click on it does it."""


class KeyBar(KeyedRow):
    """Keys at the left, taken from the bindings of the screen; the state of saving at the right."""

    COMPONENT_CLASSES = {"keys--key"}

    def __init__(self, controller: IncidentController | None = None) -> None:
        super().__init__(id="keys")
        self.controller = controller
        self._all: Binding | None = None
        """The key that shows every key."""
        self._back: Binding | None = None
        """The key that leads back."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def make_content(self) -> Content:
        width = self.size.width
        whole, short, least = self._saved() if self.controller else ("", "", "")
        hints = list(self._hints())
        state = short
        more = _length(self._last(hints)[1])
        if cells(short) > cells(least) and width < _length(hints[:FIRST]) + more + cells(short):
            state = least  # the keys of the focus go before what is told elsewhere, too
        keys, self.parts = joined(self._keys(hints, width - cells(state)))
        free = width - keys.cell_length
        # Why a commit waits is told in the cells that the keys leave, and never in theirs.
        if free >= cells(short) + ENOUGH:
            state = whole
        content = cut(line((state, "dim")), free)
        return cut(line(keys, " " * max(0, free - content.cell_length), content), width)

    def _keys(self, hints: Sequence[Hint], free: int) -> Sequence[Hint]:
        """As many of them as fit, the way back, and the way to all of them."""
        if self._all is None:
            return _hints_in(hints, free)
        whole = [*hints, self._hint(self._all, "help")]
        if _length(whole) <= free:
            return whole
        hints, last = self._last(hints)
        return [*_hints_in(hints, free - _length(last)), *last]

    def _last(self, hints: Sequence[Hint]) -> tuple[Sequence[Hint], list[Hint]]:
        """The keys that may be cut, and those behind them that are not: back, and to all keys."""
        back = self._back and self._hint(self._back, self._back.description)
        last = [back] if back else []
        if self._all is not None:
            last.append(self._hint(self._all, "… more"))
        return [hint for hint in hints if hint != back], last

    def _hints(self) -> Iterator[Hint]:
        """The keys that act now, those of the focus first; the way to all keys is kept aside."""
        # A list over the screen, which shows through, has the keys while it is there.
        over = self.app.screen
        quiet = isinstance(over, Dialog) and not over.TELLS_KEYS
        screen = over if over.is_modal and not quiet else self.screen
        listed: set[str | None] = set()
        self._all = self._back = None
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id == HELP and self._all is None:
                self._all = binding
            elif binding.show and active.enabled and not {binding.id, binding.description} & listed:
                listed |= {binding.id, binding.description}
                self._back = binding if binding.action == LEAVE else self._back
                yield self._hint(binding, binding.description)

    def _hint(self, binding: Binding, does: str) -> Hint:
        content = line(" ", (self.app.get_key_display(binding), ".keys--key"), f" {does} ")
        return content, binding.id or ""

    def _saved(self) -> tuple[str, ...]:
        """The state of saving and committing: as it is told, shorter, and as short as can be."""
        return tuple(f" {text} " for text in self._saved_texts())

    def _saved_texts(self) -> tuple[str, str, str]:
        assert self.controller is not None
        if self.controller.trouble:
            spooled = self.controller.spooled
            return (f"{spooled} kept aside" if spooled else "NOT saved",) * 3
        status = self.controller.committer.status()
        if status.state == "pending":
            whole = f"saved · commit pending: {status.reason}"
            key = key_text(self, "room.flags")
            return whole, f"saved · commit pending, {key}", f"saved, {key}"
        if status.state == "committing":
            return "saved · committing…", "saved · committing…", "saved…"
        if isinstance(status.last, Committed):
            text = f"saved · committed {status.last.sha[:7]}"
            return text, text, f"saved {status.last.sha[:7]}"
        return ("saved",) * 3


def _length(hints: Sequence[Hint]) -> int:
    return sum(text.cell_length for text, _ in hints)


def _hints_in(hints: Sequence[Hint], free: int) -> list[Hint]:
    """The first of them, as long as they fit."""
    shown: list[Hint] = []
    for hint in hints:
        free -= _length([hint])
        if free < 0:
            break
        shown.append(hint)
    return shown
