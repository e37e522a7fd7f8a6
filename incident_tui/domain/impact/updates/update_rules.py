"""What gates ask of status updates, what documents say of them, and when they are overdue."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates, usual_next
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.field_text import Row, Rows
from incident_tui.domain.values.time_grammar import format_duration, format_stamp


def _line(incident: Incident, audience: str = "") -> str:
    """The line that posts one, with a time that is allowed."""
    after = usual_next(incident)
    line = f'/update … audience:"{audience}"' if audience else "/update …"
    return f"{line} next:{after}" if after else line


@source("updates.by-audience")
def by_audience(incident: Incident) -> Rows:
    """What each audience was told last, and when it was promised to hear more."""
    updates = incident.of(Updates)
    zone, back_at = zone_of(incident), incident.of(Episodes).anew_at
    rows = []
    for audience in ("", *updates.audiences.values()):
        own = [item for item in updates.items if item.audience.casefold() == audience.casefold()]
        if own:
            last = own[-1]
            if last.next_at:
                then = format_stamp(last.next_at, zone)
            elif back_at is not None and last.entry.at < back_at:
                then = f"nothing since it came back at {format_stamp(back_at, zone)}"
            else:
                then = "no more, it was the last"
            cells = (audience or "everybody", last.text, then)
            text = f"{cells[0]}: {last.text} (hears more: {then})"
            rows.append(Row(cells, text, heads=("Audience", "Was told", "Hears more")))
    return rows


@check("updates.each-audience", title="each audience that is named was told")
def each_updated(incident: Incident, field: str = "audience") -> Missing | None:
    """Each item of that field of a document got an update, of its own or with everybody."""
    typed = [
        value
        for stage in incident.playbook.stages
        for value in incident.of(Artifacts).values(stage)
        if value.field.id == field
    ]
    named = [item for value in typed for item in (value.items or value.text.splitlines())]
    updates = incident.of(Updates)
    if not updates.items:
        return Missing("nobody was told anything", _line(incident))
    left = [name for name in named if not updates.for_audience(name)]
    return Missing(f"nobody told {', '.join(left)}", _line(incident, left[0])) if left else None


@check("updates.posted", title="users and stakeholders were told")
def posted(incident: Incident) -> Missing | None:
    """At least one update went out."""
    return Missing("no status update was posted", _line(incident)).unless(
        incident.of(Updates).items
    )


@check("updates.resolution", title="users and stakeholders were told that it is over")
def resolution_posted(incident: Incident) -> Missing | None:
    """An update went out after the state became resolved."""
    if any(item.form == "resolution" for item in incident.of(Updates).items):
        return None
    if incident.of(Lifecycle).unresolved:
        return Missing("the incident is not resolved yet", "/state resolved …")
    return Missing("nobody was told that it is over", "/update …")


@source("updates.latest")
def latest(incident: Incident) -> str:
    """The text of the newest update."""
    items = incident.of(Updates).items
    return items[-1].text if items else ""


@source("updates.interval")
def interval_text(incident: Incident) -> str:
    """How often an update is owed; empty while it is neither agreed nor given by the severity."""
    interval = incident.of(Updates).interval
    return f"every {format_duration(interval)}" if interval else ""


@source("updates.next")
def next_text(incident: Incident) -> str:
    """When the next update is due, in the zone of the incident."""
    due = incident.of(Updates).next_due
    return format_stamp(due, zone_of(incident)) if due is not None else ""


@check("updates.cadence", title="it is agreed how often people hear from us")
def has_cadence(incident: Incident) -> Missing | None:
    """The severity or an agreement says when the next update is due."""
    return Missing("nobody agreed on an interval of updates", "/cadence …").unless(
        incident.of(Updates).interval is not None
    )


@flag("updates.no-next", why="Whoever is told no time has to ask.", worst=47)
def without_next(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The newest update names no time for the next one, and the incident goes on."""
    items = incident.of(Updates).items
    if not items or not incident.of(Lifecycle).unresolved or items[-1].next_at is not None:
        return None
    return Raised(
        "The last update does not say when the next one comes.",
        items[-1].entry.recorded_at,
        _line(incident),
    )


@flag("updates.overdue", why="Silence makes people ask, and asking stops the work.", worst=100)
def overdue(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The time that was promised, or that the severity demands, has passed."""
    updates = incident.of(Updates)
    due = updates.next_due
    if due is None or now < due:
        return None
    audience = next(whom for whom, when in updates.owed if when == due)
    whom = f" for {audience}" if audience else ""
    late = format_duration(now - due)
    return Raised(f"The status update{whom} is overdue by {late}.", due, _line(incident, audience))


@flag("updates.none", why="Whoever hears nothing asks, or tells others what they guess.", worst=54)
def no_update(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """For `minutes` nobody was told, and no severity or agreement says when an update is due."""
    updates, lifecycle = incident.of(Updates), incident.of(Lifecycle)
    if updates.items or updates.next_due or incident.of(SeverityState).level:
        return None
    if lifecycle.declared_at is None or not lifecycle.unresolved:
        return None
    due = lifecycle.declared_at + timedelta(minutes=minutes)
    return Raised("Nobody outside has been told of it yet.", due, _line(incident)).once_due(now)
