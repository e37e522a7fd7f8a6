"""Hand-offs: work that leaves the incident and goes on elsewhere, with its place."""

from incident_tui.domain.core.commands import CommandContext, Planned, command
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Person,
    Projection,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import chosen, completes_by
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import counted


@facts(kind="hand-off", names="to", listed_in="hand_offs")
class WorkHandedOff(NamedEvent, frozen=True, tag="handoff.made"):
    """Work goes on at one of the playbook's places; `text` says what, and where it is found."""

    to: Person
    text: Words


class HandOffs(Projection):
    """Every hand-off in the order made."""

    items: list[WorkHandedOff] = []


@projects(WorkHandedOff, HandOffs)
def _made(hand_offs: HandOffs, event: WorkHandedOff, entry: Entry) -> None:
    hand_offs.items.append(event)


@command(
    "/hand-off NAME TEXT",
    help="work leaves the incident and goes on elsewhere: say what, and where it is found",
    example="/hand-off runbooks add the pool check to the checkout page, DOC-41",
    words=("delegate", "transfer"),
)
def hand_off(context: CommandContext, name: str, text: str) -> Planned:
    """It goes on at one of the places that the playbook lists."""
    known = context.incident.playbook.hand_offs
    return WorkHandedOff(to=chosen(name, known, what="hand-off", lead="/hand-off"), text=text)


completes_by("/hand-off NAME", lambda playbook: playbook.hand_offs)


@check("handoffs.made", title="what goes on elsewhere is handed off")
def made(incident: Incident, minimum: int = 1, names: str = "") -> Missing | None:
    """At least `minimum` hand-offs, to each place in `names` among them."""
    items = incident.of(HandOffs).items
    handed = {item.to for item in items}
    left = [name for name in names.split() if name not in handed]
    if left:
        return Missing(f"nothing was handed off to {', '.join(left)}", f"/hand-off {left[0]} …")
    if len(items) >= minimum:
        return None
    places = "|".join(choice.id for choice in incident.playbook.hand_offs) or "NAME"
    return Missing(
        f"{counted(len(items), 'hand-off')} of at least {minimum}", f"/hand-off {places} …"
    )


@source("handoffs.all")
def listed(incident: Incident) -> Rows:
    """Each hand-off with its place, one a line."""
    titles = {choice.id: choice.title for choice in incident.playbook.hand_offs}
    return item_rows(
        f"{titles.get(item.to, item.to)}: {item.text}" for item in incident.of(HandOffs).items
    )
