"""What an incident still owes, as a calendar: its postmortem, its action items, the next update."""

from collections.abc import Iterator
from datetime import date, datetime

from incident_tui.documents.text.calendar_file import Due, calendar
from incident_tui.domain.core.events import Incident
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.learning.actions import SETTLED, Actions
from incident_tui.domain.learning.postmortem import due_at
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.time_grammar import END_OF_DAY
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> str:
    """The calendar; without anything due it is one without entries."""
    return calendar(_dues(exported), exported.now)


def _dues(exported: Exported) -> Iterator[Due]:
    incident, id_, title = exported.incident, exported.data["id"], exported.data["title"]
    closed = incident.of(Lifecycle).status == "closed"
    if not closed and (next_due := incident.of(Updates).next_due):
        yield Due(f"{id_}-update@incident-tui", next_due, f"Next update: {title}")
    if not closed and (deadline := due_at(incident)):
        yield Due(f"{id_}-postmortem@incident-tui", deadline, f"Postmortem due: {title}")
    for item in incident.of(Actions).items:
        if item.due and item.status not in SETTLED:
            owner = f" ({item.owner})" if item.owner else ""
            seen = f"\nSeen by: {item.verify}" if item.verify else ""
            yield Due(
                f"{id_}-action-{item.number}@incident-tui",
                _day_or_moment(item.due, incident),
                f"{item.text}{owner}",
                f"Action item {item.number} of {title}{seen}",
            )


def _day_or_moment(due: datetime, incident: Incident) -> datetime | date:
    """The day in the zone of the incident, where only a day was named."""
    local = due.astimezone(zone_of(incident))
    return local.date() if local.time() == END_OF_DAY else due
