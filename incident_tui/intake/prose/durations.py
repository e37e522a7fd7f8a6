"""Durations that the authors of a text state: "Time to repair: 0h 40m", "Total impact: 1h 20m".

What is computed from the rows, and whether the two agree, is told elsewhere.
"""

import re
from datetime import timedelta
from typing import Final

from incident_tui.intake.foreign_timeline import Stated
from incident_tui.intake.prose.document import Document, Line
from incident_tui.intake.prose.markup import plain

_NAMES: Final = (
    ("detect", r"time to (?:detect(?:ion)?|discovery|notice)|(?:mean )?mttd|detection time"),
    ("acknowledge", r"time to (?:acknowledge(?:ment)?|respond|response|declare)|mtta"),
    ("recover", r"time to (?:repair|recover(?:y)?|mitigat(?:e|ion)|restore)|mttr|repair time"
     r"|recovery time"),
    ("resolve", r"time to (?:resolve|resolution|fix)|resolution time"),
    ("impact", r"(?:total )?(?:impact|outage|incident|downtime)(?: duration| time)?|total downtime"
     r"|duration|length of (?:impact|outage)"),
)  # fmt: skip
_LINE: Final = tuple(
    (name, re.compile(rf"(?:total )?(?:{words})\s*(?:\([^)]*\))?\s*[:=–—-]\s*(?P<said>.+)", re.I))
    for name, words in _NAMES
)
_UNIT: Final = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_PIECE: Final = re.compile(
    r"(?:(?P<n>[0-9]+(?:[.,][0-9]+)?)\s?-?"
    r"(?P<unit>weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)"
    r"|(?P<word>an?|one|two|three|half an)\s(?P<whole>week|day|hour|minute|second)s?)\b",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(
    r"\s*(?:~|≈|about|around|approx\w*\.?|roughly|over|under|nearly|almost|less than|more than"
    r"|ca\.?)?"
    r"\s*",
    re.IGNORECASE,
)
_NUMBERS: Final = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "half an": 0.5}
_CLOCK: Final = re.compile(r"(?P<h>[0-9]{1,3}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2}))?\s*$")


def stated_durations(document: Document) -> list[Stated]:
    """The durations stated in lines of their own, in the order of the text."""
    return [stated for line in document.lines if (stated := stated_duration(line)) is not None]


def stated_duration(line: Line) -> Stated | None:
    """The duration that a line states, and nothing else; None for most lines."""
    if line.kind not in ("text", "bullet", "cells"):
        return None
    words = plain(line.body).text.strip("| ").replace(" | ", ": ", 1)
    for name, form in _LINE:
        match = form.match(words)
        length = length_in(match["said"]) if match is not None else None
        if length is not None:
            return Stated(name, length, words, line.number)
    return None


def length_in(text: str) -> timedelta | None:
    """The duration at the beginning or in the brackets of a text; None where there is none."""
    bracket = re.search(r"\(([^()]*)\)", text)
    for part in [*([bracket[1]] if bracket is not None else []), text]:
        clock = _CLOCK.fullmatch(part.strip())
        if clock is not None:
            seconds = int(clock["s"] or 0)
            return timedelta(hours=int(clock["h"]), minutes=int(clock["m"]), seconds=seconds)
        begins = _BEGINS.match(part)
        pieces = _pieces(part, begins.end() if begins is not None else 0)
        if pieces:
            return timedelta(seconds=sum(pieces))
    return None


def _pieces(text: str, start: int) -> list[float]:
    """The seconds of the pieces that follow one another from a position on."""
    pieces: list[float] = []
    end = start
    for piece in _PIECE.finditer(text, start):
        between = text[end : piece.start()]
        if between.strip(" ,and") or (between and not pieces):
            break
        word = piece["word"]
        value = _NUMBERS[word.lower()] if word else float(piece["n"].replace(",", "."))
        pieces.append(value * _UNIT[(piece["unit"] or piece["whole"])[0].lower()])
        end = piece.end()
    return pieces
