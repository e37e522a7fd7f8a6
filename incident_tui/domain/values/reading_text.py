"""What a typed reading says: the name of the signal, what it was before, and what it is after.

It is read from the arrow to the left, since a name may hold numbers (`HTTP 500`, `eu-west-1 5xx`)
and a value may not hold a name. Which reading came before is the caller's to know.
"""

import re
from collections.abc import Iterable

import msgspec

from incident_tui.domain.values.patterns import later


class ReadingText(msgspec.Struct, frozen=True):
    """The parts of a reading. `before` is empty where nothing is said of it, as is `after`."""

    name: str
    before: str
    after: str


_ARROW = later(r"-{1,3}>|={1,2}>|[→⇒⟶➔➜➝]")
_QUOTED = later(r'"((?:[^"\\]|\\.)*)"(?=[\s:]|$)')
_NOTHING = ("", "?", "-", "–", "…")
_SIGN = r"[~≈<>≤≥±]?\s?[-+−–]?[$€£]?"
# 1,200 and 1.200,5 and 1'200; with blanks the groups are only told from two numbers by their size.
_DIGITS = r"(?:\d{1,3}(?:[,.'’_\u00a0\u202f]\d{3})+|\d{1,2}(?: \d{3})+|\d+)(?:[.,]\d+)?"
_NUMBER = rf"{_SIGN}{_DIGITS}"
# Spans of several units: an hour and its minutes; other neighbours are two numbers.
_LONGER = (
    r"(?:\d+\s?d(?:ays?)?\s(?=\d+\s?h)|\d+\s?h(?:rs?|ours?)?\s(?=\d+\s?m(?!s))"
    r"|\d+\s?m(?:ins?|inutes?)?\s(?=\d+\s?s))*"
)
_TIME = r"(?:ms|us|µs|ns|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)"
_UNIT = (
    rf"(?:%|‰|percent|per ?cent|pp|bp|°[cf]?|[cf]|k|{_TIME}|[kmgtp]i?b(?:ps|/s|it/s)?|b|bytes?"
    r"|[kmgt]?bits?|[kmgt]?bps|[kmg]?hz|m?[av]|k?w|k?wh|v|db|x|times|rps|qps|tps|rpm|iops|cores?|pods?"
    r"|errors?|requests?|reqs?|messages?|msgs?|events?|jobs?|users?|customers?|connections?|conns?"
    r"|hosts?|nodes?|replicas?|instances?|threads?|rows?|items?|orders?|logins?|retries|points?"
    r"|[kmgt]|€|£|\$|eur|usd|gbp)"
)
_PER = r"(?:\s?(?:/|per )\s?(?:\d+\s?)?[a-z]+)?"
# A class of HTTP answers is a name and no value, and letters behind a number are its unit else.
_GLUED = r"(?![xX]{2}(?![^\W\d]))[^\s\d]\S*"
_VALUE = later(
    rf"(?:(?<=\s)|^)(?P<value>(?:\d+ (?:out )?of )?{_LONGER}{_NUMBER}"
    rf"(?:(?:\s?{_UNIT}|{_GLUED}){_PER})?)$",
    re.IGNORECASE,
)
_TO = later(r"\sto(?=\s)", re.IGNORECASE)
"""Between two values, and nowhere else, a word that says what an arrow says."""
_VERBS = (
    r"(?:\s(?:is|was|are|were|has|have|went|gone|came|come|moved|changed|fell|fallen|rose|risen"
    r"|dropped|grew|climbed|jumped|sank|recovered|improved|worsened|settled|back|up|down|now"
    r"|still|again))"
)
_MOVED = later(rf"{_VERBS}*(?:(?:\s|^)from)?$", re.IGNORECASE)
"""The verb between a name and its value before: ``errors went down from 12 % to 3 %``."""
_STANDS = later(
    rf"(?:{_VERBS}+\s(?:to|at)|{_VERBS}*\s(?:is|was|are|were|now|still|at))$", re.IGNORECASE
)
"""The verb between a name and its value now: ``errors are back to 3 %``."""
_FROM_TO = later(r"(?P<name>.+?)\sfrom\s(?P<before>\S+)\sto\s(?P<after>\S+)$", re.IGNORECASE)
_LONGEST_VALUE = 80
"""Signs of a value with its unit; so far is looked back from each arrow of a long text."""
_NUMBERED = later(rf"{_NUMBER}(?P<unit>.*)$", re.DOTALL)
_STATUS = later(r"\b(?:http|status|code|port|version|build|release)\s$", re.IGNORECASE)
_STATES = """
    none nothing zero no-data n/a na null nan unknown normal ok fine up down off on high low empty
    full broken healthy unhealthy timeout failing failed missing
"""
_NO_NUMBER = frozenset(_STATES.split())
"""Words that say how a signal stands, where a number follows them."""


def read_change(text: str, known: Iterable[str] = ()) -> ReadingText:
    """The parts of a typed reading; `known` names signals that were read before.

    *Before* is the last number with its unit left of the arrow, else what follows the last ``: ``,
    else the last word; the name is all that stands in front of it. Without an arrow the value is
    *after*. `name` or `after` are empty where the text has none.
    """
    text = text.strip()
    if quoted := _QUOTED.match(text):
        name = re.sub(r"\\(.)", r"\1", quoted[1])
        rest = text[quoted.end() :].lstrip(": ")
        if (arrow := _ARROW.search(rest)) is None:
            return ReadingText(name, "", _value_or_nothing(rest))
        before, after = rest[: arrow.start()], rest[arrow.end() :]
        return ReadingText(name, _value_or_nothing(before), _value_or_nothing(after))
    names = sorted(known, key=len, reverse=True)
    if (arrow := _arrow_of(text)) is None:
        if (moved := _moved(text)) is not None:
            return moved
        name, value = _lone(text, names)
        return ReadingText(name, "", value)
    after = text[arrow.end() :].strip()
    name, before = _named(text[: arrow.start()].strip(), after, names)
    return ReadingText(name, before, _value_or_nothing(after))


def _value_or_nothing(value: str) -> str:
    value = value.strip()
    return "" if value in _NOTHING else value


def _arrow_of(text: str) -> re.Match[str] | None:
    """The first arrow behind a number, else the first between blanks, else the first."""
    arrows = list(_ARROW.finditer(text))
    behind = (arrow for arrow in arrows if _has_value_before(text, arrow.start()))
    apart = (arrow for arrow in arrows if text[arrow.start() - 1 : arrow.start()] in ("", " "))
    return next(behind, None) or next(apart, None) or next(iter(arrows), None)


def _moved(text: str) -> ReadingText | None:
    """A reading in words, ``p95 from 4 s to 1 s``: only where a value stands on either side."""
    for word in _TO.finditer(text):
        after = text[word.end() :].strip()
        if len(after) > _LONGEST_VALUE or _VALUE.fullmatch(after) is None:
            continue
        end = word.start()
        if (before := _VALUE.search(text, max(0, end - _LONGEST_VALUE), end)) is None:
            continue
        name = _name(_MOVED.sub("", text[: before.start()].rstrip()))
        return ReadingText(name, before["value"].strip(), after)
    if (match := _FROM_TO.match(text)) is not None:
        return ReadingText(_name(_MOVED.sub("", match["name"])), match["before"], match["after"])
    return None


def _has_value_before(text: str, place: int) -> bool:
    """Whether a value ends right before this place, blanks apart."""
    while place and text[place - 1].isspace():
        place -= 1
    return _VALUE.search(text, max(0, place - _LONGEST_VALUE), place) is not None


def _named(left: str, after: str, names: list[str]) -> tuple[str, str]:
    """The name and the value before that stand left of an arrow."""
    if left.casefold() in (name.casefold() for name in names):
        return left, ""
    if (value := _VALUE.search(left)) and (name := _name(left[: value.start()])):
        return name, value["value"].strip()
    if (same := _of_same_unit(left, after)) is not None:
        return same
    name, colon, value_text = left.rpartition(": ")
    if colon and _name(name) and value_text.strip():
        return _name(name), _value_or_nothing(value_text)
    name, _, word = left.rpartition(" ")
    if word.endswith('"') and (quoted := re.search(r'(?<=\s)"[^"]*"$', left)):
        name, word = left[: quoted.start()], quoted[0]
    if not _name(name) or _is_one_sided(word, after):
        return _name(left), ""
    return _name(name), _value_or_nothing(word)


def _name(text: str) -> str:
    return text.strip().removesuffix(":").removesuffix("=").strip()


def _of_same_unit(left: str, after: str) -> tuple[str, str] | None:
    """``orders 500 per shop`` before ``20 per shop``: the same words count the same thing."""
    unit = _NUMBERED.match(after)
    if unit is None or not (word := unit["unit"].strip()) or not left.endswith(word):
        return None
    value = _VALUE.search(left.removesuffix(word).rstrip())
    if value is None or not (name := _name(left[: value.start()])):
        return None
    return name, left[value.start() :].strip()


def _is_one_sided(word: str, after: str) -> bool:
    """Whether the last word is of the name: a number follows it, and it says no state."""
    if word.casefold() in _NO_NUMBER or word in _NOTHING:
        return False
    return _NUMBERED.match(after) is not None or re.fullmatch(r"[1-5]xx", word, re.I) is not None


def _lone(text: str, names: list[str]) -> tuple[str, str]:
    """The name and the value of a reading without an arrow."""
    for name in names:
        rest = text[len(name) :]
        if text[: len(name)].casefold() == name.casefold() and rest[:1] in (" ", ":"):
            return text[: len(name)], _value_or_nothing(rest.lstrip(": "))
    value = _VALUE.search(text)
    if value and (name := _name(_STANDS.sub("", text[: value.start()].rstrip()))):
        return name, value["value"].strip()
    name, colon, value_text = text.rpartition(": ")
    if colon and _name(name):
        return _name(name), _value_or_nothing(value_text)
    words = list(re.finditer(r"\S+", text))
    for word in words[1:]:  # a number with more words behind it: 12 % in eu-west
        if _VALUE.fullmatch(word[0]) and not _STATUS.search(text[: word.start()]):
            return _name(text[: word.start()]), text[word.start() :]
    name, _, word_text = text.rpartition(" ")
    return (_name(name), _value_or_nothing(word_text)) if name else (_name(text), "")
