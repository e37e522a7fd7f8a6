"""Artifacts: the document of each stage, its fields set by hand or filled from the log."""

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    Unchosen,
    command,
    completes,
    nearest,
)
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.rules import content_by_source
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import (
    MANY,
    LogContent,
    Row,
    Rows,
    is_link,
    older_rows,
    rows_of_content,
    text_of_content,
    typed_rows,
)
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.playbook import Field, Stage
from incident_tui.domain.values.text import label

_BETWEEN_CHOICES = later(r"\s*[,;+]\s*|\s+and\s+")


@facts(kind="artifact", names="field", in_documents=True, concludes=True)
class FieldSet(NamedEvent, frozen=True, tag="artifact.field-set"):
    """A field of a stage's artifact was filled in; an empty text lets the log fill it again."""

    stage: Reference
    field: Reference
    text: Words
    lines: bool = False
    """Whether items stand one a line; versions before parted them at semicolons and arrows too."""

    def title(self, incident: Incident) -> str:
        """How the artifact calls the field."""
        stage = incident.playbook.stage(self.stage)
        fields = stage.produces.fields if stage and stage.produces else ()
        titles = {field.id: field.title for field in fields}
        return titles.get(self.field) or label(self.field)

    def words(self) -> str:
        """Its value."""
        return self.text or "as the log says"


class FieldValue(msgspec.Struct, frozen=True):
    """A field with its present value; `given` where somebody typed it."""

    field: Field
    text: str
    given: bool
    rows: Rows = ()
    """The value as typed rows, where the field holds any number of them."""
    words: str = ""
    """What the log says of it in other words than its choices."""

    @property
    def readable(self) -> str:
        """The value for readers: a choice with the words that stand beside it on record."""
        if not self.words:
            return self.text
        return f"{self.text} ({self.words})" if self.text else self.words

    @property
    def items(self) -> list[str]:
        """The value as list items, a row each."""
        return [row.text for row in self.rows]


class Artifacts(Projection):
    """What was typed into fields, by stage and field."""

    typed: dict[tuple[str, str], FieldSet] = {}

    def values(self, stage: Stage) -> list[FieldValue]:
        """The fields of a stage's artifact; what was typed wins over what the log says."""
        if stage.produces is None:
            return []
        values = []
        for field in stage.produces.fields:
            typed = self.typed.get((stage.id, field.id))
            text = self.from_log(field) if typed is None else typed.text
            rows, words = self._rows(field, typed), self._words_from_log(field)
            values.append(FieldValue(field, text, typed is not None, rows, words))
        return values

    def from_log(self, field: Field) -> str:
        """What the log says about a field, whatever was typed into it; empty where it is silent."""
        # The log may say it in other words than the choices: then somebody has to choose.
        return "" if self._words_from_log(field) else text_of_content(self._content_from_log(field))

    def _words_from_log(self, field: Field) -> str:
        text = text_of_content(self._content_from_log(field)) if field.type == "choice" else ""
        return "" if text in field.choices else text

    def _content_from_log(self, field: Field) -> LogContent:
        """Asked for by the pane of the stage, by its gate and by the checks of that."""
        source, incident = field.source, self.incident
        if not source:
            return ""
        return incident.of(Settled).answer(
            ("said", source), lambda: content_by_source(source, incident)
        )

    def rows_from_log(self, field: Field) -> Rows:
        """What the log says about a field as rows; none where the field holds a single text."""
        return rows_of_content(self._content_from_log(field)) if field.type in MANY else ()

    def _rows(self, field: Field, typed: FieldSet | None) -> tuple[Row, ...]:
        if field.type not in MANY:
            return ()
        known = self.rows_from_log(field)
        if typed is None:
            return tuple(known)
        return tuple(typed_rows(typed.text, known) if typed.lines else older_rows(typed.text))


@projects(FieldSet, Artifacts)
def _set(artifacts: Artifacts, event: FieldSet, entry: Entry) -> None:
    if event.text:
        artifacts.typed[(event.stage, event.field)] = event
    else:
        artifacts.typed.pop((event.stage, event.field), None)


def _reachable(incident: Incident) -> list[Stage]:
    """Stages whose artifact may be written: the current one first, then those already passed.

    Of an incident that was over before it was recorded, all: no gate opens one after the other.
    """
    lifecycle = incident.of(Lifecycle)
    if lifecycle.is_history:
        return [record.stage for record in lifecycle.stages]
    passed = [record.stage for record in lifecycle.stages if record.state == "passed"]
    current = lifecycle.current.stage
    return [current, *(stage for stage in reversed(passed) if stage.id != current.id)]


@command(
    "/set FIELD VALUE",
    doubted=True,
    help="fill in a field of the stage's artifact",
    example="/set residual-risk one zone runs without spare capacity",
    words=("fill", "field"),
    lines=True,
)
def set_field(context: CommandContext, field: str, value: str) -> Planned:
    """The field says `value`; `-` empties it, so that the log fills it again.

    `Refused` where no document has it, or its stage is locked.
    """
    incident = context.incident
    for stage in _reachable(incident):
        if stage.produces is None:
            continue
        for declared in stage.produces.fields:
            if declared.id == field:
                if value == "-":
                    return FieldSet(stage=stage.id, field=field, text="")
                _fits(declared, value)
                many = declared.type in MANY
                return FieldSet(stage=stage.id, field=field, text=value, lines=many)
    for stage in incident.playbook.stages:
        if stage.produces and any(declared.id == field for declared in stage.produces.fields):
            raise Refused(
                f"{field} belongs to {stage.title}, which is still locked",
                [(f"finish {incident.of(Lifecycle).current.stage.title} first", "/gate")],
            )
    known = [name for name, _ in _fields(incident)]
    raise Refused(f"no document has a field {field!r}: {nearest(field, known)}")


def choices_in(value: str) -> list[str]:
    """The choices that a text names, however they are joined: by commas, semicolons, "and"."""
    return [choice.strip() for choice in _BETWEEN_CHOICES.split(value)]


def _fits(field: Field, value: str) -> None:
    taken = choices_in(value) if field.type == "choices" else [value]
    if field.choices and not set(taken) <= set(field.choices):
        number = "one or more" if field.type == "choices" else "one"
        raise Unchosen(
            f"{field.title} takes {number} of: {', '.join(field.choices)}",
            [(choice, f"/set {field.id} {choice}") for choice in field.choices],
        )
    if field.type == "link" and not is_link(value):
        raise Refused(
            f"{field.title} takes an address (http:// or https://) or a path",
            [("such as https://wiki.example.org/postmortems/12", f"/set {field.id} …")],
        )


@completes("FIELD")
def _fields(incident: Incident) -> list[tuple[str, str]]:
    return [
        (field.id, field.title)
        for stage in _reachable(incident)
        if stage.produces
        for field in stage.produces.fields
    ]
