"""How milestones follow from the log where nobody states them."""

from datetime import timedelta

import pytest

from incident_tui.domain.findings.milestones import Milestones
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.engine import baking

MINUTE = timedelta(minutes=1)


def minutes(story: Story, milestone: str) -> float | None:
    """Minutes between the declaration and a milestone."""
    at = story.incident.of(Milestones).at(milestone)
    return None if at is None else (at - DECLARED_AT) / MINUTE


@pytest.mark.parametrize(
    ("lines", "milestone", "expected"),
    [
        ([], "started", 0),
        ([], "declared", 0),
        ([], "detected", None),
        (["@-9m = heat 20 src:pager"], "started", -8),
        (["@-9m = heat 20 src:pager"], "detected", -8),
        (["@-9m smoke src:nose", "@-9m fire src:eyes"], "started", 0),  # a fact shows nothing
        (["@-9m smoke"], "started", 0),  # nobody says where from
        (["@-9m > new flour src:ledger"], "started", 0),  # a change is no signal
        (["@-9m = heat 20 src:pager", "/retract 2 other oven"], "started", 0),
        (["= heat 20 src:pager"], "detected", 0),  # noticed at the latest when it was declared
        (["smoke src:nose"], "detected", None),  # a fact is no detection by itself
        (["@-4h deployed v8 src:deploys"], "started", 0),
        (["@-9m /milestone detected users called"], "started", -8),
        (["> baked anew", "= heat 900 -> 20 src:panel"], "detected", None),  # it shows recovery
        (["/state resolved", "= heat 900 -> 20 src:panel"], "detected", None),
        (["@-9m = heat 900 src:panel", "> baked", "= heat 20 src:panel"], "detected", -8),
        (["/milestone started"], "started", 1),
        (["@-9m /milestone started"], "started", -8),
        (["@-9m smoke", "/milestone detected 2"], "detected", -8),
        (["/update x next:+5m", "/update y next:+5m"], "communicated", 1),
        (["? gas", "? flour", "/hyp 2 confirm x", "/hyp 1 confirm x"], "cause-identified", 3),
        (["? gas", "/hyp 1 confirm x", "/hyp 1 refute y"], "cause-identified", None),
        ([], "fix-deployed", None),
        ([], "recurred", None),
    ],
)
def test_milestones_follow_from_the_log_unless_somebody_states_them(
    lines: list[str], milestone: str, expected: float | None
) -> None:
    assert minutes(baking(*lines), milestone) == expected


def test_a_start_that_was_declared_wins_over_signals() -> None:
    story = Story(started_at=DECLARED_AT - 5 * MINUTE).tell(["@-9m = heat 20 src:nose"])
    assert minutes(story, "started") == -5
    assert minutes(story, "detected") is None


@pytest.mark.parametrize(
    "recovery",
    ["5xx 12% -> 0.4%", "p95 4s -> 310ms", "images: broken -> load", "success rate 80 % -> 99 %"],
)
def test_a_first_reading_that_is_for_the_better_is_no_detection(recovery: str) -> None:
    story = baking(f"@-5m = {recovery} src:panel")
    assert minutes(story, "detected") is None
    assert minutes(story, "started") == 0
    outage = baking("@-5m = 5xx 0.4% -> 12% src:panel", f"@-2m = {recovery} src:panel")
    assert minutes(outage, "detected") == -4


@pytest.mark.parametrize(
    "fact", ["deployed v8 of the export job src:deploys", "customers call src:support"]
)
def test_a_fact_with_its_source_is_no_detection_and_moves_no_start(fact: str) -> None:
    story = baking(f"@-3h {fact}")
    assert minutes(story, "detected") is None
    assert minutes(story, "started") == 0
    story.say("@-3h /milestone detected")
    assert minutes(story, "detected") is not None
