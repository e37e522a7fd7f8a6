"""What a foreign record says of impact, cause, lessons and actions, proposed for the fields.

Nothing is filled in by itself: whoever imports takes what they name, and the rest is only shown.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import PurePath
from typing import Final

import msgspec

from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.core.events import Event, Incident
from incident_tui.domain.impact.impact import ImpactSet
from incident_tui.domain.learning.actions import ActionAdded, ActionMoved, Actions
from incident_tui.domain.learning.factors import FactorNamed
from incident_tui.domain.learning.quotes import RecordQuoted
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.values.playbook import Field, Playbook
from incident_tui.domain.values.text import clean, clean_line
from incident_tui.domain.values.time_forms import END_OF_DAY
from incident_tui.intake.foreign_timeline import Passage
from incident_tui.intake.prose.headings import ACTIONS, PASSAGE_NAMES, REST

ALL: Final = "all"
TICKED: Final = "as the record says"
_ALSO_CALLED: Final = {"summary": ("what-happened",), "went-well": ("detection-went-well",)}


class Proposal(msgspec.Struct, frozen=True):
    """What a record says for one field: its passages, with the lines they stand in."""

    name: str
    passages: tuple[Passage, ...]

    @property
    def texts(self) -> list[str]:
        """Its passages, each on one line."""
        return [text for one in self.passages if (text := clean_line(one.text))]

    @property
    def line(self) -> int:
        """The first line it stands in."""
        return self.passages[0].line


class TakeError(ValueError):
    """A field that is to be taken is none, or none that the record says anything for."""


def proposals(passages: Sequence[Passage]) -> list[Proposal]:
    """What is proposed, a field each, in the order of a postmortem."""
    return [
        Proposal(name, own)
        for name in PASSAGE_NAMES
        if (own := tuple(one for one in passages if one.name == name and clean_line(one.text)))
    ]


def names_taken(
    passages: Sequence[Passage], wanted: Iterable[str], *, lenient: bool = False
) -> tuple[str, ...]:
    """The names of the fields to take, `ALL` standing for each; what a record has none of is left.

    Raises `TakeError` for a word that is no field, and unless `lenient` where the record says
    nothing for one.
    """
    there = [one.name for one in proposals(passages)]
    names = [name.strip() for each in wanted for name in each.split(",") if name.strip()]
    unknown = [name for name in names if name not in (*PASSAGE_NAMES, ALL)]
    if unknown:
        raise TakeError(f"{unknown[0]!r} is no field: write {', '.join(PASSAGE_NAMES)} or {ALL}")
    missing = [name for name in names if name not in (*there, ALL)]
    if missing and not lenient:
        text = ", ".join(there) or "nothing"
        raise TakeError(f"the record says nothing of {missing[0]}; it proposes {text}")
    return tuple(name for name in there if name in names or ALL in names)


def chosen(passages: Sequence[Passage], names: Iterable[str]) -> list[Proposal]:
    """The proposals of these names."""
    wanted = set(names)
    return [one for one in proposals(passages) if one.name in wanted]


def taken(proposal: Proposal, playbook: Playbook, name: str, zone: tzinfo) -> list[PendingEvent]:
    """What a proposal becomes in an incident of a process; quotes where that has no such field.

    `name` is the file's, for the source; `zone` that in which a due day ends.
    """
    base = PurePath(name).name
    events = _events(proposal, playbook, zone)
    if events:
        source = f"{base}:{proposal.line}"
        return [PendingEvent(event, source=source, copied=True) for event in events]
    return [
        PendingEvent(_quote(one), source=f"{base}:{one.line}", copied=True)
        for one in proposal.passages
    ]


def log_lines(proposal: Proposal, playbook: Playbook, today: date) -> list[str]:
    """The lines that would fill a field in, for whoever wants to see and change them first."""
    texts = proposal.texts
    layer = playbook.layers[0].id if playbook.layers else ""
    if proposal.name == "impact":
        return [f"/impact users {' '.join(texts)}"]
    if proposal.name == ACTIONS:
        return [
            _action_line(one, today) if not one.done else _done_line(one)
            for one in proposal.passages
        ]
    if proposal.name in ("cause", "factors"):
        mark = " candidate" if proposal.name == "factors" else ""
        return [f"/factor {layer} {text}{mark}" for text in texts]
    field = _field(playbook, proposal.name)
    return [f"/set {field.id} {'; '.join(texts)}"] if field is not None else []


def _events(proposal: Proposal, playbook: Playbook, zone: tzinfo) -> list[Event]:
    texts = proposal.texts
    layer = playbook.layers[0].id if playbook.layers else ""
    if proposal.name == "impact":
        return [ImpactSet(field="users", text=" ".join(texts))]
    if proposal.name == ACTIONS:
        return [_action(one, zone) for one in proposal.passages]
    if proposal.name == "cause":
        return [FactorNamed(layer=layer, text=" ".join(texts))]
    if proposal.name == "factors":
        # On which layer one is the record does not say: it is yet to be judged.
        return [FactorNamed(layer=layer, text=text, candidate=True) for text in texts]
    stage = playbook.postmortem_stage()
    field = _field(playbook, proposal.name)
    if stage is None or field is None:
        return []
    text = "\n".join(texts) if field.type in ("list", "table") else " ".join(texts)
    return [FieldSet(stage=stage.id, field=field.id, text=text, lines=True)]


def _quote(one: Passage) -> RecordQuoted:
    heading = one.heading or ("" if one.name == REST else _title(one.name))
    return RecordQuoted(text=clean(one.text), heading=clean_line(heading))


def _title(name: str) -> str:
    """What a field that a process does not have is called."""
    return name[:1].upper() + name[1:].replace("-", " ")


def _action(one: Passage, zone: tzinfo) -> ActionAdded:
    due = datetime.combine(one.due, END_OF_DAY, zone).astimezone(UTC) if one.due else None
    return ActionAdded(text=clean_line(one.text), owner=clean_line(one.owner), due=due, ref=one.ref)


def _action_line(one: Passage, today: date) -> str:
    """An action as a line; a due date that has passed is kept in its words, for none is taken."""
    due = one.due.isoformat() if one.due is not None else ""
    ahead = one.due is not None and one.due >= today
    words = clean_line(one.text) if ahead or not due else f"{clean_line(one.text)} (due {due})"
    given = (("owner", one.owner), ("due", due if ahead else ""), ("ref", one.ref))
    return " ".join([f"+ {words}", *(f"{name}:{_quoted(value)}" for name, value in given if value)])


def _done_line(one: Passage) -> str:
    """What was done already, as a fact: an item would be open, its number not yet known."""
    owner = f" ({clean_line(one.owner)})" if one.owner else ""
    return f"done already: {clean_line(one.text)}{owner}"


def ticked_off(picked: Iterable[Proposal], incident: Incident) -> list[PendingEvent]:
    """What sets the actions done that the record ticks off, where an incident has them open."""
    done = {
        clean_line(one.text)
        for each in picked
        for one in each.passages
        if each.name == ACTIONS and one.done
    }
    return [
        PendingEvent(ActionMoved(action=item.entry.id, step="done", text=TICKED), copied=True)
        for item in incident.of(Actions).items
        if item.text in done and item.status == "open" and item.moved is None and item.entry.copied
    ]


def _quoted(value: str) -> str:
    """A value of a log line: one of several words is in quotes, and has none of its own."""
    bare = clean_line(value).replace('"', "")
    return f'"{bare}"' if len(bare.split()) > 1 else bare


def _field(playbook: Playbook, name: str) -> Field | None:
    stage = playbook.postmortem_stage()
    fields = stage.produces.fields if stage is not None and stage.produces is not None else ()
    names = (name, *_ALSO_CALLED.get(name, ()))
    return next((field for each in names for field in fields if field.id == each), None)
