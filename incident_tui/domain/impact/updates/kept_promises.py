"""Kept promises: how many updates came when they were owed, looking back on an incident."""

from datetime import datetime

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.impact.updates.next_word import TOLERANCE
from incident_tui.domain.process.lifecycle import Lifecycle


class KeptUpdates(msgspec.Struct, frozen=True, gc=False):
    """Updates that were owed: how many came in time, and how many late or not at all.

    `owed_at` is when the next one is due, in seconds since 1970, while the incident goes on.
    """

    on_time: int
    late: int
    owed_at: float | None = None


def kept_updates(incident: Incident) -> KeptUpdates:
    """What became of each update that was owed; after the resolution none is."""
    updates, lifecycle = incident.of(Updates), incident.of(Lifecycle)
    over = lifecycle.reached.get("resolved")
    if over is None and lifecycle.closed is not None:
        over = lifecycle.closed_at
    on_time = late = 0
    for item in updates.items:
        if item.owed_at is None:
            continue
        if item.entry.at <= item.owed_at + TOLERANCE:
            on_time += 1
        elif over is None or over > item.owed_at + TOLERANCE:
            late += 1
    if over is None:
        due = updates.next_due
        return KeptUpdates(on_time, late, None if due is None else due.timestamp())
    return KeptUpdates(on_time, late + _silent_until(over, updates))


def _silent_until(over: datetime, updates: Updates) -> bool:
    """Whether the incident ended later than the next update was owed."""
    owed_at = updates.owed_at
    last = max((item.entry.at for item in updates.items), default=None)
    if owed_at is None or (last is not None and last >= over):
        return False
    return over > owed_at + TOLERANCE
