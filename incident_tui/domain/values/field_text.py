"""How the text of an artifact's field reads by its type: items, rows, ticks, links.

What is filled in, and by whom, is in `artifacts`.
"""

import re

MANY = ("list", "table", "chain", "checklist")
"""Types of fields that hold any number of items, one a line."""

_BEFORE_AFTER = re.compile(r"(?P<name>[^:]+): (?P<before>.+?) -> (?P<after>.+)")
_TICK = re.compile(r"(?:[-*] )?\[([ xX]?)\](?: |$)")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def items_of(text: str) -> list[str]:
    """The items of a field that holds many: its lines, or what semicolons separate on one line."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    return [part.strip() for part in parts if part.strip()]


def cells_of(item: str) -> tuple[str, ...]:
    """A row of a table: ``name: before -> after`` has three cells, ``step -> result`` two."""
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
