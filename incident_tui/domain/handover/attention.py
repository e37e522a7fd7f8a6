"""What asks for somebody's attention, and for how long nothing may ring. Nothing is recorded.

How it is shown, rung and sent to a terminal is the console's.
"""

from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    Unrecorded,
    command,
    time_refused,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.handover.checkpoints import Checkpoints
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.impact.updates.update_rules import overdue
from incident_tui.domain.process.gates import GateReport, next_step
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.process.transitions import asked_back
from incident_tui.domain.values.time_grammar import parse_duration

QUIET = timedelta(minutes=30)
"""How long it is quiet where nothing else is said."""
QUIET_AT_MOST = timedelta(hours=12)
"""A bell that is silent for longer is one that was forgotten."""


class Quiet(Unrecorded, frozen=True):
    """Until when nothing rings here; None ends the quiet."""

    until: datetime | None


class Awaited(msgspec.Struct, frozen=True):
    """Something that waits for one person: `id` tells it from what waited before."""

    id: str
    text: str
    """What it is, as that person is told."""
    line: str
    """The line that shows it."""


def waiting_for(incident: Incident, person: str) -> list[Awaited]:
    """What waits for this person now: a checkpoint to be read, a stage that was sent back."""
    awaited = []
    checkpoint = incident.of(Checkpoints).waiting_for(person)
    if checkpoint is not None:
        entry = checkpoint.entry
        awaited.append(Awaited(entry.id, f"{entry.actor}'s checkpoint waits for you", "/ack"))
    current = incident.of(Lifecycle).current
    back = current.sent_back
    if back is not None and back.actor != person:
        awaited.append(Awaited(back.id, f"{back.actor} sent {current.stage.title} back", "/gate"))
    return awaited


def way_on(incident: Incident, report: GateReport, now: datetime) -> Missing:
    """What comes next, before or behind the gate of `report`: why, and the line for it.

    A note that sent the document back stands first, until something of that has changed. Nothing
    leads on while others wait for a word that is overdue.
    """
    current = incident.of(Lifecycle).current
    if current.sent_back is not None:
        known = incident.of(Settled)
        back = known.answer("transitions.back", lambda: asked_back(incident, current))
        if back is not None:
            return back
    late = overdue(incident, now, 0) if report.passes else None
    return Missing(late.text, late.mend) if late else next_step(incident, report)


def missed_updates(incident: Incident, now: datetime) -> int:
    """How many updates are overdue: the one that is owed, and one more for each interval since."""
    updates = incident.of(Updates)
    due = updates.next_due
    if due is None or now < due:
        return 0
    return 1 + (now - due) // updates.interval if updates.interval else 1


@command(
    "/quiet [DURATION]",
    help="no bell and no notification here for a while, 30m without another time; "
    "the header says until when, and /quiet off ends it",
    example="/quiet 30m",
    words=("mute", "silence", "dnd"),
)
def quiet(context: CommandContext, duration: str = "") -> Planned:
    """Nothing rings until then; it ends by itself.

    `Refused` for more than `QUIET_AT_MOST`, or for what is no time.
    """
    with time_refused("the time", duration):
        span = parse_duration(duration) if duration else QUIET
    if span > QUIET_AT_MOST:
        raise Refused("it is quiet for 12 hours at most", [("say it again later", "/quiet 12h")])
    return Quiet(context.now + span)


@command("/quiet off", help="the bell and notifications are back", example="/quiet off")
def loud(context: CommandContext) -> Planned:
    """What has to ring rings again."""
    return Quiet(None)
