"""Attributes of action items: each is read as typed, in any letter case, or refused by its name."""

from datetime import UTC, datetime

import pytest

from incident_tui.domain.core.commands import choices_for
from incident_tui.domain.learning.actions import Action, Actions
from tests.support.playbooks.engine import baking, refusal


def added(*lines: str) -> Action:
    return baking(*lines).incident.of(Actions).items[-1]


def test_each_attribute_is_read() -> None:
    item = added(
        "/factor oven too old", "+ a second oven due:fri class:PREVENT prio:p1 term:Short factor:1"
    )
    assert item.due == datetime(2026, 11, 27, 23, 59, tzinfo=UTC)
    assert (item.action_class, item.priority, item.term) == ("prevent", "P1", "short")
    assert item.factor == "e00002"


def test_a_due_day_is_counted_from_now_however_long_it_has_gone_on() -> None:
    item = added("@-9d /milestone started", "+ a second oven due:2d")
    assert item.due is not None
    assert (item.due - item.entry.at).days == 2
    item = added("@-3d + a second oven due:2d")
    assert item.due is not None
    assert (item.due - item.entry.at).days == 2


def test_what_is_not_given_is_empty() -> None:
    item = added("+ a second oven")
    assert item.due is None
    assert (item.action_class, item.priority, item.term, item.factor) == ("", "", "", "")


@pytest.mark.parametrize(
    ("attribute", "says"),
    [
        ("due:yesterday", "the due date 'yesterday'"),
        ("class:fix", "'fix' is not a class of action items"),
        ("prio:P9", "'P9' is not a priority"),
        ("term:soon", "'soon' is not a term"),
        ("factor:1", "there is no contributing factor 1"),
    ],
)
def test_what_names_nothing_is_refused_when_it_is_added_and_when_it_is_changed(
    attribute: str, says: str
) -> None:
    assert says in refusal(baking(), f"+ a second oven {attribute}").message
    assert says in refusal(baking("+ a second oven"), f"/act 1 {attribute}").message


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("class", ["prevent"]),
        ("prio", ["P0", "P1", "P2", "P3"]),
        ("term", ["quick", "short", "long"]),
        ("factor", ["1"]),
        ("due", ["fri", "2w", "eom"]),
    ],
)
def test_completion_offers_what_can_be_named(attribute: str, words: list[str]) -> None:
    offered = [word for word, _ in choices_for(attribute, baking("/factor oven old").incident)]
    assert offered[: len(words)] == words
