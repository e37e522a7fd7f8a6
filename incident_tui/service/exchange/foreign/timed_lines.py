"""Lines of a chat or a log that were pasted or piped in, as log lines that keep their own times.

One reader with imports. Commands, and times written as log lines have them, stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain
from pathlib import Path, PurePath

from incident_tui.domain.core.commands import SIGNS, LineError, Refused
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import iso, zone_named
from incident_tui.intake import ForeignTimeline, TimelineRow, read_timeline
from incident_tui.intake.foreign_timeline import AMBIGUOUS_DATE
from incident_tui.intake.times.dates import Day
from incident_tui.intake.times.stamps import Stamp, read_stamp
from incident_tui.service.exchange.foreign.corrected_lines import COLUMN
from incident_tui.service.exchange.foreign.foreign_files import foreign_text
from incident_tui.service.exchange.foreign.import_fields import log_lines, proposals
from incident_tui.service.exchange.foreign.timeline_import import events, recorded_text
from incident_tui.service.session.incident_session import IncidentSession

Numbered = tuple[int, str]
NO_FIELD = "no field here has a place for it"
_RULE = " \t|:+=-"
"""Of what the lines between the rows of a table are made."""
_HEADING = re.compile(r"#{1,6}\s+\S|(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$")


@dataclass(frozen=True, slots=True)
class TimedLine:
    """What a line records, with its number from 1.

    `zone` is the one that its time was read in, empty where it has none of its own. `known` says
    that the incident has it already, `proposed` names the field that it is proposed for, `heads`
    that it is the heading of others, `unread` why it is no row: none of these is wanted by itself.
    `doubt` is what is doubtful about its time, `assumed` that nobody named the zone of that.
    """

    number: int
    text: str
    zone: str = ""
    known: bool = False
    proposed: str = ""
    heads: bool = False
    unread: str = ""
    doubt: str = ""
    assumed: bool = False


def timed_lines(
    session: IncidentSession, lines: Sequence[str], tell: Callable[[str], None] = lambda words: None
) -> list[Numbered]:
    """What each line records, with its number from 1: the time that it begins with, then its words.

    Words below a time belong to it. A time that is none is put where a log line has its time, so
    that the line is refused with the reason. Lines without times stay as they are, but for rules
    and the titles of tables. `tell` is given which of several columns of times was taken.
    """
    reading = _read(session, lines)
    for columns in reading.columns:
        if columns.choice:
            tell(f"line {columns.line}: {columns.choice}")
    return [(line.number, line.text) for line in _lines(session, lines, reading) if not line.heads]


def previewed_lines(
    session: IncidentSession, lines: Sequence[str], column: str = ""
) -> list[TimedLine]:
    """The same for a preview: what is there already, and what is proposed for fields.

    `column` is the title of the column of times in tables, empty for the one that is found.
    """
    reading = _read(session, lines, column)
    preview = _lines(session, lines, reading)
    if not any(line.zone for line in preview):
        return preview
    proposed = list(_proposed(session, reading))
    instead = {n for one in reading.passages for n in range(one.line, one.last_line + 1)}
    kept = [
        line if line.zone or _HEADING.match(line.text) is None else replace(line, heads=True)
        for line in preview
        if line.zone or line.number not in instead
    ]
    return sorted([*kept, *proposed], key=lambda line: line.number)


def reader_of_records(
    session: IncidentSession, column: str = ""
) -> Callable[[Path, str], ForeignTimeline]:
    """What reads a file of that name for an incident, on any thread. It raises `UnreadableFile`.

    `column` is the title of the column of times in tables, empty for the one that is found.
    """
    zone, now = _zone_and_now(session)
    today = now.astimezone(zone).date()

    def read(path: Path, name: str) -> ForeignTimeline:
        text = foreign_text(path, name)
        return read_timeline(text, default_zone=zone, name=name, present=today, column=column)

    return read


def record_lines(session: IncidentSession, reading: ForeignTimeline, name: str) -> list[TimedLine]:
    """The lines that a record in a file would give, each row with its kind and its place in that.

    What was not read has its reason, and what stands under headings is proposed for its field.
    """
    lines, there, choices = [], _recorded(session), _choices(reading)
    base = PurePath(name).name.replace('"', "")
    for row, event in events(reading):
        milestone = event.name if isinstance(event, MilestoneReached) else ""
        line = _row_line(there, row, _log_line(row, milestone), choices)
        place = f"{base}:{row.line}"
        if not milestone:
            line = replace(line, text=f'{line.text} src:"{place}"')
        elif _is_doubted(session, line.text):
            # The record is why, where nothing else here shows that it is so.
            line = replace(line, text=f'{line.text} why:"{place} says so"')
        lines.append(line)
    lines += [
        TimedLine(left.line, _refused(left.text), unread=left.reason) for left in reading.unread
    ]
    lines += [
        TimedLine(one.line, ": ".join(filter(None, (one.heading, one.text))), unread=NO_FIELD)
        for one in reading.beside
    ]
    return sorted([*lines, *_proposed(session, reading)], key=lambda line: line.number)


def _is_doubted(session: IncidentSession, text: str) -> bool:
    """Whether a line would be asked about before it is recorded."""
    try:
        return bool(session.plan(text).doubts)
    except (LineError, Refused):
        return False


def _recorded(session: IncidentSession) -> set[tuple[datetime, str]]:
    return {(entry.at, recorded_text(entry.event)) for entry in session.incident.recorded}


def _choices(reading: ForeignTimeline) -> dict[int, str]:
    """Which of several columns of times was taken, by the line of the first row below its title."""
    lines = sorted(row.line for row in [*reading.rows, *reading.milestones])
    below = ((next((n for n in lines if n > c.line), 0), c) for c in reading.columns)
    return {
        line: f'{columns.choice} (correct it with "{COLUMN} {columns.others[0]}")'
        for line, columns in below
        if columns.choice
    }


def _row_line(
    there: set[tuple[datetime, str]], row: TimelineRow, text: str, choices: dict[int, str]
) -> TimedLine:
    known = not there.isdisjoint((row.at, words) for words in _ways(row))
    doubt = ", ".join(filter(None, (*row.flags, choices.get(row.line))))
    return TimedLine(row.line, text, row.zone, known, doubt=doubt, assumed=not row.zone_from)


def _offered(line: TimedLine, row: TimelineRow) -> TimedLine:
    """The line of a paste, a fact whatever its label says: what is reached is for those at work.

    That it may be a milestone is told, for whoever corrects its kind.
    """
    offer = f"may be the milestone {row.label}" if row.label else ""
    return replace(line, doubt=", ".join(filter(None, (line.doubt, offer))))


def _lines(
    session: IncidentSession, lines: Sequence[str], reading: ForeignTimeline
) -> list[TimedLine]:
    rows: dict[int, list[TimelineRow]] = {}
    for row in [*reading.rows, *reading.milestones]:
        rows.setdefault(row.line, []).append(row)  # a line of a page or of JSON may hold several
    if not rows:
        return list(_without_rows(lines, reading))
    inside = {n for row in chain(*rows.values()) for n in range(row.line + 1, row.last_line + 1)}
    unread = {left.line for left in reading.unread}
    titles = {columns.line for columns in reading.columns}
    preview, there, choices = [], _recorded(session), _choices(reading)
    for number, line in enumerate(lines, 1):
        if number in rows:
            preview += [
                _offered(_row_line(there, row, _log_line(row), choices), row)
                for row in rows[number]
            ]
        elif number not in inside and line.strip(_RULE):
            text = _refused(line) if number in unread else line
            preview.append(TimedLine(number, text, heads=number in titles))
    return preview


def _without_rows(lines: Sequence[str], reading: ForeignTimeline) -> Iterator[TimedLine]:
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


def _proposed(session: IncidentSession, reading: ForeignTimeline) -> Iterator[TimedLine]:
    """What stands under headings that fields have too, as the lines that would fill these in."""
    today = session.world.clock().astimezone(zone_of(session.incident)).date()
    for proposal in proposals(reading.passages):
        for text in log_lines(proposal, session.playbook, today):
            yield TimedLine(proposal.line, text, proposed=proposal.name)


def _ways(row: TimelineRow) -> set[str]:
    """The words that a row may have been recorded with: pasted, or imported."""
    words = clean_line(row.text)
    return {words, f"{row.who}: {words}", f"{row.day}, time of day unknown: {words}"}


def _read(session: IncidentSession, lines: Sequence[str], column: str = "") -> ForeignTimeline:
    text = "\n".join("" if _is_log_line(line) else line for line in lines)
    zone, now = _zone_and_now(session)
    today = now.astimezone(zone).date()

    def read(days_ago: int) -> ForeignTimeline:
        day = today - timedelta(days=days_ago)
        return read_timeline(
            text, default_zone=zone, default_date=day, present=today, column=column
        )

    reading = read(0)
    # A clock alone means the last time it showed that, as in a log line.
    ahead = any(row.at > now for row in reading.rows)
    return read(1) if ahead and not _has_dates(reading) else reading


def _zone_and_now(session: IncidentSession) -> tuple[tzinfo, datetime]:
    declared = session.incident.of(Lifecycle).declared
    return zone_named(declared.zone if declared is not None else "UTC"), session.world.clock()


def _has_dates(reading: ForeignTimeline) -> bool:
    stamps = [read_stamp(row.written) for row in reading.rows]
    return any(isinstance(stamp, Stamp) and isinstance(stamp.day, Day) for stamp in stamps)


def _log_line(row: TimelineRow, milestone: str = "") -> str:
    words = clean_line(row.text)
    if row.who and not words.startswith(("@", "`@")):
        words = f"{row.who}: {words}"
    if row.day is not None:
        words = f"{row.day}, time of day unknown: {words}"
    if milestone:
        return f"@{iso(row.at.astimezone(UTC))} /milestone {milestone} {words}"
    # What was said elsewhere is a fact here, whatever sign it begins with.
    quoted = f"\\{words}" if words.startswith((*SIGNS, "/", "@", "\\")) else words
    return f"@{iso(row.at.astimezone(UTC))} {quoted}"


def _refused(line: str) -> str:
    first, _, rest = clean_line(line).lstrip("-*•–#>| [(").partition(" ")
    return f"@{first} {rest}".rstrip()


def _is_log_line(line: str) -> bool:
    return line.lstrip().startswith(("/", "@"))
