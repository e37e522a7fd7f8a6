"""A field of an artifact, opened: filled in by its type, and sent as one `/set` line.

What the types look like is field_forms.py's; whether the text is taken is said by the service.
"""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.widgets import Static
from textual.worker import Worker

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.key_names import with_keys
from incident_tui.domain.handover.summary_drafts import proposal_for
from incident_tui.domain.process.artifacts import Artifacts, FieldSet, FieldValue
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import MANY, Rows as FieldRows, text_of_content
from incident_tui.domain.values.playbook import Stage
from incident_tui.screens.forms.field_forms import HOW, Changed, form_for, reads_as
from incident_tui.screens.painted_text import line
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.outcome_text import not_recorded
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Answer, ReadingView
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Receipt
from incident_tui.service.exchange.outside_editor import Run


class FieldScreen(ReadingView[None], IncidentScreen[None]):
    """Shows one field of a stage's artifact. What was typed is kept until it is saved."""

    BINDING_GROUP_TITLE = "Field of a document"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/field.tcss"]
    BINDINGS = [
        Binding("f8", "save", "save", id="field.save", tooltip="Record what stands here"),
        Binding("alt+e", "outside", "in your editor", id="screen.outside", priority=True,
                tooltip="Open this text, or the entry under the cursor, in the editor of git"),
        Binding("ctrl+l", "from_log", "as the log says", id="field.from_log",
                tooltip="Take back what was typed: the log fills it again"),
        Binding("alt+r", "as_recorded", "as recorded", id="field.as_recorded", priority=True,
                tooltip="Drop the draft: show what is recorded"),
        Binding("escape", "leave", "back", id="field.leave",
                tooltip="Back; what was typed is kept"),
        Binding("tab", "app.focus_next", "next", False, id="field.next",
                tooltip="To the next part of the form"),
    ]  # fmt: skip

    KEY_WORDS: ClassVar[dict[str, str]] = {
        "field.save": "write store",
        "field.from_log": "reset",
        "field.as_recorded": "discard revert",
    }

    def __init__(
        self, controller: IncidentController, stage: Stage, field_id: str, *, run: Run | None = None
    ) -> None:
        super().__init__(controller)
        self.stage = stage
        self._field_id = field_id
        self.run = run
        self._place = f"field {stage.id} {field_id}"
        self._value = self._now()
        self._shown = ""
        """What is recorded, as the form shows it."""
        self._form = form_for(self._value.field, self._text_from_log())
        self._reads = Rows(wrap=True, shows=frozenset())

    def _now(self) -> FieldValue:
        values = self.incident.of(Artifacts).values(self.stage)
        return next(value for value in values if value.field.id == self._field_id)

    def _text_from_log(self) -> str:
        return self.incident.of(Artifacts).from_log(self._now().field)

    def _known(self) -> FieldRows:
        return self.incident.of(Artifacts).rows_from_log(self._now().field)

    def _load(self) -> None:
        """Show what is recorded."""
        is_choice = self._value.field.type == "choice"
        text = text_of_content(self._value.rows) if self._value.rows else self._value.text
        self._form.write("" if is_choice and not self._value.given else text)
        self._shown = self._form.read()

    def compose(self) -> ComposeResult:
        yield Static(id="field-head", markup=False)
        yield Static(id="field-said", markup=False)
        with Container(id="field-form"):
            yield self._form
        yield self._reads
        yield Answer(id="field-answer")
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self._load()
        proposal = "" if self._shown else proposal_for(self.incident, self._field_id)
        if draft := self.controller.drafts.get(self._place):
            self._form.write(draft)
        elif proposal:
            self._form.propose(proposal)
        if self._is_changed() and not draft:
            self.answer(
                "Proposed from the record, and not recorded: "
                f"{self.key_of('field.save')} saves it, typing takes its place."
            )
        elif self._is_changed():
            save, recorded = self.key_of("field.save"), self.key_of("field.as_recorded")
            self.answer(f"This is your draft. {save} saves it, {recorded} shows what is recorded.")
        if (problem := self._locked()) is not None:
            self.answer(f"✗ It cannot be saved now: {problem.message}.")
        self._show()
        self._form.begin()

    # --- what is shown -------------------------------------------------------------------------

    def _show(self) -> None:
        field, from_log = self._value.field, self._text_from_log()
        need = "asked for by the gate" if field.required else "optional"
        head = line((f"{self.stage.title} · {field.title}", "bold"), (f"   {need}", "dim"))
        how = line(form := with_keys(HOW[field.type], self.key_of))
        if not self._form.read().strip():
            nothing = "" if from_log else " Nothing is recorded yet."
            asked = f"  ({field.help})" if field.help else ""
            how = line(form, nothing, (asked, "dim"))
        current = self.incident.of(Lifecycle).current
        if current.sent_back_text and current.stage.id == self.stage.id:
            head = line((f"↩ {current.sent_back_text}", "bold")) + "\n" + head
        self.query_one("#field-head", Static).update(head + "\n" + how)
        origin = self.query_one("#field-said", Static)
        origin.display = bool(from_log)
        if self._value.given:
            items = from_log.split("\n") if field.type in MANY else [from_log]
            origin.update(line(("The log says: ", "dim"), " · ".join(items)))
        else:
            origin.update(line(("From the log, until you save something else here.", "dim italic")))
        rows = reads_as(field, self._form.read(), self._known())
        self._reads.display = bool(rows)
        self._reads.set_rows(rows)
        self.refresh_bindings()

    def state_changed(self) -> None:
        """Say what others recorded meanwhile; what is typed here stays."""
        value = self._now()
        if self.busy or (value.text, value.given) == (self._value.text, self._value.given):
            return
        untouched = not self._is_changed()
        typed, self._value = self._form.read(), value
        self._load()
        if not untouched:
            self._form.write(typed)
            save = self.key_of("field.save")
            now = value.text or "nothing"
            self.answer(f"It was changed meanwhile to: {now}. {save} replaces it.")
        self._show()

    def on_changed(self, event: Changed) -> None:
        event.stop()
        self._show()
        if event.answer is not None:
            self._save(event.answer)

    def _is_changed(self) -> bool:
        return self._form.read() != self._shown

    # --- what is done --------------------------------------------------------------------------

    def _locked(self) -> Refused | None:
        """Why the service would not take a value for this field; None when it would."""
        try:
            events = self.controller.session.plan(f"/set {self._field_id} -").events
        except Refused as refused:
            mend = "".join(f" ({what}: {line})" for what, line in refused.first)
            return Refused(refused.message + mend)
        event = events[0].event
        if isinstance(event, FieldSet) and event.stage != self.stage.id:
            return Refused(f"{self._field_id} stands for a field of another stage now")
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "from_log":
            return self._value.given
        if action == "as_recorded":
            return self._is_changed()
        return super().check_action(action, parameters)

    def action_save(self) -> None:
        self._save(self._form.read())

    def _save(self, text: str) -> None:
        if text == self._shown:
            self.controller.drafts.clear(self._place)
            self.dismiss()
        else:
            self._record(text or "-")

    def action_from_log(self) -> None:
        self._record("-")

    def _record(self, value: str) -> None:
        if (problem := self._locked()) is not None:
            self.refused(problem)
        else:
            self.send(f"/set {self._field_id} {value}")

    def action_as_recorded(self) -> None:
        self.controller.drafts.clear(self._place)
        self._load()
        self.answer("")
        self._show()

    def text_outside(self) -> tuple[str, str, Callable[[str], None]] | None:
        """The whole field, whichever part of the form has the caret; a choice is no text."""
        if self._value.field.choices:
            return None
        return self._form.read(), self._place, self._form.write

    def taken_over(self) -> None:
        self.answer(f"Taken over from your editor; {self.key_of('field.save')} saves it.")
        self._show()

    def typed(self, text: str) -> None:
        """Text typed into a list of choices means nothing there."""
        self.answer(f"{text!r} went nowhere: {self.takes_text}")

    def typed_texts(self) -> dict[str, str]:
        """What is typed and not recorded; nothing is kept of what stands there anyway."""
        return {self._place: self._form.read() if self._is_changed() else ""}

    async def recorded(self, receipt: Receipt) -> None:
        self._value = self._now()
        self._load()
        self.controller.drafts.clear(self._place)
        self.dismiss()

    def failed(self, worker: Worker[object]) -> None:
        self.answer(f"{not_recorded(worker.error)} What stands here is kept.")
