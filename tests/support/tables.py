"""Tables of a run, written into a page of the documentation between two marks of their own."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from sys import version_info
from typing import NamedTuple


class Marks(NamedTuple):
    """The two comments that a table stands between."""

    begin: str
    end: str


def put_table(
    page: Path, marks: Marks, ran: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Replace what stands between the marks by what was run, when, and its table.

    `heads` are the two lines of the table's head. Raises ValueError when the page has no such
    marks.
    """
    caption = (
        f"`{ran}`, {datetime.now(UTC):%d %b %Y}, Python {version_info.major}.{version_info.minor}:"
    )
    body = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    table = "\n".join([marks.begin, "", caption, "", *heads, *body, "", marks.end])
    text = page.read_text(encoding="utf-8")
    whole = f"{re.escape(marks.begin)}.*?{re.escape(marks.end)}"
    text, places = re.subn(whole, lambda _: table, text, flags=re.S)
    if places != 1:
        raise ValueError(f"{page} has no place for a table between {marks.begin} and {marks.end}")
    page.write_text(text, encoding="utf-8")
