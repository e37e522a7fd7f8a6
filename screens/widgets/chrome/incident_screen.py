"""What the screens over one open incident have in common: they listen to it, and send it lines."""

from collections.abc import Mapping
from datetime import tzinfo

from textual import on, work
from textual.events import Mount, Unmount
from textual.screen import ScreenResultType
from textual.worker import Worker

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.line_grammar import Line, format_line
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.outcome_text import not_recorded, where
from incident_tui.screens.widgets.chrome.view import WithLogLine
from incident_tui.screens.widgets.chrome.with_editor import WithEditor
from incident_tui.service import Receipt
from incident_tui.store.files.errors import StoreError


class IncidentView(WithEditor[ScreenResultType]):
    """A screen that shows the incident of `controller`, and hears of its changes."""

    controller: IncidentController

    @property
    def env(self) -> Mapping[str, str]:
        return self.controller.session.world.env

    @property
    def incident(self) -> Incident:
        """The present state."""
        return self.controller.incident

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown and typed."""
        return self.controller.session.zone

    def state_changed(self) -> None:
        """Show the present state; called after each change, and not for the first time."""

    def answer(self, text: str) -> None:
        """Say what came of what was done here, and remember it: it can be read again."""
        if text:
            self.controller.note(text)
        super().answer(text)

    @property
    def has_parts(self) -> bool:
        """Whether there is anything to show a change on; the parts of a screen go before it."""
        return bool(self.children)

    @on(Mount)
    def _listen(self) -> None:
        self.controller.listen(self._changed)

    @on(Unmount)
    def _unlisten(self) -> None:
        self.controller.unlisten(self._changed)

    def _changed(self) -> None:
        if self.has_parts:
            self.state_changed()


class IncidentScreen(IncidentView[ScreenResultType]):
    """A screen that also sends lines. What is typed in it is kept until it is sent."""

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self.controller = controller
        self.drafts = controller.drafts

    def send_form(self, lead: str, values: Mapping[str, str]) -> None:
        """Send the first form of a command with these values; empty ones are left out."""
        given = {name: value for name, value in values.items() if value}
        self.send(format_line(Line(commands.forms(lead)[0], given)))

    @work(exit_on_error=False, group="entering")
    async def send(self, text: str, *, seen_stage: str = "") -> None:
        """Send a line. One that comes while another is on its way is not sent."""
        if self.busy:
            return
        self.keep_draft()
        self.busy = True
        try:
            outcome = await self.controller.enter(text, seen_stage=seen_stage)
            if isinstance(outcome, Receipt):
                await self.recorded(outcome)
            else:
                self.refused(outcome)
        finally:
            self.busy = False

    async def recorded(self, receipt: Receipt) -> None:
        """Go on after a line that was sent and recorded."""

    def refused(self, problem: LineError | Refused | StoreError) -> None:
        """Say why a line that was sent was not recorded."""
        self.answer(not_recorded(problem))

    def leave_with(self, done: str) -> None:
        """Go, and say below the log line what was done here; it can be read again."""
        self.controller.note(f"✓ {done}")
        if self.is_current:
            self.dismiss()
        if isinstance(below := self.app.screen, WithLogLine):
            below.tell_done(done)

    def failed(self, worker: Worker[object]) -> None:
        """Say that work of this screen ended in an error, and write down which and where."""
        what = worker.name or "work"
        self.controller.note_work(f"{what} of {type(self).__name__}: {where(worker.error)}")
        super().failed(worker)
