"""How a row breaks into lines: where its later lines stand, and what stays on one line.

Plain contents in and out; painting is row_paint.py's.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.style import Style

HANG = 2
"""Cells by which later lines stand in where a row says nothing else: behind its mark."""
_WHOLE = "whole"

WHOLE = Style(bold=True) + Style.from_meta({_WHOLE: True})
"""What is typed as it stands, such as a line that mends: it goes onto a line of its own rather
than breaking, wherever a line has room for it."""


def wrapped(content: Content, width: int, hang: int = HANG) -> list[Content]:
    """The lines of a content, each at most `width` cells wide.

    Later lines stand in by `hang` cells, behind the label or the mark that begins the first one, or
    by as many as their own line does, but never by more than half of the width.
    """
    limit = width // 2
    lines: list[Content] = []
    for line in content.split(allow_blank=True):
        before = min(HANG, limit) if lines else 0
        own = len(line.plain) - len(line.plain.lstrip(" "))
        lead = max(own, 0 if lines else hang)
        lines += _broken(line, width - before, min(lead, limit), before)
    return lines


def _broken(line: Content, width: int, lead: int, before: int) -> Iterator[Content]:
    """The parts of one line; those behind the first one stand in by `lead`."""
    margin = Content(" " * before)
    if line.cell_length <= width:
        yield margin + line
        return
    text = _as_words(line, width - lead)
    at = _cells_in(text, lead)
    first, *others = line.divide([at + place for place in _breaks(text[at:], width - lead)])
    yield margin + first.rstrip()
    yield from (Content(" " * (before + lead)) + part.rstrip() for part in others)


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where the second and each later line of a text begin; blanks between them belong to none."""
    at = 0
    for part in Content(text).wrap(max(1, width)):
        if at:
            yield at
        at += len(part.plain)
        while text.startswith(" ", at):
            at += 1


def _cells_in(text: str, cells: int) -> int:
    """How many characters take so many cells; a wide one that would be halved is left out."""
    at = taken = 0
    while at < len(text) and (taken := taken + Content(text[at]).cell_length) <= cells:
        at += 1
    return at


def _as_words(line: Content, width: int) -> str:
    """The text with each part that stays whole as one word, unless it is wider than a line."""
    text = line.plain
    for start, end, style in line.spans:
        whole = isinstance(style, Style) and style.meta.get(_WHOLE)
        if whole and line[start:end].cell_length <= width:
            text = text[:start] + text[start:end].replace(" ", "_") + text[end:]
    return text
