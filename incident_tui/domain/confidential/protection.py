"""Need to know: an incident that is protected as a whole, and single entries that are.

Permissions of files follow from it in the service, what others get to read in `shared_incident`.
"""

from incident_tui.domain.confidential.purges import Purges
from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.text import with_words


@facts(kind="protected", correctable=False)
class IncidentProtected(Event, frozen=True, tag="incident.protected"):
    """The incident is for those only who need to know, from now on and for good.

    `in_git`: commits made before hold it where others may read them.
    """

    text: Words = ""
    in_git: bool = False

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Why, where that was said, and whether git still knows it outside of the incident."""
        line = with_words("for those only who need to know", self.text)
        purged = entry.id in incident.of(Purges).targets
        return f"{line} (earlier commits still hold it)" if self.in_git and not purged else line

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """That the history is one of its own from here on."""
        return "Protected"


@facts(kind="restricted")
class EntryRestricted(Event, frozen=True, tag="entry.restricted"):
    """What an entry says is for those only who need to know."""

    target: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and why."""
        return f"#{incident.number(self.target)}: {self.text}"


class Protection(Projection):
    """Whether the incident is protected, and which entries are restricted, by id."""

    protected: bool = False
    in_git: Entry | None = None
    """What protected the incident after commits had been made of it, if that is so."""
    restricted: dict[str, Entry] = {}


@projects(IncidentDeclared, Protection)
def _declared(protection: Protection, event: IncidentDeclared, entry: Entry) -> None:
    protection.protected = protection.protected or event.protected


@projects(IncidentProtected, Protection)
def _protected(protection: Protection, event: IncidentProtected, entry: Entry) -> None:
    protection.protected = True
    if event.in_git:
        protection.in_git = entry


@projects(EntryRestricted, Protection)
def _restricted(protection: Protection, event: EntryRestricted, entry: Entry) -> None:
    protection.restricted[event.target] = entry


def _protected_already(incident: Incident) -> str | None:
    return "the incident is protected already" if incident.of(Protection).protected else None


@command(
    "/protect [WHY]",
    help="the incident is for those only who need to know",
    example="/protect credentials of customers may be involved",
    words=("confidential", "private"),
    possible=_protected_already,
)
def protect(context: CommandContext, why: str = "") -> Planned:
    """Only the owner of the folder can read it from now on; nothing of it is delivered unasked.

    `Refused` when it is protected already.
    """
    if reason := _protected_already(context.incident):
        raise Refused(reason)
    return IncidentProtected(text=why)


@command(
    "/restrict N WHY",
    help="what an entry says is for those only who need to know",
    example="/restrict 12 names a customer",
)
def restrict(context: CommandContext, n: int, why: str) -> Planned:
    """The words of entry `n` are withheld from shared exports. `Refused` when they are already."""
    entry = context.entry(n)
    if entry.id in context.incident.of(Protection).restricted:
        raise Refused(f"#{n} is restricted already")
    return EntryRestricted(target=entry.id, text=why)
