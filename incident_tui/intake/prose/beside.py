"""What a document says that has no place in a record: what is neither a row nor text of a field.

A field of the front matter, a paragraph, an item of a list, a row of a table or a block of code
each, under the heading or the word in bold that it stands below. With the rows, the fields and the
lines told as unread, nothing of a document is lost without a word.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile
from textwrap import dedent
from typing import Final

from incident_tui.intake.foreign_timeline import Passage
from incident_tui.intake.prose.document import FIELD, Document, Line, is_fence
from incident_tui.intake.prose.headings import REST
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.prose.passages import EMPTY, fits, is_head, is_rule
from incident_tui.intake.prose.tables import cells_of
from incident_tui.intake.times.dates import find_date

_BOLD: Final = re.compile(r"(\*\*|__)(?P<word>[^*_]{2,60}?)(?::\s*\1|\1\s*:|\1\s*$)\s*(?P<text>.*)")


def beside(document: Document, accounted: Collection[int]) -> list[Passage]:
    """What stands in none of the lines that are `accounted`, in the order of the document.

    Of the front matter the title and the date are left out, which are the document's own.
    """
    passages = _of_the_front_matter(document, accounted)
    heading, word, indent = "", "", -1
    lines = document.lines
    quoted = 0
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
        if line.kind == "blank" or line.number in accounted or line.number <= quoted:
            continue
        if line.kind == "code":
            block = _block(lines, at, accounted)
            quoted = block[-1].number
            code = dedent("\n".join(one.raw for one in block if not is_fence(one))).strip("\n")
            if code.strip():
                heads = word or heading
                passages.append(Passage(REST, code, line.number, end=quoted, heading=heads))
            continue
        text = plain(bold["text"]).text if bold is not None else _words(document, at)
        if text and not EMPTY.fullmatch(text):
            _add(passages, line, text, word or heading, wraps=lazy)
    return passages


def _of_the_front_matter(document: Document, accounted: Collection[int]) -> list[Passage]:
    """Its fields, each below its name; lines of no field of their own are with the one above."""
    passages: list[Passage] = []
    name = ""
    for number in document.matter:
        raw = document.raws[number - 1]
        own = FIELD.fullmatch(raw.rstrip())
        name = own[1] if own is not None else name if raw[:1] in (" ", "\t", "-") else ""
        text = (own[2] if own is not None else raw).strip().removeprefix("- ").strip("\"'")
        known = own is not None and (
            text == document.title or (name.lower() == "date" and find_date(text) is not None)
        )
        if number in accounted or known or EMPTY.fullmatch(text):
            continue
        last = passages[-1] if passages else None
        if last is not None and own is None and name and last.heading == name:
            passages[-1] = replace(last, text=f"{last.text}\n{text}", end=number)
        else:
            passages.append(Passage(REST, text, number, heading=name))
    return passages


def _block(lines: Sequence[Line], at: int, accounted: Collection[int]) -> list[Line]:
    """The lines of a block of code from one of them on, up to one that is accounted for."""
    below = (lines[n] for n in range(at, len(lines)))
    return list(takewhile(lambda one: one.kind == "code" and one.number not in accounted, below))


def _words(document: Document, at: int) -> str:
    line = document.lines[at]
    if line.kind == "cells":
        if is_head(document.lines, at) or is_rule(line):
            return ""
        return " · ".join(cell for cell in cells_of(line) if cell)
    return plain(line.body).text


def _add(passages: list[Passage], line: Line, text: str, heading: str, *, wraps: bool) -> None:
    """Put a text behind the others, or on to the last where it `wraps` and is the next line."""
    last = passages[-1] if passages else None
    follows = last is not None and last.last_line + 1 == line.number and last.heading == heading
    if last is not None and follows and wraps and line.kind == "text" and fits(last, text):
        passages[-1] = replace(last, text=f"{last.text} {text}", end=line.number)
    else:
        item = line.kind in ("bullet", "cells")
        passages.append(
            Passage(REST, text, line.number, line.kind == "text", item, heading=heading)
        )
