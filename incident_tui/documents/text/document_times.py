"""Moments as documents write them: in the incident's zone, in English on every machine."""

from datetime import datetime, timedelta, tzinfo

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.timeline import lateness
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.calendar import MONTHS, WEEKDAYS
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_when,
    zone_named,
)

_CLOSE = timedelta(days=2)


class Moments:
    """How the moments of one incident are written."""

    def __init__(self, incident: Incident) -> None:
        lifecycle = incident.of(Lifecycle)
        self.zone_name = lifecycle.declared.zone if lifecycle.declared else "UTC"
        try:
            self.zone: tzinfo = zone_named(self.zone_name)
        except WhenError:
            # A zone that this machine does not know must not keep the documents from being made.
            self.zone_name, self.zone = "UTC", zone_named("UTC")
        self.start = incident.of(Milestones).at("started")

    def day(self, moment: datetime) -> str:
        """``Friday 20 November 2026``."""
        local = moment.astimezone(self.zone)
        return f"{WEEKDAYS[local.weekday()]} {self._date(local)}"

    def stamp(self, moment: datetime | None) -> str:
        """``20 November 2026, 14:02``; empty for None."""
        if moment is None:
            return ""
        local = moment.astimezone(self.zone)
        return f"{self._date(local)}, {local:%H:%M}"

    def near(self, moment: datetime | None) -> str:
        """``14:02``, with the date where it is not the day the incident began; empty for None."""
        if moment is None:
            return ""
        return format_when(moment, self.zone, reference=self.start or moment)

    def due(self, moment: datetime | None, recorded: datetime) -> str:
        """The day of a deadline, with the time where it lay close when it was `recorded`."""
        if moment is None:
            return ""
        if moment - recorded < _CLOSE:
            return self.stamp(moment)
        return self._date(moment.astimezone(self.zone))

    def clock(self, entry: Entry) -> str:
        """``14:02``, or ``14:02 (+11m)`` where it was recorded that much later."""
        return f"{format_when(entry.at, self.zone)} {lateness(entry)}".strip()

    def _date(self, local: datetime) -> str:
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
