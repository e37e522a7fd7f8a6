"""Prerequisites: what a playbook wants to be there before work begins, each yes or no and why."""

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


@facts(kind="prerequisite", listed_in="prerequisites")
class PrerequisiteAnswered(NamedEvent, frozen=True, tag="prerequisite.answered"):
    """It was said whether a prerequisite is met; `text` is the reason where it is not."""

    name: Reference
    met: bool
    text: Words = ""

    def words(self) -> str:
        """The answer."""
        return yes_or_no(self.met, self.text)


class Prerequisites(Projection):
    """The answers by prerequisite."""

    answers: dict[str, str] = {}


@projects(PrerequisiteAnswered, Prerequisites)
def _answered(prerequisites: Prerequisites, event: PrerequisiteAnswered, entry: Entry) -> None:
    prerequisites.answers[event.name] = yes_or_no(event.met, event.text)


def _named(context: CommandContext, name: str) -> str:
    choices = context.incident.playbook.prerequisites
    return chosen(name, choices, what="prerequisite", lead="/prerequisite")


@command(
    "/prerequisite NAME yes [NOTE]",
    help="a prerequisite of the playbook is met",
    example="/prerequisite access yes logs and dashboards open",
)
def met(context: CommandContext, name: str, note: str = "") -> Planned:
    """It is there."""
    return PrerequisiteAnswered(name=_named(context, name), met=True, text=note)


@command(
    "/prerequisite NAME no-because WHY",
    help="a prerequisite of the playbook is not met, and why work begins all the same",
    example="/prerequisite channel no-because the chat is down with the incident",
)
def not_met(context: CommandContext, name: str, why: str) -> Planned:
    """It is not there; the reason counts as an answer."""
    return PrerequisiteAnswered(name=_named(context, name), met=False, text=why)


completes_by("/prerequisite NAME", lambda playbook: playbook.prerequisites)


@check("prerequisites.answered", title="the prerequisites are answered")
def answered(incident: Incident) -> Missing | None:
    """Each prerequisite of the playbook has a yes, or a no with its reason."""
    answers = incident.of(Prerequisites).answers
    line = "/prerequisite {} yes|no-because …"
    return unanswered(incident.playbook.prerequisites, answers, what="not answered", line=line)


@source("prerequisites.all")
def listed(incident: Incident) -> Rows:
    """Each prerequisite with its answer, one a line."""
    return answers_text(incident.playbook.prerequisites, incident.of(Prerequisites).answers)
