"""Decisions: what was decided, in the order of the log."""

from incident_tui.domain.core.commands import CommandContext, Planned, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Words,
    facts,
    projects,
    projects_where,
)
from incident_tui.domain.core.rules import Missing, check


@facts(
    kind="decision",
    lead="it was decided",
    in_documents=True,
    decides=True,
    emphasis="strong",
    in_story=True,
    says_what_happened=True,
)
class DecisionMade(Event, frozen=True, tag="decision.made"):
    """Something that was decided."""

    text: Words


class Decisions(Projection):
    """The decisions that count."""

    items: list[Entry] = []
    """Those that were recorded as one."""
    every: list[Entry] = []
    """Those, and what decides by another name: a strategy, a containment."""


@projects(DecisionMade, Decisions)
def _made(decisions: Decisions, event: DecisionMade, entry: Entry) -> None:
    decisions.items.append(entry)


@projects_where("decides", Decisions)
def _decided(decisions: Decisions, event: Event, entry: Entry) -> None:
    decisions.every.append(entry)


@command(
    "! TEXT [src:TEXT]",
    help="record a decision",
    example="! fail over at 14:30 if still red",
    words=("decide", "decision"),
)
def record_decision(context: CommandContext, text: str, src: str = "") -> Planned:
    """A decision."""
    return DecisionMade(text=text)


@check("decisions.made", title="the immediate actions are decided")
def has_decision(incident: Incident) -> Missing | None:
    """At least one decision."""
    return Missing("no decision is on record", "! …").unless(incident.of(Decisions).items)
