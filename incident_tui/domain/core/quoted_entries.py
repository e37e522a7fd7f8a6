"""Entries that a text quotes by number: ``see #12``, ``answers #12 and #14``, ``from #3``.

Only behind such a word is a number one of an entry: ``PR #12``, ``issue #12`` and ``shop#12`` are
numbers of somebody else. What was typed stays; the ids of the quoted entries stand beside it, so
that the state has the number which each entry has now.
"""

import re
from collections.abc import Collection, Mapping
from typing import TypeVar

import msgspec

from incident_tui.domain.core.field_contents import contents
from incident_tui.domain.values.patterns import later

Quotes = tuple[tuple[int, str], ...]
"""Numbers as they were typed, each with the id of the entry that it meant then."""

WORDS = ("see", "also", "answers", "from")
"""Words behind which a number is one of an entry."""

_ONE = r"#[0-9]{1,7}(?![\w-])"
_QUOTED = later(
    rf"(?<![\w/#-])(?:see(?:\s+also)?|answers|from)\s+(?:entry\s+|entries\s+)?{_ONE}"
    rf"(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|to)\s+|\s*[&+–-]\s*){_ONE})*",
    re.IGNORECASE,
)
_FIRST = later(_ONE)
_LEFT_OUT = "\0"
_NO_WORDS = later(
    rf"(?:^|(?<=[.!?])\s*){_LEFT_OUT}\s*[.,;:]?"  # a sentence or its beginning
    rf"|\s*\(\s*{_LEFT_OUT}\s*\)"
    rf"|\s*(?:[,;:–-]\s*)?(?:\band\s+)?{_LEFT_OUT}"
)
_NUMBER = later(r"#([0-9]{1,7})")

E = TypeVar("E", bound=msgspec.Struct)


def quoted_numbers(text: str) -> list[int]:
    """The numbers of entries that a text quotes, in its order, each once."""
    if "#" not in text:
        return []
    numbers = (number for part in _QUOTED.findall(text) for number in _NUMBER.findall(part))
    return list(dict.fromkeys(int(number) for number in numbers))


def numbers_in(event: msgspec.Struct) -> list[int]:
    """The numbers of entries that the words of an event quote, each once."""
    numbers = (number for text in _words(event).values() for number in quoted_numbers(text))
    return list(dict.fromkeys(numbers))


def with_numbers(text: str, now: Mapping[int, int]) -> str:
    """The text with the numbers that its quoted entries have now, by those that were typed.

    A number that the text begins with is one of an entry, where its entry is known.
    """

    def renumber(part: re.Match[str]) -> str:
        return _NUMBER.sub(lambda one: f"#{now.get(int(one[1]), one[1])}", part[0])

    if begins := _FIRST.match(text):
        return renumber(begins) + _QUOTED.sub(renumber, text[begins.end() :])
    return _QUOTED.sub(renumber, text)


def without_quotes(text: str, keep: Collection[str] = ()) -> tuple[str, list[str]]:
    """The text for a reader who has no entries: what quotes one is left out, and what that was.

    `keep` are quotes that stay, in any letter case: ``see #12`` may mean a public issue.
    """
    kept = {words.casefold() for words in keep}
    quoted: list[str] = []

    def leave_out(part: re.Match[str]) -> str:
        if part[0].casefold() in kept:
            return part[0]
        quoted.append(part[0])
        return _LEFT_OUT

    marked = _QUOTED.sub(leave_out, text)
    return (_NO_WORDS.sub("", marked).strip() if quoted else text), quoted


def numbered_now(event: E, quotes: Quotes, places: Mapping[str, int]) -> E:
    """The event whose words have the present numbers of the entries they quote, by their ids."""
    now = {number: places[quoted] for number, quoted in quotes if quoted in places}
    if all(number == place for number, place in now.items()):
        return event
    words = {name: with_numbers(text, now) for name, text in _words(event).items()}
    return msgspec.structs.replace(event, **words)


def _words(event: msgspec.Struct) -> dict[str, str]:
    """The fields of an event that hold what a person typed."""
    held = contents(type(event)).items()
    texts = {name: getattr(event, name) for name, holds in held if holds == "words"}
    return {name: text for name, text in texts.items() if text}
