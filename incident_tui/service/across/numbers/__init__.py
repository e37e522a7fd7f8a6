"""How the incidents of a home went, in numbers: how many, how long, what was promised and kept.

Drills and imported history are counted apart, and what turned out to be none is left out. What is
not known is not counted, and never zero.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from incident_tui.domain.outline import Outline
from incident_tui.domain.values.time_grammar import zone_named
from incident_tui.service.across.numbers.counted import Counted
from incident_tui.service.catalogue.logs import Progress, unheard
from incident_tui.service.home_service import Service

KINDS = {
    "incidents": "what happened here",
    "imported": "history that was kept elsewhere before",
    "drills": "practice",
}
"""What is counted apart from each other."""


class Statistics(msgspec.Struct, frozen=True):
    """The numbers of each of `KINDS`; how many closed as `none`; which are `unread`, and why."""

    kinds: dict[str, Counted]
    none: int
    unread: tuple[tuple[str, str], ...] = ()

    def of(self, kind: str = "incidents") -> Counted:
        """The numbers of one kind."""
        return self.kinds[kind]

    @property
    def total(self) -> int:
        """Incidents of all kinds, with those that were none."""
        return sum(one.incidents for one in self.kinds.values()) + self.none


def statistics(
    service: Service,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    progress: Progress = unheard,
) -> Statistics:
    """Read all incidents that began between `since` and `until`, where these are given.

    One that cannot be read hides no other.
    """
    outlines, unread = service.catalogue.outlines(progress)
    now, zone = service.world.clock(), zone_named(service.zone_name)
    by_kind: dict[str, list[Outline]] = {kind: [] for kind in [*KINDS, "none"]}
    for known in _between(outlines.values(), since, until):
        by_kind[_kind(known)].append(known)
    return Statistics(
        {kind: Counted(by_kind[kind], now, zone) for kind in KINDS},
        len(by_kind["none"]),
        tuple(unread.items()),
    )


def _between(
    outlines: Iterable[Outline], since: datetime | None, until: datetime | None
) -> Iterable[Outline]:
    if since is None and until is None:
        return outlines
    return (
        known
        for known in outlines
        if (since is None or known.began >= since) and (until is None or known.began <= until)
    )


def _kind(known: Outline) -> str:
    if known.kind == "incident":
        return "imported" if known.imported else "incidents"
    return "drills" if known.drill else "none"
