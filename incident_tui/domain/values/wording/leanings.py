"""Whether the words of a sentence lean to blame, where no rule knows its idiom.

Idioms have no end, and a list of them never holds the next one. What holds is how often a word, or
a pair of words, stands on one side of the tables of sentences that were judged by people. So each
has a weight, learned from those tables (`python -m tests.domain.values.wording.word_weights`), and
a sentence leans by their sum. Names, hats and numbers count as such, and each word without its
ending.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.wording.blame_weights import BAR, WEIGHTS
from incident_tui.domain.values.wording.people import MARK, ROLES

_NAMES = later(rf"{MARK}+('s)?")
_ROLES = later(rf"\b(?!group\b)(?:{ROLES})\b", re.IGNORECASE)
_NUMBERS = later(r"\d[\d:.,]*")
_WORDS = later(r"[a-z]+(?:'[a-z]+)?|[:;,?]")
_ENDINGS = ("ingly", "edly", "ing", "ed", "ly", "es", "s", "e")
_LONGEST = 240
"""Characters of a text that may be weighed: weights say nothing of a page."""
_SHORTEST = 4
"""Words of it."""
_SOMEBODY = """
anybody anyone everybody everyone folk he herself him himself peopl she somebody someone their them
themselv they who whoever xnam xnamhas xrol you
"""


def features(marked: str) -> frozenset[str]:
    """The words and pairs of neighbours of a text whose names are marked."""
    text = _NAMES.sub(lambda found: " xnamhas " if found[1] else " xnam ", marked)
    text = _NUMBERS.sub(" xnum ", _ROLES.sub(" xrol ", text).lower())
    text = text.replace("n't", " not").replace("no one", "noone").replace("no-one", "noone")
    words = ["^", *map(_stem, _WORDS.findall(text)), "$"]
    pairs = {f"{one}_{other}" for one, other in pairwise(words)}
    return frozenset(words[1:-1]) | pairs


def leans_to_blame(marked: str) -> bool:
    """Whether a short text, whose names are marked, speaks of somebody and leans to blame."""
    if len(marked) > _LONGEST or len(marked.split()) < _SHORTEST:
        return False
    found = features(marked)
    if found.isdisjoint(_SOMEBODY.split()):
        return False
    return sum(_weights().get(one, 0) for one in found) > BAR


@cache
def _weights() -> Mapping[str, int]:
    return {word: weight for weight, words in WEIGHTS.items() for word in words.split()}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
