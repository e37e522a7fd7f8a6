"""Who is typing, and with which hat on. Said to the console, not recorded by itself."""

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    Unrecorded,
    command,
    lead_of,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.people.hats import Hats, hat_named

_LONGEST = 5
"""Words of a name; more of them are a sentence."""


class Identity(Unrecorded, frozen=True):
    """Who is typing; `hat` is empty where it follows from what the person wears."""

    actor: str
    hat: str = ""


def hat_of(incident: Incident, identity: Identity) -> str:
    """The hat that this person types with: the one chosen, else the most commanding one worn."""
    if identity.hat:
        return identity.hat
    worn = incident.of(Hats).of_person(identity.actor)
    command_hat = incident.playbook.commanding_hat().id
    return command_hat if command_hat in worn else (worn[0] if worn else "")


@command(
    "/me [PERSON]",
    help="say who is typing",
    example="/me ben",
    words=("whoami", "login", "user"),
    key="f3",
    opens="people",
    composed=True,
)
def me(context: CommandContext, person: str = "") -> Planned:
    """Somebody else is typing from now on.

    `Refused` without a name, and for what is a line by itself: it was to be recorded.
    """
    name = person.strip('" ')
    if not name:
        raise Refused("who is typing?", [("say it in the same line", "/me PERSON")])
    if _is_line(name):
        meant = name if person.startswith('"') else person
        raise Refused("that is a line to be recorded, not a name", [("enter it alone", meant)])
    return Identity(name)


def _is_line(name: str) -> bool:
    """Whether it begins as a command does, or reads as a fact."""
    words = name.split()
    fact = len(words) > _LONGEST or any(word == "->" or ":" in word for word in words)
    return fact or lead_of(words[0]) is not None


@command("/hat HAT", help="say which hat you are typing with", example="/hat scribe", key="f2")
def wear(context: CommandContext, hat: str) -> Planned:
    """Entries are recorded with that hat from now on."""
    return Identity(context.actor, hat_named(context.incident.playbook, hat, line="/hat {}").id)
