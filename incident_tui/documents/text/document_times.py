"""Moments as documents write them: in the incident's zone, the same on every machine."""

from datetime import datetime, timedelta
from functools import cached_property

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.timeline import in_reading_order, late_marks
from incident_tui.domain.process.lifecycle import Lifecycle, zone_name_of, zone_of
from incident_tui.domain.values.calendar import WEEKDAYS
from incident_tui.domain.values.time_grammar import format_span, format_stamp, format_when

_CLOSE = timedelta(days=2)


class Moments:
    """How the moments of one incident are written."""

    def __init__(self, incident: Incident) -> None:
        self._incident = incident
        self.zone_name = zone_name_of(incident)
        self.zone = zone_of(incident)
        self.is_history = incident.of(Lifecycle).is_history
        self.start = incident.of(Milestones).at("started")

    def day(self, moment: datetime) -> str:
        """``Friday 2026-11-20``."""
        local = moment.astimezone(self.zone)
        return f"{WEEKDAYS[local.weekday()]} {local.date().isoformat()}"

    def stamp(self, moment: datetime | None) -> str:
        """``2026-11-20 14:02``; empty for None."""
        return format_stamp(moment, self.zone) if moment is not None else ""

    def date(self, moment: datetime) -> str:
        """``2026-11-20``."""
        return moment.astimezone(self.zone).date().isoformat()

    def near(self, moment: datetime | None) -> str:
        """``14:02`` on the day of the incident, else with its date; empty for None.

        No day goes without saying where nobody knows when it began, or where it took several.
        """
        if moment is None:
            return ""
        here = self._only_day == self.date(moment)
        return format_when(moment, self.zone) if here else self.stamp(moment)

    def span(self, begin: datetime, end: datetime) -> str:
        """``14:02 to 14:40``, with the days that do not go without saying."""
        near = self.near(begin)
        return near + format_span(begin, end, self.zone).removeprefix(self.stamp(begin))

    @cached_property
    def _only_day(self) -> str:
        """The day of the incident: from its start to its resolution, or to the newest entry."""
        if self.start is None:
            return ""
        over = self._incident.of(Milestones).at("resolved") or self._incident.entries[-1].at
        return self.date(self.start) if self.date(over) == self.date(self.start) else ""

    def due(self, moment: datetime | None, recorded: datetime) -> str:
        """The day of a deadline, with the time where it lay close when it was `recorded`."""
        if moment is None:
            return ""
        if timedelta() <= moment - recorded < _CLOSE:
            return self.stamp(moment)
        return self.date(moment)

    def clock(self, entry: Entry) -> str:
        """``14:02``, or ``14:02 (+11m)`` where it was recorded that much later."""
        return f"{format_when(entry.at, self.zone)} {self.late.get(entry.id, '')}".strip()

    @cached_property
    def late(self) -> dict[str, str]:
        """How late entries are told, by id: what was recorded in one go tells it once.

        All of history was late: there nothing says so.
        """
        return {} if self.is_history else late_marks(in_reading_order(self._incident))
