"""Levers: the ways to stop the impact that exist right now, found out before one is needed."""

from incident_tui.domain.core.commands import CommandContext, Planned, command
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
from incident_tui.domain.core.playbook_words import (
    answers_text,
    chosen,
    completes_by,
    unanswered,
    yes_or_no,
)
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.values.field_text import Rows


@facts(kind="lever", listed_in="levers")
class LeverKnown(NamedEvent, frozen=True, tag="lever.known"):
    """It is known whether a lever exists now; `text` says how it is pulled, or why not."""

    name: Reference
    exists: bool
    text: Words = ""

    def words(self) -> str:
        """Whether it exists."""
        return yes_or_no(self.exists, self.text)


class Levers(Projection):
    """What is known of each lever."""

    answers: dict[str, str] = {}
    present: set[str] = set()


@projects(LeverKnown, Levers)
def _known(levers: Levers, event: LeverKnown, entry: Entry) -> None:
    levers.answers[event.name] = yes_or_no(event.exists, event.text)
    (levers.present.add if event.exists else levers.present.discard)(event.name)


def _named(context: CommandContext, name: str) -> str:
    return chosen(name, context.incident.playbook.levers, what="lever", lead="/lever")


@command(
    "/lever NAME yes [NOTE]",
    help="a way to stop the impact exists now",
    example="/lever rollback yes image v41 is still in the registry",
)
def there(context: CommandContext, name: str, note: str = "") -> Planned:
    """It can be pulled."""
    return LeverKnown(name=_named(context, name), exists=True, text=note)


@command(
    "/lever NAME no [NOTE]",
    help="a way to stop the impact does not exist now",
    example="/lever failover no the second region is not built yet",
)
def not_there(context: CommandContext, name: str, note: str = "") -> Planned:
    """It cannot be pulled."""
    return LeverKnown(name=_named(context, name), exists=False, text=note)


completes_by("/lever NAME", lambda playbook: playbook.levers)


@check("levers.known", title="it is known which levers exist now")
def known(incident: Incident) -> Missing | None:
    """Of each lever of the playbook it is said whether it exists."""
    levers, answers = incident.playbook.levers, incident.of(Levers).answers
    return unanswered(levers, answers, what="nobody said whether there is", line="/lever {} yes|no")


@source("levers.all")
def listed(incident: Incident) -> Rows:
    """Each lever with what is known of it, one a line."""
    return answers_text(incident.playbook.levers, incident.of(Levers).answers)
