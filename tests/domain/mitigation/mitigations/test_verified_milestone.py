"""What a verification says of the impact, where no stage that is passed says it."""

from datetime import datetime

import pytest

from incident_tui.domain.findings.impact_spans import spans
from incident_tui.domain.findings.milestones import Milestones
from tests.support.incidents import Story, playbook

DOWN = ("= 5xx 0.2 % -> 12 % src:pager", "/mitigate rollback to v41 undo:again")
NORMAL = "= 5xx 12 % -> 0.3 % src:pager"


def command(*lines: str) -> Story:
    return Story(playbook("command")).tell([*DOWN, *lines])


def mitigated(story: Story) -> datetime | None:
    return story.incident.of(Milestones).at("mitigated")


def test_numbers_back_to_normal_say_when_it_was_mitigated() -> None:
    story = command(NORMAL)
    verified, milestone = story.say("/verify 1 back on the panel")
    assert mitigated(story) == verified.at
    assert milestone.event.tell(milestone, story.incident) == "mitigated"
    [span] = spans(story.incident)
    story.say("/state resolved")
    [span] = spans(story.incident)
    assert span.end == verified.at


@pytest.mark.parametrize("line", ["/undo", "/fail 1 it came back after a minute"])
def test_it_goes_with_the_verification(line: str) -> None:
    story = command(NORMAL, "/verify 1 back", line)
    assert mitigated(story) is None


def test_a_milestone_of_its_own_stays_where_a_change_fails() -> None:
    story = command("/milestone mitigated the queue is empty", NORMAL, "/fail 1 no effect")
    assert mitigated(story) is not None


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("= 5xx 12 % -> 6 % src:pager",),
        ("= p95 4s -> 200ms",),
        (NORMAL, "> another change at the same time"),
        (NORMAL, "/state resolved"),
    ],
)
def test_nothing_less_than_that_says_so(lines: tuple[str, ...]) -> None:
    story = command(*lines)
    before = mitigated(story)
    assert len(story.say("/verify 1 it works")) == 1
    assert mitigated(story) == before


def test_where_a_stage_that_is_passed_says_so_the_verification_does_not() -> None:
    story = Story().tell([*DOWN, NORMAL, "/verify 1 back"])
    assert mitigated(story) is None
