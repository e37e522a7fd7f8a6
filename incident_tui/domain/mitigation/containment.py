"""Containment: what happens to an unsafe path while nobody knows yet why it is unsafe."""

from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
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
from incident_tui.domain.core.playbook_words import chosen, completes_by
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.process.lifecycle import Lifecycle


@facts(
    kind="containment",
    names="decision",
    listed_in="containment",
    lead="it was decided",
    decides=True,
    in_story=True,
    while_open=True,
)
class ContainmentDecided(NamedEvent, frozen=True, tag="containment.decided"):
    """It was decided what happens to the unsafe path, and why."""

    decision: Reference
    text: Words


class Decision(msgspec.Struct, frozen=True):
    """One decision in the log. `keeps_open` while users still take the path."""

    entry: Entry
    id: str
    title: str
    why: str
    keeps_open: bool


class Containments(Projection):
    """Every decision, oldest first; the newest holds."""

    items: list[Decision] = []

    @property
    def present(self) -> Decision | None:
        """The decision that holds now."""
        return self.items[-1] if self.items else None


@projects(ContainmentDecided, Containments)
def _decided(containments: Containments, event: ContainmentDecided, entry: Entry) -> None:
    known = {choice.id: choice for choice in containments.incident.playbook.containment}
    choice = known.get(event.decision)
    title = choice.title if choice else event.decision
    keeps_open = choice is not None and choice.keeps_open
    containments.items.append(Decision(entry, event.decision, title, event.text, keeps_open))


@command(
    "/contain NAME WHY",
    help="decide what happens to the unsafe path: rolled back, closed or kept, and why",
    example="/contain fail-closed orders must not be written twice",
)
def decide(context: CommandContext, name: str, why: str) -> Planned:
    """The decision holds until another one is made.

    `Refused` when the same is decided for the same reason.
    """
    known = context.incident.playbook.containment
    decision = chosen(name, known, what="containment decision", lead="/contain")
    present = context.incident.of(Containments).present
    if present is not None and (present.id, present.why) == (decision, why):
        raise Refused(f"{decision} is decided already, for the same reason")
    return ContainmentDecided(decision=decision, text=why)


completes_by("/contain NAME", lambda playbook: playbook.containment)


@check("containment.decided", title="it is decided what happens to the unsafe path")
def decided(incident: Incident) -> Missing | None:
    """There is a decision with its reason."""
    if incident.of(Containments).present is not None:
        return None
    options = "|".join(choice.id for choice in incident.playbook.containment)
    return Missing("nobody decided what happens to the unsafe path", f"/contain {options} WHY")


@source("containment.decision")
def decision_text(incident: Incident) -> str:
    """The decision that holds, with its reason."""
    present = incident.of(Containments).present
    return f"{present.title}: {present.why}" if present else ""


@flag(
    "containment.kept-open",
    why="A path that may harm data does so until somebody closes it.",
    worst=75,
)
def kept_open(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The path is still open, and the impact goes on, `minutes` after that was decided."""
    present = incident.of(Containments).present
    if present is None or not present.keeps_open or incident.of(Lifecycle).status != "active":
        return None
    due = present.entry.at + timedelta(minutes=minutes)
    closing = [choice.id for choice in incident.playbook.containment if not choice.keeps_open]
    return Raised(
        "The unsafe path is still open while the impact goes on: close it or take it back.",
        due,
        f"/contain {'|'.join(closing) or 'NAME'} WHY",
    ).once_due(now)
