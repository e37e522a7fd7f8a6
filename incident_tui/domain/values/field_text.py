"""How the text of an artifact's field reads by its type: items, rows, ticks, links.

What is filled in, and by whom, is in `artifacts`.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from incident_tui.domain.values.patterns import later

MANY = ("list", "table", "chain", "checklist")
"""Types of fields that hold any number of items, one a line."""

_BEFORE_AFTER = later(r"(?P<name>[^:]+): (?P<before>.+?) -> (?P<after>.+)")
_TICK = later(r"(?:[-*] )?\[([ xX]?)\](?: |$)")
_ADDRESS = later(r"https?://[^\s/]+\S*", re.IGNORECASE)
_SCHEME = later(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Row(msgspec.Struct, frozen=True):
    """An item of a field as a value: its cells, and the line that it reads as.

    Cells are known where a row comes from the log. What stands in one is never read again.
    """

    cells: tuple[str, ...]
    text: str
    facts: "Facts" = ()
    """What else is known of it, each behind its name: documents tell it, forms leave it out."""
    heads: tuple[str, ...] = ()
    """What its cells are called, where that is not step and result, or signal, before and after."""


Facts = tuple[tuple[str, str], ...]
Rows = Sequence[Row]
LogContent = str | Rows
"""What the log says of a field: a text, or rows."""


def item_rows(texts: Iterable[str]) -> Rows:
    """Each text as an item of one cell; its line breaks are blanks, since an item is a line."""
    lines = (" ".join(text.split("\n")).strip() for text in texts)
    return [Row((line,), line) for line in lines if line]


def item_row(text: str, facts: Facts) -> Row:
    """An item of one cell, and what else is known of it."""
    line = " ".join(text.split("\n")).strip()
    return Row((line,), line, facts)


def step(what: str, result: str, facts: Facts = ()) -> Row:
    """What was done, and what came of it."""
    return Row((what, result), f"{what} -> {result}", facts)


def change(name: str, before: str, after: str, facts: Facts = ()) -> Row:
    """A signal before and after."""
    return Row((name, before, after), f"{name}: {before} -> {after}", facts)


def text_of_content(content: LogContent) -> str:
    """What the log says as a text, a row a line."""
    return content if isinstance(content, str) else "\n".join(row.text for row in content)


def rows_of_content(content: LogContent) -> Rows:
    """What the log says as rows: a text that is none has an item on each line."""
    return item_rows(content.split("\n")) if isinstance(content, str) else content


def typed_rows(text: str, known: Rows) -> Rows:
    """The rows that somebody typed, one a line.

    A line that reads as a row that is `known` from the log is that row; any other is one cell,
    whatever stands in it.
    """
    cells = {row.text: row for row in known}
    return [cells.get(row.text, row) for row in item_rows(text.split("\n"))]


def older_rows(text: str) -> Rows:
    """The rows of a text that an older version recorded, where arrows and colons parted cells."""
    items = items_of(text)
    rows = [Row(cells_of(item), item) for item in items]
    if all(len(row.cells) == 3 for row in rows):
        return rows
    parted = [item.partition(" -> ") for item in items]
    return [
        Row((what.strip(), result.strip()) if arrow else (item,), item)
        for item, (what, arrow, result) in zip(items, parted, strict=True)
    ]


def items_of(text: str) -> list[str]:
    """The items of a text of an older version: its lines, or what semicolons separate on one."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    return [part.strip() for part in parts if part.strip()]


def cells_of(item: str) -> tuple[str, ...]:
    """A row of an older version: ``name: before -> after`` or ``step -> result``."""
    reading = _BEFORE_AFTER.fullmatch(item)
    if reading:
        return reading["name"].strip(), reading["before"].strip(), reading["after"].strip()
    step, arrow, result = item.partition(" -> ")
    return (step.strip(), result.strip()) if arrow else (item,)


def tick_of(item: str) -> tuple[bool, str]:
    """Whether an item of a checklist is ticked (``[x] …``), and what it says."""
    box = _TICK.match(item)
    return (box[1].lower() == "x", item[box.end() :].strip()) if box else (False, item)


def with_tick(item: str, ticked: bool) -> str:
    """The item with its box, ticked or not."""
    return f"[{'x' if ticked else ' '}] {tick_of(item)[1]}"


def is_link(text: str) -> bool:
    """Whether the text is an address of the web, or a path; prose and other schemes are neither."""
    if "\n" in text or _SCHEME.match(text):
        return bool(_ADDRESS.fullmatch(text))
    return bool(text) and (" " not in text or "/" in text)
