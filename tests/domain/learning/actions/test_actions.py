"""Action items move only as their table says, and keep what was said of them."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.learning.actions import (
    STEPS,
    Action,
    ActionAdded,
    ActionChanged,
    ActionMoved,
    Actions,
)
from tests.support.concept_lines import FRIDAY, ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking, is_accepted


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "+ a second oven", [ActionAdded(text="a second oven")]),
        (
            "",
            '+ a second oven owner:ana due:fri class:prevent prio:P1 verify:"it bakes" ref:B-7',
            [
                ActionAdded(
                    text="a second oven",
                    owner="ana",
                    due=FRIDAY,
                    action_class="prevent",
                    priority="P1",
                    verify="it bakes",
                    ref="B-7",
                )
            ],
        ),
        ("+ oven", "/act 1 owner:ben", [ActionChanged(action="e00002", owner="ben")]),
        ("+ oven", "/act 1 done", [ActionMoved(action="e00002", step="done")]),
        ("+ oven", "/act #1 verify hot", [ActionMoved(action="e00002", step="verify", text="hot")]),
        (
            "+ oven",
            "/act 1 drop no room",
            [ActionMoved(action="e00002", step="drop", text="no room")],
        ),
        (
            "+ oven",
            "/act 1 hand-over mill, M-1",
            [ActionMoved(action="e00002", step="hand-over", text="mill, M-1")],
        ),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        (
            [],
            "+ be more careful",
            "cannot be seen to be done",
            ["+ …"],
        ),
        *(
            (
                ["+ oven"],
                f'{line}"we will be more careful"',
                "cannot be seen",
                ['verify:"the page fires in staging"'],
            )
            for line in ("+ mill verify:", "/act 1 verify:")
        ),
        (["+ oven", "/act 1 done"], "/act 1 verify be more careful", "cannot be seen", []),
        ([], "+ oven class:fix", "'fix' is not a class of action items", []),
        ([], "+ oven prio:P9", "'P9' is not a priority", []),
        ([], "+ oven due:14.02", "the due date '14.02'", []),
        ([], "/act 1 done", "there is no action item 1", ["+ … owner:NAME"]),
        (["+ oven"], "/act 1", "what about action item 1?", ["/act 1 done …"]),
        (["+ oven", "/act 1 drop x"], "/act 1 done", "dropped already", []),
        (["+ oven"], "/act 1 prio:P9", "'P9' is not a priority", []),
    ]


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
    assert is_accepted(story, ACTIONS[step]) is (step in STEPS[status])
    assert action(story).status == STEPS[status].get(step, status)


def test_attributes_given_later_are_added_to_the_earlier_ones() -> None:
    story = baking("+ oven owner:ana prio:P1", "/act 1 owner:ben ref:B-7")
    item = action(story)
    assert (item.owner, item.priority, item.ref) == ("ben", "P1", "B-7")


def test_an_item_says_which_day_a_word_was_taken_for() -> None:
    story = Story()
    (entry,) = story.say("+ an alert on the pool due:fri")
    assert entry.event.tell(entry, story.incident) == "1 an alert on the pool due:2026-11-27"


def test_a_step_of_a_newer_version_is_told_by_its_name() -> None:
    story = baking("+ oven")
    (entry,) = story.record([ActionMoved(action="e00002", step="polished")])
    assert entry.event.tell(entry, story.incident) == "1 polished"
    assert action(story).status == "open"
