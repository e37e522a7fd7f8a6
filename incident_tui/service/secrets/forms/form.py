"""How texts are searched for many forms of secrets at little cost.

Which forms there are stands in the tables beside this file. They are constants, and a pattern is
compiled when one of its literals is seen for the first time: an ordinary line is searched for
literals only.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from incident_tui.service.secrets.forms.patterns import compiled
from incident_tui.service.secrets.forms.values import CHECKS

Row = tuple[str, str, str] | tuple[str, str, str, str]
"""A secret that is known by its own shape: its kind; the literals, apart by blanks, of which each
text that holds it has one; its pattern; perhaps the name of a check of what was found.

A pattern has to be linear in the length of a text: it begins with a literal or a class of bounded
length, and repeats nothing that it could also leave out. Letters and digits around a match make it
none. `{UUID}` stands for the pattern of one.
"""
Table = tuple[Row, ...]

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_BEFORE, _AFTER = r"(?<![A-Za-z0-9])(?:", r")(?![A-Za-z0-9])"
# A copied token may be wrapped; what comes before and after it then touches it.
BREAK = r"\\?\r?\n[ \t]*"


@lru_cache(maxsize=8)
def _literals(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[1].split(" ")) for row in table)


def _rows_for(text: str, table: Table) -> Iterator[Row]:
    for row, literals in zip(table, _literals(table), strict=True):
        for literal in literals:
            if literal in text:
                yield row
                break


def _check(row: Row) -> Callable[[str], bool]:
    return CHECKS[row[3]] if len(row) == 4 else _anything


def _anything(text: str) -> bool:
    return True


def shapes(text: str, table: Table) -> Iterator[tuple[str, str]]:
    """Each secret in the text, with its kind."""
    for row in _rows_for(text, table):
        for match in compiled(_BEFORE + row[2].replace("{UUID}", _UUID) + _AFTER).finditer(text):
            if _check(row)(match[0]):
                yield match[0], row[0]


def wrapped_shapes(text: str, table: Table) -> Iterator[tuple[str, str]]:
    """Each secret that is wrapped over several lines of the text, without the breaks."""
    pieces = compiled(BREAK).split(text)
    joined = "".join(pieces)
    seams, length = {0}, 0
    for piece in pieces:
        length += len(piece)
        seams.add(length)
    for row in _rows_for(joined, table):
        for match in compiled(row[2].replace("{UUID}", _UUID)).finditer(joined):
            begin, end = match.span()
            if begin not in seams and joined[begin - 1].isalnum():
                continue
            if end not in seams and joined[end].isalnum():
                continue
            if _check(row)(match[0]) and match[0] not in text:
                yield match[0], row[0]
