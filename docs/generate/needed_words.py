"""The words that each rule about people cannot do without, from how its pattern is built.

They are looked for before a rule is compiled, which takes milliseconds each: whatever a pattern
finds holds one of its words.
"""

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any
from zlib import crc32

from incident_tui.domain.values.wording.blame import RULES

parser, codes = import_module("re._parser"), import_module("re._constants")
MOST = 8
"""Words: more of them stand in too many sentences, and are too many to look for."""
Words = frozenset[str]

HEAD = '''"""Words that rules about people cannot do without. Made by docs/generate: `make docs`."""

NEEDED: dict[int, str] = {
'''


def needed_words() -> str:
    """The module that holds them: under the checksum of the pattern, so that none is another's."""
    rows = []
    for rule in RULES:
        words = _needed(parser.parse(rule.pattern, re.IGNORECASE)) if not rule.signs else None
        if words and len(words) <= MOST:
            rows.append(f'    0x{crc32(rule.pattern.encode()):08X}: "{" ".join(sorted(words))}",\n')
    return HEAD + "".join(rows) + "}\n"


def _needed(parts: Iterable[Any]) -> Words | None:
    """Words of which one stands in all that these parts of a pattern find; None if there is none.

    Those of the part that is the least common, as far as lengths tell.
    """
    offers: list[Words] = []
    letters = ""
    for kind, what in [*parts, (codes.AT, None)]:
        if kind is codes.LITERAL:
            letters += chr(what).lower()
            continue
        offers += [frozenset([word]) for word in re.findall(r"[a-z]{3,}", letters)]
        letters = ""
        if (words := _needed_inside(kind, what)) is not None:
            offers.append(words)
    return min(offers, key=_frequency, default=None)


def _needed_inside(kind: Any, what: Any) -> Words | None:
    if kind is codes.SUBPATTERN:
        return _needed(what[-1])
    if kind is codes.BRANCH:
        branches = [_needed(branch) for branch in what[1]]
        known = [words for words in branches if words]
        return frozenset().union(*known) if len(known) == len(branches) else None
    if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT) and what[0]:
        return _needed(what[2])
    return None


def _frequency(words: Words) -> tuple[float, list[str]]:
    return sum(2.0 ** -len(word) for word in words), sorted(words)
