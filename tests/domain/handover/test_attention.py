"""What waits for whom, how many updates were missed, and how long it may be quiet."""

from datetime import timedelta

import pytest

from incident_tui.domain.handover.attention import Quiet, missed_updates, waiting_for
from incident_tui.domain.impact.updates import Updates
from tests.support.incidents import TRIAGE, Story
from tests.support.playbooks.engine import refusal


def waits(story: Story, person: str) -> list[tuple[str, str]]:
    return [(one.text, one.line) for one in waiting_for(story.incident, person)]


def test_a_checkpoint_waits_for_its_receiver_until_it_is_read_back() -> None:
    story = Story().tell(["/role all ana", "/checkpoint ben"])
    assert waits(story, "ben") == [("ana's checkpoint waits for you", "/ack")]
    assert waits(story, "ana") == []
    story.say("/ack the state is active, Triage", actor="ben")
    assert waits(story, "ben") == []


def test_a_stage_that_was_sent_back_waits_for_everybody_but_who_sent_it() -> None:
    story = Story().tell(TRIAGE[:-1])
    assert waits(story, "ana") == []
    story.say("/revise name the region", actor="ben")
    assert waits(story, "ana") == [("ben sent Triage back", "/gate")]
    assert waits(story, "ben") == []


@pytest.mark.parametrize(
    ("minutes", "missed"), [(-1, 0), (0, 1), (29, 1), (30, 2), (59, 2), (60, 3)]
)
def test_an_update_is_missed_once_more_with_each_interval(minutes: int, missed: int) -> None:
    story = Story().tell(["/sev SEV1", "/cadence 30m", "/update We look into it. next:+20m"])
    due = story.incident.of(Updates).next_due
    assert due is not None
    assert missed_updates(story.incident, due + timedelta(minutes=minutes)) == missed


@pytest.mark.parametrize(("line", "minutes"), [("/quiet", 30), ("/quiet 2h", 120)])
def test_it_is_quiet_for_a_while(line: str, minutes: int) -> None:
    story = Story()
    assert story.plan(line).answer == Quiet(story.now + timedelta(minutes=minutes))


def test_a_bell_is_not_silent_for_days() -> None:
    assert "12 hours at most" in refusal(Story(), "/quiet 3d").message
