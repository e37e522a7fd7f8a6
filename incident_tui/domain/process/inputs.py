"""Inputs: the documents and places that the work stands on, each linked or said to be missing."""

from incident_tui.domain.core.commands import CommandContext, Planned, command
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
from incident_tui.domain.core.playbook_words import (
    answers_text,
    chosen,
    completes_by,
    unanswered,
)
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.values.field_text import Rows


@facts(kind="input", listed_in="inputs")
class InputLinked(NamedEvent, frozen=True, tag="input.linked"):
    """Where an input is: a path, an address, or ``none``."""

    name: Reference
    text: Words


class Inputs(Projection):
    """Where each input is."""

    links: dict[str, str] = {}


@projects(InputLinked, Inputs)
def _linked(inputs: Inputs, event: InputLinked, entry: Entry) -> None:
    inputs.links[event.name] = event.text


@command(
    "/input NAME VALUE",
    help="say where an input of the playbook is: a path or an address; none is an answer",
    example="/input pipeline https://ci.example.org/checkout",
)
def link(context: CommandContext, name: str, value: str) -> Planned:
    """An input is there, or there is none."""
    known = context.incident.playbook.inputs
    return InputLinked(name=chosen(name, known, what="input", lead="/input"), text=value)


completes_by("/input NAME", lambda playbook: playbook.inputs)


@check("inputs.linked", title="the inputs are linked")
def linked(incident: Incident) -> Missing | None:
    """Of each input of the playbook it is said where it is."""
    inputs, links = incident.playbook.inputs, incident.of(Inputs).links
    return unanswered(inputs, links, what="nobody said where it is, or none", line="/input {} …")


@source("inputs.all")
def listed(incident: Incident) -> Rows:
    """Each input with its place, one a line."""
    return answers_text(incident.playbook.inputs, incident.of(Inputs).links)
