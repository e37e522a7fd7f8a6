"""A Markdown table whose columns hold times and texts; one table in, its rows out.

Understands time columns by their titles ("Date", "Time (UTC)"), or takes the first cells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from incident_tui.intake.foreign_timeline import OTHER_COLUMN, TimeColumns
from incident_tui.intake.prose.document import Line
from incident_tui.intake.prose.labels import whole_label
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.prose.time_columns import named_column, time_columns, with_day
from incident_tui.intake.times.dates import Refused
from incident_tui.intake.times.stamps import Stamp, read_stamp
from incident_tui.intake.times.zones import Zone, zone_in

_SPLIT = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-+:?\s*")
TIME_TITLE = re.compile(
    r"\b(?:day|date|time|timestamp|when|clock|at|datum|zeit|uhrzeit|zeitpunkt|heure|fecha|hora|data"
    r"|horário|horaire|moment|momento|instant|utc|local)\b",
    re.IGNORECASE,
)
WHO_TITLE = re.compile(
    r"(?:(?:done|reported|handled|posted|logged|taken) )?by|who|actor|author|person(?:ne|a)?|name"
    r"|owner|user(?:name)?|engineer|operator|assignee|responder|sender|wer|bearbeiter(?:in)?"
    r"|autor(?:in|a)?|zuständig|verantwortlich|qui|auteur|acteur|responsable|nom|quién|nombre"
    r"|quem|responsável|nome",
    re.IGNORECASE,
)
ZONE_TITLE = re.compile(
    r"tz|(?:time ?)?zone|(?:utc )?offset|zeitzone|fuseau(?: horaire)?|zona horaria"
    r"|fuso(?: horário)?",
    re.IGNORECASE,
)
_NOT_A_MOMENT = re.compile(r"\b(?:duration|end|elapsed|due)\b", re.IGNORECASE)
_YEAR = re.compile(r"\(\s*((?:19|20)[0-9]{2})\s*\)")
_MOST_TIME_CELLS = 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """One body line of a table; `stamp` is None where its time cells hold no time."""

    line: Line
    stamp: Stamp | Refused | None
    text: str
    source: str
    who: str = ""
    marked: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the header, and what the header says about zone and year."""

    rows: list[TableRow]
    zone: Zone | None
    year: int | None
    columns: TimeColumns | None = None
    """Which columns its times were taken from; None where no titles name them."""

    @property
    def has_times(self) -> bool:
        """Whether any row has a time of day: if none has, this is no timeline."""
        return any(isinstance(row.stamp, Stamp) and row.stamp.has_time for row in self.rows)


def read_table(lines: list[Line], column: str = "") -> Table:
    """Read a run of table lines; the header and the rule below it become no rows.

    `column` is the title of the column of times, where somebody named it.
    """
    cells = [_cells(line.body) for line in lines]
    rule = next((n for n, row in enumerate(cells) if _is_rule(row)), None)
    head = rule - 1 if rule else _head_without_rule(cells) if rule is None else -1
    titles = [plain(title).text for title in cells[head]] if head >= 0 else []
    columns = [
        n for n, t in enumerate(titles) if TIME_TITLE.search(t) and not _NOT_A_MOMENT.search(t)
    ]
    who = next((n for n, t in enumerate(titles) if WHO_TITLE.fullmatch(t.strip())), -1)
    body = cells[max(head, rule or 0) + 1 :]
    main, others = _clocks_of_zones(titles, body)
    columns = [n for n in columns if n not in others]
    columns += [main] if main >= 0 and not _holds_times(body, columns) else []
    if head >= 0 and not _holds_times(body, columns or [0]):
        columns = with_day(_columns_of_times(body), body, _stamp_in) or columns
    named = named_column(titles, column)
    if _holds_times(body, named):
        columns, others = with_day(named, body, _stamp_in), {}
    chosen = list(columns)
    if head >= 0 and columns:
        columns += [n for n, t in enumerate(titles) if ZONE_TITLE.fullmatch(t.strip())]
    header = " ".join(titles[n] for n in columns if n < len(titles))
    year = _YEAR.search(header)
    time_source = None
    if head >= 0 and body:
        time_source = time_columns(
            lines[head].number, titles, body, chosen or [0], _stamp_in, [*others]
        )
    taken = [
        n
        for n in chosen
        if time_source is not None and n < len(titles) and titles[n].strip() in time_source.taken
    ]
    rows = [
        _with_other_clock(
            _marked(_row(line, _without(row, others), columns, who), row, taken), row, others
        )
        for n, (line, row) in enumerate(zip(lines, cells, strict=True))
        if not _is_rule(row) and n != head and any(cell for cell in row)
    ]
    if rule is None and head < 0 and rows and rows[0].stamp is None:
        # Without a rule there is no telling a header from a row; a first line without time is one.
        rows = rows[1:]
    return Table(
        rows, zone_in(header), int(year.group(1)) if year is not None else None, time_source
    )


def _clocks_of_zones(
    titles: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[int, dict[int, Zone]]:
    """The column of clocks that is titled UTC, or else with any zone, and those of other zones.

    The column is -1 where no title names a zone.
    """
    zones = {n: zone for n, title in enumerate(titles) if (zone := zone_in(title)) is not None}
    zones = {n: zone for n, zone in zones.items() if any(_timed(row[n : n + 1]) for row in rows)}
    main = next((n for n, zone in zones.items() if zone.name == "UTC"), next(iter(zones), -1))
    return main, {n: zone for n, zone in zones.items() if n != main}


def _without(cells: Sequence[str], others: dict[int, Zone]) -> list[str]:
    return ["" if n in others and _timed([cell]) else cell for n, cell in enumerate(cells)]


def _with_other_clock(row: TableRow, cells: Sequence[str], others: dict[int, Zone]) -> TableRow:
    """The row with the clock of another zone beside its own, so that the two can be compared."""
    for n, zone in others.items():
        other = _stamp(list(cells[n : n + 1]))
        if isinstance(other, Stamp) and other.clock is not None and isinstance(row.stamp, Stamp):
            return replace(row, stamp=replace(row.stamp, beside=(other.clock, zone)))
    return row


def _marked(row: TableRow, cells: Sequence[str], main: Sequence[int]) -> TableRow:
    """The row, marked where its time stands in none of the main columns, which are empty there."""
    timed = not main or _timed([cells[n] for n in main if n < len(cells)])
    if timed or not isinstance(row.stamp, Stamp) or not row.stamp.has_time:
        return row
    return replace(row, stamp=replace(row.stamp, flags=(*row.stamp.flags, OTHER_COLUMN)))


def _head_without_rule(cells: Sequence[Sequence[str]]) -> int:
    """The index of a first line that names columns of a table without a rule; -1 for none."""
    if len(cells) < 2 or any(_timed([cell]) for cell in cells[0]):
        return -1
    if any(TIME_TITLE.search(cell) for cell in cells[0]):
        return 0
    has_moment = any(_stamp([cell]) is not None for cell in cells[0] if cell)
    return 0 if not has_moment and _columns_of_times(cells[1:]) else -1


def _holds_times(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> bool:
    """Whether any row has a time of day in these columns, or begins with one."""
    return any(_timed([row[n] for n in columns if n < len(row)]) for row in rows)


def _columns_of_times(rows: Sequence[Sequence[str]]) -> list[int]:
    """The column that most rows have a time of day in, where the titles name none that has."""
    widest = max((len(row) for row in rows), default=0)
    times_in = {n: sum(_timed(row[n : n + 1]) for row in rows) for n in range(widest)}
    best = max(times_in, key=lambda n: times_in[n], default=0)
    return [best] if times_in.get(best) else []


def _timed(cells: Sequence[str]) -> bool:
    stamp = _stamp(list(cells))
    return isinstance(stamp, Stamp) and stamp.has_time


def cells_of(line: Line) -> list[str]:
    """The cells of a line of a table."""
    return _cells(line.body)


def _cells(body: str) -> list[str]:
    inner = body.strip()
    if inner.startswith("||") and inner.endswith("||") and len(inner) > 4:
        # The titles of a table in the markup of Jira and Confluence.
        return [cell.strip() for cell in inner.strip("|").split("||")]
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _SPLIT.split(inner)]


def _is_rule(cells: list[str]) -> bool:
    return any(cells) and all(_RULE.fullmatch(cell) for cell in cells if cell)


def _row(line: Line, cells: list[str], columns: list[int], who: int) -> TableRow:
    chosen = [n for n in columns if n < len(cells)]
    stamp = _stamp([cells[n] for n in chosen])
    if isinstance(stamp, Stamp) and not stamp.has_time and len(chosen) > 1:
        # One of several columns of times is empty, or holds the other zone's clock.
        stamp = _first_with_time(cells, chosen) or stamp
    if not chosen:
        # The fewest leading cells that make a time of day, or else whatever the first says.
        stamp = _stamp(cells[:1])
        for count in range(1, min(_MOST_TIME_CELLS, len(cells)) + 1):
            more = _stamp(cells[:count])
            if isinstance(more, Stamp) and more.has_time:
                stamp, chosen = more, list(range(count))
                break
        chosen = chosen or [0]
    parts = [cell for n, cell in enumerate(cells) if n not in (*chosen, who) and cell]
    others = plain(" · ".join(parts))
    left = stamp.rest if isinstance(stamp, Stamp) else ""
    if isinstance(stamp, Refused) or stamp is None:
        left = plain(" ".join(cells[n] for n in chosen if cells[n])).text
    text = " · ".join(part for part in (left, others.text) if part)
    person = plain(cells[who]).text.lstrip("@") if 0 <= who < len(cells) else ""
    # Beside a description, a cell that is nothing but a label says which moment it is.
    labels = [whole_label(plain(cell).text) for cell in parts] if len(parts) > 1 else []
    label = next(filter(None, labels), "")
    return TableRow(line, stamp, text, others.source, person, parts[0] if parts else "", label)


def _first_with_time(cells: list[str], chosen: list[int]) -> Stamp | None:
    stamps = [_stamp([cells[n]]) for n in chosen]
    return next((each for each in stamps if isinstance(each, Stamp) and each.has_time), None)


def _stamp_in(cell: str) -> Stamp | Refused | None:
    return _stamp([cell])


def _stamp(cells: list[str]) -> Stamp | Refused | None:
    return read_stamp(plain(" ".join(cell for cell in cells if cell)).text, loose=True)
