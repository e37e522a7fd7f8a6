"""Attributes of action items as they are typed: due, class, priority, term, factor.

What an item is, and what can be said of it, is in `actions`.
"""

from datetime import datetime

from incident_tui.domain.core.commands import CommandContext, Refused, completes, nearest
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.numbered import numbers
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.values.time_grammar import WhenError, parse_ahead

TERMS = {"quick": "this week", "short": "this cycle", "long": "to be planned"}
PRIORITIES = {"P0": "now", "P1": "this week", "P2": "this cycle", "P3": "when there is time"}


def due_in(context: CommandContext, text: str) -> datetime | None:
    """The moment that ``due:`` names; None where none is given. `Refused` when it names none."""
    if not text:
        return None
    try:
        return parse_ahead(text, now=context.now, zone=context.zone)
    except WhenError as error:
        raise Refused(f"the due date {text!r}: {error.reason}") from error


def factor_in(context: CommandContext, number: str) -> str:
    """The id of the entry that named factor `number`; empty where none is given.

    `Refused` when there is no such factor.
    """
    if not number:
        return ""
    return context.incident.of(Factors).nth(number).entry.id


def check_words(context: CommandContext, action_class: str, prio: str, term: str) -> None:
    """`Refused` where a word given for class, priority or term is none of those known."""
    classes = [choice.id for choice in context.incident.playbook.action_classes]
    if action_class and action_class not in classes:
        raise Refused(f"class:{action_class} is not known: {nearest(action_class, classes)}")
    if prio and prio not in PRIORITIES:
        raise Refused(f"prio:{prio} is not known: {nearest(prio, PRIORITIES)}")
    if term and term not in TERMS:
        raise Refused(f"term:{term} is not known: {nearest(term, TERMS)}")


@completes("class")
def _classes(incident: Incident) -> list[tuple[str, str]]:
    return [(choice.id, choice.title) for choice in incident.playbook.action_classes]


@completes("prio")
def _priorities(incident: Incident) -> list[tuple[str, str]]:
    return list(PRIORITIES.items())


@completes("term")
def _terms(incident: Incident) -> list[tuple[str, str]]:
    return list(TERMS.items())


@completes("factor")
def _factors(incident: Incident) -> list[tuple[str, str]]:
    return numbers(incident.of(Factors).items)


@completes("due")
def _dues(incident: Incident) -> list[tuple[str, str]]:
    return [("fri", "this Friday"), ("2w", "in two weeks"), ("eom", "the end of the month")]
