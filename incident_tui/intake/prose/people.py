"""Who is named at the head of a row: `@ana`, `<ana>`, `(ana)`, `[ana]`, `ana:`.

A word before a colon may as well be a label; it is a person where most rows of the text have one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from incident_tui.intake.prose.labels import milestone_of

_AT = re.compile(r"`?@(?P<who>[A-Za-z0-9][\w.-]{0,39})`?(?P<rest>.*)", re.DOTALL)
_ANGLE = re.compile(r"<[@+%~&]?(?P<who>[^<>\s]{1,40}(?: [^<>\s]{1,40}){0,3})>:?\s+(?P<rest>.+)")
_ROUND = re.compile(
    r"\((?P<who>@?[A-Za-z][\w.-]{0,30}(?: [A-Z][\w.-]{0,30}){0,2})\)\s*[:–—-]?\s+(?P<rest>.+)"
)
_SQUARE = re.compile(
    r"\[(?P<who>@?[A-Za-zÀ-ž][A-Za-zÀ-ž.'’-]{0,30}(?: [A-ZÀ-Ž][A-Za-zÀ-ž.'’-]{0,30}){0,2})\]"
    r"\s*[:–—-]?\s+(?P<rest>\S.*)",
    re.DOTALL,
)
_TO_ALL = re.compile(
    r"(?:from|von|de|da)\s+(?P<who>[^:]{2,40}?)\s+(?:to|an|à|a|para)\s+[^:]{2,40}:\s+(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_COLON = re.compile(
    r"(?P<who>[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){0,2}(?: \([^()]{1,20}\))?):\s+"
    r"(?P<rest>\S.*)",
    re.DOTALL,
)
_NO_PERSON: Final = frozenset(
    (
        "error", "err", "warning", "warn", "info", "debug", "fatal", "critical", "note", "update",
        "fix", "alert", "todo", "summary", "impact", "cause", "action", "result", "status", "edit",
        "http", "https", "monitoring", "investigating", "identified", "resolved", "postmortem",
        "detection", "recovery", "mitigation", "escalation", "discovery", "observation", "decision",
    )
)  # fmt: skip
_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Head:
    """The person at the head of a text, and what the text says behind it."""

    who: str
    text: str


def heads(texts: Sequence[str]) -> list[Head]:
    """For each row's text the person at its head, empty where there is none."""
    spoken = [_spoken(text) for text in texts]
    names = Counter(head.who for head in spoken if head is not None)
    chat = sum(names.values()) >= max(2, _ENOUGH * len(texts))
    return [
        _marked(text) or (head if chat and head is not None else Head("", text))
        for text, head in zip(texts, spoken, strict=True)
    ]


def _marked(text: str) -> Head | None:
    match = _AT.match(text)
    if match is not None:
        rest = match["rest"].lstrip()
        # "@ana drains the node" is a sentence about ana; "@ana: drained" is what ana said.
        return Head(match["who"], rest[1:].lstrip() if rest[:1] in (":", "–", "—") else text)
    match = _ANGLE.match(text)
    return Head(match["who"], match["rest"]) if match is not None else None


def _spoken(text: str) -> Head | None:
    for form in (_TO_ALL, _COLON, _ROUND, _SQUARE):
        match = form.match(text)
        if match is not None and _is_name(match["who"]):
            return Head(match["who"].lstrip("@"), match["rest"])
    return None


def _is_name(words: str) -> bool:
    lower = words.lower()
    if any(word in _NO_PERSON for word in re.findall(r"\w+", lower)) or milestone_of(words):
        return False
    parts = words.split()
    return len(parts) == 1 or all(part[:1].isupper() or part[:1] == "(" for part in parts)
