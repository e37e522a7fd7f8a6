"""Checkpoints: the packet at a handover, and that its receiver has read it."""

import re
from datetime import datetime, timedelta

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Person,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.findings.hypotheses import best_hypothesis
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.people.hats import HatAssigned
from incident_tui.domain.people.known_people import KnownPeople, name_and_rest
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import with_words
from incident_tui.domain.values.time_grammar import format_duration, format_stamp, format_when

PACKET = {
    "state": "State",
    "hypothesis": "Present hypothesis",
    "impact": "What users feel",
    "in_flight": "Changes in flight",
    "users_decide": "What others decide",
    "cadence": "Cadence of updates",
    "next_update": "Next update",
    "next_decision": "Next decision",
    "text": "Note",
}
"""What a packet holds -> how it is called."""
DECISION_POINT = "user-decision-point"
"""The field of a playbook that says what has to be decided, by whom, and when."""


@facts(kind="checkpoint")
class CheckpointMade(Event, frozen=True, tag="checkpoint.made"):
    """The packet for whoever takes over, as things stood then."""

    to: Person
    state: Reference
    hypothesis: Words
    impact: Words
    in_flight: Words
    users_decide: Words
    cadence: Words
    next_decision: Words
    text: Words = ""
    next_update: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """For whom, and the state."""
        return with_words(f"for {self.to}: {self.state}", self.text)

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """For whom."""
        return f"Checkpoint for {self.to}"


@facts(kind="read back")
class CheckpointAcknowledged(Event, frozen=True, tag="checkpoint.acknowledged"):
    """The receiver read the packet and said one fact of it back."""

    checkpoint: Reference
    text: Words

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Who read it back."""
        made = incident.of(Checkpoints).by_id.get(self.checkpoint)
        return f"Checkpoint read back by {made.packet.to}" if made else "Checkpoint read back"


class Checkpoint(NumberedItem, kw_only=True):
    """One packet. `acknowledged` is the entry with which its receiver read it back."""

    packet: CheckpointMade
    acknowledged: Entry | None = None

    @property
    def lines(self) -> list[str]:
        """What it says, one item a line."""
        items = {name: str(getattr(self.packet, name)) for name in PACKET}
        return [f"{PACKET[name]}: {text}" for name, text in items.items() if text]

    @property
    def facts(self) -> str:
        """What it says, without how its items are called."""
        return " ".join(str(getattr(self.packet, name)) for name in PACKET)


class Checkpoints(NumberedProjection[Checkpoint]):
    """Every packet, and every change of command that asks for one."""

    what = "checkpoint"
    first = ("make one", "/checkpoint NAME")

    commands: list[tuple[Entry, str]] = []
    """Each entry with which somebody else began to own the incident, and who."""

    def waiting_for(self, person: str) -> Checkpoint | None:
        """The newest packet for that person that was not read back yet."""
        return next(
            (
                item
                for item in reversed(self.items)
                if item.packet.to.casefold() == person.casefold() and item.acknowledged is None
            ),
            None,
        )

    @property
    def unread(self) -> Checkpoint | None:
        """The newest packet, where nobody has read it back."""
        newest = self.items[-1] if self.items else None
        return newest if newest is not None and newest.acknowledged is None else None

    @property
    def owed_to(self) -> str:
        """Who took the command over without a packet; empty when nobody did."""
        last = len(self.commands) - 1
        return self.commands[last][1] if last > 0 and not self.for_command(last) else ""

    def for_command(self, index: int) -> list[Checkpoint]:
        """The packets made for that change of command: to that person, since the one before."""
        numbers = [self.incident.number(entry.id) for entry, _ in self.commands]
        after = numbers[index - 1] if index else 0
        before = numbers[index + 1] if index + 1 < len(numbers) else len(self.incident.entries) + 1
        person = self.commands[index][1].casefold()
        return [
            item
            for item in self.items
            if item.packet.to.casefold() == person
            and after < self.incident.number(item.entry.id) < before
        ]


@projects(CheckpointMade, Checkpoints)
def _made(checkpoints: Checkpoints, event: CheckpointMade, entry: Entry) -> None:
    checkpoints.add(Checkpoint(entry, event.text, packet=event))


@projects(CheckpointAcknowledged, Checkpoints)
def _acknowledged(checkpoints: Checkpoints, event: CheckpointAcknowledged, entry: Entry) -> None:
    item = checkpoints.by_id.get(event.checkpoint)
    if item is not None and item.acknowledged is None:
        item.acknowledged = entry


@projects(HatAssigned, Checkpoints)
def _hat(checkpoints: Checkpoints, event: HatAssigned, entry: Entry) -> None:
    if event.hat != checkpoints.incident.playbook.commanding_hat().id:
        return
    if not checkpoints.commands or checkpoints.commands[-1][1] != event.person:
        checkpoints.commands.append((entry, event.person))


_NOT_NAMED = "none named"


def compose(incident: Incident, to: str) -> CheckpointMade:
    """The packet for `to`, made of what the log says."""
    lifecycle = incident.of(Lifecycle)
    in_flight = incident.of(Mitigations).in_flight()
    decisions = incident.of(Decisions).items
    interval, due = incident.of(Updates).interval, incident.of(Updates).next_due
    newest = max((entry.recorded_at for entry in incident.recorded), default=None)
    next_update = format_when(due, zone_of(incident), reference=newest) if due else "none is owed"
    return CheckpointMade(
        to=to,
        state=f"{lifecycle.status}, {lifecycle.current.stage.title}",
        hypothesis=best_hypothesis(incident) or "none stands",
        impact=incident.of(Impact).fields.get("users", "unknown"),
        in_flight="; ".join(f"change {item.number}: {item.named}" for item in in_flight) or "none",
        users_decide=_decision_point(incident) or "nothing",
        cadence=f"every {format_duration(interval)}" if interval else "as agreed",
        next_decision=str(getattr(decisions[-1].event, "text", "")) if decisions else _NOT_NAMED,
        next_update=next_update,
    )


def _decision_point(incident: Incident) -> str:
    """What was set as the point at which somebody has to decide; the newest where several stand."""
    typed = incident.of(Artifacts).typed
    points = [event.text for (_, field), event in typed.items() if field == DECISION_POINT]
    return " ".join(points[-1].split()) if points else ""


@command(
    "/checkpoint [NAME] [TEXT] [users:TEXT] [decide:TEXT]",
    words=("handover", "hand-over", "shift"),
    help="the packet for whoever takes over, made of what the log says; "
    "users: what others have to decide, decide: the next decision; without a name it is shown",
    example='/checkpoint ben the provider calls back at four decide:"fail over if still red"',
    key="f12",
    opens="checkpoint",
    composed=True,
    rare=True,
    lines=True,
)
def make(
    context: CommandContext, name: str = "", text: str = "", users: str = "", decide: str = ""
) -> Planned:
    """A packet for `name`, who reads one fact of it back. `Refused` without a name."""
    if not name:
        raise Refused("a checkpoint is for somebody", [("whoever takes over", "/checkpoint NAME")])
    name, text = name_and_rest(name, text, context.incident.of(KnownPeople).names)
    packet = compose(context.incident, name)
    return CheckpointMade(
        to=name,
        state=packet.state,
        hypothesis=packet.hypothesis,
        impact=packet.impact,
        in_flight=packet.in_flight,
        users_decide=users or packet.users_decide,
        cadence=packet.cadence,
        next_decision=decide or packet.next_decision,
        text=text,
        next_update=packet.next_update,
    )


def _nothing_to_read_back(incident: Incident) -> str | None:
    return None if incident.of(Checkpoints).unread else "no checkpoint waits to be read back"


@command(
    "/ack [TEXT]",
    help="the receiver of a checkpoint reads one fact of it back; without one the packet is shown",
    example="/ack the rollback to v41 is in flight",
    opens="checkpoint",
    composed=True,
    possible=_nothing_to_read_back,
)
def acknowledge(context: CommandContext, text: str = "") -> Planned:
    """The newest packet for whoever types is read.

    `Refused` when none waits, or when what is read back is no fact of it.
    """
    item = context.incident.of(Checkpoints).waiting_for(context.actor)
    if item is None:
        raise Refused(
            f"no checkpoint waits for {context.actor}",
            [
                ("make one for whoever takes over", "/checkpoint NAME"),
                ("or say who is typing", "/me PERSON"),
            ],
        )
    if not _words(text) & _words(item.facts):
        raise Refused(
            "that is no fact of the packet: read one of them back in your own words",
            [(line, "/ack …") for line in item.lines],
        )
    return CheckpointAcknowledged(checkpoint=item.entry.id, text=text)


def _words(text: str) -> set[str]:
    """The words that carry a fact: longer ones, and whatever holds a figure."""
    words = re.findall(r"\w+", text.lower())
    return {word for word in words if len(word) >= 4 or any(sign.isdigit() for sign in word)}


@check("checkpoints.acknowledged", title="each handover of the command was read back")
def acknowledged(incident: Incident) -> Missing | None:
    """Every change of the commander has a checkpoint that the new one acknowledged."""
    checkpoints = incident.of(Checkpoints)
    for index, (entry, person) in enumerate(checkpoints.commands):
        made = checkpoints.for_command(index)
        if index == 0 or any(item.acknowledged for item in made):
            continue
        number = incident.number(entry.id)
        if not made:
            why = f"{person} took over in #{number} without a checkpoint"
            return Missing(why, f"/checkpoint {person}")
        why = f"{person} has not read checkpoint {made[-1].number} back, which only {person} can"
        return Missing(why, "/ack …")
    return None


@check("checkpoints.decision", title="each handover of the command says what is decided next")
def decision_named(incident: Incident) -> Missing | None:
    """The newest packet of each change of the commander names the next decision point."""
    checkpoints = incident.of(Checkpoints)
    for index, (_, person) in enumerate(checkpoints.commands):
        made = checkpoints.for_command(index)
        if index and made and made[-1].packet.next_decision == _NOT_NAMED:
            why = f"checkpoint {made[-1].number} names no next decision"
            return Missing(why, f'/checkpoint {person} decide:"…"')
    return None


@source("checkpoints.latest")
def latest(incident: Incident) -> Rows:
    """What the newest packet says, one item a line."""
    items = incident.of(Checkpoints).items
    if not items:
        return ()
    at = format_stamp(items[-1].entry.at, zone_of(incident))
    return item_rows([f"for {items[-1].packet.to}, at {at}", *items[-1].lines])


@flag(
    "checkpoints.missing",
    why="What only the last commander knew is lost when the command changes hands.",
    worst=60,
)
def missing(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The command changed hands, and for `minutes` no checkpoint was made, or one not read back."""
    checkpoints = incident.of(Checkpoints)
    if len(checkpoints.commands) < 2:
        return None
    entry, person = checkpoints.commands[-1]
    made = checkpoints.for_command(len(checkpoints.commands) - 1)
    begun = made[-1].entry.recorded_at if made else entry.recorded_at
    due = begun + timedelta(minutes=minutes)
    if now < due or any(item.acknowledged for item in made):
        return None
    if made:
        text = f"{person} owns the incident and has not read checkpoint {made[-1].number} back."
        return Raised(text, due, "/ack …")
    text = f"{person} took the incident over without a checkpoint."
    return Raised(text, due, f"/checkpoint {person}")


@flag("checkpoints.due", why="A shift that runs too long hands over tired knowledge.", worst=35)
def shift_ends(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """Nobody made a checkpoint for as long as the playbook lets a shift last."""
    checkpoints = incident.of(Checkpoints)
    if not checkpoints.commands or not incident.of(Lifecycle).unresolved:
        return None
    times = [checkpoints.commands[-1][0].at, *(item.entry.at for item in checkpoints.items)]
    due = max(times) + timedelta(hours=incident.playbook.deadlines.checkpoint_hours)
    person = checkpoints.commands[-1][1]
    return Raised(
        f"{person} has been in command for a whole shift.", due, "/checkpoint NAME"
    ).once_due(now)
