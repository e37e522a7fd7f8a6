"""How long each hat was worn by whom, as the log tells it."""

from datetime import timedelta

import pytest

from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.people.hats.time_in_role import HatTimes, worn_by_person
from tests.support.incidents import Story
from tests.support.playbooks.engine import ACTED, INFORMED, LEARNED, LOOKED, baking


def minutes(story: Story, *, later: float = 0) -> dict[str, dict[str, float]]:
    """Hat -> person -> minutes worn, so long after the story's last line."""
    worn = story.incident.of(HatTimes).worn_for(story.now + timedelta(minutes=later))
    return {
        hat: {person: time / timedelta(minutes=1) for person, time in people.items()}
        for hat, people in worn.items()
    }


@pytest.mark.parametrize(
    ("lines", "worn"),
    [
        ([], {}),
        (["/role lead ana"], {"lead": {"ana": 10}}),
        (["/role lead ana", "/role lead ben"], {"lead": {"ana": 1, "ben": 10}}),
        (["/role lead ana", "/role lead -"], {"lead": {"ana": 1}}),
        (["/role taster ana", "/role taster not-needed why"], {"taster": {"ana": 1}}),
        (
            ["/role lead ana", "x", "/role lead ben", "/role lead ana"],
            {"lead": {"ana": 12, "ben": 1}},
        ),
        (["/role lead ana", "/role speaker ana"], {"lead": {"ana": 11}, "speaker": {"ana": 10}}),
    ],
)
def test_every_stretch_counts_for_its_wearer(
    lines: list[str], worn: dict[str, dict[str, float]]
) -> None:
    """Each line is typed a minute after the last; ten minutes have passed since."""
    assert minutes(baking(*lines), later=10) == worn


def test_a_hat_taken_off_before_it_was_put_on_was_not_worn() -> None:
    """A late entry may say so; no time is ever negative."""
    story = baking("/role lead ana", "@-30m /role lead -")
    assert minutes(story, later=10) == {"lead": {"ana": 0}}


@pytest.mark.parametrize(
    ("under_it", "after", "times"),
    [(False, [], []), (True, [], [1]), (False, ["/role lead zoe"], [1])],
)
def test_who_responded_counts_a_hat_that_was_never_worn_only_by_what_was_typed_under_it(
    under_it: bool, after: list[str], times: list[int]
) -> None:
    story = baking("/role lead zoe", "@-30m /role lead -")
    story.record([FactRecorded("cold")], actor="zoe", hat="lead" if under_it else "")
    story.tell(after)
    assert [len(worn.spans) for worn in worn_by_person(story.incident)] == times


def test_nobody_works_in_a_hat_once_the_incident_is_closed() -> None:
    story = baking("/role lead ana", "/close merged elsewhere")
    assert minutes(story, later=60) == {"lead": {"ana": 1}}


def test_a_stage_that_is_reopened_puts_everybody_back_to_work() -> None:
    story = baking(
        "/role lead ana", *LOOKED, *ACTED, *INFORMED, *LEARNED, "/attest swept", "/close"
    )
    closed = minutes(story)["lead"]["ana"]
    story.say("/reopen act it is back")
    assert minutes(story, later=10)["lead"]["ana"] == closed + 10


def test_nobody_is_in_a_hat_twice_at_one_time_whatever_late_lines_say() -> None:
    story = baking(
        "/role lead ana", *LOOKED, *ACTED, *INFORMED, *LEARNED, "/attest swept", "/close"
    )
    first = minutes(story)["lead"]["ana"]
    story.say("@-5m /reopen act it was back before the close")
    assert minutes(story, later=10)["lead"]["ana"] == first + 11
    taken_back = baking("/role lead ana", "x", "/role lead -", "@-1m /role lead ana")
    assert minutes(taken_back, later=10) == {"lead": {"ana": 13}}


def test_a_hat_that_is_handed_out_after_the_close_is_worn_from_a_reopening_on() -> None:
    story = baking(
        *LOOKED, *ACTED, *INFORMED, *LEARNED, "/attest swept", "/close", "/role lead ben"
    )
    assert "ben" not in minutes(story, later=60).get("lead", {})
    story.say("/reopen act it is back")
    assert minutes(story, later=10)["lead"]["ben"] == 10
