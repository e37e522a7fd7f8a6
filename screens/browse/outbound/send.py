"""Handing an update to the command of the user's own: shown in full, trusted, then run.

Trust is for the words of the command and the content of each file that they name.
"""

from typing import ClassVar

from textual.binding import Binding

from incident_tui.documents.text.markdown_text import bullets, code, paragraphs
from incident_tui.domain.process.runs import ended
from incident_tui.screens.browse.outbound import OutboundScreen
from incident_tui.screens.session.apart import apart
from incident_tui.screens.session.controller import IncidentController
from incident_tui.service.session.update_dispatch import (
    MARK,
    Dispatch,
    dispatch_of,
    program_of,
    run_dispatch,
    trust_dispatch,
)


class SendScreen(OutboundScreen):
    """Shows the command with the text that it is given. Gives back nothing."""

    BINDING_GROUP_TITLE = "Send an update"
    BINDINGS = [
        Binding("f8", "send", "send", id="send.send",
                tooltip="Run the command with the text of the update; asks first"),
    ]  # fmt: skip
    KEY_WORDS: ClassVar[dict[str, str]] = {"send.send": "slack webhook mail curl post publish"}
    HEAD = "Send"

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller, shows=frozenset({"send.send"}))
        self._plan: Dispatch | None = None
        self._program = ""

    def target_text(self) -> str:
        """Which update goes to which program, and whether that is trusted."""
        if self._plan is None:
            return "nothing to send yet"
        standing = (
            "trusted" if self._plan.trusted else f"not trusted yet ({self._plan.mark[:MARK]})"
        )
        return f"update {self._plan.update} to {self._program}, {standing}"

    async def read(self) -> None:
        """Read what would be run, and with which text."""
        session = self.controller.session
        plan = await apart(lambda: dispatch_of(session), name="sending")
        self._program = await apart(lambda: program_of(session), name="sending")
        self._plan = plan
        files = [f"with {path} ({digest[:MARK]})" for path, digest in plan.files]
        parts = (f"Run as you in {code(plan.cwd)}:", code(plan.line), bullets(files),
                 "With this text:", paragraphs(plan.text))  # fmt: skip
        self.show_paper("\n\n".join(part for part in parts if part), nothing="")
        self.state_changed()

    def action_send(self) -> None:
        """Ask whether the command is trusted as it is, then whether the update shall go to it."""
        plan = self._plan
        if self.busy:
            self.answer(self.BUSY)
        elif plan is None:
            self.answer(f"✗ Not sent: {self.hindered}")
        elif not plan.trusted:
            self.question.ask(
                f"trusts the command above, as it and its files are now ({plan.mark[:MARK]})",
                lambda: self.begin(self._trust(plan), self.fail),
            )
        else:
            self.question.ask(
                f"runs it with the text of update {plan.update}",
                lambda: self.begin(self._send(plan), self.fail),
            )

    async def _trust(self, plan: Dispatch) -> None:
        session = self.controller.session
        await apart(lambda: trust_dispatch(session, plan), name="sending")
        await self.read()
        self.busy = False
        self.action_send()

    async def _send(self, plan: Dispatch) -> None:
        session, program = self.controller.session, self._program
        self.answer(f"{program} is running…")
        ran, pending = await apart(lambda: run_dispatch(session, plan), name="sending")
        receipt = await self.controller.record(pending)
        how = "" if ran.exit_code == 0 else f", which did not succeed ({ended(ran.exit_code, 0)})"
        done = f"#{receipt.numbers[0]} update {plan.update} was handed to {program}{how}, saved"
        self.tell(f"{'✓' if not how else '✗'} {done}", done=done)
