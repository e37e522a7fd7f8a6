"""Changes to production: their outcomes follow a table, and suspects are no mitigations."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.mitigation.mitigations import (
    OUTCOMES,
    ChangeMade,
    Mitigation,
    MitigationFailed,
    Mitigations,
    MitigationUndone,
    MitigationVerified,
    ReversalNamed,
    strategy,
)
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.engine import baking, said
from tests.support.incidents import Story


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "> new flour", [ChangeMade(text="new flour")]),
        ("", '> new flour undo:"the old one"', [ChangeMade(text="new flour", undo="the old one")]),
        (
            "",
            "/mitigate rebake all of it undo:eat",
            [ChangeMade(text="all of it", mitigates="rebake", undo="eat")],
        ),
        (
            "> flour",
            "/verify 1 it rises",
            [MitigationVerified(mitigation="e00002", text="it rises")],
        ),
        ("> flour", "/fail 1 flat", [MitigationFailed(mitigation="e00002", text="flat")]),
        ("> flour", "/undone 1", [MitigationUndone(mitigation="e00002")]),
        ("> flour", "/reverse 1 sieve it", [ReversalNamed(mitigation="e00002", text="sieve it")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/verify 1 x", "there is no change 1: none is on record yet", ["> what was changed"]),
        (["> a"], "/reverse 2 x", "there is no change 2: they go to 1", ["> what was changed"]),
        (["> a"], "/fail 2 x", "they go to 1", ["> what was changed"]),
        (["> a", "/undone 1"], "/verify 1 x", "change 1 (a) is undone already", []),
        ([], "/reverse 1 x", "there is no change 1: none is on record yet", ["> what was changed"]),
        ([], "/mitigate rebak x", "did you mean rebake?", ["/mitigate rebake …"]),
    ]


CHANGES = {"verify": "/verify 1 x", "fail": "/fail 1 x", "undo": "/undone 1"}
WAYS_TO_CHANGE: dict[str, list[str]] = {
    "in flight": [],
    "verified": ["verify"],
    "failed": ["fail"],
    "undone": ["undo"],
}


def change(story: Story) -> Mitigation:
    return story.incident.of(Mitigations).items[0]


@pytest.mark.parametrize("status", OUTCOMES)
@pytest.mark.parametrize("outcome", CHANGES)
def test_a_change(status: str, outcome: str) -> None:
    story = baking("> flour", *(CHANGES[step] for step in WAYS_TO_CHANGE[status]))
    assert change(story).status == status
    assert said(story, CHANGES[outcome]) is (outcome in OUTCOMES[status])
    assert change(story).status == OUTCOMES[status].get(outcome, status)


def test_an_outcome_that_another_copy_recorded_too_late_changes_nothing() -> None:
    story = baking("> flour", "/undone 1 taken back")
    story.record([MitigationFailed(mitigation="e00002", text="late")])
    assert (change(story).status, change(story).outcome) == ("undone", "taken back")


def test_a_change_before_the_start_is_a_suspect_and_no_mitigation() -> None:
    story = baking("@-1h > new flour src:ledger", "> old flour again")
    mitigations = story.incident.of(Mitigations)
    assert [item.text for item in mitigations.during()] == ["old flour again"]
    assert [item.text for item in mitigations.in_flight()] == ["old flour again"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], ""),
        (["> a", "> b"], "b"),
        (["> a", "> b", "/fail 2 x"], "a"),
        (["> a", "/undone 1"], ""),
        (["> a", "/verify 1 x"], "a"),
    ],
)
def test_what_is_being_done_is_the_newest_change_that_still_may_help(
    lines: list[str], told: str
) -> None:
    assert strategy(baking(*lines).incident) == told
