"""Rules that are looked for only in sentences that hold one of their signs.

A log has thousands of sentences and each rule is slow, to compile and to look for; few sentences
hold the sign of any. What the signs of a word are is found once for each word.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple
from zlib import crc32

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.wording.needed_words import NEEDED
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

    @property
    def words(self) -> Sequence[str]:
        """The words of which its pattern cannot do without one; empty where none is known."""
        return NEEDED.get(crc32(self.pattern.encode()), "").split()


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
        small = sentence.lower()
        asked = {rule for word in set(_WORDS.findall(small)) for rule in self._of_word(word)}
        for rule in sorted(asked):
            words = self._words[rule]
            if words and not any(word in small for word in words):
                continue
            if match := self._pattern(rule).search(sentence):
                return match
        return None

    def may_find(self, text: str) -> bool:
        """Whether any word of a text, whose names are marked, is a sign; most texts have none."""
        new = {*_WORDS.findall(text.lower())} - self._plain
        self._plain.update(word for word in new if not self._of_word(word))
        return not new <= self._plain

    def _signed_by(self, word: str) -> frozenset[int]:
        rules = {rule for sign in self._signs_in(word) for rule in self._signed.get(sign, ())}
        if speaks_of_people(word):
            rules |= self._about_people
        return frozenset(rules) or _NONE

    def _signs_in(self, word: str) -> set[str]:
        """All that may be a sign in a word: far less than there are signs."""
        lengths = range(1, min(len(word), self._longest) + 1)
        pieces = {word[at : at + length] for length in lengths for at in range(len(word))}
        return pieces | {f"={part}" for part in word.split("-")}

    @cached_property
    def _signed(self) -> dict[str, list[int]]:
        """The rules of each sign."""
        signed: dict[str, list[int]] = {}
        for n, rule in enumerate(self._rules):
            for sign in rule.signs.split():
                signed.setdefault(sign, []).append(n)
        return signed

    @cached_property
    def _longest(self) -> int:
        """How many characters the longest sign has."""
        return max(map(len, self._signed), default=0)

    @cached_property
    def _words(self) -> list[Sequence[str]]:
        """The words of which each rule needs one beside its sign."""
        return [rule.words for rule in self._rules]

    @cached_property
    def _about_people(self) -> frozenset[int]:
        return frozenset(n for n, rule in enumerate(self._rules) if not rule.signs)

    def _pattern(self, rule: int) -> re.Pattern[str]:
        # Compiled on first use: most runs of the command line never need them.
        if rule not in self._compiled:
            self._compiled[rule] = re.compile(self._rules[rule].pattern, re.IGNORECASE)
        return self._compiled[rule]
