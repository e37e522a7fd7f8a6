"""What reading a foreign timeline gives: rows, lines left unread, and how it was understood.

Plain values only; how they are found is in the other files of this folder.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

OUT_OF_ORDER: Final = "out of order"
WRONG_YEAR: Final = "year looks wrong"
WRONG_MONTH: Final = "month looks wrong"
WRONG_DAY: Final = "day looks wrong"
WRONG_WEEKDAY: Final = "day of the week does not fit the date"
APPROXIMATE: Final = "approximate time"
RANGE: Final = "range, start taken"
DOTTED: Final = "time written with a dot"
HALF_OF_24: Final = "24-hour clock with AM or PM"
CODE_LEFT_OUT: Final = "code block left out"
DATE_ONLY: Final = "no time of day"
NEXT_DAY: Final = "taken as the next day"
NEXT_MORNING: Final = "after midnight, taken as the morning of that day"
NEAREST_WEEKDAY: Final = "taken as that weekday nearest to the day of the text"
FROM_A_SENTENCE: Final = "time taken from within a sentence"
ZONES_DIFFER: Final = "its times in two zones differ"
DAY_FIRST: Final = "day read before month"
MONTH_FIRST: Final = "month read before day"
RELATIVE: Final = "counted from the first row"
OTHER_COLUMN: Final = "time taken from another column than in other rows"
FROM_THE_START: Final = "counted from the start that is stated"
SECOND_OF_ITS_KIND: Final = "another row has this label"

SLIPS: Final = frozenset({WRONG_YEAR, WRONG_MONTH, WRONG_DAY, WRONG_WEEKDAY})
"""Flags of rows whose date is likely a slip of the pen: such a row begins nothing."""

NO_CLOCK: Final = "has a date and no time of day"
NO_TIME: Final = "stands among rows with a time, and has none"
AMBIGUOUS_DATE: Final = "has a date that does not say which number is the day"
UNKNOWN_DATE: Final = "has a date that was not understood"
OUTSIDE: Final = "stands outside the timeline section"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One moment of the timeline.

    `at` is in UTC; a row that has only a `day` has that day's first moment in its zone there, and
    `DATE_ONLY` among its `flags`. `line` counts from 1, `last_line` is the last one whose words
    are in `text`. `written` is the time as it stands there, `zone` the one it was read in and
    `zone_from` says who named it. `label` is the milestone that the row's label stands for, or
    empty. `who` is the person at its head. `source` is a URL or empty. `until` ends a range.
    """

    at: datetime
    text: str
    source: str
    line: int
    flags: tuple[str, ...] = ()
    last_line: int = 0
    written: str = ""
    zone: str = ""
    zone_from: str = ""
    day_from: str = ""
    who: str = ""
    label: str = ""
    until: datetime | None = None
    day: date | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that looks like part of the timeline and became no row, with the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class TimeColumns:
    """Which columns of a table its times were taken from, and which others hold times, by title.

    `line` is that of its titles. Several were taken where a day and a clock make one time.
    """

    line: int
    taken: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def choice(self) -> str:
        """What was chosen where others hold times, too, in words; empty where none does."""
        if not self.others:
            return ""
        columns = "column" if len(self.taken) == 1 else "columns"
        hold = "holds" if len(self.others) == 1 else "hold"
        taken, others = " and ".join(self.taken), " and ".join(self.others)
        return f"times are from {columns} {taken}; {others} {hold} times, too"


@dataclass(frozen=True, slots=True)
class Stated:
    """A duration that the authors state: between which milestones, how long, in which words."""

    name: str
    length: timedelta
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text below a heading that a field of the record has too, such as impact or lessons.

    `name` is that of the field; what no field has a place for is `rest`. `heading` is what it
    stands below, `wraps` says that it is a line of a paragraph, `item` that it is one of a list or
    a row of a table. `owner`, `due`, `ref` and `done` are what an action says of itself.
    """

    name: str
    text: str
    line: int
    wraps: bool = False
    item: bool = False
    end: int = 0
    owner: str = ""
    due: date | None = None
    ref: str = ""
    done: bool = False
    heading: str = ""

    @property
    def last_line(self) -> int:
        """The last line whose words are in it."""
        return max(self.line, self.end)


@dataclass(frozen=True, slots=True)
class ForeignTimeline:
    """Everything read from one document.

    `rows` and `unread` are in file order. `zone` is the name of the zone as understood, and
    `zone_from` who named it; where nobody did, `zone_from` is empty. `container` is what the text
    was taken for, `form` names the shapes of the rows, or is "none". `milestones` are lines such
    as "Declared: <time>" outside the timeline: their text is the label. `day_from` says where the
    day of rows without a date was found, and is empty where no row needed it. `passages` is what
    stands under headings that fields of a postmortem have too: impact, causes, lessons.
    """

    rows: list[TimelineRow]
    unread: list[Unread]
    zone: str
    title: str | None
    form: str
    milestones: list[TimelineRow] = field(default_factory=list)
    day_from: str = ""
    zone_from: str = ""
    container: str = "text"
    stated: list[Stated] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    beside: list[Passage] = field(default_factory=list)
    """What a document says that is neither a row nor a passage, nor unread."""
    day: date | None = None
    """The day that the document is about, where it names one."""
    columns: list[TimeColumns] = field(default_factory=list)
    """The tables whose times were read, by their titles."""
