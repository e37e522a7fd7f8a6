"""What commits still hold that nobody should read: redacted words, and what was protected later.

What is said of it is here; the commands that help are the service's.
"""

from datetime import datetime

from incident_tui.domain.confidential.protection import IncidentProtected, Protection
from incident_tui.domain.confidential.redactions import EntryRedacted, HistoryPurged, Redactions
from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.rules import Raised, flag


def unpurged(incident: Incident) -> list[Entry]:
    """What `/purged` can be said of: redacted entries, and the one that protected the incident."""
    known = incident.of(Redactions)
    # Asked every second: what is looked through is what was redacted, not the whole log.
    targets = [mark.event.target for mark in known.in_git if isinstance(mark.event, EntryRedacted)]
    numbers = sorted(incident.numbers[target] for target in targets if target in incident.numbers)
    entries = [incident.recorded[number - 1] for number in numbers]
    protected = incident.of(Protection).in_git
    if protected is not None and protected.id not in known.purged:
        entries.append(protected)
    return entries


@command(
    "/purged N",
    help="say that the history of git no longer holds what was redacted or protected later",
    example="/purged 12",
)
def purged(context: CommandContext, n: int) -> Planned:
    """The commits that held entry `n`, or the incident before it was protected, are gone."""
    for entry in unpurged(context.incident):
        if context.incident.number(entry.id) == n:
            return HistoryPurged(target=entry.id)
    raise Refused(f"#{n} is nothing that commits still hold: neither redacted nor protected later")


@completes("/purged N")
def _unpurged(incident: Incident) -> list[tuple[str, str]]:
    return [(str(incident.number(e.id)), e.event.tell(e, incident)) for e in unpurged(incident)]


@flag(
    "redactions.in-history",
    why="What was redacted is gone from the files, what was protected later from those that are "
    "shared; but whoever has the commits can still read it.",
    worst=75,
)
def in_history(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Commits made before still hold what was redacted, or the incident that was protected."""
    left = unpurged(incident)
    if not left:
        return None
    number = incident.number(left[0].id)
    protected = isinstance(left[0].event, IncidentProtected)
    what = "what was recorded before" if protected else "the redacted words of"
    return Raised(
        f"Earlier commits still hold {what} #{number}; how to be rid of them: incident-tui purge",
        _since(incident, left[0]),
        f"/purged {number}",
    )


def _since(incident: Incident, entry: Entry) -> datetime:
    mark = incident.of(Redactions).done.get(entry.id, entry)
    return mark.recorded_at
