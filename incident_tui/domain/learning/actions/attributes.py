"""Attributes of action items as they are typed: due, class, priority, term, factor.

What an item is, and what can be said of it, is in `actions`.
"""

from datetime import datetime

from incident_tui.domain.core.commands import (
    CommandContext,
    Refused,
    completes,
    completes_with,
    time_refused,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.numbered import completes_numbers
from incident_tui.domain.core.playbook_words import completes_by, one_of, titles
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import parse_ahead
from incident_tui.domain.values.wording import is_no_proof

TERMS = {"quick": "this week", "short": "this cycle", "long": "to be planned"}
PRIORITIES = {"P0": "now", "P1": "this week", "P2": "this cycle", "P3": "when there is time"}


def _given_at(context: CommandContext) -> datetime:
    """When the day was given, which it lies behind; of history that is long ago."""
    if context.at is None and context.incident.of(Lifecycle).is_history:
        milestones = context.incident.of(Milestones)
        return milestones.at("resolved") or milestones.at("started") or context.now
    return context.moment


def due_in(context: CommandContext, text: str) -> datetime | None:
    """The moment that ``due:`` names; None where none is given. `Refused` when it names none."""
    if not text:
        return None
    with time_refused("the due date", text):
        return parse_ahead(text, now=_given_at(context), zone=context.zone, whole_days=True)


def proof_in(text: str) -> str:
    """By what it is seen to work. `Refused` where that says only that somebody will do better."""
    if text and is_no_proof(text):
        raise Refused(
            f"{text!r} cannot be seen",
            [("say what will be seen when it works", 'verify:"the page fires in staging"')],
        )
    return text


def factor_in(context: CommandContext, number: str) -> str:
    """The id of the entry that named factor `number`; empty where none is given.

    `Refused` when there is no such factor.
    """
    return context.incident.of(Factors).nth(number).entry.id if number else ""


def class_in(context: CommandContext, word: str) -> str:
    """The class of action items that ``class:`` names; empty where none is given.

    Raises `Unchosen` for a word that is no class of the playbook.
    """
    classes = titles(context.incident.playbook.action_classes)
    return one_of(word, classes, what="a class of action items") if word else ""


def priority_in(word: str) -> str:
    """The priority that ``prio:`` names; empty where none is given. `Unchosen` for what is none."""
    return one_of(word, PRIORITIES, what="a priority") if word else ""


def term_in(word: str) -> str:
    """The term that ``term:`` names; empty where none is given. `Unchosen` for what is none."""
    return one_of(word, TERMS, what="a term") if word else ""


completes_by("class", lambda playbook: playbook.action_classes)


completes_with("prio", PRIORITIES)


completes_with("term", TERMS)


completes_numbers("factor", of=lambda incident: incident.of(Factors).items)


@completes("due")
def _dues(incident: Incident) -> list[tuple[str, str]]:
    return [("fri", "this Friday"), ("2w", "in two weeks"), ("eom", "the end of the month")]
