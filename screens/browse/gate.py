"""The gate of the current stage: what is still missing, and the way on, back or to the end.

Whether a step is possible is asked of the service; this screen only says what it answers.
"""

from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.screens.browse.gate_rows import GateView
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.text import plain
from incident_tui.screens.widgets.chrome.document_rows import artifact_among, documents, paper_rows
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Receipt

DRAFT = "revise"


class CheckRows(Rows):
    """The checks; Enter writes the line that mends one."""

    BINDINGS = [
        Binding("enter", "choose", "mend", id="rows.choose",
                tooltip="Put the line that mends it into the log line"),
    ]  # fmt: skip


class GateScreen(View[str | None]):
    """Gives back a line for the log line, or nothing."""

    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/gate.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        Binding("a", "advance", "advance", id="gate.advance",
                tooltip="Leave the stage if its gate passes, or ask for its approval"),
        Binding("a", "approve", "approve", id="gate.approve",
                tooltip="Approve the artifact that is shown"),
        Binding("c", "close_incident", "close", id="gate.close",
                tooltip="Close the incident, at its last stage"),
        Binding("r", "revise", "send back", id="gate.revise",
                tooltip="Send the artifact back with a note"),
        Binding("space", "attest", "tick", id="gate.attest",
                tooltip="Tick a check that only a person can judge"),
        Binding("w", "waive", "waive", id="gate.waive",
                tooltip="Answer a check with not needed, and say why"),
        Binding("escape,q", "leave", "back", id="gate.leave",
                tooltip="Back; everything stays as it is"),
    ]  # fmt: skip

    @dataclass
    class Rendered(Message):
        """The documents as of `upto` entries."""

        pages: dict[str, str]
        upto: int

    def __init__(self, controller: IncidentController) -> None:
        super().__init__()
        self.controller = controller
        self._checks = CheckRows(wrap=True, empty=plain("This stage has no gate. a leaves it."))
        self._artifact = Rows(wrap=True, empty=plain("Reading the document…"))
        self._note = LineInput(id="gate-note-line", entered=self._send_back)
        self._view = GateView(controller.session)
        self._entering = False
        self._known = 0
        self._moved = ""
        """What others moved the incident to, until the reader was told."""

    def compose(self) -> ComposeResult:
        yield Static(id="gate-head", markup=False)
        with Container(id="gate-parts"):
            with Vertical(id="gate-checks"):
                yield self._checks
            with Vertical(id="gate-artifact"):
                yield self._artifact
        yield Static(id="gate-answer", markup=False)
        with Vertical(id="gate-note"):
            yield Static(
                plain("What has to change? Enter sends it back, Esc keeps the note for later."),
                id="gate-note-title",
            )
            yield self._note
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#gate-note").display = False
        self._answer("")
        self._note.write(self.controller.drafts.get(DRAFT))
        self._show()
        self._checks.focus()
        self.controller.listen(self._state_changed)
        self.set_interval(0.5, self._keep_note)

    def on_unmount(self) -> None:
        self.controller.unlisten(self._state_changed)
        self._keep_note()

    # --- what is shown -------------------------------------------------------------------------

    def _state_changed(self) -> None:
        """Show the present state; what others did meanwhile is said, and stops a hasty key."""
        recorded = self.controller.incident.recorded
        if len(recorded) == self._known:
            return
        last, before = recorded[-1], self._view.place
        self._show()
        if self._entering:
            return
        told = (
            f"{last.actor} recorded meanwhile: {last.event.tell(last, self.controller.incident)}."
        )
        if self._view.place != before:
            told += f" This is {self._view.current.stage.title} now: look again."
            self._moved = told
        self._answer(told)

    def _show(self) -> None:
        self._known = len(self.controller.incident.recorded)
        self._view = view = GateView(self.controller.session)
        self._checks.set_rows(view.rows())
        self.query_one("#gate-head", Static).update(view.head())
        done = f"{view.report.done} of {len(view.report.checks)}"
        self.query_one("#gate-checks").border_title = Content(f"Checks · {done}")
        self.set_class(view.report.passes, "-passes")
        self.refresh_bindings()
        if view.current.stage.produces is None:
            self._show_artifact(None)
        else:
            self._render_documents()

    @work(thread=True, exclusive=True, exit_on_error=False, group="documents")
    def _render_documents(self) -> None:
        entries = tuple(self.controller.incident.recorded)
        pages = documents(entries, self.controller.incident.playbook)
        if not get_current_worker().is_cancelled:
            self.post_message(self.Rendered(pages, len(entries)))

    def on_gate_screen_rendered(self, event: Rendered) -> None:
        if event.upto == self._known:
            self._show_artifact(artifact_among(event.pages, self._view.number))

    def _show_artifact(self, found: tuple[str, str] | None) -> None:
        produces = self._view.current.stage.produces
        title = f"{produces.title} · as it will be committed" if produces else "No document"
        self.query_one("#gate-artifact").border_title = plain(title)
        if found is None:
            self._artifact.set_empty(plain("This stage writes no document of its own."))
        self._artifact.set_rows(paper_rows(found[1]) if found else [])

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is not WorkerState.ERROR:
            return
        if event.worker.group == "documents":
            self._artifact.set_rows([])
            self._artifact.set_empty(plain(f"It cannot be shown: {event.worker.error}"))
        else:
            self._answer(f"It was not recorded: {event.worker.error}")

    def _answer(self, text: str) -> None:
        answer = self.query_one("#gate-answer", Static)
        answer.display = bool(text)
        answer.update(plain(text))

    # --- what is done --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("advance", "approve"):
            return (action == "approve") == self._view.waits
        if action == "close_incident":
            return self._view.is_last
        return super().check_action(action, parameters)

    def action_advance(self) -> None:
        self._send("/advance")

    def action_approve(self) -> None:
        self._send("/approve")

    def action_close_incident(self) -> None:
        self._send("/close")

    def action_attest(self) -> None:
        check = self._view.check(self._checks.row)
        if check is not None and check.kind == "attestation":
            self._send(f"/attest {check.id}")
        elif check is not None:
            self._answer(f"{check.title}: the log decides it, nobody has to tick it.")

    def action_waive(self) -> None:
        check = self._view.check(self._checks.row)
        if check is None:
            return
        if check.state != "failing":
            self._answer(f"{check.title}: it does not fail, there is nothing to waive.")
        elif not check.waivable:
            self._answer(f"{check.title}: it cannot be waived in this playbook.")
        else:
            self.dismiss(f"/waive {check.id} ")

    def action_revise(self) -> None:
        refused = self._view.refusal("/revise …")
        if refused is not None:
            self._answer(f"{refused.message}.")
            return
        self._answer("")
        self.query_one("#gate-note").display = True
        self._note.focus()

    def action_leave(self) -> None:
        if self.query_one("#gate-note").display:
            self._close_note()
        else:
            self.dismiss()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.rows is self._artifact:
            return
        lead = self._view.line_behind(event.row)
        if lead is None:
            self._answer("Nothing is missing there.")
        else:
            self.dismiss(lead)

    def on_burst(self, event: Burst) -> None:
        """Text typed here was meant for the log line."""
        event.stop()
        self.dismiss(event.text)

    def _send_back(self, note: str) -> None:
        if note.strip():
            self._send(f"/revise {note.strip()}")

    def on_line_input_pasted_lines(self, event: LineInput.PastedLines) -> None:
        event.stop()
        self._note.insert_text_at_cursor(" ".join(text.strip() for text in event.lines))

    def _close_note(self) -> None:
        self._keep_note()
        self.query_one("#gate-note").display = False
        self.set_focus(self._checks)

    def _keep_note(self) -> None:
        self.controller.drafts.keep(DRAFT, self._note.value)

    @work(exit_on_error=False, group="entering")
    async def _send(self, text: str) -> None:
        if self._entering:
            return
        if self._moved:
            self._answer(f"Not done yet. {self._moved}")
            self._moved = ""
            return
        before, self._entering = self._view.place, True
        try:
            outcome = await self.controller.enter(text, seen_stage=before[0])
        finally:
            self._entering = False
        self._show()
        if isinstance(outcome, Receipt):
            self._after(outcome, before)
        elif isinstance(outcome, (Refused, LineError)):
            self._answer(f"{outcome.message}.")
        else:
            self._answer(str(outcome))

    def _after(self, receipt: Receipt, before: tuple[str, str]) -> None:
        self._answer("")
        if not receipt.is_transition:
            return
        if before[1] == "review":
            self._note.value = ""
            self._close_note()
        self.notify(receipt.summary, title="Recorded", markup=False, timeout=4)
        if self.is_current and not self._view.waits:
            self.dismiss()
