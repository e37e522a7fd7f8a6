"""Purges: what the history of git is said to hold no longer. What it still holds: `redactions`."""

from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    facts,
    projects,
)


@facts(kind="purged")
class HistoryPurged(Event, frozen=True, tag="entry.purged"):
    """Somebody says that the history of git no longer holds what a mark says it held.

    `target` is the redacted entry, or the one that protected the incident; see
    `unpurged`.
    """

    target: Reference

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry."""
        return f"#{incident.number(self.target)} is gone from the history of git"


class Purges(Projection):
    """Ids of the entries that are gone from the history of git."""

    targets: set[str] = set()


@projects(HistoryPurged, Purges)
def _purged(purges: Purges, event: HistoryPurged, entry: Entry) -> None:
    purges.targets.add(event.target)
