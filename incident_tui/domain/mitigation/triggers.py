"""Strategy triggers: agreed beforehand what is done unless something is so by a moment.

At that moment the console asks for the decision; who decides is free to decide otherwise.
"""

from datetime import datetime

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    time_refused,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Moment,
    Projection,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import Raised, flag, source
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.time_grammar import parse_ahead

_AGREED = later(
    r"(?P<unless>.+),? (?:(?:at|by|until) (?P<at>[^>]+?)|(?P<span>\+\d+\w+)) ?-> ?(?P<action>.+)"
)


@facts(
    kind="trigger", lead="it was agreed when the strategy changes", in_story=True, while_open=True
)
class TriggerAgreed(Event, frozen=True, tag="strategy.trigger-agreed"):
    """At `due` it is looked whether `text` is so; then `action` is done."""

    text: Words
    action: Words
    due: Moment

    def tell(self, entry: Entry, incident: Incident) -> str:
        """What is looked at, and what is done then."""
        return f"{self.text} -> {self.action}"


class Triggers(Projection):
    """What was agreed, oldest first."""

    items: list[tuple[Entry, TriggerAgreed]] = []


@projects(TriggerAgreed, Triggers)
def _agreed(triggers: Triggers, event: TriggerAgreed, entry: Entry) -> None:
    triggers.items.append((entry, event))


@command(
    "/strategy-trigger TEXT",
    help="agree now on what is done unless it is better by then; it is asked for at that time",
    example="/strategy-trigger 5xx above 1 % at 14:45 -> switch the search off",
)
def agree(context: CommandContext, text: str) -> Planned:
    """A condition, the moment at which it is looked at, and what is done then.

    `Refused` where one of them is missing.
    """
    match = _AGREED.fullmatch(text.strip().strip('"').strip())
    if match is None:
        raise Refused(
            "a trigger says what, by when, and what is done then",
            [("such as: 5xx above 1 % at 14:45 -> switch it off", "/strategy-trigger …")],
        )
    moment = (match["at"] or match["span"]).strip()
    with time_refused("the time", moment):
        due = parse_ahead(moment, now=context.now, zone=context.zone)
    words = f"{match['unless'].strip()} at {moment}"
    return TriggerAgreed(text=words, action=match["action"].strip(), due=due)


@source("triggers.all")
def listed(incident: Incident) -> Rows:
    """What was agreed beforehand, one a line."""
    return item_rows(event.tell(entry, incident) for entry, event in incident.of(Triggers).items)


@flag(
    "triggers.due",
    why="What was agreed while people were calm is decided again in a hurry, or not at all.",
    worst=88,
)
def triggered(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The moment of a trigger has come, the impact goes on, and nothing was decided since."""
    if incident.of(Lifecycle).status != "active":
        return None
    decided = max((entry.recorded_at for entry in incident.of(Decisions).every), default=None)
    for _, event in incident.of(Triggers).items:
        if now >= event.due and (decided is None or decided < event.due):
            text = f"It was agreed: {event.text}, then {event.action}. Is it so?"
            return Raised(text, event.due, f"! {event.action}")
    return None
