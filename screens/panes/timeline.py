"""The timeline: every entry by the time it happened, the newest at the bottom."""

from datetime import date
from functools import partial

from textual.content import Content

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Emphasis, Entry
from incident_tui.domain.findings.timeline import in_reading_order, lateness
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.text import line
from incident_tui.screens.widgets.rows.rows import Row

_STYLES: dict[Emphasis, str] = {"": "", "strong": "bold", "tentative": "italic"}


class TimelinePane(Pane):
    """Everything that happened."""

    title = "Timeline"
    place = Place("main", 1)
    empty = "What happens is written here as it happens. Type what you see and press Enter."
    follow = True

    def make_rows(self) -> list[Row]:
        rows = []
        self._any_late = any(entry.late for entry in self.incident.entries)
        day: date | None = None
        zone = self.controller.session.zone
        for entry in in_reading_order(self.incident):
            today = entry.at.astimezone(zone).date()
            if today != day:
                day = today
                shown = f"{today:%d %b %Y}"
                # Days repeat where a list is filtered, never within one.
                rows.append(Row(f"day {today}", line((shown, "dim")), selectable=False))
            rows.append(Row(entry.id, partial(self._row, entry), partial(self._search, entry)))
        return rows

    def heading(self, rows: list[Row]) -> str:  # type: ignore[override]
        count = len(self.incident.entries)
        return f"{self.title} · {count}"

    def _search(self, entry: Entry) -> str:
        return " ".join(
            (entry.event.kind, entry.event.tell(entry, self.incident), entry.actor, entry.source)
        )

    def _row(self, entry: Entry) -> Content:
        incident = self.incident
        number = incident.number(entry.id)
        moment = f"{entry.at.astimezone(self.controller.session.zone):%H:%M}"
        late = lateness(entry)
        text = entry.event.tell(entry, incident)
        style = ""
        if not incident.counts(entry):
            style, text = "strike dim", f"{text} (retracted)"
        elif entry.id in incident.amended:
            text = f"{text} (amended)"
        who = entry.actor + (f"·{entry.hat}" if entry.hat else "")
        source = f"  src {entry.source}" if entry.source else ""
        return line(
            f"{moment} ",
            (f"{late:<8}" if self._any_late else "", "dim"),
            (f"{entry.event.kind:<10} ", _STYLES[entry.event.emphasis]),
            (text, style),
            (f"{source}  {who} #{number}", "dim"),
        )

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        entry = next(entry for entry in self.incident.entries if entry.id == key)
        number = self.incident.number(key)
        title = f"#{number} {entry.event.kind} {entry.event.tell(entry, self.incident)}"
        hiding = [
            Offer(f"{lead} {number} ", commands.forms(lead)[0].help)
            for lead in ("/restrict", "/redact")
            if self._possible(f"{lead} {number} …")
        ]
        if not entry.event.correctable:
            return title, [Offer("/link ", "keep a link about it"), *hiding]
        return title, [
            Offer(f"/amend {number} ", "correct the text"),
            Offer(f"/amend {number} @", "correct the time"),
            Offer(f"/retract {number} ", "it does not count, with the reason"),
            Offer(f"/milestone detected {number}", "this is when it was detected"),
            Offer(f"/milestone mitigated {number}", "this is when the impact stopped"),
            Offer(f"/milestone started {number}", "this is when users first felt it"),
            *hiding,
        ]

    def _possible(self, text: str) -> bool:
        """Whether the line would be taken as things stand."""
        try:
            self.controller.session.plan(text)
        except (LineError, Refused):
            return False
        return True
