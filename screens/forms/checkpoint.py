"""The checkpoint: the packet for whoever takes over, and the fact that they read back from it.

What stands in a packet is the domain's; this screen shows it, adds remarks, and sends the lines.
"""

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.handover.checkpoints import (
    PACKET,
    Checkpoint,
    CheckpointMade,
    Checkpoints,
    compose,
)
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.values.text import clean, clean_line
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.question import Question
from incident_tui.screens.widgets.chrome.view import Answer, WithLogLine
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Receipt

GIVE, WAITS, READ, DONE = "give", "waits", "read", "done"
FIELDS = {
    "name": "To",
    "decide": "Next decision",
    "users": "Others decide",
    "read": "Read back",
}
"""One-line fields: the first three make the packet, the last one acknowledges it."""


class CheckpointScreen(IncidentScreen[None]):
    """One screen for both sides of a handover. What is typed is kept until it is recorded."""

    BINDING_GROUP_TITLE = "Checkpoint"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/checkpoint.tcss"]
    AUTO_FOCUS = ""  # the field that comes first has the focus, not the packet
    BINDINGS = [
        Binding("f8", "send", "hand over", id="checkpoint.hand_over",
                tooltip="Hand over: Enter, as the very next key, records the packet"),
        Binding("f8", "read_back", "read back", id="checkpoint.read_back",
                tooltip="Say one fact of the packet back: then the handover is done"),
        Binding("f3", "sit_down", "the receiver is here", id="checkpoint.sit_down",
                tooltip="Whoever the packet is for types from now on, and reads it back here"),
        Binding("ctrl+n", "give", "another", id="checkpoint.give",
                tooltip="Make another packet, from what the log says now"),
        Binding("tab", "app.focus_next", "next field", id="checkpoint.next",
                tooltip="To the next field, and to the packet"),
        Binding("escape,f12", "leave", "back", id="checkpoint.leave",
                tooltip="Back; what was typed is kept"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self.question: Question = Question(self.answer)
        answered = self.question.answered
        self._packet = Rows(wrap=True, shows=frozenset(), answered=answered)
        self._fields = {
            name: LineInput(id=f"checkpoint-{name}", entered=self._enter, answered=answered)
            for name in FIELDS
        }
        self._remarks = LinesInput(id="checkpoint-remarks", answered=answered)
        self._mode = READ if self._mine else GIVE

    def compose(self) -> ComposeResult:
        yield Static(id="checkpoint-head", markup=False)
        with Vertical(id="checkpoint-packet"):
            yield self._packet
        for name, label in FIELDS.items():
            with Horizontal(id=f"checkpoint-{name}-row", classes="field"):
                yield Static(plain(label), classes="label")
                yield self._fields[name]
        with Horizontal(id="checkpoint-remarks-row", classes="field"):
            yield Static(plain("Remarks"), classes="label")
            yield self._remarks
        yield Answer(id="checkpoint-answer")
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self._fields["name"].placeholder = "who takes over"
        self._fields["decide"].placeholder = "what has to be decided next, and by when"
        self._fields["users"].placeholder = "what others have to decide, if anything"
        self._fields["read"].placeholder = "one fact of the packet, in your own words"
        for place, widget in self.fields.items():
            widget.write(self.controller.drafts.get(place))
        name = self._fields["name"]
        name.offer(name.value or self.incident.of(Checkpoints).owed_to)
        self._turn_to(self._mode)

    @property
    def fields(self) -> dict[str, LineInput | LinesInput]:
        lines = {f"checkpoint {name}": field for name, field in self._fields.items()}
        return {"checkpoint": self._remarks, **lines}

    # --- what is shown -------------------------------------------------------------------------

    @property
    def _mine(self) -> Checkpoint | None:
        """The packet that waits for whoever types."""
        return self.incident.of(Checkpoints).waiting_for(self.controller.session.identity.actor)

    @property
    def _unread(self) -> Checkpoint | None:
        return self._mine or self.incident.of(Checkpoints).unread

    @property
    def _last(self) -> Checkpoint | None:
        return next(reversed(self.incident.of(Checkpoints).items), None)

    def _turn_to(self, mode: str) -> None:
        self._mode = mode
        for name in FIELDS:
            row = self.query_one(f"#checkpoint-{name}-row")
            row.display = mode == (READ if name == "read" else GIVE)
        self.query_one("#checkpoint-remarks-row").display = mode == GIVE
        self.state_changed()
        if mode == READ:
            self._fields["read"].focus()
        elif mode in (WAITS, DONE):
            self._packet.focus()
        else:
            # Whoever types ahead means it, whether a name is proposed there or not.
            self._fields["name"].focus()

    def state_changed(self) -> None:
        unread = self._unread
        if self._mode in (WAITS, READ) and unread is None:
            # It was read back elsewhere. Whoever types here goes on in nothing else unasked.
            self._turn_to(DONE)
            return
        shown = unread or self._last
        packet = self._draft() if self._mode == GIVE or shown is None else shown.packet
        self._packet.set_rows(self._rows(packet, remarks=self._mode != GIVE))
        title = "The packet, made of what the log says" if self._mode == GIVE else "The packet"
        self.query_one("#checkpoint-packet").border_title = Content(title)
        self.query_one("#checkpoint-head", Static).update(self._head(unread))
        self.refresh_bindings()

    def _head(self, unread: Checkpoint | None) -> Content:
        me = self.controller.session.identity.actor
        last, here = self._last, self.key_of("checkpoint.sit_down")
        if self._mode == DONE and last is not None and last.acknowledged is not None:
            what = f"Checkpoint {last.number} was read back by {last.acknowledged.actor}"
            how = f"{last.acknowledged.event.tell(last.acknowledged, self.incident)} · Enter closes"
            return Content("\n").join([line((what, "bold")), line((how, "dim"))])
        if self._mode == GIVE or unread is None:
            number = len(self.incident.of(Checkpoints).items) + 1
            hands = self.key_of("checkpoint.hand_over")
            how = f"Say to whom, add what the log does not know, then {hands} hands it over."
            if unread is not None:
                to = unread.packet.to
                how = (
                    f"Checkpoint {unread.number} waits for {to}: {here} if {to} is here to read it."
                )
                if unread is self._mine:
                    how = f"Checkpoint {unread.number} from {unread.entry.actor} waits for you: "
                    how += f"{here} reads it."
            what = f"Checkpoint {number} · {me} hands over"
            return Content("\n").join([line((what, "bold")), line((how, "dim"))])
        made = unread.entry
        at = format_when(made.at, self.zone, reference=self.controller.now())
        what = f"Checkpoint {unread.number} · from {made.actor} for {unread.packet.to}, {at}"
        how = "Read it, say one fact of it back below, and press Enter."
        if self._mode == WAITS:
            how = f"It waits to be read back: {here} if {unread.packet.to} is here."
        return Content("\n").join([line((what, "bold")), line((how, "dim"))])

    def _draft(self) -> CheckpointMade:
        """The packet as it would be handed over now."""
        typed = {name: clean_line(field.value) for name, field in self._fields.items()}
        packet = compose(self.incident, typed["name"] or "…")
        return replace(
            packet,
            users_decide=typed["users"] or packet.users_decide,
            next_decision=typed["decide"] or packet.next_decision,
        )

    def _rows(self, packet: CheckpointMade, *, remarks: bool) -> list[Row]:
        return [
            Row(name, line((f"{label:<26}", "dim"), str(getattr(packet, name))))
            for name, label in PACKET.items()
            if getattr(packet, name) and (remarks or name != "text")
        ]

    # --- what is done --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        unread = self._unread
        if action == "send":
            return self._mode == GIVE
        if action == "read_back":
            return self._mode == READ
        if action == "give":
            return self._mode != GIVE
        if action == "sit_down":
            return unread is not None and self._mode != READ
        return super().check_action(action, parameters)

    def action_give(self) -> None:
        self.answer("")
        self._turn_to(GIVE)

    def action_send(self) -> None:
        values = {name: clean_line(field.value) for name, field in self._fields.items()}
        values = {**values, "text": clean(self._remarks.text)}
        del values["read"]
        if not values["name"]:
            self.answer("✗ Who takes over? A checkpoint is for somebody.")
            self._fields["name"].focus()
            return
        self.question.ask(
            f"hands over to {values['name']}", lambda: self.send_form("/checkpoint", values)
        )

    def action_read_back(self) -> None:
        if fact := clean_line(self._fields["read"].value):
            self.send_form("/ack", {"text": fact})
        else:
            self.answer("✗ Say one fact of the packet, so that both know it arrived.")

    def action_sit_down(self) -> None:
        if self._mine:
            self._turn_to(READ)
        elif unread := self._unread:
            self.send_form("/me", {"person": unread.packet.to})

    def _enter(self, text: str) -> None:
        if self._mode == READ:
            self.action_read_back()
        elif self._mode == GIVE:
            self.focus_next()  # a name, or a fact typed here by mistake, hands nothing over

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if self._mode == DONE:
            self.action_leave()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.state_changed()

    def typed(self, text: str) -> None:
        """Text typed into the packet was meant for the field below it, or else the log line."""
        if self._mode == READ:
            field = self._fields["read"]
            field.insert(text, len(field.value))
            field.focus()
        elif self._mode != GIVE:
            self.action_leave()
            if isinstance(below := self.app.screen, WithLogLine):
                below.take_text(Burst(text), apart=True)
        elif self._fields["name"].value:
            self._remarks.take(text)
            self._remarks.focus()
        else:
            self._fields["name"].insert(text, 0)
            self._fields["name"].focus()

    async def recorded(self, receipt: Receipt) -> None:
        self.answer("")
        if not receipt.entries:  # somebody else types from now on
            self._turn_to(READ)
        elif isinstance(receipt.entries[0].event, CheckpointMade):
            for place, widget in self.fields.items():
                if widget is not self._fields["read"]:
                    widget.write("")
                    self.controller.drafts.clear(place)
            self._turn_to(READ if self._mine else WAITS)
            self.answer(self._hat_left_on())
        else:
            self._fields["read"].write("")
            self.controller.drafts.clear("checkpoint read")
            self.leave_with(f"#{receipt.numbers[-1]} the handover is done: {receipt.summary}")

    def _hat_left_on(self) -> str:
        """What is left to do where the packet went out before the hat."""
        incident, unread = self.incident, self._unread
        commander = incident.of(Hats).commander
        if unread is None or not commander or commander == unread.packet.to:
            return ""
        hat = incident.playbook.commanding_hat().id
        return f"The hat is still {commander}'s: /role {hat} {unread.packet.to} hands it over."

    def typed_texts(self) -> dict[str, str]:
        return {
            place: widget.text if isinstance(widget, LinesInput) else widget.value
            for place, widget in self.fields.items()
        }
