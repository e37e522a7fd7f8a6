"""What was promised and kept: updates, postmortems, action items."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from incident_tui.domain.learning.actions import SETTLED
from incident_tui.domain.outline import Outline, OutlinedAction
from incident_tui.service.across.numbers.groups import UNKNOWN
from incident_tui.service.across.numbers.spreads import Spread, spread

UNCLASSED = "no class"
"""The class of an action item that was given none."""
AGES = {"up to a week": 7, "up to a month": 30, "up to a quarter": 91}
"""How old an open action item is, in days at most; the others are older."""
OLDER = "older"


class Kept(msgspec.Struct, frozen=True):
    """How many promises were kept in time, or broken (late, or never); the rest is yet to come."""

    kept: int
    broken: int
    undecided: int

    @property
    def due(self) -> int:
        """How many there are whose time has come."""
        return self.kept + self.broken


class Promises(msgspec.Struct, frozen=True):
    """Action items: how many, how many of them are settled, and how many are past their day.

    Of the settled ones that had a day, `in_time` were settled by then. `ages` count the open ones
    by how long ago they were added, or as not known; `open_for` and `settled_in` spread the same
    and the time it took, None without any.
    """

    total: int
    settled: int
    overdue: int
    with_day: int
    in_time: int
    ages: dict[str, int]
    open_for: Spread | None
    settled_in: Spread | None


def kept_updates(outlines: Iterable[Outline], now: datetime) -> Kept:
    """Updates that were owed, after declaration or by the one before."""
    kept = broken = undecided = 0
    present = now.timestamp()
    for known in outlines:
        kept += known.updates.on_time
        broken += known.updates.late
        if known.updates.owed_at is not None:
            broken += known.updates.owed_at < present
            undecided += known.updates.owed_at >= present
    return Kept(kept, broken, undecided)


def kept_postmortems(outlines: Iterable[Outline], now: datetime) -> Kept:
    """Postmortems that their playbook asks for, within the time that it gives."""
    kept = broken = undecided = 0
    present = now.timestamp()
    for known in outlines:
        if known.postmortem_due is None:
            continue
        done = known.postmortem_done
        if done is not None and done <= known.postmortem_due:
            kept += 1
        elif done is not None or known.postmortem_due < present:
            broken += 1
        else:
            undecided += 1
    return Kept(kept, broken, undecided)


def promised(items: Sequence[OutlinedAction], now: datetime) -> Promises:
    """What became of some action items."""
    settled = [item for item in items if item.status in SETTLED]
    ends = [(item, end) for item in settled if (end := item.moved or item.opened)]
    with_day = [(end, item.due) for item, end in ends if item.due is not None]
    still_open = [item.opened for item in items if item.status not in SETTLED]
    open_for = [(now - opened).total_seconds() for opened in still_open if opened is not None]
    took = [end - item.opened for item, end in ends if item.opened is not None]
    ages = dict.fromkeys([*AGES, OLDER], 0)
    for seconds in open_for:
        ages[next((age for age, days in AGES.items() if seconds <= days * 86_400), OLDER)] += 1
    if unknown := still_open.count(None):
        ages[UNKNOWN] = unknown
    return Promises(
        total=len(items),
        settled=len(settled),
        overdue=sum(item.overdue(now) for item in items),
        with_day=len(with_day),
        in_time=sum(end <= due for end, due in with_day),
        ages=ages,
        open_for=spread(open_for),
        settled_in=spread(each.total_seconds() for each in took),
    )


def by_class(items: Iterable[OutlinedAction], now: datetime) -> dict[str, Promises]:
    """The action items of each class, the largest first."""
    parts: dict[str, list[OutlinedAction]] = {}
    for item in items:
        parts.setdefault(item.action_class or UNCLASSED, []).append(item)
    order = sorted(parts, key=lambda name: (name == UNCLASSED, -len(parts[name]), name))
    return {name: promised(parts[name], now) for name in order}
