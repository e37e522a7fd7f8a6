"""Need to know: an incident that is protected as a whole, and single entries that are.

Permissions of files follow from it in the service, what others get to read in `sharing`.
"""

from typing import ClassVar

from incident_tui.domain.confidential.redactions import Redactions
from incident_tui.domain.core.commands import Call, Planned, Refused, verb
from incident_tui.domain.core.events import Entry, Event, Incident, Room, applies
from incident_tui.domain.process.lifecycle import IncidentDeclared


class IncidentProtected(Event, frozen=True, tag="incident.protected"):
    """The incident is for those only who need to know, from now on and for good.

    `in_git`: commits made before hold it where others may read them.
    """

    kind: ClassVar[str] = "protected"
    correctable: ClassVar[bool] = False
    text: str = ""
    in_git: bool = False

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Why, where that was said, and whether git still knows it outside of the incident."""
        told = "for those only who need to know"
        if self.text:
            told += f": {self.text}"
        purged = entry.id in incident.of(Redactions).purged
        return f"{told} (earlier commits still hold it)" if self.in_git and not purged else told


class EntryRestricted(Event, frozen=True, tag="entry.restricted"):
    """What an entry says is for those only who need to know."""

    kind: ClassVar[str] = "restricted"
    target: str
    text: str

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and why."""
        return f"#{incident.number(self.target)}: {self.text}"


class Protection(Room):
    """Whether the incident is protected, and which entries are restricted, by id."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.protected = False
        self.in_git: Entry | None = None
        """What protected the incident after commits had been made of it, if that is so."""
        self.restricted: dict[str, Entry] = {}


@applies(IncidentDeclared, Protection)
def _declared(room: Protection, event: IncidentDeclared, entry: Entry) -> None:
    room.protected = room.protected or event.protected


@applies(IncidentProtected, Protection)
def _protected(room: Protection, event: IncidentProtected, entry: Entry) -> None:
    room.protected = True
    if event.in_git:
        room.in_git = entry


@applies(EntryRestricted, Protection)
def _restricted(room: Protection, event: EntryRestricted, entry: Entry) -> None:
    room.restricted[event.target] = entry


@verb(
    "/protect [WHY]",
    help="the incident is for those only who need to know",
    example="/protect credentials of customers may be involved",
)
def protect(call: Call, why: str = "") -> Planned:
    """Only the owner of the folder can read it from now on; nothing of it is delivered unasked."""
    if call.incident.of(Protection).protected:
        raise Refused("the incident is protected already")
    return IncidentProtected(text=why)


@verb(
    "/restrict N WHY",
    help="what an entry says is for those only who need to know",
    example="/restrict 12 names a customer",
)
def restrict(call: Call, n: int, why: str) -> Planned:
    """The words of entry `n` are withheld from shared exports."""
    entry = call.entry(n)
    if entry.id in call.incident.of(Protection).restricted:
        raise Refused(f"#{n} is restricted already")
    return EntryRestricted(target=entry.id, text=why)
