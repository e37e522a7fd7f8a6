"""Delivering the incident: what would leave, the key that sends it, and whether it was merged.

Nothing leaves before Enter says so. Git and the network work apart, and go on where one leaves.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.screens.browse.outbound import OutboundScreen
from incident_tui.screens.painted_text import line
from incident_tui.screens.session.apart import apart
from incident_tui.screens.session.controller import IncidentController
from incident_tui.service import Receipt
from incident_tui.service.git.delivery import Delivery, Parcel, deliver, parcel
from incident_tui.service.git.delivery_record import record_of
from incident_tui.service.git.merge_check import look
from incident_tui.store.home import home_at


class DeliverScreen(OutboundScreen):
    """Shows the text of the request. Gives back a line for the log line, or nothing."""

    BINDING_GROUP_TITLE = "Delivery"
    BINDINGS = [
        Binding("f8", "deliver", "deliver", id="deliver.deliver",
                tooltip="Push the branch, and open its pull request where gh can; asks first"),
        Binding("m", "merged", "was it merged?", id="deliver.merged",
                tooltip="Ask the remote; a merge is recorded as the approval that it is"),
    ]  # fmt: skip

    KEY_WORDS: ClassVar[dict[str, str]] = {
        "deliver.deliver": "push pr pull request share send",
        "deliver.merged": "merge approval review pr",
    }

    @dataclass
    class Step(Message):
        """What is done next of the work under way."""

        text: str

    HEAD = "Deliver"

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller, shows=frozenset({"deliver.deliver", "deliver.merged"}))
        session = controller.session
        self._home = home_at(session.folder.parent, session.world.env)
        self._parcel: Parcel | None = None

    # --- what is shown -------------------------------------------------------------------------

    def standing_lines(self) -> list[Content]:
        """How it stood when the remote was asked last."""
        known = self.controller.delivered
        if known is None:
            return []
        at = format_when(known.asked, self.zone, reference=self.controller.now())
        return [line((known.text, "bold"), f" · asked at {at}")]

    def target_text(self) -> str:
        """The branch, and the remote that it goes to."""
        if self._parcel is None:
            return "nothing to send yet"
        sent = self._parcel
        return f"branch {sent.branch} to {sent.remote} ({sent.url})"

    def on_deliver_screen_step(self, event: Step) -> None:
        self.answer(f"{event.text}…")

    async def read(self) -> None:
        """Read what would be pushed, and show the text of its request."""
        session, home = self.controller.session, self._home
        self._parcel = await apart(lambda: parcel(session, home), name="delivery")
        self.show_paper(f"# {self._parcel.title}\n\n{self._parcel.body}", nothing="")
        self.state_changed()

    # --- what is done --------------------------------------------------------------------------

    def action_deliver(self) -> None:
        """Ask whether it may leave the machine."""
        if self.busy:
            self.answer(self.BUSY)
        elif self._parcel is None:
            self.answer(f"✗ Not delivered: {self.hindered}")
        else:
            sent = self._parcel
            where = f"{sent.remote} ({sent.url}), for all who can read that"
            self.question.ask(
                f"pushes {sent.branch} to {where}", lambda: self.begin(self._deliver(), self.fail)
            )

    def action_merged(self) -> None:
        """Ask the remote whether what was delivered is merged."""
        if self.busy:
            self.answer(self.BUSY)
        else:
            self.question.ask(
                "asks the remote, and records a merge as the approval that it is",
                lambda: self.begin(self._look(), self.fail),
            )

    async def _deliver(self) -> None:
        session, home = self.controller.session, self._home

        def send() -> Delivery:
            return deliver(session, home, on_step=lambda text: self.post_message(self.Step(text)))

        sent = await apart(send, name="delivery")
        await self._remember()
        text = sent.summary
        if sent.pull_request:
            text += f" · the pull request is {sent.pull_request}"
        if sent.next_step:
            text += f"\n{sent.next_step}."
        self.tell(f"✓ {text}", done=sent.summary)

    async def _look(self) -> None:
        session, home = self.controller.session, self._home
        self.answer("asking the remote…")
        looked = await apart(lambda: look(session, home), name="delivery")
        await self._remember()
        if not looked.line:
            self.tell(f"{looked.summary}.", done=looked.summary if looked.merged else "")
            return
        outcome = await self.controller.enter(looked.line, seen_stage=looked.stage)
        if isinstance(outcome, Receipt):
            done = f"#{outcome.numbers[-1]} {looked.approved}, saved"
            self.tell(f"✓ {done}", done=done)
        elif isinstance(outcome, Refused):
            raise looked.refused(outcome)
        else:
            raise outcome

    async def _remember(self) -> None:
        home, incident = self._home, self.controller.session.id
        self.controller.delivered = await apart(lambda: record_of(home, incident), name="delivery")
        self.controller.tell()
