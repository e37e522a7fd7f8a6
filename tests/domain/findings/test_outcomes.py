"""Hypotheses, changes and action items move only as their tables say."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.findings.hypotheses import VERDICTS, Hypotheses, Hypothesis, leading
from incident_tui.domain.learning.actions import STEPS, Action, ActionMoved, Actions
from incident_tui.domain.mitigation.mitigations import (
    OUTCOMES,
    Mitigation,
    MitigationFailed,
    Mitigations,
    strategy,
)
from tests.support.engine import baking
from tests.support.incidents import Story


def said(story: Story, line: str) -> bool:
    """Whether the line was accepted."""
    try:
        story.say(line)
    except Refused:
        return False
    return True


HYPOTHESES = {"test": "/hyp 1 test x", "refute": "/hyp 1 refute x", "confirm": "/hyp 1 confirm x"}
WAYS_TO_HYPOTHESIS: dict[str, list[str]] = {
    "open": [],
    "testing": ["test"],
    "refuted": ["refute"],
    "confirmed": ["confirm"],
}


def hypothesis(story: Story) -> Hypothesis:
    return story.incident.of(Hypotheses).items[0]


@pytest.mark.parametrize("status", VERDICTS)
@pytest.mark.parametrize("verdict", HYPOTHESES)
def test_a_hypothesis(status: str, verdict: str) -> None:
    story = baking("? gas", *(HYPOTHESES[step] for step in WAYS_TO_HYPOTHESIS[status]))
    assert hypothesis(story).status == status
    assert said(story, HYPOTHESES[verdict]) is (verdict in VERDICTS[status])
    assert hypothesis(story).status == VERDICTS[status].get(verdict, status)


def test_evidence_either_way_is_kept_and_a_verdict_with_its_reason() -> None:
    story = baking("? gas", "/hyp 1 for smells", "/hyp 1 against burns", "/hyp 1 confirm leak")
    found = hypothesis(story)
    assert (found.evidence_for, found.evidence_against) == (["smells"], ["burns"])
    assert found.verdict == "leak"


def test_testing_again_takes_the_verdict_back() -> None:
    assert hypothesis(baking("? gas", "/hyp 1 confirm leak", "/hyp 1 test sniff")).verdict == ""


def test_hypotheses_are_ranked_by_what_speaks_against_them() -> None:
    story = baking(
        "? out", "? doubtful", "? plain", "? likely", "? sure", "/hyp 1 refute x",
        "/hyp 2 against x", "/hyp 4 for x", "/hyp 5 confirm x",
    )  # fmt: skip
    ranked = [item.text for item in story.incident.of(Hypotheses).ranked()]
    assert ranked == ["sure", "likely", "plain", "doubtful", "out"]
    assert leading(story.incident) == "sure (confirmed)"


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


ACTIONS = {
    "done": "/act 1 done", "verify": "/act 1 verify x", "drop": "/act 1 drop x",
    "hand-over": "/act 1 hand-over x", "reopen": "/act 1 reopen x",
}  # fmt: skip
WAYS_TO_ACTION: dict[str, list[str]] = {
    "open": [],
    "done": ["done"],
    "verified": ["verify"],
    "dropped": ["drop"],
    "handed over": ["hand-over"],
}


def action(story: Story) -> Action:
    return story.incident.of(Actions).items[0]


@pytest.mark.parametrize("status", STEPS)
@pytest.mark.parametrize("step", ACTIONS)
def test_an_action_item(status: str, step: str) -> None:
    story = baking("+ oven", *(ACTIONS[way] for way in WAYS_TO_ACTION[status]))
    assert action(story).status == status
    assert said(story, ACTIONS[step]) is (step in STEPS[status])
    assert action(story).status == STEPS[status].get(step, status)


def test_attributes_given_later_are_added_to_the_earlier_ones() -> None:
    story = baking("+ oven owner:ana prio:P1", "/act 1 owner:ben ref:B-7")
    item = action(story)
    assert (item.owner, item.priority, item.ref) == ("ben", "P1", "B-7")


def test_a_step_of_a_newer_version_is_told_by_its_name() -> None:
    story = baking("+ oven")
    (entry,) = story.record([ActionMoved(action="e00002", step="polished")])
    assert entry.event.tell(entry, story.incident) == "1 polished"
    assert action(story).status == "open"
