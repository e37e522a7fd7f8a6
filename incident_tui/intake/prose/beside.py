"""What a document says that has no place in a record: what is neither a row nor text of a field.

A paragraph, an item of a list, a row of a table or a block of code each, under the heading or the
word in bold that it stands below. With the rows, the fields and the lines told as unread, nothing
of a document is lost without a word.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from incident_tui.intake.prose.document import Document, Line
from incident_tui.intake.prose.headings import REST
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.prose.passages import EMPTY, LONGEST, is_head, is_rule
from incident_tui.intake.prose.tables import cells_of
from incident_tui.intake.reading import Passage

CODE: Final = "(a block of code)"
_BOLD: Final = re.compile(r"(\*\*|__)(?P<word>[^*_]{2,60}?)(?::\s*\1|\1\s*:|\1\s*$)\s*(?P<text>.*)")


def beside(document: Document, accounted: Collection[int]) -> list[Passage]:
    """What stands in none of the lines that are `accounted`, in the order of the document."""
    found: list[Passage] = []
    heading, word, indent = "", "", -1
    lines = document.lines
    for at, line in enumerate(lines):
        if line.kind == "heading":
            own = plain(line.body).text
            heading, word, indent = ("" if own == document.title else own), "", -1
            continue
        lazy = line.kind == "text" and at > 0 and lines[at - 1].kind != "blank"
        if line.kind not in ("blank", "code") and line.indent <= indent and not lazy:
            word, indent = "", -1
        bold = _BOLD.match(line.body) if line.kind in ("bullet", "text") else None
        if bold is not None:
            word, indent = plain(bold["word"]).text.strip(" :"), line.indent
        if line.kind != "blank" and line.number not in accounted:
            text = plain(bold["text"]).text if bold is not None else _words(document, at)
            if text and not EMPTY.fullmatch(text):
                _add(found, line, text[:LONGEST], word or heading)
    return found


def _words(document: Document, at: int) -> str:
    line = document.lines[at]
    if line.kind == "code":
        return CODE
    if line.kind == "cells":
        if is_head(document.lines, at) or is_rule(line):
            return ""
        return " · ".join(cell for cell in cells_of(line) if cell)
    return plain(line.body).text


def _add(passages: list[Passage], line: Line, text: str, heading: str) -> None:
    """Put a text behind the others, or on to the last where it is the next line of that."""
    last = passages[-1] if passages else None
    follows = last is not None and last.last_line + 1 == line.number and last.heading == heading
    if last is not None and follows and line.kind == "code" and last.text == CODE:
        passages[-1] = replace(last, end=line.number)
    elif last is not None and follows and line.kind == "text" and last.text != CODE:
        passages[-1] = replace(last, text=f"{last.text} {text}"[:LONGEST], end=line.number)
    else:
        item = line.kind in ("bullet", "cells")
        passages.append(
            Passage(REST, text, line.number, line.kind == "text", item, heading=heading)
        )
