"""Written times of day: 24 and 12 hours, dotted, French, German, military; ranges; placeholders.

What stands around them, dates and zones, is read in the files beside this one.
"""

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from incident_tui.intake.foreign_timeline import DOTTED, HALF_OF_24
from incident_tui.intake.times.dates import FLAGS, Refused

# "9:02a" has its letter at the digits: behind a blank it is a word.
_HALF: Final = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)"
_HALF_LETTER: Final = r"(?:\s?(?P<half>[ap])(?:\.?\s?m\b\.?|(?<=[0-9][ap])(?=\s|$|[)\]|:–—-])))"
_WORD: Final = r"(?:\s?(?:uhr|hrs|hours|horas|heures|hs|h|o'clock)\b\.?)?"
_END: Final = r"(?=Z\b|UTC|GMT|ish\b|[^A-Za-z0-9_]|_|$)"
_FORMS: Final = (
    re.compile(
        r"(?P<h>[0-9]{1,2})(?P<sign>[:.])(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]+))?)?"
        rf"(?![0-9]|[.:][0-9]){_HALF_LETTER}?{_WORD}{_END}",
        FLAGS,
    ),
    re.compile(rf"(?P<h>[0-9]{{1,2}}){_HALF}{_END}", FLAGS),
    # "14 h 05 min" is a clock, "1h 15m" how long something took.
    re.compile(rf"(?P<h>[0-9]{{2}})\s?h\s?(?P<m>[0-9]{{2}})\s?min{_END}", FLAGS),
    re.compile(rf"(?P<h>[0-9]{{1,2}})\s?h\s?(?P<m>[0-9]{{2}}){_END}(?!\s?m(?:in)?\b)", FLAGS),
    re.compile(rf"(?P<h>[0-9]{{1,2}})\s?(?:uhr|u)\s?(?P<m>[0-9]{{2}})?{_END}", FLAGS),
    re.compile(r"(?P<h>[0-9]{1,2})\s?h(?=\s*(?:[:–—-]\s|$))", FLAGS),
    re.compile(
        r"(?P<h>[01][0-9]|2[0-3])(?P<m>[0-5][0-9])(?=Z\b|\s?(?:UTC|GMT)\b|\s?(?:hrs|hours|h)\b)"
        r"(?:\s?(?:hrs|hours|h)\b)?"
    ),
    re.compile(r"(?P<noon>noon|midday|mittags?|midi|mediodía|meio-dia)\b", FLAGS),
    re.compile(
        r"(?<=T)(?P<h>[01][0-9]|2[0-3])(?P<m>[0-5][0-9])(?P<s>[0-5][0-9])?(?:[.,](?P<f>[0-9]+))?"
        r"(?=Z|[+-]|\s|$)"
    ),
)
PLACEHOLDER: Final = re.compile(
    r"(?=[0-9xX?]*[xX?])[0-9xX?]{1,2}\s?[:.h]\s?[0-9xX?]{1,2}\b\??|[0-9]{1,2}:[0-9]?[xX?-]{1,2}"
    r"|[-–]{1,2}:[-–]{1,2}(?=\W|$)|hh:mm(?::ss)?\b|\?{1,2}:\?{1,2}|\?{2,4}(?=\W|$)|midnight\b",
    re.IGNORECASE,
)
# A placeholder with a letter, a question mark or a dash in it, or numbers that no clock shows.
_ODD: Final = re.compile(
    r"[0-9]{1,3}:[0-9A-Za-z?_-]{1,6}|[-–?xX]{1,2}:[-–?xX]{1,2}(?=\s|$|\W)", FLAGS
)
_LOOSE_DOT: Final = re.compile(r"[0-9]{2}\.[0-9]{2}(?=\s|$|\W\s)")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as read, with what was doubtful about how it was written."""

    time: time
    flags: tuple[str, ...] = ()


def clock_at(text: str, at: int, *, dotted: bool) -> tuple[Clock | Refused | None, int]:
    """The time of day at a position, and where it ends; None and the position where there is none.

    `dotted` allows "14.05", which may be a number elsewhere.
    """
    for form in _FORMS:
        match = form.match(text, at)
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("sign") == "." and not (dotted or parts.get("half") or _says(match, "hr")):
            return None, at
        read = _clock(match, parts)
        return read, match.end() if isinstance(read, Clock) else at
    odd = PLACEHOLDER.match(text, at) or _ODD.match(text, at)
    return (None if odd is None else Refused(_not_a_clock(odd.group()))), at


def dotted_at(text: str, at: int) -> bool:
    """Whether "14.05" with two digits on either side stands here, and a blank behind it."""
    return _LOOSE_DOT.match(text, at) is not None


def _says(match: re.Match[str], sound: str) -> bool:
    return sound in match.group().lower()


def _not_a_clock(written: str) -> str:
    if written.lower() == "midnight":
        return '"midnight" may begin the day or end it; write 00:00 with its date'
    return f'"{written}" is not a time of day'


def _clock(match: re.Match[str], parts: dict[str, str | None]) -> Clock | Refused:
    if parts.get("noon"):
        return Clock(time(12))
    hour, minute = int(parts["h"] or 0), int(parts.get("m") or 0)
    second = int(parts.get("s") or 0)
    flags = [DOTTED] if parts.get("sign") == "." else []
    half = (parts.get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half and hour == 0 and half == "p":
        return Refused(f'"{match.group()}" may be just after midnight or just after noon')
    elif half:
        flags.append(HALF_OF_24)
    micro = int((parts.get("f") or "0")[:6].ljust(6, "0"))
    try:
        return Clock(time(hour, minute, second, micro), tuple(flags))
    except ValueError:
        return Refused(f'"{match.group()}" is not a time of day')
