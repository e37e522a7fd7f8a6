"""Recurrence: factor layers, services and classes of action that come back: input for rules.

What was fed into a standard is marked in the log of an incident (`domain/learning/standards`).
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from incident_tui.domain.learning.actions import SETTLED
from incident_tui.domain.learning.standards import suggested
from incident_tui.domain.outline import Outline
from incident_tui.service.catalogue.logs import Progress, unheard
from incident_tui.service.home_service import Service

RECURS = 2
"""Incidents from which on something points at a rule rather than at a repair."""
EXAMPLES = 3


class FedInto(msgspec.Struct, frozen=True):
    """A standard that was changed for a recurrence, where that is written, and in which log."""

    standard: str
    text: str
    at: datetime
    incident: str


class Recurrence(msgspec.Struct, frozen=True):
    """What recurs, such as ``layer:detection``: in which incidents, the newest first.

    `told` are examples in words, `unfinished` counts action items that are not settled, and `since`
    incidents that began after it was fed the last time.
    """

    recurrence: str
    standard: str
    incidents: tuple[str, ...]
    examples: tuple[str, ...]
    unfinished: int
    fed: tuple[FedInto, ...]
    since: int


class _Gathered:
    def __init__(self) -> None:
        self.incidents: dict[str, Outline] = {}
        self.examples: dict[str, None] = {}
        self.unfinished = 0
        self.fed: list[FedInto] = []


def recurrences(
    service: Service, *, least: int = RECURS, progress: Progress = unheard
) -> tuple[tuple[Recurrence, ...], tuple[tuple[str, str], ...]]:
    """What at least so many incidents have in common, the most frequent first; and what is unread.

    Drills, incidents that were none, and protected ones are left out.
    """
    outlines, unread = service.catalogue.outlines(progress)
    gathered: dict[str, _Gathered] = {}
    for name in service.home.in_order(outlines):
        known = outlines[name]
        if known.kind != "incident" or known.protected:
            continue
        for recurrence, words, unfinished in _of(known):
            one = gathered.setdefault(recurrence, _Gathered())
            one.incidents[name] = known
            one.examples |= dict.fromkeys([words] if words else [])
            one.unfinished += unfinished
        for fed in known.fed:
            into = FedInto(fed.standard, fed.text, datetime.fromtimestamp(fed.at, UTC), name)
            gathered.setdefault(fed.recurrence, _Gathered()).fed.append(into)
    common = [
        _recurrence(what, one) for what, one in gathered.items() if len(one.incidents) >= least
    ]
    common.sort(key=lambda one: (-len(one.incidents), one.recurrence))
    return tuple(common), tuple(unread.items())


def _of(known: Outline) -> Iterator[tuple[str, str, int]]:
    """What of an incident may recur: its name, in words, and whether an item is unsettled."""
    yield from ((f"layer:{factor.layer}", factor.text, 0) for factor in known.factors)
    yield from ((f"service:{service}", "", 0) for service in known.services)
    for item in known.actions:
        if item.action_class and item.status != "dropped":
            yield f"class:{item.action_class}", item.text, int(item.status not in SETTLED)


def _recurrence(recurrence: str, one: _Gathered) -> Recurrence:
    last = max((fed.at for fed in one.fed), default=None)
    return Recurrence(
        recurrence=recurrence,
        standard=suggested(recurrence),
        incidents=tuple(one.incidents),
        examples=tuple(one.examples)[:EXAMPLES],
        unfinished=one.unfinished,
        fed=tuple(sorted(one.fed, key=lambda fed: fed.at)),
        since=0 if last is None else sum(known.began > last for known in one.incidents.values()),
    )
