"""Strategy: the decision to go another way when impact lasts and nothing done so far has helped.

That a single change has had no verdict for long is seen in `mitigations.progress`.
"""

from datetime import datetime, timedelta

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    command,
    completes_with,
)
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Raised, flag, source
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import Rows, item_rows

WAYS = {
    "other-mitigation": "another way to stop the impact is tried",
    "narrower-diagnosis": "one part is looked at until it is cleared or guilty",
    "ask": "somebody who can decide or knows more is called",
}


@facts(
    kind="strategy",
    names="way",
    lead="the strategy was changed",
    decides=True,
    in_story=True,
    while_open=True,
)
class StrategyChanged(NamedEvent, frozen=True, tag="strategy.changed"):
    """Work goes another way from here on."""

    way: Reference
    text: Words

    def title(self, incident: Incident) -> str:
        """What is done from here on."""
        return WAYS.get(self.way, self.way)


class Strategy(Projection):
    """Every change of strategy, oldest first."""

    changes: list[tuple[Entry, StrategyChanged]] = []


@projects(StrategyChanged, Strategy)
def _changed(strategy: Strategy, event: StrategyChanged, entry: Entry) -> None:
    strategy.changes.append((entry, event))


@command(
    "/strategy NAME WHY",
    help="go another way: other-mitigation, narrower-diagnosis or ask",
    example="/strategy other-mitigation the rollback changed nothing, we shed the batch load",
)
def change(context: CommandContext, name: str, why: str) -> Planned:
    """The decision that stalled work asks for."""
    way = one_of(name, WAYS, what="a change of strategy", line="/strategy {} …")
    return StrategyChanged(way=way, text=why)


completes_with("/strategy NAME", WAYS)


@source("strategy.changes")
def listed(incident: Incident) -> Rows:
    """Each change of strategy with its reason, one a line."""
    return item_rows(
        event.in_words(entry, incident) for entry, event in incident.of(Strategy).changes
    )


@flag(
    "strategy.due",
    why="Waiting for a vendor, or for somebody to take charge, is not a strategy.",
    worst=85,
)
def due(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Impact goes on, and for `minutes` no mitigation has helped or nobody has owned it."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.status != "active" or lifecycle.declared_at is None:
        return None
    begun = [lifecycle.declared_at, *(entry.at for entry, _ in incident.of(Strategy).changes)]
    tried = [item.entry.at for item in incident.of(Mitigations).during()]
    authority = bool(incident.of(Hats).commander)
    since = max([*begun, *tried] if authority else begun)
    raised_at = since + timedelta(minutes=minutes)
    text = (
        "Nothing has stopped the impact: decide on another way now."
        if authority
        else "Nobody has the authority while the impact goes on: decide who, or ask."
    )
    way = "other-mitigation" if authority else "ask"
    return Raised(text, raised_at, f"/strategy {way} WHY").once_due(now)
