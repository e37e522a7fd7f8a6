"""Alerts of monitoring become incidents: one for each alert, and no second one while it is active.

Which messages there are is intake's business. An alert is known again by its fingerprint, which
stands in the source of what it records.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Event, Incident
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.readings import ReadingTaken
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.impact.impact import ImpactSet, ScopeSet
from incident_tui.domain.values.calendar import moments_at
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import format_exact, iso, zone_named
from incident_tui.intake.containers.alerts import Alert, alerts_in, says_that_nothing_fires
from incident_tui.intake.containers.items import stamp_of
from incident_tui.intake.times.dates import Day
from incident_tui.intake.times.stamps import Stamp
from incident_tui.service.home_service import Declaration, Service
from incident_tui.service.session.incident_session import IncidentSession

_PLACES = ("region", "zone", "cluster", "namespace", "host", "node", "instance")


class TakenIn(msgspec.Struct, frozen=True):
    """What became of one alert: its incident, whether that is new, how many entries it got."""

    session: IncidentSession
    title: str
    declared: bool
    recorded: int


def alerts_of(text: str) -> list[Alert]:
    """The alerts of a message; none where it lists what fires and nothing does.

    Raises `Refused` where the text is no message that is understood.
    """
    try:
        messages = _messages(text)
    except (ValueError, RecursionError):
        messages = None
    alerts = alerts_in(messages)
    if not alerts and not says_that_nothing_fires(messages):
        raise Refused(
            "this is no alert: the JSON of a webhook of Alertmanager or PagerDuty is understood"
        )
    return alerts


def _messages(text: str) -> object:
    """A message, or one in each line as receivers keep them. Raises `ValueError`."""
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def take_in(service: Service, alerts: list[Alert], wanted: Declaration) -> Iterator[TakenIn]:
    """Record each alert in the active incident that it belongs to, or in a new one.

    `wanted` says how incidents are declared; an empty title stands for the alert's. An alert that
    has ended and that nobody recorded declares nothing. Raises what declaring and recording raise.
    """
    for alert in alerts:
        source = f"alert:{clean_line(alert.fingerprint)}"
        there = _session_of(service, source)
        if there is None and alert.ends is not None:
            continue
        span = _span(alert, service.world.clock())
        declared = there is None
        session = there or _declare(service, alert, span.starts, wanted)
        recorded = _record(session, alert, source, span)
        yield TakenIn(session, clean_line(alert.title), declared, recorded)


def _session_of(service: Service, source: str) -> IncidentSession | None:
    for incident_id in service.active():
        session = service.open(incident_id)
        if any(entry.source == source for entry in session.incident.recorded):
            return session
    return None


def _declare(
    service: Service, alert: Alert, starts: datetime | None, wanted: Declaration
) -> IncidentSession:
    at = format_exact(starts, zone_named("UTC")) if starts is not None else wanted.at
    title = wanted.title or alert.title
    return service.declare(msgspec.structs.replace(wanted, title=title, at=at))


class _Span(msgspec.Struct, frozen=True):
    """When an alert began and ended; None stands for now, and `doubt` says why it is not known."""

    starts: datetime | None
    ends: datetime | None
    doubt: str = ""


def _span(alert: Alert, now: datetime) -> _Span:
    """The moments of an alert, as far as they can be true: the clocks of others may go wrong."""
    starts, ends = _moment(alert.starts), _moment(alert.ends)
    doubt = "" if starts is not None else f'its start "{clean_line(str(alert.starts))}" is no time'
    if starts is not None and starts > now:
        starts, doubt = None, f"its start {iso(starts)} lies ahead"
    if ends is not None and (ends > now or (starts is not None and ends < starts)):
        ends = None
    return _Span(starts, ends, doubt)


def _record(session: IncidentSession, alert: Alert, source: str, span: _Span) -> int:
    """Record what the incident does not know of the alert yet; how many entries that were."""
    recorded: list[PendingEvent] = []

    def drafts(incident: Incident) -> list[PendingEvent]:
        known: set[tuple[datetime | None, str, str]] = {
            (entry.at, _sameness(entry.event), entry.source) for entry in incident.recorded
        }
        known |= {(None, sameness, of) for _, sameness, of in known}
        pending = list(_events(alert, source, span, first=not _knows(incident, source)))
        recorded.extend(
            each for each in pending if (each.at, _sameness(each.event), each.source) not in known
        )
        return recorded

    session.record(drafts)
    return len(recorded)


def _sameness(event: Event) -> str:
    """What makes an event the same again: the first signal is a milestone, later ones are facts."""
    return str(getattr(event, "text", "") or event.kind)


def _knows(incident: Incident, source: str) -> bool:
    return any(entry.source == source for entry in incident.recorded)


def _events(alert: Alert, source: str, span: _Span, *, first: bool) -> Iterator[PendingEvent]:
    title, starts = clean_line(alert.title), span.starts
    fires = f"{title} fires ({span.doubt})" if span.doubt else f"{title} fires"
    signal = MilestoneReached(name="detected", text=fires) if first else FactRecorded(text=fires)
    yield PendingEvent(signal, starts, source)
    if first:
        if alert.source:
            yield PendingEvent(FactRecorded(text=f"{title}: {alert.source}"), starts, alert.source)
        yield from (PendingEvent(event, starts, source) for event in _scope(alert.labels))
    if alert.ends is not None:
        reading = ReadingTaken(name=title, before="firing", after="resolved")
        yield PendingEvent(reading, span.ends, source)


def _scope(labels: dict[str, str]) -> Iterator[Event]:
    """What the labels say of services and of where the fault lies."""
    services = [clean_line(labels[name]) for name in ("service", "job", "app") if name in labels]
    if services:
        yield ImpactSet(field="services", text=services[0])
    places = [f"{name} {clean_line(labels[name])}" for name in _PLACES if name in labels]
    if places:
        yield ScopeSet(row="fault-domain", text=", ".join(places))


def _moment(when: object) -> datetime | None:
    """The moment that an alert names; None where it names none."""
    stamp = stamp_of(when)
    if not isinstance(stamp, Stamp) or stamp.clock is None or not isinstance(stamp.day, Day):
        return None
    day = stamp.day.on(None)
    if day is None:
        return None
    zone = stamp.zone.rules if stamp.zone is not None else UTC
    return next(iter(moments_at(datetime.combine(day, stamp.clock), zone)), None)
