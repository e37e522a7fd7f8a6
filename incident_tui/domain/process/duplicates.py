"""Other incidents that this one covers: closed as its duplicates, and told to it."""

from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    facts,
    projects,
)
from incident_tui.domain.core.rules import reported

COVERED = ("duplicate", "merged")
"""Reasons of closing early that mean: another incident covers it."""


@facts(kind="duplicate", correctable=False)
class DuplicateNoted(Event, frozen=True, tag="duplicate.noted"):
    """The incident with that id was closed as a duplicate of this one, or `reopened` after that."""

    incident: Reference
    reopened: bool = False

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which incident, and whether this one covers it from now on."""
        if self.reopened:
            return f"{self.incident} is open again, as an incident of its own"
        return f"{self.incident} is closed: this incident covers it"


class Duplicates(Projection):
    """The ids of the incidents that this one covers, in the order in which they were closed."""

    covered: list[str] = []


@projects(DuplicateNoted, Duplicates)
def _noted(duplicates: Duplicates, event: DuplicateNoted, entry: Entry) -> None:
    if event.incident in duplicates.covered:
        duplicates.covered.remove(event.incident)
    if not event.reopened:
        duplicates.covered.append(event.incident)


@reported("duplicates")
def _covered(incident: Incident) -> object:
    return list(incident.of(Duplicates).covered)
