"""An entry: a written time with the text that belongs to it, wherever both stood.

Prose and the files of programs are gathered into these; which moment each means is decided later.
"""

from dataclasses import dataclass, field

from incident_tui.intake.foreign_timeline import TimeColumns, Unread
from incident_tui.intake.times.dates import Refused, WrittenDay
from incident_tui.intake.times.stamps import Stamp
from incident_tui.intake.times.zones import Zone


@dataclass(slots=True)
class Entry:
    """A time as written, its text, and what its surroundings say about day, year and zone.

    `stamp` says why there is no time where it was refused. `day_above` is the date of the nearest
    heading or date-only line above, `day_line` the line it stands on, and `lost_day` the line of a
    date above that was not understood. `block` counts lists and tables from the top. `marked` is
    the text with its markup, `label` the milestone that the entry is labelled with. `keep_day`
    says that a date without a time of day is a row here.
    """

    line: int
    raw: str
    form: str
    stamp: Stamp | Refused
    text: str
    source: str
    in_timeline: bool
    block: int
    day_above: WrittenDay | None = None
    day_line: int = 0
    lost_day: int = 0
    year: int | None = None
    zone: Zone | None = None
    zone_from: str = ""
    flags: list[str] = field(default_factory=list)
    last_line: int = 0
    marked: str = ""
    who: str = ""
    label: str = ""
    keep_day: bool = False
    is_data: bool = False
    """Whether a program wrote it, so that a word before a colon is no person."""
    level: int = 0
    """Of the heading that it is, else 0."""
    head: str = ""
    """The text of its first line, where there are several."""


@dataclass(slots=True)
class Gathered:
    """What one walk over a text found, in file order.

    `covered` are lines whose words are in an entry above them.
    """

    entries: list[Entry] = field(default_factory=list)
    milestones: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    day_lines: set[int] = field(default_factory=set)
    """Lines whose date was understood as the day of what stands below them."""
    heads: dict[int, int] = field(default_factory=dict)
    """Further lines of an entry's head, such as the time below a name, by its first line."""
    columns: list[TimeColumns] = field(default_factory=list)
