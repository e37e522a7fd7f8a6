"""Rules that are looked for only in sentences that hold one of their signs.

A log has thousands of sentences and each rule is slow, to compile and to look for; few sentences
hold the sign of any. What the signs of a word are is found once for each word.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.wording.people import MARK, speaks_of_people

_WORDS = later(rf"[a-z][a-z0-9-]*|{MARK}+")
_NONE: frozenset[int] = frozenset()


class Signed(NamedTuple):
    """A rule and its signs, separated by blanks: one of them stands in all that it finds.

    A sign begins with a small letter, and has letters, digits and hyphens only. One with `=` before
    it is a whole word: `po` stands in pod, report and endpoint. Of a rule without any, a word that
    stands for people is the sign.
    """

    signs: str
    pattern: str


class SignedRules:
    """Rules in the order in which they are looked for."""

    def __init__(self, rules: Sequence[Signed]) -> None:
        self._rules = rules
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._plain: set[str] = set()
        """Words that are signs of nothing."""
        self._of_word = lru_cache(maxsize=16_384)(self._signed_by)

    def search(self, sentence: str) -> re.Match[str] | None:
        """What the first rule that holds has found in a sentence, whose names are marked."""
        asked = {
            rule for word in set(_WORDS.findall(sentence.lower())) for rule in self._of_word(word)
        }
        for rule in sorted(asked):
            if match := self._pattern(rule).search(sentence):
                return match
        return None

    def may_find(self, text: str) -> bool:
        """Whether any word of a text, whose names are marked, is a sign; most texts have none."""
        new = {*_WORDS.findall(text.lower())} - self._plain
        self._plain.update(word for word in new if not self._of_word(word))
        return not new <= self._plain

    def _signed_by(self, word: str) -> frozenset[int]:
        rules = [n for n, signs in self._signs if any(_is_sign_in(sign, word) for sign in signs)]
        if speaks_of_people(word):
            rules += self._about_people
        return frozenset(rules) or _NONE

    @cached_property
    def _signs(self) -> list[tuple[int, Sequence[str]]]:
        return [(n, rule.signs.split()) for n, rule in enumerate(self._rules) if rule.signs]

    @cached_property
    def _about_people(self) -> Iterable[int]:
        return [n for n, rule in enumerate(self._rules) if not rule.signs]

    def _pattern(self, rule: int) -> re.Pattern[str]:
        # Compiled on first use: most runs of the command line never need them.
        if rule not in self._compiled:
            self._compiled[rule] = re.compile(self._rules[rule].pattern, re.IGNORECASE)
        return self._compiled[rule]


def _is_sign_in(sign: str, word: str) -> bool:
    """Whether a sign stands in a word of small letters."""
    return sign[1:] in word.split("-") if sign.startswith("=") else sign in word
