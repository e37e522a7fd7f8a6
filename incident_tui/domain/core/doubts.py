"""Doubts: rules of the engine about what a line would record, whichever command it names.

A rule is declared once, for the events that it is about; no playbook switches one off. A doubt is
asked once: recorded all the same, it says so in the log, with the reason where one was given.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from incident_tui.domain.core.commands import CommandContext, Refused
from incident_tui.domain.core.events import (
    Correction,
    Entry,
    Event,
    Incident,
    Reference,
    Words,
    facts,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.rules import registered

OVERRULED = "why:"
"""The name under which a line holds why it is recorded all the same; empty for no reason."""

Mends = tuple[tuple[str, str], ...]


class Doubt(msgspec.Struct, frozen=True):
    """Why something should be looked at again, and the lines that leave no doubt."""

    text: str
    mends: Mends = ()


@facts(
    kind="all the same",
    names="doubt",
    lead="this was recorded",
    in_documents=True,
    in_story=True,
)
class DoubtOverruled(NamedEvent, frozen=True, tag="doubt.overruled"):
    """A doubt was answered by recording the line all the same."""

    rule: Reference
    doubt: Words
    text: Words = ""

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What was doubtful about it, and why it was recorded."""
        why = f" ({self.text})" if self.text else ""
        return f"{self.lead} although {self.doubt}{why}"


class Doubted(Refused):
    """A line that is recorded when it is entered again, or with its reason."""


Decide = Callable[[CommandContext, Any], Doubt | None]


class DoubtRule(msgspec.Struct, frozen=True):
    """A declared rule: what it asks of which events."""

    id: str
    asks: str
    events: tuple[type[Event], ...]
    decide: Decide


_rules: dict[str, DoubtRule] = {}


def doubted(rule_id: str, *, asks: str, of: tuple[type[Event], ...]) -> Callable[[Decide], Decide]:
    """Declare a rule ``concept.name``: a function of the context and one of these events."""
    return registered(_rules, rule_id, lambda function: DoubtRule(rule_id, asks, of, function))


def every_doubt_rule() -> dict[str, DoubtRule]:
    """All declared rules by id."""
    return _rules


def doubts_about(context: CommandContext, events: Iterable[Event]) -> dict[str, Doubt]:
    """What is doubtful about recording these events, by the id of the rule.

    Of an entry that is put into other words, what was not doubtful about it before.
    """
    listed = [(event, _reworded(context.incident, event)) for event in events]
    doubts = {}
    for rule in _rules.values():
        for event, (before, after) in listed:
            doubt = _asked(rule, context, event)
            if doubt is None and after is not None and _asked(rule, context, before) is None:
                doubt = _asked(rule, context, after)
            if doubt is not None:
                doubts[rule.id] = doubt
                break
    return doubts


def _asked(rule: DoubtRule, context: CommandContext, event: Event | None) -> Doubt | None:
    return rule.decide(context, event) if isinstance(event, rule.events) else None


def _reworded(incident: Incident, event: Event) -> tuple[Event | None, Event | None]:
    """What an earlier entry said and what it says by a correction; nothing where it is none."""
    if not isinstance(event, Correction):
        return None, None
    entry = incident.by_number(incident.number(event.target))
    corrected = event.corrected(entry) if entry else None
    return (entry.event, corrected.event) if entry and corrected else (None, None)


def unless_sure(doubts: dict[str, Doubt], line: str) -> None:
    """Raise `Doubted` where there are doubts; `line` takes a reason behind it, or is empty."""
    if not doubts:
        return
    text = "; ".join(doubt.text for doubt in doubts.values())
    mends = [mend for doubt in doubts.values() for mend in doubt.mends]
    sure = [("record it all the same, and say why", f'{line} why:"…"')] if line else []
    raise Doubted(text, [*mends, *sure])
