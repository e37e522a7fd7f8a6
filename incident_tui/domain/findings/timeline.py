"""Facts, and the timeline that every entry stands in.

The order of the log is the kernel's; the order in which people read it is made here.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import zip_longest

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.doubts import Doubt, doubted
from incident_tui.domain.core.events import (
    Correction,
    Entry,
    Event,
    Incident,
    Words,
    facts,
)
from incident_tui.domain.core.numbered import entry_numbers
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.core.settled import FirstEntry
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.findings.milestones import Milestones, contradiction
from incident_tui.domain.findings.milestones.derivations import source_line
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration

ONE_GO = timedelta(minutes=1)
"""How long after one late entry the next one is still recorded together with it."""
_YEAR = timedelta(days=365)


@facts(
    kind="fact",
    wants_source=True,
    in_documents=True,
    signal=True,
    in_story=True,
    says_what_happened=True,
)
class FactRecorded(Event, frozen=True, tag="fact.recorded"):
    """Something that was seen or that happened."""

    text: Words


def in_reading_order(incident: Incident) -> list[Entry]:
    """Every entry by the time it happened, then by the order it was recorded."""
    return sorted(incident.entries, key=reading_key)


def reading_key(entry: Entry) -> tuple[datetime, int, str]:
    """Sorts entries as people read them."""
    return (entry.at, entry.order, entry.id)


def entry_text(incident: Incident, entry: Entry, zone: tzinfo) -> str:
    """An entry as one says it to people elsewhere: ``20 Nov 14:21 UTC fact pool is full (ana)``."""
    who = "·".join(filter(None, (entry.actor, entry.hat)))
    source = f", {entry.source}" if entry.source else ""
    text = f"{entry.event.kind} {entry.event.tell(entry, incident)}".strip()
    return f"{entry.at.astimezone(zone):%d %b %H:%M %Z} {text} ({who}{source})"


def entry_in_full(incident: Incident, entry: Entry, zone: tzinfo) -> tuple[str, str]:
    """All that is known of an entry: what it is, when and by whom; and its text, line by line.

    Behind the text stands what it was recorded as, and which later entries correct it.
    """
    recorded = f"recorded {entry.recorded_at.astimezone(zone):%d %b %H:%M} {lateness(entry)}"
    head = [
        f"#{incident.number(entry.id)} {entry.event.kind}",
        f"{entry.at.astimezone(zone):%d %b %Y %H:%M:%S}",
        recorded if entry.late else "",
        "·".join(filter(None, (entry.actor, entry.hat))),
        f"src {entry.source}" if entry.source else "",
    ]
    sentence = entry.event.tell(entry, incident)
    own = str(getattr(entry.event, "text", ""))
    text = [own if " ".join(own.split()) == sentence else sentence]
    first = next(each for each in incident.recorded if each.id == entry.id)
    if first.event != entry.event:
        text.append(f"recorded as: {first.event.tell(first, incident)}")
    text += [
        f"#{incident.number(each.id)} {each.event.kind} {each.event.tell(each, incident)}"
        for each in incident.entries
        if isinstance(each.event, Correction) and each.event.target == entry.id
    ]
    return " · ".join(filter(None, head)), "\n".join(text)


def lateness(entry: Entry) -> str:
    """How much later than it happened an entry was recorded: ``(+11m)``; whole days from one on."""
    if not entry.late:
        return ""
    delay = entry.recorded_at - entry.at
    text = f"{delay.days}d" if delay.days else format_duration(delay)
    return f"(+{text})"


def late_marks(entries: Sequence[Entry]) -> dict[str, str]:
    """How late entries are told, by their id, where they stand one below the other.

    What was recorded in one go tells it once, on its first entry, with how many more are of it:
    ``(+5h, 11 more below)``.
    """
    marks: dict[str, str] = {}
    run: list[Entry] = []
    for entry, later in zip_longest(entries, entries[1:]):
        run.append(entry)
        if later is None or not in_one_go(entry, later):
            if run[0].late:
                more = f", {len(run) - 1} more below)" if len(run) > 1 else ")"
                marks[run[0].id] = lateness(run[0]).removesuffix(")") + more
            run = []
    return marks


def unmoved(entries: Sequence[Entry], new: Sequence[Entry]) -> int:
    """How many of the first entries read as they did, though later ones are put among them.

    Both are in the order read. Where a run of late entries goes on or is parted, its first entry
    says something else.
    """
    if not new:
        return len(entries)
    kept = bisect_left(entries, reading_key(new[0]), key=reading_key)
    beside = [new[0], *entries[kept : kept + 1]]
    if kept and any(in_one_go(entries[kept - 1], other) for other in beside):
        kept -= 1
        while kept and in_one_go(entries[kept - 1], entries[kept]):
            kept -= 1
    return kept


def in_one_go(entry: Entry, later: Entry) -> bool:
    """Whether both came late, and one straight after the other."""
    if not (entry.late and later.late):
        return False
    return abs(later.recorded_at - entry.recorded_at) <= ONE_GO


_LEAVES_AN_EDITOR = (":q", ":q!", ":wq", ":x", ":qa", ":wqa", "ZZ")
"""What hands type that think of vi; none of it says anything of an incident."""
_FOR_A_SHELL = re.compile(r"incident-tui [a-z]+( --[a-z-]+)*")
"""A command of this program, as it is offered where a line cannot do the same."""


@command(
    "TEXT [src:TEXT]",
    words=("note", "log", "fact", "write"),
    help="record a fact",
    example="@-5m error rate 14 %, only eu-west src:dashboard",
)
def record_fact(context: CommandContext, text: str, src: str = "") -> Planned:
    """A fact. `Refused` for what leaves an editor, or is typed in a shell."""
    if text.strip() in _LEAVES_AN_EDITOR:
        raise Refused(f"{text.strip()!r} is no fact", [("leave the console", "/quit")])
    if _FOR_A_SHELL.fullmatch(text.strip()):
        raise Refused(f"{text.strip()!r} is no fact: it is typed in a shell")
    return FactRecorded(text=text)


_WISHES = {"help": "/help", "exit": "/quit", "quit": "/quit"}
"""What people type alone in a line to a program, and mean it -> the line for it."""


@doubted(
    "timeline.wish",
    asks="a fact says something of the incident, and is no word to the program",
    of=(FactRecorded,),
)
def wish(context: CommandContext, event: FactRecorded) -> Doubt | None:
    """A word alone in its line, with no time, that is a command elsewhere."""
    line = _WISHES.get(event.text.casefold()) if context.at is None else None
    if line is None:
        return None
    mends = ((f"what {event.text} does elsewhere", line), ("a fact", f"@now {event.text}"))
    return Doubt(f"{event.text!r} would be a fact, and {line} is the command", mends)


@check("timeline.evidence", title="the incident is confirmed by first-hand evidence")
def has_evidence(incident: Incident) -> Missing | None:
    """At least one fact or reading that names its source."""
    return Missing(
        "nothing seen first-hand is on record: no fact or reading names its source",
        source_line(incident) or "= SIGNAL … -> … src:…",
    ).unless(incident.signals)


@check("timeline.entries", title="the timeline is on record")
def has_entries(incident: Incident, minimum: int = 3) -> Missing | None:
    """At least `minimum` facts, decisions, readings or changes with a time."""
    count = sum(
        incident.counts(entry) and entry.event.says_what_happened for entry in incident.entries
    )
    return Missing(
        f"{counted(count, 'entry', 'entries')} of at least {minimum} say what happened",
        "@… …",
    ).unless(count >= minimum)


@source("timeline.decisions")
def decisions_text(incident: Incident) -> Rows:
    """The decisions so far, one a line."""
    entries = sorted(incident.of(Decisions).every, key=reading_key)
    return item_rows(entry.event.in_words(entry, incident) for entry in entries)


@flag(
    "timeline.silent",
    why="A long gap in the log is a gap in what the postmortem can know.",
    worst=30,
)
def silent(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Nothing was recorded for `minutes` while the incident goes on."""
    if not incident.entries or not incident.of(Lifecycle).unresolved:
        return None
    last = incident.entries[-1].recorded_at
    if now - last < timedelta(minutes=minutes):
        return None
    return Raised(
        f"Nothing recorded for {int((now - last).total_seconds() // 60)} min: what did you try?",
        last + timedelta(minutes=minutes),
        "…",
    )


@flag(
    "timeline.order",
    why="An entry before the start, or long after it happened, may carry a wrong time.",
    worst=20,
    timeless=True,
)
def before_start(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """An entry lies more than `minutes` before the start, or a milestone before what it follows."""
    if (wrong_order := contradiction(incident)) is not None:
        after, before, milestone = wrong_order
        return Raised(
            f"It was {after} before it was {before}, by #{incident.number(milestone.entry.id)}: "
            "which time is right?",
            milestone.entry.recorded_at,
            _mend(incident, milestone.entry),
        )
    started = incident.of(Milestones).at("started")
    if started is None:
        return None
    earliest = started - timedelta(minutes=minutes)
    early = incident.of(FirstEntry)
    entry = early.find("timeline.order", earliest, lambda entry: entry.at < earliest)
    if entry is None:
        return None
    number = incident.number(entry.id)
    return Raised(
        f"#{number} lies long before the start of the incident: is its day right?",
        entry.recorded_at,
        f"/amend {number} @…",
    )


@completes("/amend N", "/retract N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    newest = [entry for entry in reversed(incident.entries) if incident.counts(entry)][:8]
    return entry_numbers(incident, newest)


def _mend(incident: Incident, entry: Entry) -> str:
    """The line that sets its time right."""
    return f"/amend {incident.number(entry.id)} @…"


@flag(
    "timeline.future",
    why="What has not happened yet cannot have been seen.",
    worst=21,
    timeless=True,
)
def in_the_future(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """An entry lies more than `minutes` after the moment at which it was recorded."""
    tolerance = timedelta(minutes=minutes)
    entry = incident.of(FirstEntry).find(
        "timeline.future", minutes, lambda entry: entry.at > entry.recorded_at + tolerance
    )
    if entry is None:
        return None
    return Raised(
        f"#{incident.number(entry.id)} lies in the future of its own recording: is a clock wrong?",
        entry.recorded_at,
        _mend(incident, entry),
    )


@flag(
    "timeline.wrong-year",
    why="Around the turn of the year, the wrong one is typed fast.",
    worst=23,
    timeless=True,
)
def wrong_year(incident: Incident, now: datetime, days: int) -> Raised | None:
    """An entry lies a whole year, give or take `days`, from the moment it was recorded."""
    tolerance = timedelta(days=days)
    entry = incident.of(FirstEntry).find(
        "timeline.wrong-year", days, lambda entry: bool(_years_away(entry, tolerance))
    )
    if entry is None:
        return None
    return Raised(
        f"#{incident.number(entry.id)} lies {_years_away(entry, tolerance)} year(s) away from its "
        "recording: is the year right?",
        entry.recorded_at,
        _mend(incident, entry),
    )


def _years_away(entry: Entry, tolerance: timedelta) -> int:
    """How many whole years an entry lies from its recording; 0 where they are not whole."""
    away = abs(entry.at - entry.recorded_at)
    if away < _YEAR - tolerance:
        return 0
    years = round(away / _YEAR)
    return years if abs(away - _YEAR * years) <= tolerance * years else 0


@flag("timeline.milestones", why="Without its milestones no duration can be told.", worst=14)
def missing_milestone(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """The incident has been over for `minutes`, and one of the moments in between is not known."""
    milestones = incident.of(Milestones)
    resolved = milestones.at("resolved")
    if resolved is None or now < resolved + timedelta(minutes=minutes):
        return None
    for name in ("detected", "communicated", "cause-identified", "mitigated"):
        if milestones.at(name) is None:
            since = resolved + timedelta(minutes=minutes)
            return Raised(f"Nobody said when it was {name}.", since, f"@… /milestone {name}")
    return None
