"""Numbers over some incidents, each worked out when it is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from itertools import combinations
from typing import Any

import msgspec

from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.domain.findings.milestones import MILESTONES
from incident_tui.domain.outline import Outline
from incident_tui.service.across.numbers.groups import (
    DIMENSIONS,
    UNSET,
    Group,
    grouped,
    spreads_of,
)
from incident_tui.service.across.numbers.people import Load, load_on_people
from incident_tui.service.across.numbers.promises import (
    Kept,
    Promises,
    by_class,
    kept_postmortems,
    kept_updates,
    promised,
)
from incident_tui.service.across.numbers.spreads import Spread, spread


class ImpactTime(msgspec.Struct, frozen=True):
    """Seconds for which users were affected at a severity, in so many incidents."""

    seconds: float
    incidents: int


class Counted:
    """The numbers of incidents that are all of one kind; `now` decides what is overdue."""

    def __init__(self, outlines: Sequence[Outline], now: datetime, zone: tzinfo) -> None:
        self._outlines = outlines
        self._now = now
        self._zone = zone
        self.incidents = len(outlines)

    @property
    def going_on(self) -> int:
        """How many are not closed."""
        return sum(not known.closed for known in self._outlines)

    @property
    def waived(self) -> int:
        """How many checks were passed by a waiver."""
        return sum(known.waived for known in self._outlines)

    @property
    def reopened(self) -> int:
        """How many stages were gone back to."""
        return sum(known.reopened for known in self._outlines)

    @cached_property
    def severities(self) -> dict[str, int]:
        """How many there are of each severity."""
        return {level: one.incidents for level, one in self.groups("severity", ()).items()}

    @cached_property
    def durations(self) -> dict[str, Spread]:
        """Each duration that is known of any."""
        return spreads_of(self._outlines)

    def groups(self, dimension: str, names: Iterable[str] = DURATIONS) -> dict[str, Group]:
        """The incidents put together by one of `DIMENSIONS`, with those durations."""
        return grouped(self._outlines, dimension, self._zone, names)

    def between(self, begin: str, end: str) -> Spread | None:
        """The time from one milestone to another, where both are known and in that order."""
        marks = [known.milestones for known in self._outlines]
        return spread(
            one[end] - one[begin]
            for one in marks
            if begin in one and end in one and one[end] >= one[begin]
        )

    @cached_property
    def every_between(self) -> dict[tuple[str, str], Spread]:
        """The time between any two milestones, in the order of an incident."""
        spreads = {pair: self.between(*pair) for pair in combinations(MILESTONES, 2)}
        return {pair: one for pair, one in spreads.items() if one is not None}

    @cached_property
    def impact(self) -> dict[str, ImpactTime]:
        """How long users were affected at each severity, of the incidents of which it is known."""
        by_level: dict[str, ImpactTime] = {}
        for known in self._outlines:
            for level, seconds in (known.impact or {}).items():
                before = by_level.get(level or UNSET, ImpactTime(0.0, 0))
                by_level[level or UNSET] = ImpactTime(
                    before.seconds + seconds, before.incidents + 1
                )
        return dict(sorted(by_level.items(), key=lambda pair: (pair[0] == UNSET, pair[0])))

    @property
    def impact_unknown(self) -> int:
        """Incidents whose impact goes on, or is not known."""
        return sum(known.impact is None for known in self._outlines)

    @cached_property
    def updates(self) -> Kept:
        """Updates that came in time."""
        return kept_updates(self._outlines, self._now)

    @cached_property
    def postmortems(self) -> Kept:
        """Postmortems that were done within the limit of their playbook."""
        return kept_postmortems(self._outlines, self._now)

    @cached_property
    def actions(self) -> Promises:
        """All action items."""
        return promised([item for known in self._outlines for item in known.actions], self._now)

    @cached_property
    def classes(self) -> dict[str, Promises]:
        """The action items of each class."""
        return by_class((item for known in self._outlines for item in known.actions), self._now)

    @cached_property
    def people(self) -> dict[str, Load]:
        """The load on each person."""
        return load_on_people(self._outlines)

    def data(self) -> Mapping[str, Any]:
        """All of it, as plain data. Durations are seconds; what is not known is left out."""
        figures = {
            "incidents": self.incidents,
            "going_on": self.going_on,
            "severities": self.severities,
            "durations": self.durations,
            "between": {f"{one}..{other}": own for (one, other), own in self.every_between.items()},
            "groups": {dimension: self.groups(dimension) for dimension in DIMENSIONS},
            "impact": self.impact,
            "impact_unknown": self.impact_unknown,
            "updates": self.updates,
            "postmortems": self.postmortems,
            "actions": self.actions,
            "action_classes": self.classes,
            "people": self.people,
            "waived": self.waived,
            "reopened": self.reopened,
        }
        plain: dict[str, Any] = msgspec.to_builtins(figures)
        return plain
