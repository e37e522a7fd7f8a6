"""Which columns of a table hold times, and which of these its rows' times are taken from.

Tables of all kinds share it: what a cell means as a time is said by the one that asks.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from incident_tui.intake.foreign_timeline import TimeColumns
from incident_tui.intake.times.dates import Refused
from incident_tui.intake.times.stamps import Stamp

Cells = Sequence[Sequence[str]]
StampOf = Callable[[str], Stamp | Refused | None]
_LENGTH: Final = re.compile(
    r"\b(?:duration|elapsed|age|took|dauer|durée|duración)\b", re.IGNORECASE
)
_LOOKED_AT: Final = 200


def named_column(titles: Sequence[str], name: str) -> list[int]:
    """The column of that title, whatever its capitals; none for an unknown or an empty one."""
    wanted = name.strip().casefold()
    return [n for n, title in enumerate(titles) if wanted and title.strip().casefold() == wanted][
        :1
    ]


def with_day(columns: list[int], rows: Cells, stamp_of: StampOf) -> list[int]:
    """The columns of clocks with the column of days before them that they have none of."""
    if not columns or any(each.day is not None for each in _stamps(rows, columns[0], stamp_of)):
        return columns
    if any(any(s.day is not None for s in _stamps(rows, n, stamp_of)) for n in columns):
        return columns
    width = max(map(len, rows), default=0)
    days = (n for n in range(width) if n not in columns and _holds_days(rows, n, stamp_of))
    day = next(days, None)
    return columns if day is None else [day, *columns]


def time_columns(
    line: int,
    titles: Sequence[str],
    rows: Cells,
    chosen: Sequence[int],
    stamp_of: StampOf,
    left_out: Sequence[int] = (),
) -> TimeColumns:
    """What is said of a table whose titles stand in a line: the chosen columns, and the others.

    Of several chosen that hold whole times the first is taken. `left_out` are columns that are
    known for something else.
    """
    timed = [n for n in range(len(titles)) if _holds_times(titles[n], rows, n, stamp_of)]
    first = next((n for n in chosen if n in timed), None)
    taken = [n for n in chosen if n < len(titles) and (n == first or n not in timed)]
    others = [n for n in timed if n not in taken and n not in left_out]
    return TimeColumns(
        line, tuple(titles[n].strip() for n in taken), tuple(titles[n].strip() for n in others)
    )


def _stamps(rows: Cells, at: int, stamp_of: StampOf) -> list[Stamp]:
    read = (stamp_of(row[at]) for row in rows[:_LOOKED_AT] if at < len(row) and row[at].strip())
    return [stamp for stamp in read if isinstance(stamp, Stamp) and not stamp.rest]


def _filled(rows: Cells, at: int) -> int:
    return sum(at < len(row) and bool(row[at].strip()) for row in rows[:_LOOKED_AT])


def _holds_times(title: str, rows: Cells, at: int, stamp_of: StampOf) -> bool:
    """Whether most cells of a column are nothing but a time of day."""
    if _LENGTH.search(title):
        return False
    timed = sum(stamp.has_time for stamp in _stamps(rows, at, stamp_of))
    return timed > 0 and timed * 2 >= _filled(rows, at)


def _holds_days(rows: Cells, at: int, stamp_of: StampOf) -> bool:
    """Whether most cells of a column are nothing but a day."""
    days = sum(
        not stamp.has_time and stamp.day is not None for stamp in _stamps(rows, at, stamp_of)
    )
    return days > 0 and days * 2 >= _filled(rows, at)
