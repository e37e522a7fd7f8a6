"""Hat times: how long each hat was worn by whom. Who wears which now is in `hats`."""

from collections import Counter
from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.events import Entry, Incident, Projection, projects
from incident_tui.domain.people.hats import HatAssigned, HatNotNeeded, Hats, HatTakenOff
from incident_tui.domain.process.lifecycle import IncidentClosed, Lifecycle, StageReopened


class Span(msgspec.Struct):
    """A hat on a head from `since` to `until`; None while it is still worn."""

    hat: str
    person: str
    since: datetime
    until: datetime | None = None


class HatTimes(Projection):
    """Every time that somebody wore a hat, in the order of the log."""

    spans: list[Span] = []

    def spans_now(self, hat: str) -> list[Span]:
        """The times for which the hat has been worn without a break; none when nobody wears it."""
        return [span for span in self.spans if span.hat == hat and span.until is None]

    def begin(self, hat: str, moment: datetime, person: str) -> None:
        """That person wears the hat from `moment` on.

        Where that is before they last took it off, as a late line may say, it never came off.
        """
        own = [span for span in self.spans if (span.hat, span.person) == (hat, person)]
        if own and own[-1].until is not None and moment <= own[-1].until:
            own[-1].since, own[-1].until = min(own[-1].since, moment), None
        else:
            self.spans.append(Span(hat, person, moment))

    def end(self, hat: str, moment: datetime, person: str = "") -> None:
        """Nobody wears the hat from `moment` on, or that person does not."""
        for span in self.spans_now(hat):
            if person in ("", span.person):
                # A late entry may say that it came off before it was put on: nobody wore it then.
                span.until = max(span.since, moment)

    def worn_for(self, now: datetime) -> dict[str, dict[str, timedelta]]:
        """Hat -> person -> how long they wore it in all, up to `now` or to the close."""
        by_hat: dict[str, dict[str, timedelta]] = {}
        for span in self.spans:
            worn = max((span.until or now) - span.since, timedelta())
            people = by_hat.setdefault(span.hat, {})
            people[span.person] = people.get(span.person, timedelta()) + worn
        return by_hat


class Worn(msgspec.Struct, frozen=True):
    """All that one person did in one hat: when, and how many entries they typed under it.

    `length` is how long in all; None while they still wear it.
    """

    hat: str
    person: str
    spans: tuple[Span, ...]
    entries: int

    @property
    def length(self) -> timedelta | None:
        """How long it was worn in all; None while it still is."""
        lengths = [span.until - span.since for span in self.spans if span.until is not None]
        return sum(lengths, timedelta()) if len(lengths) == len(self.spans) else None


def worn_by_person(incident: Incident) -> list[Worn]:
    """Each hat with each person who acted in it, in the order in which they first put it on.

    A time that ended where it began is none, unless something was typed under it.
    """
    typed = Counter((entry.hat, entry.actor.casefold()) for entry in incident.entries)
    by_wearer: dict[tuple[str, str], list[Span]] = {}
    for span in incident.of(HatTimes).spans:
        by_wearer.setdefault((span.hat, span.person.casefold()), []).append(span)
    worn = []
    for (hat, person), spans in by_wearer.items():
        nonempty = [s for s in spans if s.until is None or s.until > s.since]
        entries = typed[(hat, person)]
        if nonempty or entries:
            worn.append(Worn(hat, spans[0].person, tuple(nonempty or spans), entries))
    return worn


@projects(HatAssigned, HatTimes)
def _assigned(hat_times: HatTimes, event: HatAssigned, entry: Entry) -> None:
    hat = hat_times.incident.playbook.hat(event.hat)
    if all(span.person != event.person for span in hat_times.spans_now(event.hat)):
        if not (hat and hat.several):
            hat_times.end(event.hat, entry.at)
        if not hat_times.incident.of(Lifecycle).closed:
            hat_times.begin(event.hat, entry.at, event.person)


@projects(HatTakenOff, HatTimes)
def _taken_off(hat_times: HatTimes, event: HatTakenOff, entry: Entry) -> None:
    hat_times.end(event.hat, entry.at, event.person)


@projects(HatNotNeeded, HatTimes)
def _not_needed(hat_times: HatTimes, event: HatNotNeeded, entry: Entry) -> None:
    hat_times.end(event.hat, entry.at)


@projects(IncidentClosed, HatTimes)
def _closed(hat_times: HatTimes, event: IncidentClosed, entry: Entry) -> None:
    """Hats stay where they are, but nobody works in them any more."""
    for span in hat_times.spans:
        if span.until is None:
            hat_times.end(span.hat, entry.at)


@projects(StageReopened, HatTimes)
def _reopened(hat_times: HatTimes, event: StageReopened, entry: Entry) -> None:
    """Whoever wore a hat at the close works in it again."""
    for hat, worn in hat_times.incident.of(Hats).worn.items():
        if not hat_times.spans_now(hat):
            for person in worn.people:
                hat_times.begin(hat, entry.at, person)
