"""When users felt no more of it, and when all was over."""

import pytest

from tests.domain.findings.milestones.test_derivations import minutes
from tests.support.playbooks.engine import baking


@pytest.mark.parametrize(
    ("lines", "milestone", "expected"),
    [
        (["/state mitigated"], "mitigated", 1),
        (["@-9m /state mitigated"], "mitigated", -8),
        (["/state resolved"], "mitigated", 1),
        (["/state mitigated", "/state resolved"], "resolved", 2),
        (["/state resolved", "/state active"], "resolved", None),
    ],
)
def test_the_end_is_as_stated_or_as_the_state_says(
    lines: list[str], milestone: str, expected: float | None
) -> None:
    assert minutes(baking(*lines), milestone) == expected


def test_the_newest_word_of_the_present_episode_counts() -> None:
    story = baking("@-9m /milestone mitigated", "@-8m /milestone mitigated", "/state mitigated")
    assert minutes(story, "mitigated") == -6
    story.say("/state active it is back")
    assert minutes(story, "mitigated") is None
