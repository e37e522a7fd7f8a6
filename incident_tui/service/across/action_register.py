"""The action items of every incident of a home: what was promised, and what is overdue.

What can be done about an item is the business of its incident.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from incident_tui.domain.core.rules import Raised
from incident_tui.domain.learning.actions import SETTLED
from incident_tui.domain.learning.actions.summaries import EARLIER
from incident_tui.domain.outline import Outline, OutlinedAction
from incident_tui.service.across.distinctive_words import distinctive_words
from incident_tui.service.catalogue.logs import Progress, unheard
from incident_tui.service.home_service import Service


class Owed(msgspec.Struct, frozen=True):
    """An action item with the incident that it comes from. `due` is an aware UTC time."""

    incident: str
    title: str
    protected: bool
    drill: bool
    number: int
    text: str
    owner: str
    action_class: str
    priority: str
    status: str
    due: datetime | None
    overdue: bool
    verify: str
    outcome: str
    term: str
    ref: str
    factor: str
    """The contributing factor that it answers, in words."""

    @property
    def settled(self) -> bool:
        """Nothing is left to follow up."""
        return self.status in SETTLED


class Unread(msgspec.Struct, frozen=True):
    """An incident whose action items cannot be known, and why."""

    incident: str
    problem: str


class Register(msgspec.Struct, frozen=True):
    """Every action item: the overdue first, then by the day it is due, the settled last."""

    items: tuple[Owed, ...]
    unread: tuple[Unread, ...]

    @property
    def overdue(self) -> tuple[Owed, ...]:
        """Those past their day, the longest overdue first."""
        return tuple(item for item in self.items if item.overdue)


def register(service: Service, *, besides: str = "", progress: Progress = unheard) -> Register:
    """Read the action items of all incidents; one that cannot be read hides no other.

    The incident with the id `besides` is left out.
    """
    now = service.world.clock()
    outlines, unread = service.catalogue.outlines(progress)
    items = [
        _owed(name, known, item, now)
        for name, known in outlines.items()
        for item in known.actions
        if name != besides
    ]
    return Register(
        tuple(sorted(items, key=_urgency)),
        tuple(Unread(name, problem) for name, problem in unread.items() if name != besides),
    )


def debts(known: Register, title: str) -> list[Owed]:
    """Overdue items of incidents whose titles share a distinctive word with it, drills left out.

    The closest titles come first.
    """
    wanted = distinctive_words(title)
    alike = [
        (len(wanted & distinctive_words(item.title)), item)
        for item in known.overdue
        if not item.drill
    ]
    return [item for shared, item in sorted(alike, key=lambda pair: -pair[0]) if shared]


def as_flag(owed: Sequence[Owed]) -> dict[str, Raised]:
    """What a red flag says of debts; nothing without any."""
    first = owed[0] if owed else None
    if first is None or first.due is None:
        return {}
    more = f" and {len(owed) - 1} more" if len(owed) > 1 else ""
    text = f"Overdue since an earlier incident like this: {first.text} ({first.incident}){more}."
    line = f"? because this is still not done: {first.text} ({first.incident})"
    return {EARLIER: Raised(text, first.due, line)}


def _owed(name: str, known: Outline, item: OutlinedAction, now: datetime) -> Owed:
    return Owed(
        incident=name,
        title=known.title,
        protected=known.protected,
        drill=known.drill,
        number=item.number,
        text=item.text,
        owner=item.owner,
        action_class=item.action_class,
        priority=item.priority,
        status=item.status,
        due=item.due,
        overdue=item.overdue(now),
        verify=item.verify,
        outcome=item.outcome,
        term=item.term,
        ref=item.ref,
        factor=item.factor,
    )


def _urgency(item: Owed) -> tuple[bool, bool, bool, float, str, int]:
    due = item.due.timestamp() if item.due else 0.0
    return not item.overdue, item.settled, item.due is None, due, item.incident, item.number
