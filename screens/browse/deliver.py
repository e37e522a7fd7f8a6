"""Delivering the incident: what would leave, the key that sends it, and whether it was merged.

Nothing leaves before Enter says so. Git and the network work apart, and go on where one leaves.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.history import GitUnavailableError
from incident_tui.history.commits.plumbing import DeliveryError
from incident_tui.screens.browse.document_screen import DocumentScreen
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.session.apart import apart
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.copying import put_into_clipboard
from incident_tui.screens.session.outcome_text import file_trouble
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.question import Question
from incident_tui.screens.widgets.chrome.view import Answer, WithLogLine
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Receipt
from incident_tui.service.git.delivery import Delivery, Parcel, deliver, parcel
from incident_tui.service.git.delivery_record import record_of
from incident_tui.service.git.merge_check import look
from incident_tui.store.files.errors import StoreError
from incident_tui.store.home import home_at


class RequestRows(Rows):
    """The text of the request, which is read and nothing else."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" and super().check_action(action, parameters)


class DeliverScreen(DocumentScreen):
    """Shows the text of the request. Gives back a line for the log line, or nothing."""

    BINDING_GROUP_TITLE = "Delivery"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/deliver.tcss"]
    BINDINGS = [
        Binding("f8", "deliver", "deliver", id="deliver.deliver",
                tooltip="Push the branch, and open its pull request where gh can; asks first"),
        Binding("m", "merged", "was it merged?", id="deliver.merged",
                tooltip="Ask the remote; a merge is recorded as the approval that it is"),
        Binding("escape,q", "leave", "back", id="deliver.leave",
                tooltip="Back; what is being sent goes on"),
    ]  # fmt: skip

    KEY_WORDS: ClassVar[dict[str, str]] = {
        "deliver.deliver": "push pr pull request share send",
        "deliver.merged": "merge approval review pr",
    }

    @dataclass
    class Step(Message):
        """What is done next of the work under way."""

        told: str

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._question = Question(self.answer)
        self.paper = RequestRows(
            wrap=True,
            shows=frozenset({"deliver.deliver", "deliver.merged", "document.copy"}),
            empty=plain("Reading what would be sent…"),
            answered=self._question.answered,
        )
        session = controller.session
        self._home = home_at(session.folder.parent, session.world.env)
        self._parcel: Parcel | None = None
        self._hindered = "what would be sent is still being read."
        """Why nothing can be sent just now."""

    def compose(self) -> ComposeResult:
        yield Static(id="deliver-title", markup=False)
        yield self.paper
        yield Answer(id="deliver-answer")
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self.paper.focus()
        self.state_changed()
        self._begin(self._read(), self._hinder)

    # --- what is shown -------------------------------------------------------------------------

    def state_changed(self) -> None:
        """Say what is sent where, and how it stood when the remote was asked last."""
        told = [line(("Deliver", "bold"), f" · {self._told_parcel()}")]
        if known := self.controller.delivered:
            at = format_when(known.asked, self.zone, reference=self.controller.now())
            told.append(line((known.told, "bold"), f" · asked at {at}"))
        self.query_one("#deliver-title", Static).update(Content("\n").join(told))

    def _told_parcel(self) -> str:
        if self._parcel is None:
            return "nothing to send yet"
        sent = self._parcel
        return f"branch {sent.branch} to {sent.remote} ({sent.url})"

    def on_deliver_screen_step(self, event: Step) -> None:
        super().answer(f"{event.told}…")

    def answer(self, text: str) -> None:
        self._question.drop()
        super().answer(text)

    async def _read(self) -> None:
        session, home = self.controller.session, self._home
        self._parcel = await apart(lambda: parcel(session, home), name="delivery")
        self.show_paper(f"# {self._parcel.title}\n\n{self._parcel.body}", nothing="")
        self.state_changed()

    # --- what is done --------------------------------------------------------------------------

    def action_deliver(self) -> None:
        """Ask whether it may leave the machine."""
        if self.busy:
            self.answer("Something is on its way already; it is told here when that has ended.")
        elif self._parcel is None:
            self.answer(f"✗ Not delivered: {self._hindered}")
        else:
            sent = self._parcel
            where = f"{sent.remote} ({sent.url}), for all who can read that"
            self._question.ask(
                f"pushes {sent.branch} to {where}", lambda: self._begin(self._deliver(), self._fail)
            )

    def action_merged(self) -> None:
        """Ask the remote whether what was delivered is merged."""
        if self.busy:
            self.answer("Something is on its way already; it is told here when that has ended.")
        else:
            self._begin(self._look(), self._fail)

    @work(exit_on_error=False)
    async def action_copy(self) -> None:
        """Copy the text of the request."""
        if self._shown_text:
            text = self._shown_text
            self.answer(f"{await put_into_clipboard(self.app, self.controller, text)}.")

    def _begin(self, job: Coroutine[Any, Any, None], failed: Callable[[str], None]) -> None:
        """Do it as work of the app, which goes on where this screen is left."""
        self.busy = True
        self.app.run_worker(self._to_its_end(job, failed), name="delivery", exit_on_error=False)

    async def _to_its_end(
        self, job: Coroutine[Any, Any, None], failed: Callable[[str], None]
    ) -> None:
        try:
            await job
        except Refused as refused:
            mend = "".join(f" {what}: {how}" for what, how in refused.reasons[:1])
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

    def _hinder(self, why: str) -> None:
        """Say why nothing can be sent."""
        self._hindered = why
        if self.is_attached:
            self.show_paper("", nothing=f"Nothing can be sent now: {why}")
            self.state_changed()

    def _fail(self, why: str) -> None:
        self._tell(f"✗ Not done: {why}")

    def _tell(self, told: str, done: str = "") -> None:
        """Say what came of it, wherever the user is by now."""
        if self.is_attached:
            self.answer(told)
            return
        self.controller.note(told)
        below = self.app.screen
        if done and isinstance(below, WithLogLine):
            below.tell_done(done)
        else:
            self.app.notify(told, markup=False, timeout=15)

    async def _deliver(self) -> None:
        session, home = self.controller.session, self._home

        def send() -> Delivery:
            return deliver(session, home, telling=lambda told: self.post_message(self.Step(told)))

        sent = await apart(send, name="delivery")
        await self._remember()
        told = sent.summary
        if sent.pull_request:
            told += f" · the pull request is {sent.pull_request}"
        if sent.next_step:
            told += f"\n{sent.next_step}."
        self._tell(f"✓ {told}", done=sent.summary)

    async def _look(self) -> None:
        session, home = self.controller.session, self._home
        super().answer("asking the remote…")
        looked = await apart(lambda: look(session, home), name="delivery")
        await self._remember()
        if not looked.line:
            self._tell(f"{looked.summary}.", done=looked.summary if looked.merged else "")
            return
        outcome = await self.controller.enter(looked.line, seen_stage=looked.stage)
        if isinstance(outcome, Receipt):
            done = f"#{outcome.numbers[-1]} {looked.approved}, saved"
            self._tell(f"✓ {done}", done=done)
        elif isinstance(outcome, Refused):
            raise looked.refused(outcome)
        else:
            raise outcome

    async def _remember(self) -> None:
        home, incident = self._home, self.controller.session.id
        self.controller.delivered = await apart(lambda: record_of(home, incident), name="delivery")
        self.controller.tell()
