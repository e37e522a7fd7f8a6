"""What looks like a password or a token in the log: suspected, kept with a reason, or redacted.

What looks like one is told by the service's detector; here is what follows from it.
"""

from datetime import datetime

from incident_tui.domain.confidential.redactions import Redactions
from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import (
    Correction,
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import Raised, flag


@facts(kind="suspected")
class SecretSuspected(Correction, frozen=True, tag="secret.suspected"):
    """An entry holds what looks like a secret. `what` is the kind of secret, never its text.

    It changes nothing; it is a correction so that `/undo` reaches the entry that it is about.
    """

    what: Reference = ""

    def corrected(self, entry: Entry) -> Entry | None:
        """The entry as it is."""
        return entry

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and what it seems to hold."""
        return f"#{incident.number(self.target)} looks like it holds a secret ({self.what})"


@facts(kind="kept")
class SecretKept(Event, frozen=True, tag="secret.kept"):
    """Somebody says that an entry may stay as it is."""

    target: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, and why."""
        return f"#{incident.number(self.target)} stays as it is: {self.text}"

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which entry."""
        return f"#{incident.number(self.target)} kept as it is"


class Secrets(Projection):
    """Suspicions by the id of the entry, and the entries that somebody decided to keep."""

    suspected: dict[str, Entry] = {}
    kept: dict[str, Entry] = {}

    @property
    def open(self) -> list[Entry]:
        """The suspicions about which nothing was decided yet, in the order recorded."""
        redacted = self.incident.of(Redactions).done
        return [
            entry
            for target, entry in self.suspected.items()
            if target not in self.kept and target not in redacted
        ]


@projects(SecretSuspected, Secrets)
def _suspected(secrets: Secrets, event: SecretSuspected, entry: Entry) -> None:
    secrets.suspected[event.target] = entry


@projects(SecretKept, Secrets)
def _kept(secrets: Secrets, event: SecretKept, entry: Entry) -> None:
    secrets.kept[event.target] = entry


def ways_out(number: int) -> list[tuple[str, str]]:
    """What can be done about a suspicion, with the line that does it."""
    return [
        ("remove its words for good", f"/redact {number} WHY"),
        ("or keep it, where it is no secret", f"/keep-secret {number} WHY"),
    ]


@command(
    "/keep-secret N WHY",
    help="an entry that looks like a secret is none, or may stay",
    example="/keep-secret 12 an example key from the provider's documentation",
)
def keep(context: CommandContext, n: int, why: str) -> Planned:
    """Entry `n` may be committed and exported as it is. `Refused` when it is kept already."""
    entry = context.any_entry(n)
    if entry.id in context.incident.of(Secrets).kept:
        raise Refused(f"#{n} is kept already")
    return SecretKept(target=entry.id, text=why)


@completes("/keep-secret N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    return [
        (str(incident.number(getattr(e.event, "target", ""))), e.event.tell(e, incident))
        for e in incident.of(Secrets).open
    ]


@flag(
    "secrets.suspected",
    why="What is committed can be read by everybody who gets a copy, for ever.",
    worst=80,
)
def suspected(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """An entry looks like it holds a secret, and nobody has said what is to become of it."""
    left = incident.of(Secrets).open
    if not left:
        return None
    number = incident.number(getattr(left[0].event, "target", ""))
    what = getattr(left[0].event, "what", "")
    more = f", and so {'does' if len(left) == 2 else 'do'} {len(left) - 1} more" if left[1:] else ""
    return Raised(
        f"#{number} looks like it holds a secret ({what}){more}; nothing is committed until it is "
        f"redacted, or kept with /keep-secret {number} WHY",
        left[0].recorded_at,
        f"/redact {number} WHY",
    )
