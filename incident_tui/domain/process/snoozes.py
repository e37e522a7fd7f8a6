"""Snoozes: a red flag put to sleep for a while, with the reason.

Which flags are up is decided in `flags`.
"""

from datetime import datetime

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    command,
    completes,
    time_refused,
)
from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Moment,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.values.time_grammar import parse_duration


@facts(kind="snoozed", names="flag")
class FlagSnoozed(NamedEvent, frozen=True, tag="flag.snoozed"):
    """A red flag stays down until a time."""

    flag: Reference
    until: Moment
    text: Words


class Snoozes(Projection):
    """Until when each flag is put to sleep."""

    until: dict[str, datetime] = {}

    def silent(self, flag: str, now: datetime) -> bool:
        """Whether that flag sleeps now."""
        until = self.until.get(flag)
        return until is not None and now < until


@projects(FlagSnoozed, Snoozes)
def _snoozed(snoozes: Snoozes, event: FlagSnoozed, entry: Entry) -> None:
    snoozes.until[event.flag] = event.until


@command(
    "/snooze-flag FLAG DURATION WHY",
    help="put a red flag to sleep for a while, with the reason",
    example="/snooze-flag mitigations.stalled 15m the rollback needs ten minutes",
)
def snooze_flag(context: CommandContext, flag: str, duration: str, why: str) -> Planned:
    """The flag stays down for that long from now on, and comes back if its cause is still there."""
    known = dict.fromkeys(context.incident.playbook.flags, "")
    flag = one_of(flag, known, what="a red flag of this playbook")
    with time_refused("the delay", duration):
        delay = parse_duration(duration)
    return FlagSnoozed(flag=flag, until=context.now + delay, text=why)


@completes("FLAG")
def _flags(incident: Incident) -> list[tuple[str, str]]:
    rules = every_flag()
    return [(name, rules[name].why) for name in incident.playbook.flags if name in rules]
