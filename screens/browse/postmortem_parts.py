"""What is to be written for a postmortem, as rows: fields, factors by layer, whys, action items.

What the gate asks of each part stands beside it; what Enter does on a row is postmortem.py's.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual.content import Content

from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.learning.postmortem import due_at, is_light
from incident_tui.domain.process.artifacts import Artifacts, FieldValue
from incident_tui.domain.process.gates import CheckResult, gate
from incident_tui.domain.process.lifecycle import StageRecord
from incident_tui.domain.values.field_text import MANY
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration, format_when
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.actions import MARKS
from incident_tui.screens.panes.stage import check_row
from incident_tui.screens.session.suggested_line import lead_of
from incident_tui.screens.terminal.themes import FAILED, PASSED
from incident_tui.screens.widgets.rows.rows import Row
from incident_tui.service import IncidentSession

LONGEST = 160
"""How many letters of a field its row shows."""
FIELD = "field "
"""How the keys of rows begin that open the form of a field."""

FIELD_MARKS = {"✓": PASSED, "✗": FAILED, "·": "dim"}
"""Mark of a field: filled in, missing, wanted by nobody -> what it looks like."""

# Part -> how the rules that ask something of it are called; the first that fits has it.
_ABOUT = {
    "whys": ("factors.whys",),
    "factors": ("factors.", "postmortem.factors", "blameless."),
    "actions": ("actions.",),
    "questions": ("questions.",),
}


class Parts:
    """Everything that is to be written, at one moment. `whole` shows optional fields as well."""

    def __init__(self, incident: Incident, record: StageRecord, *, whole: bool) -> None:
        self._incident = incident
        self._stage = record.stage
        self._whole = whole or not is_light(incident)
        self.report = gate(incident, record.stage)
        rules = {check.id: check.rules or (check.id,) for check in record.stage.checks}
        self._checks: dict[str, list[CheckResult]] = {part: [] for part in (*_ABOUT, "")}
        for result in self.report.checks:
            if not result.id.startswith("artifact."):
                self._checks[_part(rules.get(result.id, ()))].append(result)
        self.begins: dict[str, str] = {}
        """Key of a row -> the line that it begins."""
        self.rows = [
            *self._fields(),
            *self._factors(),
            *self._whys(),
            *self._actions(),
            *self._questions(),
            *self._others(),
            *self._more(),
        ]
        """The parts, each with what the gate asks of it."""

    def _row(self, key: str, lead: str, text: Content) -> Row:
        self.begins[key] = lead
        return Row(key, text)

    def _fields(self) -> Iterator[Row]:
        values = self._incident.of(Artifacts).values(self._stage)
        left = [v for v in values if v.field.required and not v.text.strip()]
        yield Row.title(f"Text · {counted(len(left), 'field')} left" if left else "Text · complete")
        yield from (_field(value) for value in values if value.field.required)

    def _more(self) -> Iterator[Row]:
        """The fields that no gate asks for, below what it does."""
        values = self._incident.of(Artifacts).values(self._stage)
        optional = [value for value in values if not value.field.required]
        shown = [value for value in optional if self._whole or value.given]
        if optional:
            yield Row.title("Where there is something to say")
        yield from map(_field, shown)
        if hidden := len(optional) - len(shown):
            text = f"{counted(hidden, 'optional field')} left out: a light form will do. o shows it"
            yield Row("hidden", line((f"  {text}", "dim")), selectable=False)

    def _factors(self) -> Iterator[Row]:
        items = self._incident.of(Factors).items
        layers = {layer.id: layer.title for layer in self._incident.playbook.layers}
        used = len({item.layer for item in items})
        yield Row.title(f"Contributing factors · {len(items)} on {counted(used, 'layer')}")
        yield from self._asked("factors")
        for layer in dict.fromkeys([*layers, *(item.layer for item in items)]):
            own = [item for item in items if item.layer == layer]
            content = line((f"{len(own) or '-'} ", "bold"), layers.get(layer, layer))
            yield self._row(f"layer {layer}", f"/factor {layer} ", content)
            for item in own:
                text = item.text + (" (candidate, to verify)" if item.candidate else "")
                yield _text_row(f"factor {item.number}", f"{item.number}. {text}")

    def _whys(self) -> Iterator[Row]:
        whys = self._incident.of(Factors).whys
        yield Row.title(f"Whys · {len(whys)}")
        yield from self._asked("whys")
        for number, text in enumerate(whys, 1):
            yield _text_row(f"why {number}", f"{number}. {text}")
        words = "the next why" if whys else "why did it happen?"
        yield self._row("add why", "/why ", _add(words))

    def _actions(self) -> Iterator[Row]:
        items = self._incident.of(Actions).items
        yield Row.title(f"Action items · {len(items)}")
        yield from self._asked("actions")
        for item in items:
            facts = " ".join(filter(None, [item.priority, item.owner, item.action_class]))
            content = line((f"{MARKS[item.status]} ", "bold"), item.text, (f"  {facts}", "dim"))
            yield self._row(f"action {item.number}", f"/act {item.number} ", content)
        more = "another action item" if items else "what must happen?"
        yield self._row("add action", "+ ", _add(more))

    def _questions(self) -> Iterator[Row]:
        items = [item for item in self._incident.of(Questions).items if not item.answer]
        if items or self._failed("questions"):
            yield Row.title(f"Open questions · {len(items)}")
            yield from self._asked("questions")
        for item in items:
            content = line(("? ", "bold"), item.text)
            yield self._row(f"question {item.number}", f"/answer {item.number} ", content)

    def _others(self) -> Iterator[Row]:
        if self._failed(""):
            yield Row.title("The gate also asks")
            yield from self._asked("")

    def _failed(self, part: str) -> list[CheckResult]:
        return [check for check in self._checks[part] if check.state == "failing"]

    def _asked(self, part: str) -> Iterator[Row]:
        """What the gate still asks of a part; that it asks no more, where it asked something."""
        failed = self._failed(part)
        for check in failed:
            yield self._row(f"check {check.id}", lead_of(check.mend), check_row(check).build())
        if self._checks[part] and not failed:
            content = line(("✓ ", "bold"), ("the gate asks for no more", "dim"))
            yield Row(f"asked {part}", content, selectable=False)


def head(session: IncidentSession, record: StageRecord, now: datetime) -> list[str]:
    """By when it is due, and what holds while it is written."""
    incident = session.incident
    hours = incident.playbook.deadlines.postmortem_hours
    due = due_at(incident)
    if record.state == "passed":
        state = "approved"
    elif due is None:
        state = f"due {hours} hours after the resolution, and that is still to come"
    elif now < due:
        shown = format_when(due, session.zone, reference=now)
        state = f"due {shown}, in {format_duration(due - now)}"
    else:
        state = f"! overdue by {format_duration(now - due)}"
    state += ", waits for approval" if record.state == "review" else ""
    lines = [f"{record.stage.title} · {state}"]
    if is_light(incident):
        lines.append("A light form will do at this severity: what the gate asks for, and no more.")
    return lines


def _part(rules: Sequence[str]) -> str:
    """The part that a check is about; empty where its rules are about none."""
    parts = (part for rule in rules for part, names in _ABOUT.items() if rule.startswith(names))
    return next(parts, "")


def _field(value: FieldValue) -> Row:
    field, items = value.field, value.items if value.field.type in MANY else [value.text.strip()]
    text = " · ".join(item for item in items if item)
    mark = "✓" if text else "✗" if field.required else "·"
    shown = _clipped(text) or field.help or "optional"
    source = "  from the log" if text and not value.given else ""
    return Row(
        f"{FIELD}{field.id}",
        line(
            (f"{mark} ", f"bold {FIELD_MARKS[mark]}"),
            (f"{field.title}  ", "bold"),
            (shown, "" if text else "dim"),
            (source, "dim"),
        ),
    )


def _clipped(text: str) -> str:
    """The beginning of a long text, which its form and the document show whole."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _text_row(key: str, text: str) -> Row:
    return Row(key, line(text), indent=4, selectable=False)


def _add(text: str) -> Content:
    return line(("+ ", "bold"), (text, "dim"))
