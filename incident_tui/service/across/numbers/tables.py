"""The numbers as tables, for both doors: what stands in which row, and how long its bar is.

How a table is painted is decided by whoever shows it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

import msgspec

from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.domain.values.text import counted as count_of
from incident_tui.domain.values.time_grammar import format_duration
from incident_tui.service.across.numbers.counted import Counted
from incident_tui.service.across.numbers.groups import DIMENSIONS
from incident_tui.service.across.numbers.promises import Kept, Promises
from incident_tui.service.across.numbers.spreads import Spread

WHY = (
    "Durations alone mislead: they differ by what broke, and a few long nights decide every mean. "
    "So these are medians, with how many incidents they rest on; nine of ten took no longer than "
    "the p90. What recurs, and what was promised and not kept, says more than a faster clock."
)
NOT_KNOWN = "-"
"""What stands for a number that nobody knows."""
OVERVIEW = "overview"
_SPREAD = ("known of", "median", "p90", "longest")


class Line(msgspec.Struct, frozen=True):
    """A row. Where it has a `share` of the largest, a bar is drawn behind what is compared."""

    cells: tuple[str, ...]
    share: float | None = None


class Table(msgspec.Struct, frozen=True):
    """A table with its title, the heads of its columns, and what to say where it has no row.

    `compared` is the place of the column that bars belong to.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    nothing: str = ""
    compared: int = 1


def tables(numbers: Counted, view: str, duration: str) -> Sequence[Table]:
    """The tables of one of `VIEWS`; groups are told with that duration."""
    return [_groups(numbers, view, duration)] if view in DIMENSIONS else _MADE[view](numbers)


def spread_cells(spread: Spread | None) -> tuple[str, ...]:
    """How many incidents, median, p90 and longest."""
    if spread is None:
        return ("0", NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)
    lengths = (spread.median, spread.p90, spread.longest)
    return (str(spread.incidents), *(_span_text(seconds) for seconds in lengths))


def named(name: str) -> str:
    """The name of a duration in words."""
    return name.replace("_", " ")


def _groups(numbers: Counted, dimension: str, duration: str) -> Table:
    groups = numbers.groups(dimension, (duration,))
    most = max((group.incidents for group in groups.values()), default=0)
    return Table(
        f"{DIMENSIONS[dimension]}, with {named(duration)}",
        (dimension, "incidents", *_SPREAD),
        tuple(
            Line(
                (key, str(group.incidents), *spread_cells(group.durations.get(duration))),
                group.incidents / most,
            )
            for key, group in groups.items()
        ),
        f"No incident names its {dimension}.",
    )


def _overview(numbers: Counted) -> list[Table]:
    return [_durations(numbers), _impact(numbers), *_promises(numbers)]


def _durations(numbers: Counted) -> Table:
    spreads = numbers.durations
    most = max((one.median for one in spreads.values()), default=0)
    return Table(
        "how long",
        ("", *_SPREAD),
        tuple(
            Line((named(name), *spread_cells(one)), one.median / most if most else 0.0)
            for name in DURATIONS
            if (one := spreads.get(name)) is not None
        ),
        "No duration is known yet.",
        compared=("", *_SPREAD).index("median"),
    )


def _impact(numbers: Counted) -> Table:
    by_level = numbers.impact
    most = max((one.seconds for one in by_level.values()), default=0)
    title = "minutes of impact, by the severity that held"
    if numbers.impact_unknown:
        title += f"; not known of {numbers.impact_unknown}"
    return Table(
        title,
        ("severity", "minutes", "incidents"),
        tuple(
            Line(
                (level, f"{one.seconds / 60:.0f}", str(one.incidents)),
                one.seconds / most if most else 0.0,
            )
            for level, one in by_level.items()
        ),
        "No impact is known to have ended.",
    )


def _promises(numbers: Counted) -> list[Table]:
    kept = {
        "updates in time": numbers.updates,
        "postmortems within their limit": numbers.postmortems,
    }
    rows = [_kept(name, one) for name, one in kept.items()]
    items = numbers.actions
    rows.append(_kept("action items by their day", _by_day(items)))
    return [
        Table("promises kept", ("", "kept", "broken", "still to come"), tuple(rows)),
        _classes(numbers),
        _ages(items),
    ]


def _kept(name: str, one: Kept) -> Line:
    share = one.kept / one.due if one.due else None
    ratio = f"{one.kept} of {one.due}" if one.due else NOT_KNOWN
    return Line((name, ratio, str(one.broken), str(one.undecided)), share)


def _by_day(items: Promises) -> Kept:
    late = items.with_day - items.in_time
    return Kept(items.in_time, late + items.overdue, items.total - items.settled - items.overdue)


def _classes(numbers: Counted) -> Table:
    most = max((one.total for one in numbers.classes.values()), default=0)
    return Table(
        "action items by class",
        ("class", "items", "settled", "overdue", "open for (median)", "settled in (median)"),
        tuple(
            Line(
                (
                    name, str(one.total), str(one.settled), str(one.overdue),
                    _median(one.open_for), _median(one.settled_in),
                ),
                one.total / most,
            )
            for name, one in numbers.classes.items()
        ),
        "There is no action item yet.",
    )  # fmt: skip


def _ages(items: Promises) -> Table:
    most = max(items.ages.values(), default=0)
    return Table(
        "action items that are open, by age",
        ("age", "items"),
        tuple(Line((age, str(n)), n / most) for age, n in items.ages.items()) if most else (),
        "No action item is open.",
    )


def _milestones(numbers: Counted) -> list[Table]:
    return [
        Table(
            "time between any two milestones; of what came back, to the last end of it",
            ("from", "to", *_SPREAD),
            tuple(
                Line((begin, end, *spread_cells(one)))
                for (begin, end), one in numbers.every_between.items()
            ),
            "No two milestones are known of any incident.",
        )
    ]


def _people(numbers: Counted) -> list[Table]:
    load = numbers.people
    most = max((one.seconds for one in load.values()), default=0)
    return [
        Table(
            "load on people: hours with a hat until each incident was over, and nights (22 to 6)",
            ("person", "hours", "nights", "incidents", "hats"),
            tuple(
                Line(
                    (
                        person, f"{one.seconds / 3600:.1f}", str(one.nights), str(one.incidents),
                        ", ".join(f"{hat} {s / 3600:.1f}" for hat, s in _longest(one.hats)),
                    ),
                    one.seconds / most,
                )
                for person, one in load.items()
            ),
            "Nobody wore a hat.",
        )
    ]  # fmt: skip


def _longest(hats: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    return sorted(hats.items(), key=lambda pair: -pair[1])


def _median(one: Spread | None) -> str:
    return NOT_KNOWN if one is None else _span_text(one.median)


def _span_text(seconds: float) -> str:
    return format_duration(timedelta(seconds=seconds))


def summary(numbers: Counted) -> str:
    """How many there are, and how they went, in one line."""
    parts = [count_of(numbers.incidents, "incident")]
    parts += [f"{numbers.going_on} not closed"] if numbers.going_on else []
    parts += [f"{level} {number}" for level, number in numbers.severities.items()]
    parts += [f"{count_of(numbers.waived, 'check')} waived"] if numbers.waived else []
    parts += [f"{count_of(numbers.reopened, 'stage')} reopened"] if numbers.reopened else []
    return " · ".join(parts)


def apart(kinds: Mapping[str, Counted], kind: str) -> list[str]:
    """How many there are of each kind but this one, such as ``1 drill`` and ``34 imported``."""
    return [
        count_of(one.incidents, _ONE.get(other, other), other)
        for other, one in kinds.items()
        if other != kind and one.incidents
    ]


_ONE = {"incidents": "incident", "drills": "drill"}
_MADE: Mapping[str, Callable[[Counted], Sequence[Table]]] = {
    OVERVIEW: _overview,
    "milestones": _milestones,
    "people": _people,
}
VIEWS = (OVERVIEW, *DIMENSIONS, "milestones", "people")
"""What can be looked at, in the order in which it is offered."""
