"""Status updates: what users and stakeholders are told, and when the next word is due."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    time_refused,
)
from incident_tui.domain.core.events import (
    Emphasis,
    Entry,
    Event,
    Incident,
    Moment,
    Reference,
    Words,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import format_duration, parse_duration


class UpdatePosted(Event, frozen=True, tag="update.posted"):
    """A status update went out. `form` is initial, update or resolution."""

    kind: ClassVar[str] = "update"
    act: ClassVar[bool] = True
    in_documents: ClassVar[bool] = True
    emphasis: ClassVar[Emphasis] = "strong"
    in_story: ClassVar[bool] = True
    text: Words
    form: Reference = "update"
    next_at: Moment | None = None


class CadenceSet(Event, frozen=True, tag="cadence.set"):
    """The longest time between updates, in seconds, was agreed."""

    kind: ClassVar[str] = "cadence"
    seconds: int

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The interval."""
        return f"an update every {format_duration(timedelta(seconds=self.seconds))}"


class UpdateSnoozed(Event, frozen=True, tag="update.snoozed"):
    """The next update was put off, with the reason."""

    kind: ClassVar[str] = "snoozed"
    until: Moment
    text: Words


class Update(NumberedItem, kw_only=True):
    """One update in the log."""

    form: str
    next_at: datetime | None


class Updates(NumberedProjection[Update]):
    """Every update, and when the next is due."""

    what = "update"
    first = ("post one", "/update … next:+30m")

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.cadence: timedelta | None = None
        self.promised: datetime | None = None
        """When the next word was promised, by an update or a snooze."""

    @property
    def interval(self) -> timedelta | None:
        """The agreed interval, else that of the severity; None for as agreed."""
        if self.cadence is not None:
            return self.cadence
        severity = self.incident.of(SeverityState).severity
        if severity is None or not severity.update_every:
            return None
        return parse_duration(severity.update_every)

    @property
    def next_due(self) -> datetime | None:
        """When the next update is due; None once resolved or where none is owed."""
        lifecycle = self.incident.of(Lifecycle)
        if not lifecycle.unresolved or lifecycle.declared_at is None:
            return None
        if self.promised is not None:
            return self.promised
        last = self.items[-1].entry.at if self.items else lifecycle.declared_at
        episode = self.incident.of(Episodes).present
        if episode is not None and episode.number > 1:
            last = max(last, episode.begun_at)  # between two episodes none was owed
        return last + self.interval if self.interval else None


@projects(UpdatePosted, Updates)
def _posted(updates: Updates, event: UpdatePosted, entry: Entry) -> None:
    updates.add(Update(entry, event.text, form=event.form, next_at=event.next_at))
    updates.promised = event.next_at


@projects(CadenceSet, Updates)
def _cadence(updates: Updates, event: CadenceSet, entry: Entry) -> None:
    updates.cadence = timedelta(seconds=event.seconds)


@projects(UpdateSnoozed, Updates)
def _snoozed(updates: Updates, event: UpdateSnoozed, entry: Entry) -> None:
    updates.promised = event.until


@command("/cadence DURATION", help="agree on the interval of updates", example="/cadence 20m")
def set_cadence(context: CommandContext, duration: str) -> Planned:
    """The longest time between two updates."""
    with time_refused(f"the interval {duration!r}"):
        interval = parse_duration(duration)
    return CadenceSet(seconds=int(interval.total_seconds()))


def _no_update_owed(incident: Incident) -> str | None:
    owed = incident.of(Updates).next_due is not None
    return None if owed else "no update is owed, so there is nothing to put off"


@command(
    "/snooze DURATION WHY",
    help="put the next update off, with a reason",
    example="/snooze 10m on the phone with the provider",
    possible=_no_update_owed,
)
def snooze(context: CommandContext, duration: str, why: str) -> Planned:
    """The next update is due that much later than now."""
    with time_refused(f"the delay {duration!r}"):
        delay = parse_duration(duration)
    if reason := _no_update_owed(context.incident):
        raise Refused(reason)
    return UpdateSnoozed(until=context.now + delay, text=why)


def usual_next(incident: Incident) -> str:
    """When the next update would come, as it is typed: the interval, or half an hour; else empty.

    Once the incident is resolved no further one is owed.
    """
    if not incident.of(Lifecycle).unresolved:
        return ""
    interval = incident.of(Updates).interval or timedelta(minutes=30)
    return f"+{int(interval.total_seconds() // 60)}m"


@completes("next")
def _next(incident: Incident) -> list[tuple[str, str]]:
    return [(usual_next(incident) or "+30m", "the interval of this severity")]


@completes("DURATION")
def _durations(incident: Incident) -> list[tuple[str, str]]:
    return [("10m", ""), ("20m", ""), ("30m", ""), ("1h", "")]


@check("updates.posted", title="users and stakeholders were told")
def posted(incident: Incident) -> Missing | None:
    """At least one update went out."""
    if incident.of(Updates).items:
        return None
    return Missing("no status update was posted", "/update … next:+30m")


@check("updates.resolution", title="users and stakeholders were told that it is over")
def resolution_posted(incident: Incident) -> Missing | None:
    """An update went out after the state became resolved."""
    if any(item.form == "resolution" for item in incident.of(Updates).items):
        return None
    if incident.of(Lifecycle).unresolved:
        return Missing("the incident is not resolved yet", "/state resolved")
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
    """When the next update is due, in UTC."""
    due = incident.of(Updates).next_due
    return f"{due.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if due else ""


@check("updates.cadence", title="it is agreed how often people hear from us")
def has_cadence(incident: Incident) -> Missing | None:
    """The severity or an agreement says when the next update is due."""
    if incident.of(Updates).interval is not None:
        return None
    return Missing("nobody agreed on an interval of updates", "/cadence 1h")


@flag("updates.no-next", why="Whoever is told no time has to ask.", worst=47)
def without_next(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The newest update names no time for the next one, and the incident goes on."""
    items = incident.of(Updates).items
    if not items or not incident.of(Lifecycle).unresolved or items[-1].next_at is not None:
        return None
    return Raised(
        "The last update does not say when the next one comes.",
        items[-1].entry.recorded_at,
        "/update … next:+30m",
    )


@flag("updates.overdue", why="Silence makes people ask, and asking stops the work.", worst=100)
def overdue(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The time that was promised, or that the severity demands, has passed."""
    due = incident.of(Updates).next_due
    if due is None or now < due:
        return None
    late = format_duration(now - due)
    return Raised(f"The status update is overdue by {late}.", due, "/update … next:+30m")


@flag("updates.none", why="Whoever hears nothing asks, or tells others what they guess.", worst=54)
def nobody_told(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """For `minutes` nobody was told, and no severity or agreement says when an update is due."""
    updates, lifecycle = incident.of(Updates), incident.of(Lifecycle)
    if updates.items or updates.next_due or incident.of(SeverityState).level:
        return None
    if lifecycle.declared_at is None or not lifecycle.unresolved:
        return None
    due = lifecycle.declared_at + timedelta(minutes=minutes)
    if now < due:
        return None
    return Raised("Nobody outside has been told of it yet.", due, "/update … next:+30m")
