"""Lines of a chat or a log that were pasted or piped in, as log lines that keep their own times.

One reader with imports. Commands, and times written as log lines have them, stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from incident_tui.domain.core.commands import SIGNS
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import iso, zone_named
from incident_tui.intake import Reading, TimelineRow, read_timeline
from incident_tui.intake.reading import AMBIGUOUS_DATE
from incident_tui.intake.times.dates import Day
from incident_tui.intake.times.stamps import Stamp, read_stamp
from incident_tui.service.exchange.foreign.import_fields import log_lines, proposals
from incident_tui.service.exchange.foreign.timeline_import import recorded_text
from incident_tui.service.session.incident_session import IncidentSession

Numbered = tuple[int, str]
_HEADING = re.compile(r"#{1,6}\s+\S|(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$")


@dataclass(frozen=True, slots=True)
class TimedLine:
    """What a line records, with its number from 1.

    `zone` is the one that its time was read in, empty where it has none of its own. `known` says
    that the incident has it already, `proposed` names the field that it is proposed for, `heads`
    that it is the heading of others: none of these is wanted by itself.
    """

    number: int
    text: str
    zone: str = ""
    known: bool = False
    proposed: str = ""
    heads: bool = False


def timed_lines(session: IncidentSession, lines: Sequence[str]) -> list[Numbered]:
    """What each line records, with its number from 1: the time that it begins with, then its words.

    Words below a time belong to it. A time that is none is put where a log line has its time, so
    that the line is refused with the reason. Lines without times stay as they are.
    """
    return [(line.number, line.text) for line in _lines(session, lines, _read(session, lines))]


def previewed_lines(session: IncidentSession, lines: Sequence[str]) -> list[TimedLine]:
    """The same for a preview: what is there already, and what is proposed for fields."""
    reading = _read(session, lines)
    found = _lines(session, lines, reading)
    if not any(line.zone for line in found):
        return found
    proposed = list(_proposed(session, reading))
    instead = {n for one in reading.passages for n in range(one.line, one.last_line + 1)}
    kept = [
        replace(line, heads=not line.zone and _HEADING.match(line.text) is not None)
        for line in found
        if line.zone or line.number not in instead
    ]
    return sorted([*kept, *proposed], key=lambda line: line.number)


def _lines(session: IncidentSession, lines: Sequence[str], reading: Reading) -> list[TimedLine]:
    rows = {row.line: row for row in [*reading.rows, *reading.milestones]}
    if not rows:
        return list(_without_rows(lines, reading))
    inside = {n for row in rows.values() for n in range(row.line + 1, row.last_line + 1)}
    unread = {left.line for left in reading.unread}
    there = {(entry.at, recorded_text(entry.event)) for entry in session.incident.recorded}
    found = []
    for number, line in enumerate(lines, 1):
        if number in rows:
            row = rows[number]
            known = not there.isdisjoint((row.at, words) for words in _ways(row))
            found.append(TimedLine(number, _log_line(row), row.zone, known))
        elif line.strip() and number not in inside:
            found.append(TimedLine(number, _refused(line) if number in unread else line))
    return found


def _without_rows(lines: Sequence[str], reading: Reading) -> Iterator[TimedLine]:
    """The lines as they are; what begins with a date that could be two days is no fact of now."""
    doubtful = {one.line: one for one in reading.unread if one.reason.startswith(AMBIGUOUS_DATE)}
    below = ""
    for number, line in enumerate(lines, 1):
        if number in doubtful:
            below = doubtful[number].text
            yield TimedLine(number, _refused(below))
        elif line.strip() and line.strip() not in below:
            below = ""
            yield TimedLine(number, line)


def _proposed(session: IncidentSession, reading: Reading) -> Iterator[TimedLine]:
    """What stands under headings that fields have too, as the lines that would fill these in."""
    today = session.world.clock().astimezone(zone_of(session.incident)).date()
    for proposal in proposals(reading.passages):
        for text in log_lines(proposal, session.playbook, today):
            yield TimedLine(proposal.line, text, proposed=proposal.name)


def _ways(row: TimelineRow) -> set[str]:
    """The words that a row may have been recorded with: pasted, or imported."""
    words = clean_line(row.text)
    return {words, f"{row.who}: {words}", f"{row.day}, time of day unknown: {words}"}


def _read(session: IncidentSession, lines: Sequence[str]) -> Reading:
    text = "\n".join("" if _is_log_line(line) else line for line in lines)
    declared = session.incident.of(Lifecycle).declared
    zone = zone_named(declared.zone if declared is not None else "UTC")
    now = session.world.clock()
    today = now.astimezone(zone).date()

    def read(days_ago: int) -> Reading:
        day = today - timedelta(days=days_ago)
        return read_timeline(text, default_zone=zone, default_date=day, present=today)

    reading = read(0)
    # A clock alone means the last time it showed that, as in a log line.
    ahead = any(row.at > now for row in reading.rows)
    return read(1) if ahead and not _has_dates(reading) else reading


def _has_dates(reading: Reading) -> bool:
    stamps = [read_stamp(row.written) for row in reading.rows]
    return any(isinstance(stamp, Stamp) and isinstance(stamp.day, Day) for stamp in stamps)


def _log_line(row: TimelineRow) -> str:
    words = clean_line(row.text)
    if row.who and not words.startswith(("@", "`@")):
        words = f"{row.who}: {words}"
    if row.day is not None:
        words = f"{row.day}, time of day unknown: {words}"
    # What was said elsewhere is a fact here, whatever sign it begins with.
    quoted = f"\\{words}" if words.startswith((*SIGNS, "/", "@", "\\")) else words
    return f"@{iso(row.at.astimezone(UTC))} {quoted}"


def _refused(line: str) -> str:
    words = clean_line(line).lstrip("-*•–#>| [(")
    first, _, rest = words.partition(" ")
    return f"@{first} {rest}".rstrip()


def _is_log_line(line: str) -> bool:
    return line.lstrip().startswith(("/", "@"))
