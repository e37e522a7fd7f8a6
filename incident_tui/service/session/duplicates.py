"""Links between an incident that is closed as a duplicate and the one that covers it.

The closed one names the other in its words. Here the other is told, so that both lead to each
other.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.process.duplicates import COVERED, DuplicateNoted
from incident_tui.domain.process.lifecycle import IncidentClosed, StageReopened
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.store.files.errors import StoreError


class Linked(Protocol):
    """What is needed here of an open incident."""

    incident: Incident

    @property
    def id(self) -> str:
        """The id of the incident."""

    def record(self, drafts: Callable[[Incident], Sequence[PendingEvent]], /) -> object:
        """Record events for which no line was typed. Raises `StoreError`."""


class DuplicateLinks:
    """Tells the incident that covers another one of its closing, and of its reopening.

    `names` gives the ids of the home, `open_incident` opens one of them.
    """

    def __init__(
        self,
        names: Callable[[], Collection[str]],
        open_incident: Callable[[str], Linked],
    ) -> None:
        self._names = names
        self._open = open_incident

    def follow(self, session: Linked, entries: Sequence[Entry]) -> None:
        """Tell whoever covers the incident what these entries, which were just recorded, say of it.

        Nothing is told where others may not know of either of the two. One that cannot be written
        to goes without: the closed incident names it all the same.
        """
        for entry in entries:
            if isinstance(entry.event, IncidentClosed):
                self._tell(session, entry.event, reopened=False)
            elif isinstance(entry.event, StageReopened) and (
                closed := _closed_before(session, entry)
            ):
                self._tell(session, closed, reopened=True)

    def _tell(self, session: Linked, closed: IncidentClosed, *, reopened: bool) -> None:
        if closed.reason not in COVERED or session.incident.of(Protection).protected:
            return
        words = {word.strip(".,;:()#'\"") for word in closed.text.split()}
        for name in sorted(words.intersection(self._names()) - {session.id}):
            with suppress(StoreError, PlaybookError):
                other = self._open(name)
                if not other.incident.of(Protection).protected:
                    noted = PendingEvent(DuplicateNoted(incident=session.id, reopened=reopened))
                    other.record(partial(_only, noted))


def _only(pending: PendingEvent, incident: Incident) -> list[PendingEvent]:
    return [pending]


def _closed_before(session: Linked, entry: Entry) -> IncidentClosed | None:
    """How the incident was closed before it was reopened with that entry; None where it was not."""
    for earlier in reversed(session.incident.recorded[: session.incident.number(entry.id) - 1]):
        if isinstance(earlier.event, StageReopened):
            return None
        if isinstance(earlier.event, IncidentClosed):
            return earlier.event
    return None
