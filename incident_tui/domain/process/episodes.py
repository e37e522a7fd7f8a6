"""Episodes: the spans of impact of one incident, from the first user hurt to the last.

An incident that comes back begins another episode. What holds until it is changed (a severity, a
hat, a scope) goes on through them; acts and judgements belong to the one they were made in, and
`present` gives the gates only those.
"""

from datetime import datetime

import msgspec

from incident_tui.domain.core.events import Entry, Incident, Projection, projects
from incident_tui.domain.process.lifecycle import (
    EARLY_REASONS,
    IncidentClosed,
    IncidentDeclared,
    Lifecycle,
    StagePassed,
    StageReopened,
    StatusChanged,
)


class Episode(msgspec.Struct):
    """One span of impact, as the states of the log tell it.

    `begun` is the entry that began it, from which acts and judgements are its own; `renews` whether
    the gates want them anew, which a version before did not ask for.
    """

    number: int
    begun: Entry
    begun_at: datetime
    renews: bool = False
    stopped_at: datetime | None = None
    """When its impact stopped, by a state, a passed stage or the close; None while it goes on."""
    over_at: datetime | None = None
    """When it was not only stopped but over: nobody was owed anything any more."""
    closed_early: bool = False
    """Only closing the incident early stopped it: how long users were affected, nobody said."""


class Episodes(Projection):
    """Every episode, oldest first; none before the incident is declared."""

    items: list[Episode] = []

    @property
    def present(self) -> Episode | None:
        """The newest episode."""
        return self.items[-1] if self.items else None

    @property
    def anew_at(self) -> datetime | None:
        """When the newest episode began, where the one before it had been over."""
        return self.items[-1].begun_at if len(self.items) > 1 and self.items[-2].over_at else None

    def of_entry(self, entry: Entry) -> int:
        """The number of the episode that an entry belongs to, by its place and its time."""
        place = self.incident.number(entry.id)
        own = [
            item.number
            for item in self.items
            if self.incident.number(item.begun.id) <= place and item.begun_at <= entry.at
        ]
        return max(own, default=1)


def held_since(incident: Incident, entry: Entry | None) -> str:
    """``since episode 1``: from which earlier one a fact holds that this one did not say again."""
    present = incident.of(Episodes).present
    number = incident.of(Episodes).of_entry(entry) if entry else 0
    return f"since episode {number}" if entry and present and number < present.number else ""


@projects(IncidentDeclared, Episodes)
def _declared(episodes: Episodes, event: IncidentDeclared, entry: Entry) -> None:
    _follow(episodes, entry)


@projects(StagePassed, Episodes)
def _passed(episodes: Episodes, event: StagePassed, entry: Entry) -> None:
    _follow(episodes, entry)


@projects(IncidentClosed, Episodes)
def _closed(episodes: Episodes, event: IncidentClosed, entry: Entry) -> None:
    present = episodes.present
    went_on = present is not None and present.stopped_at is None
    _follow(episodes, entry)
    if present is not None and went_on:
        present.closed_early = event.reason in EARLY_REASONS


@projects(StageReopened, Episodes)
def _reopened(episodes: Episodes, event: StageReopened, entry: Entry) -> None:
    _follow(episodes, entry, renews=bool(event.status))


@projects(StatusChanged, Episodes)
def _status(episodes: Episodes, event: StatusChanged, entry: Entry) -> None:
    present = episodes.present
    again = event.status == event.before == "active" and present is not None and present.number > 1
    if again and present is not None and entry.at < present.begun_at:
        present.begun_at = entry.at  # with the time at which it really came back
    _follow(episodes, entry, renews=event.recurs)


def _follow(episodes: Episodes, entry: Entry, *, renews: bool = False) -> None:
    """Take in the state after an entry: the impact goes on, has stopped, or is back."""
    lifecycle = episodes.incident.of(Lifecycle)
    active = lifecycle.status == "active"
    present = episodes.present
    if present is None or (active and present.stopped_at is not None):
        number = len(episodes.items) + 1
        episodes.items.append(Episode(number, entry, entry.at, renews and number > 1))
    elif not active and present.stopped_at is None:
        present.stopped_at = entry.at
    if present is not None and present is episodes.present and not lifecycle.unresolved:
        present.over_at = present.over_at or entry.at


def present(incident: Incident) -> Incident:
    """The incident as its gates read it: acts and judgements of earlier episodes left out."""
    episode = incident.whole.of(Episodes).present
    if episode is None or not episode.renews:
        return incident
    return incident.whole.since(incident.whole.number(episode.begun.id), episode.begun_at)
