"""What a document says of impact, cause, lessons and the like, by its headings; never by guessing.

A passage is an item of a list, a row of a table or a paragraph below such a heading, or behind such
a word in bold ("**Impact**: …"). The timeline has none: its rows are read elsewhere.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from incident_tui.intake.foreign_timeline import Passage
from incident_tui.intake.prose.action_items import (
    ActionItem,
    action_columns,
    action_in_cells,
    action_in_words,
)
from incident_tui.intake.prose.document import Document, Line
from incident_tui.intake.prose.headings import ACTIONS, field_named
from incident_tui.intake.prose.markup import plain
from incident_tui.intake.prose.tables import cells_of

_LISTS: Final = frozenset(
    ("factors", "went-well", "went-poorly", "got-lucky", "lessons", "actions")
)
"""Fields of many items: where a record lists them, what stands around the list is none."""
_LABELLED: Final = re.compile(
    r"(?:(\*\*|__)(?P<bold>[^*_:]{3,40}):?\1:?|(?P<bare>[A-ZÄÖÜÉ][^*:]{2,30}):)\s*(?P<text>.*)"
)
EMPTY: Final = re.compile(r"(?:tbd|tba|todo|n/?a|none|unknown|\W*)\.?", re.IGNORECASE)
"""What says that nothing is said."""
_LONGEST: Final = 2_000
"""Characters of a passage behind which the next line begins another; a line is never cut."""


def passages(document: Document, rows: Collection[int] = ()) -> list[Passage]:
    """The passages of a document, in its order; none of the lines of its `rows` is one.

    Within a timeline only a heading below its own begins any: a story told there has no field.
    """
    in_order: list[Passage] = []
    lines = document.lines
    name, level, indent = "", 0, -1
    columns: dict[int, str] = {}
    for at, line in enumerate(lines):
        heading = line.kind == "heading"
        own = field_named(plain(line.body).text) if heading else ""
        if heading and (own or line.in_timeline or (name and (indent >= 0 or line.level <= level))):
            name, level, indent = own, line.level, -1
            continue
        if line.number in rows:
            continue
        labelled = None if line.in_timeline else _labelled(line)
        if labelled is not None:
            name, level, indent = labelled[0], line.level, line.indent
            in_order += _passage(name, line, labelled[1])
            continue
        if name and indent >= 0 and _is_beside(line, indent):
            name = ""
        if name == ACTIONS and line.kind == "cells":
            columns = action_columns(cells_of(line)) if is_head(lines, at) else columns
            in_order += _action(line, columns) if not (is_head(lines, at) or is_rule(line)) else ()
        elif name:
            in_order += _taken(name, lines, at)
    return in_order


def _labelled(line: Line) -> tuple[str, str] | None:
    """The field and the text behind its word at the head of a line: "**Impact**: none"."""
    if line.kind not in ("bullet", "text"):
        return None
    match = _LABELLED.match(line.body)
    if match is None:
        return None
    name = field_named(match["bold"] or match["bare"])
    return (name, match["text"]) if name else None


def _is_beside(line: Line, indent: int) -> bool:
    """Whether a line stands beside the one with the field's word, and not below it."""
    if line.kind == "bullet":
        return line.indent <= indent
    return line.kind in ("heading", "cells") or (line.kind == "text" and line.indent < indent)


def _taken(name: str, lines: Sequence[Line], at: int) -> Iterator[Passage]:
    line = lines[at]
    if line.kind in ("blank", "code"):
        return
    if line.kind == "cells":
        if not is_head(lines, at) and not is_rule(line):
            yield from _passage(name, line, " · ".join(cell for cell in cells_of(line) if cell))
        return
    yield from _passage(name, line, line.body)


def _action(line: Line, columns: dict[int, str]) -> Iterator[Passage]:
    """The action in a row of a table."""
    item = action_in_cells(cells_of(line), columns)
    if item.text and not EMPTY.fullmatch(item.text):
        yield _with_action(Passage(ACTIONS, "", line.number, item=True), item)


def _with_action(passage: Passage, item: ActionItem) -> Passage:
    return replace(
        passage, text=item.text, owner=item.owner, due=item.due, ref=item.ref, done=item.done
    )


def is_head(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of a table holds its titles."""
    below = at + 1 < len(lines) and is_rule(lines[at + 1])
    return below or lines[at].body.startswith("||")


def is_rule(line: Line) -> bool:
    """Whether a line of a table is the rule below its titles."""
    return line.kind == "cells" and not line.body.strip(" |:-")


def _passage(name: str, line: Line, marked: str) -> Iterator[Passage]:
    read = plain(marked)
    words = read.text.strip()
    if words and not EMPTY.fullmatch(words):
        item = line.kind in ("bullet", "cells")
        passage = Passage(name, words, line.number, line.kind == "text", item=item)
        action = name == ACTIONS and line.kind == "bullet"
        yield _with_action(passage, action_in_words(words, read.source)) if action else passage


def fits(passage: Passage, text: str) -> bool:
    """Whether a passage takes up another line, or has grown so long that one begins anew."""
    return len(passage.text) + len(text) < _LONGEST


def joined(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with the lines of one paragraph or item together, of a list its items alone."""
    whole: list[Passage] = []
    for passage in passages:
        last = whole[-1] if whole else None
        follows = last is not None and passage.wraps and last.name == passage.name
        if last is None or not follows or passage.line != last.last_line + 1:
            whole.append(passage)
        elif fits(last, passage.text):
            text = f"{last.text} {passage.text}"
            whole[-1] = replace(last, text=text, end=passage.line)
        else:
            whole.append(replace(passage, item=last.item))
    listed = {one.name for one in whole if one.item and one.name in _LISTS}
    return [one for one in whole if one.item or one.name not in listed]
