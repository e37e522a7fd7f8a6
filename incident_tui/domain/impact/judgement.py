"""Judgement: the severity as how far the impact reaches, times how urgent it is.

Only a playbook that says so asks for both; which level follows is a table of its own.
"""

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.playbook_words import one_of, titles
from incident_tui.domain.core.rules import Missing, check
from incident_tui.domain.impact.severity import SeverityChanged, SeverityState, line_that_sets
from incident_tui.domain.values.text import with_words


@facts(kind="judged")
class SeverityJudged(Event, frozen=True, tag="severity.judged"):
    """How far the impact reaches and how urgent it is."""

    radius: Reference
    urgency: Reference
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Both, and why."""
        return with_words(f"radius {self.radius}, urgency {self.urgency}", self.text)


class Judgements(Projection):
    """Radius and urgency as judged last, and the level they give; empty until then."""

    level: str = ""
    radius: str = ""
    urgency: str = ""


@projects(SeverityJudged, Judgements)
def _judged(judgements: Judgements, event: SeverityJudged, entry: Entry) -> None:
    matrix = judgements.incident.playbook.judgement
    judgements.radius, judgements.urgency = event.radius, event.urgency
    judgements.level = matrix.level(event.radius, event.urgency) if matrix else ""


def _no_matrix(incident: Incident) -> str | None:
    asked = incident.playbook.judgement is not None
    return None if asked else "this playbook sets the severity by its criteria: /sev LEVEL"


@command(
    "/judge RADIUS URGENCY [WHY]",
    help="the severity from how far the impact reaches and how urgent it is",
    example="/judge many now one payment method fails for everybody",
    possible=_no_matrix,
)
def judge(context: CommandContext, radius: str, urgency: str, why: str = "") -> Planned:
    """Both are recorded, and the level that follows from them is set.

    `Refused` where the playbook has no levels for it.
    """
    incident = context.incident
    matrix = incident.playbook.judgement
    if matrix is None:
        levels = "|".join(level.id for level in incident.playbook.severities)
        reason = str(_no_matrix(incident))
        raise Refused(reason, [("set it by what users feel", f"/sev {levels} WHY")])
    far = one_of(radius, titles(matrix.radius), what="a radius", line="/judge {} URGENCY")
    urgent = one_of(urgency, titles(matrix.urgency), what="an urgency", line=f"/judge {far} {{}}")
    level, before = matrix.level(far, urgent), incident.of(SeverityState).level
    events: list[Event] = [SeverityJudged(radius=far, urgency=urgent, text=why)]
    if level != before:
        text = why or f"radius {far}, urgency {urgent}"
        events.append(SeverityChanged(level=level, before=before, why=text))
    return events


@completes("RADIUS")
def _radii(incident: Incident) -> list[tuple[str, str]]:
    matrix = incident.playbook.judgement
    return [(item.id, item.title) for item in matrix.radius] if matrix else []


@completes("URGENCY")
def _urgencies(incident: Incident) -> list[tuple[str, str]]:
    matrix = incident.playbook.judgement
    return [(item.id, item.title) for item in matrix.urgency] if matrix else []


@check("judgement.made", title="the severity is radius times urgency")
def judged(incident: Incident) -> Missing | None:
    """Radius and urgency are judged, and the severity is the one that follows from them."""
    if incident.playbook.judgement is None:
        return None
    level, present = incident.of(Judgements).level, incident.of(SeverityState).level
    if not level:
        return Missing(
            "nobody judged how far it reaches and how urgent it is",
            line_that_sets(incident.playbook),
        )
    return Missing(
        f"radius and urgency say {level}, and the severity is {present or 'not set'}",
        f"/sev {level} WHY",
    ).unless(level == present)
