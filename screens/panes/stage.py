"""The stage: its artifact as it stands, and what its gate still asks for."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message

from incident_tui.domain.core.events import Incident
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.gates import CheckResult, closes_next
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import MANY
from incident_tui.domain.values.playbook import Review, Stage
from incident_tui.screens.painted_text import Part, cells, line
from incident_tui.screens.panes.first_lines import lines_behind_close
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.session.suggested_line import lead_of
from incident_tui.screens.terminal.themes import FAILED, IN_FLIGHT, PASSED
from incident_tui.screens.widgets.rows.row_wrap import WHOLE
from incident_tui.screens.widgets.rows.rows import Row, Rows

DELIVERY = "delivery"
"""The row that says how the delivery stands."""
LABEL = 20
"""Cells of the longest name of a field behind which the values of all fields stand in a column."""
THEN: dict[Review, str] = {
    "none": "",
    "auto": "",
    "ask": " · then you approve",
    "external": " · then others approve",
}
"""What follows a gate that passes, by who looks at its document."""
STATE_MARKS = {"passed": "✓", "failing": "✗", "waived": "~"}
STATE_STYLES = {"passed": PASSED, "failing": FAILED, "waived": IN_FLIGHT}


class StagePane(Pane):
    """The artifact of the current stage, field by field; Enter opens a field's form."""

    title = "Stage"
    place = Place("middle", 1)
    wrap = True
    BINDINGS = [
        Binding("e", "edit", "edit", False, id="stage.edit",
                tooltip="Open the form of the field under the cursor"),
        Binding("L", "as_line", "as a line", False, id="stage.line",
                tooltip="Fill the field in with a log line"),
    ]  # fmt: skip

    @dataclass
    class FieldChosen(Message):
        """The form of a field is wanted."""

        stage: Stage
        field: str

    def heading(self, rows: object) -> str:
        stage = self.incident.of(Lifecycle).current.stage
        return f"{stage.title} · {stage.purpose}"

    def make_rows(self) -> list[Row]:
        stage = self.incident.of(Lifecycle).current.stage
        values = self.incident.of(Artifacts).values(stage)
        law = Row("law", line((self.incident.playbook.law, "italic")), selectable=False)
        names = [cells(value.field.title) for value in values]
        width = max((one for one in names if one <= LABEL), default=0)
        rows = [law, *note_rows(self.incident), *(_field(value, width) for value in values)]
        rows += [
            Row(f"hint {number}", line((f"  {hint}", "dim italic")), selectable=False)
            for number, hint in enumerate(stage.guidance)
        ]
        return rows

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop().prevent_default()  # not the lines that other panes offer
        self.action_edit()

    def action_edit(self) -> None:
        if self.rows.row is not None:
            stage = self.incident.of(Lifecycle).current.stage
            self.post_message(self.FieldChosen(stage, self.rows.row.key))

    def action_as_line(self) -> None:
        if self.rows.row is not None:
            self.post_message(self.Opened(self, *self.offers(self.rows.row.key)))

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        stage = self.incident.of(Lifecycle).current.stage
        value = next(v for v in self.incident.of(Artifacts).values(stage) if v.field.id == key)
        field = value.field
        if field.choices:
            return field.title, [Offer(f"/set {key} {choice}", choice) for choice in field.choices]
        how = "the one item; the form takes several" if field.type in MANY else "what it says"
        offers = [Offer(f"/set {key} ", how)]
        if value.text and len(value.rows) < 2:
            offers.append(Offer(f"/set {key} {value.text}", "change what stands there"))
        return field.title, offers


def _field(value: FieldValue, width: int) -> Row:
    """A field behind its name, which takes `width` cells; what nobody filled in says what it is."""
    field = value.field
    items = value.items if field.type in MANY else [value.readable]
    text = " · ".join(item for item in items if item)
    name = (f"{field.title:<{width}}  ", "dim")
    content = line(name, text) if text else line(name, (field.help or "nothing yet", "dim italic"))
    return Row(field.id, content, hang=width + 2)


class GatePane(Pane):
    """The checks of the current gate, failing first, each with the line that mends it."""

    title = "Gate"
    place = Place("middle", 2)
    empty = "This stage has no gate: leave it any time with /advance."
    wrap = True

    def heading(self, rows: object) -> str:
        lifecycle = self.incident.of(Lifecycle)
        current = lifecycle.current
        if lifecycle.closed:
            return "Gate · closed · what can still be done"
        report = self.controller.gate()
        if closes_next(self.incident):
            done = f" {report.done} of {len(report.checks)}" if report.checks else ""
            return f"Gate · to close{done}" + (" · /close" if report.passes else "")
        if current.stage.review == "none":
            return "Gate · none, /advance leaves"
        done = f"{report.done} of {len(report.checks)}"
        if current.state == "review":
            return f"Gate · {done} · waits for approval"
        way_on = " · /advance" if report.passes else THEN[current.stage.review]
        return f"Gate · {done}{way_on}"

    def checks(self) -> tuple[CheckResult, ...]:
        """The checks before the next step."""
        return self.controller.gate().checks

    def make_rows(self) -> list[Row]:
        if self.incident.of(Lifecycle).is_history:
            content = line(("Recorded afterwards: no gate was passed.", "dim"))
            return [Row("history", content, selectable=False)]
        rows = [*note_rows(self.incident), *(check_row(check) for check in self.checks())]
        if self.incident.of(Lifecycle).closed:
            lines = lines_behind_close(self.incident).items()
            rows = [Row(key, line(why, "  ", (mend, WHOLE))) for key, (why, mend) in lines]
        if known := self.controller.delivered:
            asked = known.asked.astimezone(self.controller.session.zone)
            content = line((f"↑ {known.text}", "bold"), (f"  asked at {asked:%H:%M}", "dim"))
            waits = self.incident.of(Lifecycle).current.state == "review"
            rows.insert(0 if waits else len(rows), Row(DELIVERY, line(content, "  /deliver")))
        if not rows and closes_next(self.incident):
            rows.append(
                Row("close", line(("No check stands before the close.", "dim")), selectable=False)
            )
        return rows

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        if key == DELIVERY:
            return "The delivery", [Offer("/deliver", "ask whether it is merged, or deliver again")]
        if key in (lines := lines_behind_close(self.incident)):
            why, mend = lines[key]
            return why, [Offer(lead_of(mend), mend)]
        check = next(check for check in self.checks() if check.id == key)
        offers = []
        if check.mend:
            offers.append(Offer(lead_of(check.mend), f"mend it: {check.mend}"))
        if check.waivable and check.state == "failing":
            offers.append(Offer(f"/waive {check.id} ", "not needed or unknown: why"))
        if not offers:
            offers.append(Offer("/gate", "it holds; see the whole gate"))
        return f"{check.title}: {check.why or check.state}", offers


def note_rows(incident: Incident) -> list[Row]:
    """The note that sent the document back as the first row; none where none did."""
    note = incident.of(Lifecycle).current.sent_back_text
    return [Row("sent back", line((f"↩ {note}", "bold")), selectable=False)] if note else []


def check_row(check: CheckResult) -> Row:
    """A check as a row, told by mark and words."""
    mark = "☐" if check.kind == "attestation" and check.state == "failing" else None
    parts: list[Part] = [
        (f"{mark or STATE_MARKS[check.state]} ", f"bold {STATE_STYLES[check.state]}"),
        (check.title, "bold" if check.state == "failing" else ""),
    ]
    if check.state == "failing":
        parts += [(f"  {check.why}", "dim"), "  ", (check.mend, WHOLE)]
    elif check.state == "waived":
        parts.append((f"  waived: {check.why}", "dim"))
    elif check.why:
        parts.append((f"  {check.why}", "dim"))
    return Row(check.id, line(*parts))
