"""When a shared terminal reminds of who types in it: what is typed goes to the record as theirs."""

from dataclasses import dataclass
from datetime import timedelta

from textual import work
from textual.message import Message
from textual.widget import Widget

from incident_tui.screens.session.controller import IncidentController
from incident_tui.service.runtime.shared_terminal import attached_clients, can_be_shared

IDLE = timedelta(minutes=5)
"""How long nothing was typed, so that somebody else may have sat down."""
LOOK_SECONDS = 10.0
"""How often that is looked at, and tmux asked for who is attached; it is with each line, too."""


class WhoReminder(Widget):
    """Shows nothing; posts `Due` where somebody else may type now.

    That is when another terminal is attached, and when nothing was typed for long; and never in an
    incident in which one person has typed.
    """

    DEFAULT_CSS = "WhoReminder { display: none; }"

    class Due(Message):
        """Somebody else may type now."""

    @dataclass
    class Attached(Message):
        """These terminals show this one, as far as that can be told."""

        clients: frozenset[str] | None

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self._controller = controller
        self._clients: frozenset[str] | None = None  # nobody has looked yet
        self._text = ""
        self._typed = controller.now()
        self._reminded = False

    def on_mount(self) -> None:
        self.look()
        self.set_interval(LOOK_SECONDS, self.look)

    def typed(self, text: str) -> None:
        """This stands in the log line: a text that stood there before was not typed now."""
        if text != self._text:
            begun = text and not self._text
            self._text, self._typed, self._reminded = text, self._controller.now(), False
            if begun:  # before Enter, however soon that is after somebody came
                self.look()

    def look(self) -> None:
        """Look whether nothing was typed for long, and for who is attached."""
        if not self._reminded and self._controller.now() - self._typed >= IDLE:
            self._reminded = True
            self._remind()
        if can_be_shared(self._controller.session.world):
            self._ask_tmux()

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _ask_tmux(self) -> None:
        self.post_message(self.Attached(attached_clients(self._controller.session.world)))

    def on_who_reminder_attached(self, event: Attached) -> None:
        event.stop()
        if event.clients is None:
            return
        before, self._clients = self._clients, event.clients
        if before is not None and event.clients - before:
            self._remind()

    def _remind(self) -> None:
        if len({entry.actor for entry in self._controller.incident.recorded}) > 1:
            self.post_message(self.Due())
