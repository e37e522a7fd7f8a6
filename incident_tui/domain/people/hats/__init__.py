"""Hats: who wears which role, since when, and who is typing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
)
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Person,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of, title_of
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.playbook import Hat, Playbook


@facts(kind="hat", names="hat", listed_in="hats")
class _OfHat(NamedEvent, frozen=True, tag=False):
    hat: Reference


class HatAssigned(_OfHat, frozen=True, tag="hat.assigned"):
    """Somebody took over a hat."""

    person: Person

    def words(self) -> str:
        """Who wears it."""
        return self.person


class HatTakenOff(_OfHat, frozen=True, tag="hat.taken-off"):
    """A hat has no wearer any more; with `person`, only that one of several took it off."""

    person: Person = ""

    def words(self) -> str:
        """Who put it down, or that it is free."""
        return f"{self.person} no longer" if self.person else "nobody"


class HatNotNeeded(_OfHat, frozen=True, tag="hat.not-needed"):
    """A hat was declared unneeded, with the reason."""

    why: Words

    def words(self) -> str:
        """That nobody needs it, and why."""
        return f"not needed, {self.why}"


class Worn(msgspec.Struct):
    """A hat on a head, or on several. `since` is when the first of them put it on."""

    people: list[str]
    since: datetime

    @property
    def person(self) -> str:
        """Who wears it, as one text."""
        return ", ".join(self.people)


class Hats(Projection):
    """Who wears what, what is not needed, and when the command changed hands."""

    worn: dict[str, Worn] = {}
    not_needed: dict[str, str] = {}
    command_changes: list[Entry] = []

    def answered(self, hat: str) -> bool:
        """Somebody wears it or it is said why nobody has to."""
        return hat in self.worn or hat in self.not_needed

    @property
    def people(self) -> list[str]:
        """Everybody who wears a hat, each once."""
        return list(dict.fromkeys(name for worn in self.worn.values() for name in worn.people))

    def of_person(self, person: str) -> list[str]:
        """The hats that a person wears."""
        return [hat for hat, worn in self.worn.items() if person in worn.people]

    @property
    def commander(self) -> str:
        """Who owns the incident; empty when nobody does."""
        worn = self.worn.get(self.incident.playbook.commanding_hat().id)
        return worn.person if worn else ""


@projects(HatAssigned, Hats)
def _assigned(hats: Hats, event: HatAssigned, entry: Entry) -> None:
    before = hats.worn.get(event.hat)
    is_command = event.hat == hats.incident.playbook.commanding_hat().id
    if is_command and before is not None and before.person != event.person:
        hats.command_changes.append(entry)
    hat = hats.incident.playbook.hat(event.hat)
    if before is None or (event.person not in before.people and not (hat and hat.several)):
        hats.worn[event.hat] = Worn([event.person], entry.at)
    elif event.person not in before.people:
        before.people.append(event.person)
    hats.not_needed.pop(event.hat, None)


@projects(HatTakenOff, Hats)
def _taken_off(hats: Hats, event: HatTakenOff, entry: Entry) -> None:
    worn = hats.worn.get(event.hat)
    if worn is not None and event.person:
        worn.people = [person for person in worn.people if person != event.person]
    if worn is None or not event.person or not worn.people:
        hats.worn.pop(event.hat, None)


@projects(HatNotNeeded, Hats)
def _not_needed(hats: Hats, event: HatNotNeeded, entry: Entry) -> None:
    hats.worn.pop(event.hat, None)
    hats.not_needed[event.hat] = event.why


def needed_hats(incident: Incident) -> list[Hat]:
    """The hats that the playbook wants answered at the present severity."""
    level = incident.of(SeverityState).level
    scale = [severity.id for severity in incident.playbook.severities]
    return [
        hat
        for hat in incident.playbook.hats
        if (level in hat.needed_for if level else set(scale) == set(hat.needed_for))
    ]


def duties(incident: Incident, hats: Sequence[str]) -> str:
    """What whoever puts these hats on has to do from now on; empty where no hat is known."""
    known = [hat for name in hats if (hat := incident.playbook.hat(name)) is not None]
    if len(known) == 1:
        return f"{known[0].title}: {known[0].duty}"
    return f"{len(known)} hats: Enter on one in the Hats pane tells its duty" if known else ""


def hat_named(playbook: Playbook, hat: str, *, line: str) -> Hat:
    """The hat that is meant; `Refused` with `line` for each that there is."""
    hats = {hat.id: hat for hat in playbook.hats}
    duties = {name: hat.duty for name, hat in hats.items()}
    return hats[one_of(hat, duties, what="a hat of this playbook", line=line)]


def _known_hat(context: CommandContext, hat: str) -> Hat:
    return hat_named(context.incident.playbook, hat, line="/role {} PERSON")


@command(
    "/role all PERSON",
    help="one person takes every hat that is asked for",
    example="/role all ana",
)
def assign_all(context: CommandContext, person: str) -> Planned:
    """An event per hat: taking them all is said explicitly.

    `Refused` when they are worn so already, and for taking them all off.
    """
    worn = context.incident.of(Hats).worn
    if person == "-":
        raise Refused("hats are taken off one by one", [(f"{h}", f"/role {h} -") for h in worn])
    wanted = [hat for hat in context.incident.playbook.hats if hat.needed_for]
    new = [hat for hat in wanted if hat.id not in worn or person not in worn[hat.id].people]
    if not new:
        raise Refused(f"{person} wears every hat already")
    return [HatAssigned(hat=hat.id, person=person) for hat in new]


@command("/role HAT -", help="take a hat off", example="/role scribe -")
def take_off(context: CommandContext, hat: str) -> Planned:
    """Nobody wears it any more. `Refused` when nobody does now."""
    known_hat = _known_hat(context, hat)
    if known_hat.id not in context.incident.of(Hats).worn:
        raise Refused(f"nobody wears the hat {known_hat.id}")
    return HatTakenOff(hat=known_hat.id)


@command(
    "/role HAT without PERSON",
    help="one of several takes a hat off",
    example="/role scribe without ben",
)
def put_down(context: CommandContext, hat: str, person: str) -> Planned:
    """That person does not wear it any more; others may.

    `Refused` when it is not worn by that person.
    """
    known_hat = _known_hat(context, hat)
    worn = context.incident.of(Hats).worn.get(known_hat.id)
    if worn is None:
        raise Refused(f"nobody wears the hat {known_hat.id}")
    if person not in worn.people:
        raise Refused(f"{person} does not wear the hat {known_hat.id}; {worn.person} does")
    return HatTakenOff(hat=known_hat.id, person=person if len(worn.people) > 1 else "")


@command(
    "/role HAT not-needed WHY",
    help="say why a hat is not needed",
    example="/role scribe not-needed the log is the record",
)
def not_needed(context: CommandContext, hat: str, why: str) -> Planned:
    """The hat counts as answered. `Refused` for the hat that owns the incident."""
    known_hat = _known_hat(context, hat)
    if known_hat.commands:
        raise Refused(
            f"somebody has to own the incident: {known_hat.id} cannot be left out",
            [(known_hat.duty, f"/role {known_hat.id} PERSON")],
        )
    return HatNotNeeded(hat=known_hat.id, why=why)


@command("/role HAT PERSON", help="hand out a hat", example="/role scribe ben", words=("assign",))
def assign(context: CommandContext, hat: str, person: str) -> Planned:
    """Somebody wears it from now on. `Refused` when that person does already."""
    known_hat = _known_hat(context, hat)
    if person == "not-needed":
        raise Refused(
            f"why is the hat {known_hat.id} not needed?",
            [("say it in the same line", f"/role {known_hat.id} not-needed WHY")],
        )
    worn = context.incident.of(Hats).worn.get(known_hat.id)
    if worn is not None and person in worn.people:
        raise Refused(f"{person} wears the hat {known_hat.id} already")
    return HatAssigned(hat=known_hat.id, person=person)


@completes("HAT")
def _hats(incident: Incident) -> list[tuple[str, str]]:
    return [(hat.id, hat.duty) for hat in incident.playbook.hats]


def people_of(incident: Incident) -> dict[str, str]:
    """Everybody who typed or wears a hat, in this order, with the hats that they wear."""
    hats = incident.of(Hats)
    people = dict.fromkeys([*(entry.actor for entry in incident.entries), *hats.people])
    return {person: ", ".join(hats.of_person(person)) for person in people}


@completes("PERSON", "owner", "by", "/checkpoint NAME", people=True)
def _people(incident: Incident) -> list[tuple[str, str]]:
    return list(people_of(incident).items())


@check("hats.answered", title="each hat is worn or not needed")
def answered(incident: Incident) -> Missing | None:
    """Every hat that the severity needs has an answer."""
    hats = incident.of(Hats)
    missing = [hat.id for hat in needed_hats(incident) if not hats.answered(hat.id)]
    if not missing:
        return None
    # Whoever is alone takes them all; Enter on it begins that line, which is changed as wanted.
    mend = "/role all me" if len(missing) > 1 else f"/role {missing[0]} PERSON"
    return Missing("nobody wears " + ", ".join(missing), mend)


@check("hats.commander", title="somebody owns the incident")
def has_commander(incident: Incident) -> Missing | None:
    """The commanding hat is worn."""
    if incident.of(Hats).commander:
        return None
    hat = incident.playbook.commanding_hat()
    return Missing(f"nobody wears {hat.id}", f"/role {hat.id} PERSON")


@source("hats.worn")
def worn_text(incident: Incident) -> Rows:
    """Hat and wearer, one a line."""
    hats = incident.of(Hats)
    known = incident.playbook.hats
    lines = [f"{title_of(known, hat)}: {worn.person}" for hat, worn in hats.worn.items()]
    lines += [f"{title_of(known, hat)}: not needed ({why})" for hat, why in hats.not_needed.items()]
    return item_rows(lines)


@flag("hats.missing", why="Work that nobody owns is not done.", worst=50)
def missing_flag(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Nobody owns the incident `minutes` after declaration."""
    if not incident.entries or incident.of(Hats).commander:
        return None
    due = incident.entries[0].recorded_at + timedelta(minutes=minutes)
    hat = incident.playbook.commanding_hat().id
    return Raised("Nobody owns this incident yet.", due, f"/role {hat} PERSON").once_due(now)
