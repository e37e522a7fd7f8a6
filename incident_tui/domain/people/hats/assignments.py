"""Assignments: whether the hats are spread well. Who wears which is in `hats`."""

from collections.abc import Collection
from datetime import datetime, timedelta

from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.people.hats import Hats, needed_hats
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration


@check("hats.distinct", title="two hats are worn by different people")
def distinct(incident: Incident, first: str, second: str) -> Missing | None:
    """Both hats are worn, and not by the same person."""
    hats = incident.of(Hats)
    worn = hats.worn
    if any(hat in hats.not_needed for hat in (first, second)):
        return None  # it was said, with a reason, that there is only one of them
    for hat in (first, second):
        if hat not in worn:
            return Missing(f"nobody wears {hat}", f"/role {hat} PERSON")
    others = {person.casefold() for person in worn[first].people}
    both = [person for person in worn[second].people if person.casefold() in others]
    if not both:
        return None
    return Missing(f"{both[0]} wears both {first} and {second}", f"/role {second} PERSON")


@check("hats.filled", title="the hats of this stage are worn or not needed")
def filled(incident: Incident, hats: str) -> Missing | None:
    """Each of `hats` is worn, or somebody said why it is not needed."""
    missing = [hat for hat in hats.split() if not incident.of(Hats).answered(hat)]
    if not missing:
        return None
    return Missing(f"nobody wears {', '.join(missing)}", f"/role {missing[0]} PERSON")


@source("hats.commander")
def commander_text(incident: Incident) -> str:
    """Who owns the incident."""
    return incident.of(Hats).commander


@flag("hats.unanswered", why="A hat that nobody mentions is work that nobody does.", worst=48)
def unanswered(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """A hat that the severity needs has no answer `minutes` after declaration."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared_at is None or not lifecycle.unresolved:
        return None
    due = incident.entries[0].recorded_at + timedelta(minutes=minutes)
    hats = incident.of(Hats)
    left = [hat.id for hat in needed_hats(incident) if not hats.answered(hat.id)]
    if now < due or not left:
        return None
    return Raised(
        f"Nobody wears {', '.join(left)}, and nobody said that it is not needed.",
        due,
        # Where somebody wears one already, taking them all would take that one away.
        f"/role {left[0] if hats.worn or len(left) == 1 else 'all'} PERSON",
    )


@flag(
    "hats.alone", why="Alone, one stops telling people first and thinking clearly next.", worst=44
)
def alone(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """One person has worn every hat that is needed for `minutes`, and handed nothing over.

    Updates do not count: whoever posts them on time is as tired.
    """
    lifecycle = incident.of(Lifecycle)
    hats = incident.of(Hats)
    worn = {hat.id: hats.worn[hat.id] for hat in needed_hats(incident) if hat.id in hats.worn}
    wearers = {person for hat in worn.values() for person in hat.people}
    if not lifecycle.unresolved or len(worn) < 2 or len(wearers) > 1:
        return None
    due = max(hat.since for hat in worn.values()) + timedelta(minutes=minutes)
    if now < due:
        return None
    text = f"{next(iter(wearers))} has worn {counted(len(worn), 'hat')} alone for"
    return Raised(
        f"{text} {format_duration(now - due + timedelta(minutes=minutes))}: hand one over.",
        due,
        f"/role {_first_to_go(incident, worn)} PERSON",
    )


def _first_to_go(incident: Incident, worn: Collection[str]) -> str:
    """The hat that one person alone hands over first: that with a duty that comes round again."""
    on_time = [hat.id for hat in incident.playbook.hats if hat.answers_for and hat.id in worn]
    return [*worn, *on_time][-1]
