"""The last line: the keys that matter here, and whether what was typed is saved and committed."""

from textual.content import Content
from textual.widget import Widget

from incident_tui.history import Committed
from incident_tui.screens.painted_text import cut, line
from incident_tui.screens.session.controller import IncidentController


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
        saved = line((f" {self._saved()} ", "dim")) if self.controller else Content()
        free = width - saved.cell_length
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
        return cut(line(keys, " " * max(0, free - keys.cell_length), saved), width)

    def _saved(self) -> str:
        assert self.controller is not None
        if self.controller.trouble:
            waiting = self.controller.waiting
            return f"{waiting} kept aside" if waiting else "NOT saved"
        status = self.controller.committer.status()
        if status.state == "pending":
            return f"saved · commit pending: {status.reason}"[:60]
        if status.state == "committing":
            return "saved · committing…"
        if isinstance(status.last, Committed):
            return f"saved · committed {status.last.sha[:7]}"
        return "saved"
