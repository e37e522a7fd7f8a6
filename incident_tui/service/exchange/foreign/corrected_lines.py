"""Corrections of a line that was pasted, before it is recorded, as `import --fix` makes them.

Pure: a log line in, a log line out.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from incident_tui.domain.findings.milestones import MILESTONES
from incident_tui.domain.values.time_grammar import WhenError, iso, zone_named
from incident_tui.service.exchange.foreign.corrections_of_rows import CorrectionError
from incident_tui.service.exchange.foreign.timeline_import import zone_chosen

LINE_FORMS: Final = "+1d, -1d, zone:Europe/Berlin, fact, or a milestone such as detected"
COLUMN: Final = "column"
"""Before the title of a column: all lines take their times from that one."""
_LINE: Final = re.compile(
    r"@(?P<at>\d{4}-\d\d-\d\dT\S+)(?P<kind> /milestone \S+)?(?: (?P<text>.*))?"
)
_DAYS: Final = re.compile(r"([+-][0-9]{1,4})d")


def has_moment(line: str) -> bool:
    """Whether a line has a moment of its own, with its date, that can be corrected."""
    return _LINE.fullmatch(line) is not None


def words_of(line: str) -> str:
    """A line without the moment that it begins with, which is told beside it."""
    match = _LINE.fullmatch(line)
    return line if match is None else f"{match['kind'] or ''} {match['text'] or ''}".strip()


def corrected_line(line: str, what: str, zone: str) -> tuple[str, str]:
    """A line with its day, zone or kind corrected, and the zone its time is read in from then on.

    `zone` is the one it was read in before. Raises `CorrectionError` where the correction is none,
    or the line has no moment of its own.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise CorrectionError("this line has no time of its own; e changes its words")
    at = datetime.fromisoformat(match["at"])
    text = match["text"] or ""
    days = _DAYS.fullmatch(what)
    if days is not None:
        at += timedelta(days=int(days[1]))
    elif what.startswith("zone:"):
        name = _zone(what.removeprefix("zone:"))
        wall = at.astimezone(zone_named(_zone(zone))).replace(tzinfo=None)
        at, zone = wall.replace(tzinfo=zone_named(name)).astimezone(UTC), name
    elif what == "fact":
        return f"@{match['at']} {text}", zone
    elif what in MILESTONES:
        return f"@{match['at']} /milestone {what} {text.removeprefix(chr(92))}".rstrip(), zone
    else:
        raise CorrectionError(f"{what!r} is no correction: write {LINE_FORMS}")
    return f"@{iso(at.astimezone(UTC))}{match['kind'] or ''} {text}".rstrip(), zone


def _zone(word: str) -> str:
    try:
        return zone_chosen(word)
    except WhenError as error:
        raise CorrectionError(error.reason) from error
