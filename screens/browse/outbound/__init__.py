"""What the screens share from which something leaves the machine: shown first, sent on a yes.

Nothing leaves before Enter says so. What may wait for a network works apart, and goes on where one
leaves.
"""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.history import GitUnavailableError
from incident_tui.history.commits.plumbing import DeliveryError
from incident_tui.screens.browse.document_screen import MARKUP, DocumentScreen
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.copied_text import put_into_clipboard
from incident_tui.screens.session.outcome_text import file_trouble
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.question import Question
from incident_tui.screens.widgets.chrome.view import Answer, WithLogLine
from incident_tui.screens.widgets.rows.rows import ReadRows
from incident_tui.store.files.errors import StoreError


class OutboundScreen(DocumentScreen):
    """Shows the text that would leave. Gives back a line for the log line, or nothing."""

    CSS_PATH = ["../../../styles/widgets/key_bar.tcss", "../../../styles/browse/outbound.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back", id="outbound.leave",
                tooltip="Back; what is being sent goes on"),
    ]  # fmt: skip

    HEAD = ""
    """What the screen is for, as its first words say it."""
    BUSY = "Something is on its way already; it is told here when that has ended."

    def __init__(self, controller: IncidentController, *, shows: frozenset[str]) -> None:
        super().__init__(controller)
        self.question: Question = Question(self.answer)
        self.paper = ReadRows(
            wrap=True,
            shows=shows | {"document.copy", MARKUP},
            empty=plain("Reading what would be sent…"),
            answered=self.question.answered,
        )
        self.hindered = "what would be sent is still being read."
        """Why nothing can be sent just now."""

    def compose(self) -> ComposeResult:
        yield Static(id="outbound-title", markup=False)
        yield self.paper
        yield Answer(id="outbound-answer")
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self.paper.focus()
        self.state_changed()
        self.begin(self.read(), self.hinder)

    def state_changed(self) -> None:
        """Say what would go where."""
        lines = [line((self.HEAD, "bold"), f" · {self.target_text()}"), *self.standing_lines()]
        self.query_one("#outbound-title", Static).update(Content("\n").join(lines))

    def target_text(self) -> str:
        """What would go where, once that is read."""
        raise NotImplementedError

    def standing_lines(self) -> list[Content]:
        """How it stands with what went before, a line each."""
        return []

    async def read(self) -> None:
        """Read what would be sent, and show it."""
        raise NotImplementedError

    @work(exit_on_error=False)
    async def action_copy(self) -> None:
        """Copy the text that is shown."""
        if self._shown_text:
            self.answer(f"{await put_into_clipboard(self.app, self.controller, self._shown_text)}.")

    def begin(self, job: Coroutine[Any, Any, None], failed: Callable[[str], None]) -> None:
        """Do it as work of the app, which goes on where this screen is left."""
        self.busy = True
        self.app.run_worker(self._to_its_end(job, failed), name="outbound", exit_on_error=False)

    async def _to_its_end(
        self, job: Coroutine[Any, Any, None], failed: Callable[[str], None]
    ) -> None:
        try:
            await job
        except Refused as refused:
            mend = "".join(f" {what}: {how}" for what, how in refused.first)
            failed(f"{refused.message}.{mend}")
        except LineError as problem:
            failed(f"{problem.message}.")
        except (DeliveryError, GitUnavailableError) as problem:
            failed(f"{problem.reason}.")
        except StoreError as problem:
            failed(file_trouble(problem))
        except Exception as problem:
            failed(f"{problem}.")
            raise
        finally:
            self.busy = False

    def hinder(self, why: str) -> None:
        """Say why nothing can be sent."""
        self.hindered = why
        if self.is_attached:
            self.show_paper("", nothing=f"Nothing can be sent now: {why}")
            self.state_changed()

    def fail(self, why: str) -> None:
        self.tell(f"✗ Not done: {why}")

    def tell(self, text: str, done: str = "") -> None:
        """Say what came of it, wherever the user is by now."""
        if self.is_attached:
            self.answer(text)
            return
        self.controller.note(text)
        below = self.app.screen
        if done and isinstance(below, WithLogLine):
            below.tell_done(done)
        else:
            self.app.notify(text, markup=False, timeout=15)
