"""The last line: the keys that matter here, and whether what was typed is saved and committed."""

from textual.content import Content
from textual.widget import Widget

from incident_tui.history import Committed
from incident_tui.screens.painted_text import cells, cut, line
from incident_tui.screens.session.controller import IncidentController

ENOUGH = 20
"""Cells for the beginning of a reason, below which it is left to F6."""


class KeyBar(Widget):
    """Keys at the left, taken from the bindings of the screen; the state of saving at the right."""

    COMPONENT_CLASSES = {"keys--key"}

    def __init__(self, controller: IncidentController | None = None) -> None:
        super().__init__(id="keys")
        self.controller = controller

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        width = self.size.width
        short, whole = self._saved() if self.controller else ("", "")
        free = width - cells(short)
        keys = Content()
        told = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.id in told:
                continue
            told.add(binding.id)
            key = self.app.get_key_display(binding)
            hint = line(" ", (key, ".keys--key"), f" {binding.description} ")
            if keys.cell_length + hint.cell_length > free:
                break
            keys = Content.assemble(keys, hint)
        room = width - keys.cell_length
        # Why a commit waits is told in the room that the keys leave, and never in theirs.
        state = cut(line((whole, "dim")), max(room, cells(short)))
        if room < cells(short) + ENOUGH:
            state = line((short, "dim"))
        return cut(line(keys, " " * max(0, room - state.cell_length), state), width)

    def _saved(self) -> tuple[str, str]:
        """The state of saving and committing, as short as can be and as it is told with room."""
        short, whole = self._told()
        return f" {short} ", f" {whole or short} "

    def _told(self) -> tuple[str, str]:
        assert self.controller is not None
        if self.controller.trouble:
            waiting = self.controller.waiting
            return f"{waiting} kept aside" if waiting else "NOT saved", ""
        status = self.controller.committer.status()
        if status.state == "pending":
            return "saved · commit pending, F6", f"saved · commit pending: {status.reason}"
        if status.state == "committing":
            return "saved · committing…", ""
        if isinstance(status.last, Committed):
            return f"saved · committed {status.last.sha[:7]}", ""
        return "saved", ""
