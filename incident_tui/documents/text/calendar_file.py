"""Days and moments as an iCalendar file (RFC 5545): what is due, for a calendar that imports it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec

_LONGEST = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


class Due(msgspec.Struct, frozen=True):
    """Something that is due; `uid` stays the same in each export, so that it is one entry.

    A date as `at` is due on that day wherever the calendar is read.
    """

    uid: str
    at: datetime | date
    summary: str
    description: str = ""


def calendar(dues: Iterable[Due], now: datetime) -> str:
    """The calendar; `now` is when it is made. Lines end as the RFC says, with CR and LF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//incident-tui//incident-tui//EN"]
    for due in dues:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(due.uid)}",
            f"DTSTAMP:{_moment(now)}",
            _start(due.at),
            f"SUMMARY:{_text(due.summary)}",
            *([f"DESCRIPTION:{_text(due.description)}"] if due.description else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _start(at: datetime | date) -> str:
    if isinstance(at, datetime):
        return f"DTSTART:{_moment(at)}"
    return f"DTSTART;VALUE=DATE:{at:%Y%m%d}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11)."""
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """The line in pieces of 75 octets at most, none of which cuts a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])
