"""Texts that are looked for in other texts: whole ones, and long ones inside of others.

A quotation is one whatever became of its case, blanks and punctuation. Whose texts are looked for,
and in which entries, is decided by redaction and sharing.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Set
from unicodedata import normalize

from incident_tui.domain.values.patterns import later

LONG_ENOUGH = 16
"""Characters from which on a text is looked for inside of others: a shorter one may be a word."""
A_WORD = 4
"""Characters below which a text is not looked for at all."""
RARE = 3
"""A word that more entries than these use is no sign of a quotation."""
_WORD = later(r"\w+")
# What may stand between two words: blanks, punctuation, and a line break as JSON writes it.
_BETWEEN = r"(?:\\[nrt]|[\W_])+"
# A string of JSON, with the colon that makes it the name of a field.
_STRING = later(r'("(?:[^"\\]|\\.)*")(\s*:)?', re.DOTALL)


class Quotations:
    """`texts` as they may stand in others; `exact` pieces are found wherever they stand."""

    def __init__(self, texts: Iterable[str], exact: Iterable[str] = ()) -> None:
        known = {text for text in texts if len(text) >= A_WORD}
        self._exact = sorted(set(map(_composed, exact)), key=lambda piece: (-len(piece), piece))
        self._whole = {_normal(text) for text in known}
        long = {
            " ".join(_WORD.findall(_composed(text))) for text in known if len(text) >= LONG_ENOUGH
        }
        self._long = [_pattern(text) for text in sorted(long - {""}, key=lambda t: (-len(t), t))]

    def without(self, text: str, mark: str) -> str:
        """`text` with `mark` in the place of each quotation."""
        if not text:
            return text
        if _normal(text) in self._whole:
            return mark
        composed = marked = _composed(text)
        for pattern in self._long:  # first, since it may hold such a piece
            marked = pattern.sub(lambda match: mark, marked)
        for piece in self._exact:
            marked = marked.replace(piece, mark)
        return text if marked == composed else marked

    def stand_in(self, text: str) -> bool:
        """Whether `text`, which may be a whole file, quotes one of the longer texts."""
        text = _composed(text)
        return any(piece in text for piece in self._exact) or any(
            pattern.search(text) for pattern in self._long
        )


def without_in_json(document: bytes, change: Callable[[str], str]) -> bytes:
    """A JSON document with its strings changed and every other byte as it was; names stay."""

    def changed(match: re.Match[str]) -> str:
        if match[2]:
            return match[0]
        try:
            text = str(json.loads(match[1], strict=False))
        except ValueError:
            return match[0]
        new = change(text)
        return match[0] if new == text else json.dumps(new, ensure_ascii=False)

    return _STRING.sub(changed, document.decode(errors="replace")).encode(errors="replace")


def rare_words(
    texts: Iterable[str], others: Iterable[Set[str]], ordinary: Set[str]
) -> frozenset[str]:
    """Words of `texts` that hardly anything else says: names, most of the time.

    `others` are the `words` of each other entry. Whoever repeats such a word may speak of the same
    thing; a word of the `ordinary` says nothing.
    """
    wanted = {word for text in texts for word in words(text)} - ordinary
    used = Counter(word for known in others for word in known & wanted)
    return frozenset(word for word in wanted if used[word] <= RARE)


def words(text: str) -> frozenset[str]:
    """The words of a text that are long enough to tell something, in one case."""
    folded = (word.casefold() for word in _WORD.findall(_composed(text)))
    return frozenset(word for word in folded if len(word) >= A_WORD and not word.isdecimal())


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(_composed(text))).casefold() or text


def _composed(text: str) -> str:
    """Letters with their accents as one character each (Unicode UAX 15, form C)."""
    return text if text.isascii() else normalize("NFC", text)


def _pattern(text: str) -> re.Pattern[str]:
    parts = _BETWEEN.join(map(re.escape, text.split(" ")))
    return re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)
