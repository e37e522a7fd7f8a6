"""What reading a foreign timeline gives: rows, lines left unread, and how it was understood.

Plain values only; how they are found is in the other files of this folder.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

OUT_OF_ORDER: Final = "out of order"
WRONG_YEAR: Final = "year looks wrong"
APPROXIMATE: Final = "approximate time"
RANGE: Final = "range, start taken"
DOTTED: Final = "time written with a dot"
CODE_LEFT_OUT: Final = "code block left out"

NO_CLOCK: Final = "has a date and no time of day"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One moment of the timeline: `at` in UTC, `line` counted from 1, `source` a URL or empty."""

    at: datetime
    text: str
    source: str
    line: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that looks like part of the timeline and became no row, with the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document.

    `rows` and `unread` are in file order. `zone` is the name of the zone as understood. `form`
    names the shapes of the rows, or is "none". `milestones` are lines such as "Declared: <time>"
    outside the timeline: their text is the label. `day_from` says where the day of rows without
    a date was found, and is empty where no row needed it.
    """

    rows: list[TimelineRow]
    unread: list[Unread]
    zone: str
    title: str | None
    form: str
    milestones: list[TimelineRow] = field(default_factory=list)
    day_from: str = ""
