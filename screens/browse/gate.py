"""The gate of the current stage: what is still missing, and the way on, back or to the end.

Whether a step is possible is asked of the service; this screen only says what it answers.
"""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.screens.browse.document_screen import MARKUP, DocumentScreen
from incident_tui.screens.browse.gate_rows import GateView
from incident_tui.screens.painted_text import plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.outcome_text import not_recorded
from incident_tui.screens.widgets.chrome.document_rows import artifact_among
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.question import Question
from incident_tui.screens.widgets.chrome.view import Answer
from incident_tui.screens.widgets.line.line_input import LineInput, to_go_on
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Receipt
from incident_tui.service.session.line_preview import final_step
from incident_tui.store.files.errors import StoreError

DRAFT = "revise"
ASKS_FIRST = frozenset(
    f"gate.{name}" for name in ("advance", "approve", "close", "revise", "attest", "waive")
)
"""Letters that ask before they do anything."""


class CheckRows(Rows):
    """The checks; Enter writes the line that mends one."""

    BINDINGS = [
        Binding("enter", "choose", "mend", id="rows.choose",
                tooltip="Put the line that mends it into the log line"),
    ]  # fmt: skip


class GateScreen(DocumentScreen):
    """Gives back a line for the log line, or nothing."""

    BINDING_GROUP_TITLE = "Gate"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/gate.tcss"]
    BINDINGS = [
        Binding("a", "advance", "advance", id="gate.advance",
                tooltip="Leave the stage if its gate passes, or ask for its approval"),
        Binding("a", "approve", "approve", id="gate.approve",
                tooltip="Approve the artifact that is shown"),
        Binding("c", "close_incident", "close", id="gate.close",
                tooltip="Close the incident, at its last stage"),
        Binding("b", "revise", "send back", id="gate.revise",
                tooltip="Send the artifact back with a note"),
        Binding("space", "attest", "tick", id="gate.attest",
                tooltip="Tick a check that only a person can judge"),
        Binding("w", "waive", "waive", id="gate.waive",
                tooltip="Answer a check with not needed, and say why"),
        Binding("escape,q", "leave", "back", id="gate.leave",
                tooltip="Back; everything stays as it is"),
    ]  # fmt: skip

    KEY_WORDS: ClassVar[dict[str, str]] = {
        "gate.approve": "accept lgtm",
        "gate.revise": "reject",
        "gate.waive": "skip",
        "gate.attest": "check",
    }

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self.question: Question = Question(self.answer)
        self._checks = CheckRows(
            wrap=True,
            empty=plain("No check stands before the next step."),
            shows=ASKS_FIRST | {MARKUP},
            answered=self.question.answered,
        )
        self.paper = Rows(
            wrap=True,
            empty=plain("Reading the document…"),
            shows=ASKS_FIRST | {MARKUP},
            answered=self.question.answered,
        )
        self._note = LineInput(id="gate-note-line", entered=self._send_back)
        self._view = GateView(controller.session, self.key_of)
        self._known = 0
        self._unread = True
        """Whether the document of the present state is not on the screen yet."""
        self._asked_unread = False
        """Whether the question that stands was asked then."""
        self._before = self._view.place
        """Where the incident stood when the last line was sent."""
        self._asked_on = ""
        self._moved = ""
        """What others moved the incident to, until the reader was told."""

    def compose(self) -> ComposeResult:
        yield Static(id="gate-head", markup=False)
        with Container(id="gate-parts"):
            with Vertical(id="gate-checks"):
                yield self._checks
            with Vertical(id="gate-artifact"):
                yield self.paper
        yield Answer(id="gate-answer")
        with Vertical(id="gate-note"):
            yield Static(
                plain(
                    "What has to change? Enter sends it back, "
                    f"{self.key_of('gate.leave')} keeps the note for later."
                ),
                id="gate-note-title",
            )
            yield self._note
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#gate-note").display = False
        self._note.write(to_go_on(self.controller.drafts.get(DRAFT)))
        self._show()
        self._checks.focus()

    # --- what is shown -------------------------------------------------------------------------

    def state_changed(self) -> None:
        """Show the present state; what others did meanwhile is said, and stops a hasty key."""
        recorded = self.incident.recorded
        if len(recorded) == self._known:
            return
        last, before = recorded[-1], self._view.place
        self._show()
        if self.busy:
            return
        news = f"{last.actor} recorded meanwhile: {last.event.tell(last, self.incident)}."
        if self._view.place != before:
            news += f" This is {self._view.current.stage.title} now: look again."
            self._moved = news
        self.answer(news)

    def _show(self) -> None:
        self._known, self._unread = len(self.incident.recorded), True
        self._view = view = GateView(self.controller.session, self.key_of)
        self._checks.set_rows(view.rows())
        self.query_one("#gate-head", Static).update(view.head())
        done = f"{view.report.done} of {len(view.report.checks)}"
        self.query_one("#gate-checks").border_title = Content(f"Checks · {done}")
        self.set_class(view.report.passes, "-passes")
        self.refresh_bindings()
        if view.current.stage.produces is None:
            self._show_artifact(None)
        else:
            self.make_documents()

    def on_document_screen_rendered(self, event: DocumentScreen.Rendered) -> None:
        if event.upto == self._known:
            self._show_artifact(artifact_among(event.pages, self.incident, self._view.number))

    def _show_artifact(self, document: tuple[str, str] | None) -> None:
        produces = self._view.current.stage.produces
        title = f"{produces.title} · as it will be committed" if produces else "No document"
        self.query_one("#gate-artifact").border_title = plain(title)
        nothing = "This stage writes no document of its own."
        path, text = document or ("", "")
        self.show_paper(text, nothing=nothing, path=path)
        self._unread = False
        if self._asked_unread and self.question.stands:
            self.action_approve()

    # --- what is done --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("advance", "approve"):
            return (action == "approve") == self._view.waits
        if action == "close_incident":
            return self._view.is_last
        return super().check_action(action, parameters)

    def _ask(self, question: str, do: Callable[[], object]) -> None:
        self.question.ask(question, do)
        self._asked_on = self._row_key()

    def _row_key(self) -> str:
        return self._checks.row.key if self._checks.row else ""

    def on_rows_moved(self) -> None:
        """What was asked about one row is not answered on another."""
        if self.question.stands and self._asked_on != self._row_key():
            self.answer("")

    def _ask_to_send(self, text: str, question: str) -> None:
        """Ask before a step is entered; one that is refused says why at once."""
        if self._hasty():
            return
        if refused := self._view.refusal(text):
            self.answer(not_recorded(refused))
            return
        final = final_step(self.controller.session, text)
        unread = text == "/approve" and self._unread
        unseen = ", unseen: its document is still being read" if unread else ""
        self._ask(f"{final or question}{unseen}", lambda: self._send(text))
        self._asked_unread = unread

    def action_advance(self) -> None:
        self._ask_to_send("/advance", f"asks for the approval of {self._view.current.stage.title}")

    def action_approve(self) -> None:
        self._ask_to_send("/approve", f"approves {self._view.current.stage.title}")

    def action_close_incident(self) -> None:
        self._ask_to_send("/close", "closes the incident")

    def action_attest(self) -> None:
        check = self._view.check(self._checks.row)
        if check is not None and check.kind == "attestation":
            self._ask(f"ticks: {check.title}", lambda: self._send(f"/attest {check.id}"))
        elif check is not None:
            self.answer(f"{check.title}: the log decides it, nobody has to tick it.")

    def action_waive(self) -> None:
        check = self._view.check(self._checks.row)
        if check is None:
            return
        if check.state != "failing":
            self.answer(f"{check.title}: it does not fail, there is nothing to waive.")
        elif not check.waivable:
            self.answer(f"{check.title}: it cannot be waived in this playbook.")
        else:
            self._ask(
                f"begins the line that waives: {check.title}",
                lambda: self.dismiss(f"/waive {check.id} "),
            )

    def action_revise(self) -> None:
        refused = self._view.refusal("/revise it is said below")
        if refused is not None:
            self.answer(not_recorded(refused))
            return
        self._ask("opens the note that sends it back", self._open_note)

    def _open_note(self) -> None:
        self.query_one("#gate-note").display = True
        self._note.focus()

    def action_leave(self) -> None:
        if self.query_one("#gate-note").display:
            self._close_note()
        else:
            self.dismiss()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.rows is self.paper:
            return
        lead = self._view.line_behind(event.row)
        if lead is None:
            self.answer("Nothing is missing there.")
        else:
            self.dismiss(lead)

    def _send_back(self, note: str) -> None:
        if note.strip():
            self._send(f"/revise {note.strip()}")

    def _close_note(self) -> None:
        self.keep_draft()
        self.query_one("#gate-note").display = False
        self.set_focus(self._checks)

    @property
    def fields(self) -> dict[str, LineInput | LinesInput]:
        return {DRAFT: self._note}

    def typed_texts(self) -> dict[str, str]:
        return {DRAFT: self._note.value}

    def _send(self, text: str) -> None:
        if self.busy:
            return
        if self._hasty():
            return
        self._before = self._view.place
        self.send(text, seen_stage=self._before[0])

    def _hasty(self) -> bool:
        """Whether a key was meant for what others have moved on since; it is told once."""
        moved, self._moved = self._moved, ""
        if moved:
            self.answer(f"Not done yet. {moved}")
        return bool(moved)

    def refused(self, problem: LineError | Refused | StoreError) -> None:
        self._show()
        super().refused(problem)

    async def recorded(self, receipt: Receipt) -> None:
        self._show()
        if self.question.stands:
            return  # the state is shown before this is called, and a next step was asked about
        self.answer("")
        if not receipt.is_transition:
            return
        if self._before[1] == "review":
            self._note.value = ""
            self._close_note()
        done = f"#{receipt.numbers[-1]} {receipt.summary}, saved"
        if self.is_current and not self._view.waits:
            self.leave_with(done)
        else:
            self.answer(f"✓ {done}")
