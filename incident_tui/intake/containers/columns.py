"""Tables in text files: comma, semicolon or tab between the columns, a head that names them."""

import csv
import re
from io import StringIO
from typing import Final

from incident_tui.intake.containers.items import Contained, add, stamp_of
from incident_tui.intake.foreign_timeline import Unread
from incident_tui.intake.prose.tables import TIME_TITLE, WHO_TITLE, ZONE_TITLE
from incident_tui.intake.prose.time_columns import named_column, time_columns, with_day
from incident_tui.intake.times.stamps import Stamp
from incident_tui.intake.times.zones import zone_in

_SIGNS: Final = "\t,;"
_LOOKED_AT: Final = 20
_TEXT_TITLE: Final = re.compile(
    r"(?:event|description|text|message|what|action|details?|summary|note|comment|entry"
    r"|ereignis|beschreibung|événement|evento|descri[cp]\w+)",
    re.IGNORECASE,
)
_NO_TABLE: Final = ("#", "|", "- ", "* ", "<", "{", "[")


def columns(text: str, column: str = "") -> Contained | None:
    """A table of a text file with a time in one of its columns; None for any other text.

    `column` is the title of that column, where somebody named it.
    """
    try:
        return _columns(text.replace("\r\n", "\n").replace("\r", "\n"), column)
    except csv.Error:  # a field longer than any column of a table is
        return None


def tabbed_tables(text: str) -> tuple[str, list[int]] | None:
    """A text with the tables that were copied into it, tabs between their cells, as others write.

    With it the line that each of its lines stands in; None where none has a column of times.
    """
    raws = text.split("\n")
    lines: list[str] = []
    places: list[int] = []
    any_table = False
    at = 0
    while at < len(raws):
        end = _end_of_table(raws, at)
        if end == at:
            lines.append(raws[at])
            places.append(at + 1)
            at += 1
            continue
        rows = [
            "| " + " | ".join(raw.replace("|", "\\|").split("\t")) + " |" for raw in raws[at:end]
        ]
        rule = "|---" * (raws[at].count("\t") + 1) + "|"
        lines += ["", rows[0], rule, *rows[1:], ""]
        places += [at + 1, at + 1, at + 1, *range(at + 2, end + 1), end]
        any_table, at = True, end
    return ("\n".join(lines), places) if any_table else None


def _end_of_table(raws: list[str], at: int) -> int:
    """The index behind a table whose titles stand in this line; this one where none does."""
    titles = raws[at].split("\t")
    if len(titles) < 2 or not any(TIME_TITLE.search(title) for title in titles):
        return at
    if any(isinstance(stamp_of(title), Stamp) for title in titles):
        return at
    end = at + 1
    while end < len(raws) and raws[end].count("\t") == len(titles) - 1:
        end += 1
    return end if end > at + 1 else at


def _columns(text: str, column: str) -> Contained | None:
    lines = [line for line in text.split("\n")[: _LOOKED_AT + 1] if line.strip()]
    if len(lines) < 2 or lines[0].lstrip().startswith(_NO_TABLE):
        return None
    sign = max(_SIGNS, key=lines[0].count)
    head = [title.strip() for title in next(csv.reader([lines[0]], delimiter=sign), [])]
    if len(head) < 2 or any(isinstance(stamp_of(cell), Stamp) for cell in head):
        return None
    records = list(csv.reader(StringIO("\n".join(lines[1:]), newline=""), delimiter=sign))
    same = sum(len(record) == len(head) for record in records)
    named = named_column(head, column)
    when = named if _timed(records, named) else _time_columns(head, records)
    when = with_day(when, records, stamp_of)
    if not when or same * 2 < len(records):
        return None
    contained = _rows(text, sign, head, when)
    contained.gathered.columns.append(time_columns(1, head, records, when, stamp_of))
    return contained


def _time_columns(head: list[str], records: list[list[str]]) -> list[int]:
    """The columns that make the time: by title and content, or a date and a clock together."""
    named = [n for n, title in enumerate(head) if TIME_TITLE.search(title)]
    candidates = [[n] for n in named] + [[n, n + 1] for n in named if n + 1 in named]
    candidates += [[n] for n in range(len(head)) if n not in named]
    best = max(candidates, key=lambda places: _timed(records, places))
    return best if _timed(records, best) else []


def _timed(records: list[list[str]], places: list[int]) -> int:
    """How many times these columns make, those with a day for two."""
    cells = [" ".join(r[n] for n in places if n < len(r)) for r in records]
    stamps = [stamp_of(cell) for cell in cells]
    read = [stamp for stamp in stamps if isinstance(stamp, Stamp) and stamp.has_time]
    return sum(2 if stamp.day is not None else 1 for stamp in read)


def _rows(text: str, sign: str, head: list[str], when: list[int]) -> Contained:
    contained = Contained("TSV" if sign == "\t" else "CSV")
    who = next((n for n, title in enumerate(head) if WHO_TITLE.fullmatch(title)), -1)
    zone = zone_in(" ".join(head[n] for n in when))
    zones = [n for n, title in enumerate(head) if ZONE_TITLE.fullmatch(title) and n not in when]
    texts = [n for n, title in enumerate(head) if _TEXT_TITLE.fullmatch(title)]
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
    next(reader)
    last = reader.line_num
    for record in reader:
        number, last = last + 1, reader.line_num
        contained.gathered.covered |= dict.fromkeys(range(number + 1, last + 1), number)
        if not any(cell.strip() for cell in record):
            continue
        cells = dict(enumerate(record))
        time = " ".join(cells.get(n, "") for n in when).strip()
        if time and not _is_epoch(time):
            time = " ".join([time, *(cells[n].strip() for n in zones if n in cells)]).strip()
        others = [n for n in cells if n not in (*when, who, *zones, *texts) and cells[n].strip()]
        parts = [cells[n].strip() for n in texts if n in cells and cells[n].strip()]
        named = (n for n in others if n < len(head))
        parts += [
            cells[n].strip() if not texts else f"{head[n]}: {cells[n].strip()}" for n in named
        ]
        if not time:
            reason = "stands among rows with a time, and has none"
            contained.gathered.unread.append(Unread(number, sign.join(record).strip(), reason))
            continue
        add(
            contained.gathered,
            number,
            time,
            " · ".join(" ".join(each.split()) for each in parts),
            kind="table",
            who=cells.get(who, "").strip(),
        )
        entry = contained.gathered.entries[-1]
        entry.zone, entry.zone_from = zone, "the head of the column" if zone is not None else ""
    return contained


def _is_epoch(time: str) -> bool:
    """Whether a time is a number, which has its zone already."""
    return time.replace(".", "", 1).isdigit()
