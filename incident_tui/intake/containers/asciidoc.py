"""Tables of AsciiDoc, whose cells may stand in lines of their own, as rows that others write.

The rest of such a text is read as it is: its lists and headings are told apart by the documents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from incident_tui.intake.times.dates import Refused
from incident_tui.intake.times.stamps import read_stamp

_FENCE: Final = re.compile(r"[|!,:]={3,}\s*")
_COLUMNS: Final = re.compile(r"\[.*?\bcols\s*=\s*(?:\"([^\"]*)\"|([^\s,\]]+)).*\]\s*")
_OPTIONS: Final = re.compile(r"\[.*(?:%header|options\s*=\s*\"?[^\"\]]*header).*\]\s*")
_REPEATED: Final = re.compile(r"\s*([0-9]{1,2})\*.*")
# A bar, with what may stand before it: how many columns it spans, where it stands, its style.
_BAR: Final = re.compile(
    r"(?:(?<=\s)|^)(?:[0-9]{0,2}(?:\.[0-9]{1,2})?[+*])?(?:[<^>])?(?:\.[<^>])?[adehlmsv]?(?<!\\)\|"
    r"|(?<!\\)\|"
)


@dataclass(slots=True)
class _Cell:
    """A cell with the line that it begins in."""

    line: int
    text: str


def asciidoc_tables(text: str) -> tuple[str, list[int]] | None:
    """The text with each row of its AsciiDoc tables in one line, and the line that each was in.

    None where it has no such table that is closed.
    """
    raws = text.split("\n")
    lines: list[str] = []
    places: list[int] = []
    at = 0
    for begin, end in _tables(raws):
        lines += raws[at:begin]
        places += range(at + 1, begin + 1)
        for place, row in _rows(raws, begin, end):
            lines.append(row)
            places.append(place)
        at = end + 1
    if not at:
        return None
    return "\n".join([*lines, *raws[at:]]), [*places, *range(at + 1, len(raws) + 1)]


def _tables(raws: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The indexes of the lines that open and close each table."""
    opened = -1
    for at, raw in enumerate(raws):
        if not _FENCE.fullmatch(raw) or raw[0] != "|":
            continue
        if opened >= 0 and _holds_cells_alone(raws[opened + 1 : at]):
            yield opened, at
        opened = at if opened < 0 else -1


def _holds_cells_alone(inside: Sequence[str]) -> bool:
    """Whether all lines of a table are cells or go on with one; a time at their head is a line."""
    lines = [raw.strip() for raw in inside if raw.strip()]
    first = lines[0] if lines else ""
    going_on = [line for line in lines if not _BAR.match(line)]
    return bool(_BAR.match(first)) and not any(_says_time(line) for line in going_on)


def _says_time(words: str) -> bool:
    stamp = read_stamp(words.lstrip("-*•–#>[( "))
    return stamp is not None and (isinstance(stamp, Refused) or stamp.has_time)


def _rows(raws: Sequence[str], begin: int, end: int) -> Iterator[tuple[int, str]]:
    """The rows between two lines, each with its line, and a rule below the first if it heads."""
    cells, first = _cells(raws, begin + 1, end)
    if not cells:
        return
    above = raws[begin - 1] if begin else ""
    width = _width(above) or first
    below = raws[cells[0].line : end]
    heads = bool(_OPTIONS.fullmatch(above)) or (
        first == width and bool(below) and not below[0].strip()
    )
    yield begin + 1, ""
    for n in range(0, len(cells), width):
        row = cells[n : n + width]
        shown = " | ".join(cell.text.replace("|", "\\|") for cell in row)
        line = next((cell.line for cell in row if _says_time(cell.text)), row[0].line)
        yield line, f"| {shown} |"
        if not n and heads:
            yield line, "|" + "---|" * width
    yield end + 1, ""


def _cells(raws: Sequence[str], begin: int, end: int) -> tuple[list[_Cell], int]:
    """The cells of these lines, and how many of them stand in the first line that has any."""
    cells: list[_Cell] = []
    first = 0
    for at in range(begin, end):
        before, *own = _BAR.split(raws[at].strip())
        if cells and before.strip():
            cells[-1].text = f"{cells[-1].text} {_shown(before)}".strip()
        cells += [_Cell(at + 1, _shown(cell)) for cell in own]
        first = first or len(own)
    return cells, first


def _shown(cell: str) -> str:
    """The words of a cell, without the sign that breaks a line."""
    return cell.strip().removesuffix(" +").replace("\\|", "|")


def _width(above: str) -> int:
    """How many columns the line above a table names; 0 where it names none."""
    match = _COLUMNS.fullmatch(above)
    if match is None:
        return 0
    named = [part for part in (match[1] or match[2] or "").replace(";", ",").split(",") if part]
    repeated = _REPEATED.fullmatch(named[0]) if len(named) == 1 else None
    return int(repeated[1]) if repeated is not None else len(named)
