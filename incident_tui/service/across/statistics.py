"""How the incidents of a home went, in numbers: how many, how long, what was promised and kept.

Drills, and what turned out to be none, are counted and otherwise left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median

import msgspec

from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.domain.learning.actions import SETTLED
from incident_tui.domain.outline import Outline
from incident_tui.service.catalogue.catalogue import Progress, unheard
from incident_tui.service.home_service import Service

UNSET = "unset"
"""The severity of an incident that was given none."""


class Spread(msgspec.Struct, frozen=True):
    """A duration over several incidents, in seconds; `incidents` are those in which it is known."""

    incidents: int
    median: float
    longest: float


class Promises(msgspec.Struct, frozen=True):
    """Action items: how many, how many of them are settled, and how many are past their day."""

    total: int
    settled: int
    overdue: int


class Statistics(msgspec.Struct, frozen=True):
    """Numbers over the incidents of a home.

    `going_on` are those of `incidents` that are not closed; `waived` counts the checks that were
    passed by a waiver, `reopened` the stages that were gone back to. `unread` names incidents that
    cannot be read, and why.
    """

    incidents: int
    going_on: int
    drills: int
    none: int
    severities: Mapping[str, int]
    durations: Mapping[str, Spread]
    waived: int
    reopened: int
    actions: Promises
    unread: tuple[tuple[str, str], ...] = ()


def statistics(
    service: Service, *, since: datetime | None = None, progress: Progress = unheard
) -> Statistics:
    """Read all incidents that began at or after `since`; one that cannot be read hides no other."""
    outlines, unread = service.catalogue.outlines(progress)
    found = [known for known in outlines.values() if _began_since(known, since)]
    return _counted(found, service.world.clock(), tuple(unread.items()))


def _began_since(known: Outline, since: datetime | None) -> bool:
    return since is None or (known.started is not None and known.started >= since)


def _counted(
    found: Sequence[Outline], now: datetime, unread: tuple[tuple[str, str], ...]
) -> Statistics:
    kinds = Counter(known.kind for known in found)
    real = [known for known in found if known.kind == "incident"]
    items = [item for known in real for item in known.actions]
    return Statistics(
        incidents=len(real),
        going_on=sum(not known.closed for known in real),
        drills=kinds["drill"],
        none=kinds["none"],
        severities=dict(sorted(Counter(known.severity or UNSET for known in real).items())),
        durations=_spreads(real),
        waived=sum(known.waived for known in real),
        reopened=sum(known.reopened for known in real),
        actions=Promises(
            len(items),
            sum(item.status in SETTLED for item in items),
            sum(item.overdue(now) for item in items),
        ),
        unread=unread,
    )


def _spreads(found: Sequence[Outline]) -> dict[str, Spread]:
    """Each duration that is known of any."""
    known = {
        name: [outline.durations[name] for outline in found if name in outline.durations]
        for name in DURATIONS
    }
    return {
        name: Spread(len(seconds), median(seconds), max(seconds))
        for name, seconds in known.items()
        if seconds
    }
