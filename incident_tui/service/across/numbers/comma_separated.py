"""The numbers as CSV: a row for each kind, group and duration, in seconds; empty is not known."""

from collections.abc import Iterator

from incident_tui.documents.text.csv_rows import csv_table
from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.service.across.numbers import Statistics
from incident_tui.service.across.numbers.counted import Counted
from incident_tui.service.across.numbers.groups import DIMENSIONS
from incident_tui.service.across.numbers.spreads import Spread

HEADS = ("kind", "by", "group", "duration", "incidents", "known", "median", "p90", "longest")


def comma_separated(statistics: Statistics) -> str:
    """Every group of every dimension of every kind, and all incidents of a kind together."""
    return csv_table(
        HEADS, (row for kind, one in statistics.kinds.items() for row in _rows(kind, one))
    )


def _rows(kind: str, numbers: Counted) -> Iterator[tuple[object, ...]]:
    if not numbers.incidents:
        return
    for name in DURATIONS:
        yield (kind, "", "", name, numbers.incidents, *_cells(numbers.durations.get(name)))
    for (begin, end), one in numbers.every_between.items():
        yield (kind, "milestones", "", f"{begin} to {end}", numbers.incidents, *_cells(one))
    for dimension in DIMENSIONS:
        for key, group in numbers.groups(dimension).items():
            for name in DURATIONS:
                cells = _cells(group.durations.get(name))
                yield (kind, dimension, key, name, group.incidents, *cells)


def _cells(spread: Spread | None) -> tuple[object, ...]:
    if spread is None:
        return (0, None, None, None)
    return (spread.incidents, spread.median, spread.p90, spread.longest)
