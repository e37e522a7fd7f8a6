"""The timeline: every entry by the time it happened, the newest at the bottom."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Emphasis, Entry, Event, Incident
from incident_tui.domain.findings.stars import Stars
from incident_tui.domain.findings.timeline import (
    entry_in_full,
    in_reading_order,
    late_marks,
    reading_key,
    unmoved,
)
from incident_tui.domain.findings.timeline_search import (
    FILTER_WORDS,
    is_jump,
    jump_target,
    search_in,
)
from incident_tui.screens.painted_text import line
from incident_tui.screens.panes.entry_preview import EntryPreview
from incident_tui.screens.panes.first_lines import BEFORE_ALL, first_lines
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.terminal.themes import (
    ANNOUNCED,
    CHANGE,
    FAILED,
    IN_FLIGHT,
    LATE,
    MOVE,
    PASSED,
)
from incident_tui.screens.widgets.rows.row_search import RowSearch
from incident_tui.screens.widgets.rows.rows import Row, Rows

KIND = 10
"""Cells of the kind of an entry; a longer one moves its text to the right."""
TEXT_AT = len("14:05 ") + KIND + 1
"""The column in which the texts of all entries stand."""
_STYLES: dict[Emphasis, str] = {"": "", "strong": "bold", "tentative": "italic"}
SOURCE = 29
"""Letters of a source that a row has room for; names of files and addresses are longer."""
_TINTS = {
    **dict.fromkeys(("severity", "impact", "scope"), IN_FLIGHT),
    **dict.fromkeys(("stage", "state", "declared", "closed", "review", "reopened"), MOVE),
    **dict.fromkeys(("change", "undone", "guardrail", "lifted", "containment", "strategy"), CHANGE),
    **dict.fromkeys(("verified", "confirmed", "fix"), PASSED),
    **dict.fromkeys(("failed", "sent back", "suspected"), FAILED),
    **dict.fromkeys(("update", "cadence", "checkpoint", "hand-off"), ANNOUNCED),
    **dict.fromkeys(("ruled out", "retracted", "artifact", "attested", "command"), "dim"),
}
"""How kinds of entries stand out beside their word; what was seen is in the plain colour."""


def _style(event: Event) -> str:
    return f"{_STYLES[event.emphasis]} {_TINTS.get(event.kind, '')}".strip()


def _short(source: str) -> str:
    """A source as a row has room for it: its beginning and its end; the preview has all of it."""
    if len(source) <= SOURCE:
        return source
    half = SOURCE // 2
    return f"{source[:half]}…{source[1 - half :]}"


def _who(entry: Entry) -> str:
    return entry.actor + (f"·{entry.hat}" if entry.hat else "")


class _Made(NamedTuple):
    """The row of an entry as it counts now, and the day that the entry is of."""

    entry: Entry
    signed: bool
    """Whether the row names who typed it, which the one above does not."""
    late: str
    """How late it is, where the row above has not told it."""
    day: date
    row: Row


_LONGEST_SHIFT = timedelta(hours=3)


class LocalDays:
    """The local days of moments that come in their order: most are of the day of the one before.

    Asking a zone is slow. No zone moves its clocks by three hours.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._day = date.min
        self._from = self._until = datetime.max.replace(tzinfo=UTC)

    def of(self, moment: datetime) -> date:
        """The day of a moment in the zone."""
        if not self._from <= moment < self._until:
            local = moment.astimezone(self._zone).replace(microsecond=0)
            passed = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
            midnight = moment + timedelta(days=1) - passed
            as_now = midnight.astimezone(self._zone).utcoffset() == local.utcoffset()
            self._day = local.date()
            self._from = moment
            self._until = midnight - timedelta(seconds=1) if as_now else midnight - _LONGEST_SHIFT
        return self._day


class TimelinePane(Pane):
    """Everything that happened."""

    title = "Timeline"
    place = Place("main", 1)
    empty = "What happens is written here as it happens. Type what you see and press Enter."
    follow = True
    wrap = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "preview", "preview", id="timeline.preview",
                tooltip="Show the entry under the cursor whole, or no more"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._preview = EntryPreview()
        self._made: dict[str, _Made] = {}
        """Id of an entry -> what was made for it: a log of thousands grows by one line a time."""
        self._listed: tuple[Incident, list[Entry], list[Row]] | None = None
        """What was listed last: of which state, which entries in the order read, and their rows."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._preview

    def on_resize(self) -> None:
        self.set_class(self._preview.fit(self.size.width, self.size.height), "-beside")
        self._show_entry()

    def action_preview(self) -> None:
        self._preview.toggle()
        self._show_entry()

    def refresh_state(self) -> None:
        super().refresh_state()
        self._show_entry()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._show_entry()

    def _show_entry(self) -> None:
        row = self.rows.row if self._preview.display else None
        if row is not None and (entry := self.entry(row.key)) is not None:
            self._preview.show(*entry_in_full(self.incident, entry, self.zone))

    def make_rows(self) -> list[Row]:
        entries, rows, new_entries = self._still_listed()
        day = self._made[entries[-1].id].day if entries else None
        above = _who(entries[-1]) if entries else ""
        marks, days = late_marks(new_entries), LocalDays(self.zone)
        for entry in new_entries:
            signed, above = _who(entry) != above, _who(entry)
            late = marks.get(entry.id, "")
            made = self._made.get(entry.id)
            if made is None or made.entry is not entry or made[1:3] != (signed, late):
                made = self._made[entry.id] = self._make(entry, signed, late, days)
            # A clock that is put back over midnight makes no day begin twice.
            if day is None or made.day > day:
                day = made.day
                rows.append(Row(f"day {day}", line((f"{day:%d %b %Y}", "dim")), selectable=False))
            rows.append(made.row)
            entries.append(entry)
        self._listed = self.incident, entries, rows
        if len(entries) <= len(BEFORE_ALL) and all(e.event.kind in BEFORE_ALL for e in entries):
            return [*rows, *first_lines(self.controller, key_text(self, "verb.gate"))]
        return rows

    def _still_listed(self) -> tuple[list[Entry], list[Row], list[Entry]]:
        """What stays as it was listed, with its rows; and what follows, in the order read.

        What is read before the first of the later entries stays: a late one costs what it is late.
        """
        if self._listed is None or self._listed[0] is not self.incident:
            return [], [], in_reading_order(self.incident)
        _, entries, rows = self._listed
        new = sorted(self.incident.entries[len(entries) :], key=reading_key)
        kept = unmoved(entries, new)
        if kept == 0:
            return [], [], in_reading_order(self.incident)
        last = self._made[entries[kept - 1].id].row
        end = next(place for place in range(len(rows), 0, -1) if rows[place - 1] is last)
        return entries[:kept], rows[:end], sorted([*entries[kept:], *new], key=reading_key)

    def _make(self, entry: Entry, signed: bool, late: str, days: LocalDays) -> _Made:
        made, search = partial(self._row, entry, signed, late), partial(self._search, entry)
        row = Row(entry.id, made, search, hang=TEXT_AT)
        return _Made(entry, signed, late, days.of(entry.at), row)

    def heading(self, rows: list[Row]) -> str:  # type: ignore[override]
        return f"{self.title} · {len(self.incident.entries)}"

    def find(self, text: str) -> RowSearch:
        session, now, zone = self.controller.session, self.controller.now(), self.zone
        if is_jump(text):
            try:
                target = jump_target(self.incident, text, now=now, zone=zone)
            except Refused as refused:
                return RowSearch(jump=True, problem=refused.message)
            return RowSearch(jump=True, lands=target.id)
        sought = search_in(self.incident, text, now=now, zone=zone, me=session.identity.actor)
        known = {entry.id: entry for entry in self.incident.entries}
        return RowSearch(
            sought.words,
            lambda key: sought.fits(known[key]),
            sought.problem,
            hint=f"{FILTER_WORDS} @14:20",
        )

    def go_to(self, where: str) -> None:
        """Go to the entry that a jump lands on, and read there. Raises `Refused`."""
        target = jump_target(self.incident, where, now=self.controller.now(), zone=self.zone)
        self.rows.go_to(target.id)

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown and typed."""
        return self.controller.session.zone

    def _search(self, entry: Entry) -> str:
        return " ".join(
            (entry.event.kind, entry.event.tell(entry, self.incident), entry.actor, entry.source)
        )

    def _row(self, entry: Entry, signed: bool, late: str) -> Content:
        incident = self.incident
        number = incident.number(entry.id)
        moment = f"{entry.at.astimezone(self.zone):%H:%M}"
        text = f"{incident.of(Stars).sign(entry)}{entry.event.tell(entry, incident)}"
        style = ""
        if not incident.counts(entry):
            style, text = "strike dim", f"{text} (retracted)"
        elif entry.id in incident.amended:
            text = f"{text} (amended)"
        who = f"  {_who(entry)}" if signed else " "
        source = f"  src {_short(entry.source)}" if entry.source else ""
        return line(
            f"{moment} ",
            (f"{entry.event.kind:<{KIND}} ", _style(entry.event)),
            (text, style),
            (f"  {late}" if late else "", LATE),
            (f"{source}{who} #{number}", "dim"),
        )

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.incident.entries if entry.id == key), None)

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        entry = next(entry for entry in self.incident.entries if entry.id == key)
        number = self.incident.number(key)
        title = f"#{number} {entry.event.kind} {entry.event.tell(entry, self.incident)}"
        story = self._story_offers(entry, number)
        removal = [
            Offer(f"{lead} {number} ", commands.forms(lead)[0].help)
            for lead in ("/restrict", "/redact")
            if self._possible(f"{lead} {number} it is said below")
        ]
        if not entry.event.correctable:
            time = Offer(f"/amend {number} @", "set its time right")
            return title, [time, *story, Offer("/link ", "keep a link about it"), *removal]
        return title, [
            Offer(f"/amend {number} ", "correct the text"),
            Offer(f"/amend {number} @", "correct the time"),
            Offer(f"/retract {number} ", "it does not count, with the reason"),
            Offer(f"/milestone detected {number}", "this is when it was detected"),
            Offer(f"/milestone mitigated {number}", "this is when the impact stopped"),
            Offer(f"/milestone started {number}", "this is when users first felt it"),
            *story,
            *removal,
        ]

    def _story_offers(self, entry: Entry, number: int) -> list[Offer]:
        """Whether the story of the postmortem tells it: what may be said of that now."""
        mark = self.incident.of(Stars).marks.get(entry.id, "")
        if not (self.incident.counts(entry) and (entry.event.in_story or mark)):
            return []
        verbs = {"": ("/star", "/aside"), "star": ("/unstar", "/aside"), "aside": ("/unstar",)}
        return [Offer(f"{verb} {number}", commands.forms(verb)[0].help) for verb in verbs[mark]]

    def _possible(self, text: str) -> bool:
        """Whether the line would be taken as things stand."""
        try:
            self.controller.session.plan(text)
        except (LineError, Refused):
            return False
        return True
