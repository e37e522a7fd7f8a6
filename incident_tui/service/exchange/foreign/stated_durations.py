"""Durations that authors state, beside those that their own rows give.

A number that two rows give agrees, and the rows are named; else the nearest pair is told.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Final

import msgspec

from incident_tui.intake import Stated
from incident_tui.service.exchange.foreign.timeline_import import Plan, Row

_MOST_ROWS: Final = 60
_TOLERANCE: Final = timedelta(minutes=1)
# What people count from and to is not agreed on: each pair in use, the usual one first.
_PAIRS: Final = {
    "detect": [("started", "detected")],
    "acknowledge": [("detected", "declared"), ("started", "declared")],
    "recover": [("started", "mitigated"), ("detected", "mitigated"), ("declared", "mitigated"),
                ("started", "resolved"), ("detected", "resolved")],
    "resolve": [("started", "resolved"), ("detected", "resolved"), ("declared", "resolved"),
                ("started", "mitigated")],
    "impact": [("started", "mitigated"), ("started", "resolved"), ("detected", "mitigated"),
               ("detected", "resolved")],
}  # fmt: skip


class Compared(msgspec.Struct, frozen=True):
    """A stated duration, and what rows give for it: `computed` is None where none do.

    `first` and `last` are the lines of the rows that it was computed from.
    """

    stated: Stated
    computed: timedelta | None
    first: int = 0
    last: int = 0

    @property
    def agrees(self) -> bool | None:
        """Whether both are the same to the minute; None where nothing could be computed."""
        if self.computed is None:
            return None
        return abs(self.computed - self.stated.length) < _TOLERANCE


def compared(plan: Plan) -> list[Compared]:
    """Each stated duration beside what the labelled rows give, or, failing these, any two rows."""
    labelled: dict[str, list[Row]] = {}
    for row in plan.rows:
        if row.label and row.day is None:
            labelled.setdefault(row.label, []).append(row)
    return [_compare(one, labelled, plan) for one in plan.stated]


def _compare(stated: Stated, labelled: dict[str, list[Row]], plan: Plan) -> Compared:
    pairs = [
        Compared(stated, end.at - begin.at, begin.line, end.line)
        for first, last in _PAIRS[stated.name]
        for begin in labelled.get(first, ())
        for end in labelled.get(last, ())
    ]
    exact = next((pair for pair in chain(pairs, _any_two(stated, plan)) if pair.agrees), None)
    return exact or (pairs[0] if pairs else Compared(stated, None))


def _any_two(stated: Stated, plan: Plan) -> Iterator[Compared]:
    """Every two rows, those from the first row on before the rest: texts begin with the start."""
    timed = sorted((row for row in plan.rows if row.day is None), key=lambda row: row.at)
    for at, begin in enumerate(timed[:_MOST_ROWS]):
        for end in timed[at + 1 : _MOST_ROWS]:
            yield Compared(stated, end.at - begin.at, begin.line, end.line)
