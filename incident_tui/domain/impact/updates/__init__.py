"""Status updates: what users and stakeholders are told, and when the next word is due.

What gates, documents and flags say of them is in `update_rules`.
"""

from datetime import datetime, timedelta

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    time_refused,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Moment,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.lifecycle import Lifecycle, zone_of
from incident_tui.domain.values.time_grammar import (
    format_duration,
    format_when,
    parse_duration,
)


@facts(
    kind="update",
    lead="people were told",
    act=True,
    in_documents=True,
    emphasis="strong",
    in_story=True,
)
class UpdatePosted(Event, frozen=True, tag="update.posted"):
    """A status update went out. `form` is initial, update or resolution."""

    text: Words
    form: Reference = "update"
    next_at: Moment | None = None
    why: Words = ""
    """Why the next one comes later than the severity or the agreement allows."""
    audience: Words = ""
    """Who alone it is for; empty for everybody."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Whom it is for, the text, and why the next one is late."""
        text = f"for {self.audience}: {self.text}" if self.audience else self.text
        return f"{text} (next one later than allowed: {self.why})" if self.why else text


@facts(kind="cadence", while_open=True)
class CadenceSet(Event, frozen=True, tag="cadence.set"):
    """The longest time between updates, in seconds, was agreed."""

    seconds: int
    why: Words = ""
    """Why it is longer than the severity allows."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The interval, and why it is so long."""
        text = f"an update every {format_duration(timedelta(seconds=self.seconds))}"
        return f"{text}, longer than allowed: {self.why}" if self.why else text


@facts(kind="snoozed")
class UpdateSnoozed(Event, frozen=True, tag="update.snoozed"):
    """The next update was put off, with the reason."""

    until: Moment
    text: Words
    seconds: int = 0
    """For how long, from the moment of recording; versions before left that to `until`."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """For how long, when it is due then, and why."""
        length = timedelta(seconds=self.seconds) or self.until - entry.at
        due = format_when(self.until, zone_of(incident), reference=entry.at)
        return f"for {format_duration(length)}, due at {due}: {self.text}"


class Update(NumberedItem, kw_only=True):
    """One update in the log."""

    form: str
    next_at: datetime | None
    why: str = ""
    audience: str = ""
    owed_at: datetime | None = None
    """By when it was owed; None where no update was."""


class Updates(NumberedProjection[Update]):
    """Every update, and when the next is due."""

    what = "update"
    first = ("post one", "/update … next:+30m")

    agreed: Entry | None = None
    words: dict[str, Entry] = {}
    """Audience in lower case, empty for everybody -> the newest update or snooze for it alone,
    by the time it was given: it promises the next word."""
    audiences: dict[str, str] = {}
    """Audience in lower case -> as it was typed first; those that updates were written for."""
    put_off: dict[str, datetime] = {}
    """Audience in lower case -> until when the newest snooze put off what it was owed."""
    posted_at: dict[str, datetime] = {}
    """Audience in lower case, empty for everybody -> its newest update, for it alone."""

    @property
    def cadence(self) -> timedelta | None:
        """The agreed interval."""
        event = self.agreed.event if self.agreed else None
        return timedelta(seconds=event.seconds) if isinstance(event, CadenceSet) else None

    @property
    def allowed(self) -> timedelta | None:
        """The longest interval that the present severity allows; None for as agreed."""
        severity = self.incident.of(SeverityState).severity
        if severity is None or not severity.update_every:
            return None
        return parse_duration(severity.update_every)

    @property
    def interval(self) -> timedelta | None:
        """The longest time between two updates: agreed or allowed, whichever is shorter.

        An agreement that states why it goes beyond holds until the severity is raised.
        """
        if self.cadence is None or self.allowed is None:
            return self.cadence or self.allowed
        return self.cadence if self._stands(self.agreed) else min(self.cadence, self.allowed)

    def word(self, audience: str = "") -> Entry | None:
        """The newest word that an audience was given, with everybody or alone.

        What was promised before it was over ended with that episode.
        """
        given = [self.words[key] for key in {"", audience.casefold()} if key in self.words]
        newest = max(given, key=lambda entry: (entry.at, entry.order), default=None)
        anew = self.incident.of(Episodes).anew_at
        return None if newest and anew and newest.at < anew else newest

    def promised(self, audience: str = "") -> datetime | None:
        """When an audience was promised the next word, by the newest update or snooze."""
        word = self.word(audience)
        event = word.event if word else None
        if isinstance(event, UpdateSnoozed):
            return self.put_off.get(audience.casefold(), event.until)
        return event.next_at if isinstance(event, UpdatePosted) else None

    @property
    def next_due(self) -> datetime | None:
        """When the next update is due; None once resolved or where none is owed."""
        return self.owed_at if self.incident.of(Lifecycle).unresolved else None

    @property
    def owed_at(self) -> datetime | None:
        """When the next update is due, or would have been had the incident gone on."""
        return min((due for _, due in self.owed), default=None)

    @property
    def owed(self) -> list[tuple[str, datetime]]:
        """Each audience that an update is owed to, or would be had the incident gone on, and when.

        The empty one is everybody: until somebody was addressed alone, and after any update to
        everybody, since whoever is not named hears of none that is for others.
        """
        named = list(self.audiences.values())
        everybody = not named or "" in self.posted_at
        wanted = [*([""] if everybody else []), *named]
        return [(who, due) for who in wanted if (due := self.owed_to(who)) is not None]

    def owed_to(self, audience: str) -> datetime | None:
        """When an audience is owed the next word, or would be had the incident gone on.

        The earliest of what was promised, agreed, and allowed by the present severity; a promise
        with a stated reason, or a snooze, stands until the severity is raised.
        """
        declared_at = self.incident.of(Lifecycle).declared_at
        if declared_at is None:
            return None
        latest = self._since(declared_at, audience) + self.interval if self.interval else None
        promised = self.promised(audience)
        if promised is None or latest is None:
            return promised or latest
        return promised if self._stands(self.word(audience)) else min(promised, latest)

    def for_audience(self, audience: str) -> list[Update]:
        """The updates that an audience was given, with everybody or alone."""
        keys = ("", audience.casefold())
        return [item for item in self.items if item.audience.casefold() in keys]

    def _since(self, declared_at: datetime, audience: str) -> datetime:
        """From when the interval counts: the last update, or what shortened it since."""
        given = [self.posted_at[key] for key in {"", audience.casefold()} if key in self.posted_at]
        last = max(given, default=declared_at)
        episode = self.incident.of(Episodes).present
        if episode is not None and episode.number > 1:
            last = max(last, episode.begun_at)  # between two episodes none was owed
        raised = self.incident.of(SeverityState).raised
        return max(last, raised.at) if raised is not None else last

    def _stands(self, entry: Entry | None) -> bool:
        """Whether this went beyond the interval for a stated reason, and no raise came since."""
        if entry is None:
            return False
        reason = isinstance(entry.event, UpdateSnoozed) or bool(getattr(entry.event, "why", ""))
        raised = self.incident.of(SeverityState).raised
        return reason and (raised is None or raised.at <= entry.at)


def _speak(updates: Updates, entry: Entry, audience: str = "") -> None:
    """Take the word that was given last; one that is recorded late does not undo a later one."""
    before = updates.words.get(audience.casefold())
    if before is None or before.at <= entry.at:
        updates.words[audience.casefold()] = entry


@projects(UpdatePosted, Updates)
def _posted(updates: Updates, event: UpdatePosted, entry: Entry) -> None:
    # by what was said before this one
    owed_at = updates.owed_to(event.audience) if event.audience else updates.owed_at
    update = Update(
        entry, event.text, form=event.form, next_at=event.next_at, why=event.why,
        audience=event.audience,
    )  # fmt: skip
    updates.add(update).owed_at = owed_at
    alone = event.audience.casefold()
    updates.posted_at[alone] = max(entry.at, updates.posted_at.get(alone, entry.at))
    if event.audience:
        updates.audiences.setdefault(event.audience.casefold(), event.audience)
    _speak(updates, entry, event.audience)


@projects(CadenceSet, Updates)
def _cadence(updates: Updates, event: CadenceSet, entry: Entry) -> None:
    updates.agreed = entry


@projects(UpdateSnoozed, Updates)
def _snoozed(updates: Updates, event: UpdateSnoozed, entry: Entry) -> None:
    owed = {audience.casefold(): max(due, event.until) for audience, due in updates.owed}
    _speak(updates, entry)
    if updates.words[""] is entry:
        updates.put_off = owed


def limit_text(incident: Incident) -> str:
    """What bounds the time between two updates, as a sentence begins."""
    updates = incident.of(Updates)
    interval = updates.interval
    if interval is None:
        return ""
    if interval == updates.allowed:
        return f"{incident.of(SeverityState).level} allows {format_duration(interval)} at most"
    return f"an update every {format_duration(interval)} was agreed"


@command(
    "/cadence DURATION [why:TEXT]",
    help="agree on the interval of updates; why: where it is longer than the severity allows",
    example="/cadence 20m",
    words=("interval", "frequency"),
)
def set_cadence(context: CommandContext, duration: str, why: str = "") -> Planned:
    """The longest time between two updates.

    `Refused` when it is longer than the severity allows.
    """
    with time_refused("the interval", duration):
        interval = parse_duration(duration)
    allowed = context.incident.of(Updates).allowed
    beyond = allowed is not None and interval > allowed
    if beyond and allowed is not None and not why:
        level = context.incident.of(SeverityState).level
        raise Refused(
            f"{format_duration(interval)} is too long: "
            f"{level} allows {format_duration(allowed)} at most between two updates",
            [
                ("agree on what it allows", f"/cadence {span_text(allowed)}"),
                ("or say why it may be longer", f'/cadence {duration} why:"…"'),
            ],
        )
    return CadenceSet(seconds=int(interval.total_seconds()), why=why if beyond else "")


def _no_update_owed(incident: Incident) -> str | None:
    owed = incident.of(Updates).next_due is not None
    return None if owed else "no update is owed, so there is nothing to put off"


@command(
    "/snooze DURATION WHY",
    help="put the next update off, with a reason",
    example="/snooze 10m on the phone with the provider",
    words=("delay", "postpone"),
    possible=_no_update_owed,
)
def snooze(context: CommandContext, duration: str, why: str) -> Planned:
    """The next update is due that much later than now, and no earlier than it was.

    `Refused` when no update is owed.
    """
    with time_refused("the delay", duration):
        delay = parse_duration(duration)
    due = context.incident.of(Updates).next_due
    if due is None:
        raise Refused(_no_update_owed(context.incident) or "")
    until = max(due, context.now + delay)
    return UpdateSnoozed(until=until, text=why, seconds=int(delay.total_seconds()))


def span_text(span: timedelta) -> str:
    """A span as it is typed, in the largest unit that measures it: ``90s``, ``30m``, ``2h``."""
    seconds = int(span.total_seconds())
    for unit, size in (("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def usual_next(incident: Incident) -> str:
    """When the next update would come, as it is typed: the interval, or half an hour; else empty.

    Once the incident is resolved no further one is owed.
    """
    if not incident.of(Lifecycle).unresolved:
        return ""
    interval = incident.of(Updates).interval or timedelta(minutes=30)
    if interval < timedelta(minutes=1):
        return f"+{span_text(interval)}"
    return f"+{int(interval.total_seconds() // 60)}m"


@completes("next")
def _next(incident: Incident) -> list[tuple[str, str]]:
    return [(usual_next(incident) or "+30m", "the interval of this severity")]


@completes("DURATION")
def _durations(incident: Incident) -> list[tuple[str, str]]:
    return [("10m", ""), ("20m", ""), ("30m", ""), ("1h", "")]
