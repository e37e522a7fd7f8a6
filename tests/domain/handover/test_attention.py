"""What waits for whom, how many updates were missed, and how long it may be quiet."""

from datetime import timedelta

import pytest

from incident_tui.domain.handover.attention import Quiet, missed_updates, waiting_for, way_on
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.gates import next_gate
from tests.support.incidents import TRIAGE, Story
from tests.support.playbooks.engine import ACTED, INFORMED, LEARNED, LOOKED, baking, refusal


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


def way(story: Story, minutes: int = 0) -> tuple[str, str]:
    incident = story.incident
    step = way_on(incident, next_gate(incident), story.now + timedelta(minutes=minutes))
    return step.mend, step.why


def test_what_was_sent_back_asks_for_what_its_note_says_until_that_changed() -> None:
    """Not for /advance, which refuses it, nor first for the ticks that fell."""
    story = baking(*LOOKED, *ACTED[:-1], "/revise say when it burns")
    asked = ("/set risk …", "ana sent it back: say when it burns")
    assert way(story) == asked
    story.tell(["/attest calm", "/attest warm"])
    assert way(story) == asked
    story.say("/set risk it burns after an hour")
    assert way(story) == ("/advance", "everything holds")
    story.say("/advance")
    assert way(story) == ("/approve", "its document waits for approval")


def test_nothing_holds_while_others_wait_for_a_word_that_is_overdue() -> None:
    story = baking(*LOOKED, *ACTED, "/update All ovens are cold. next:+10m")
    assert way(story) == ("/advance", "everything holds")
    line, why = way(story, minutes=15)
    assert line.startswith("/update …")
    assert why == "The status update is overdue by 5m."


@pytest.mark.parametrize(
    ("lines", "step"),
    [
        ((), "/attest calm"),
        (ACTED[:-1], "/approve"),
        ((*ACTED, *INFORMED, *LEARNED[:-1]), "/approve by:NAME ref:…"),
        ((*ACTED, *INFORMED, *LEARNED), "/attest swept"),
        ((*ACTED, *INFORMED, *LEARNED, "/attest swept"), "/close"),
    ],
)
def test_the_step_that_comes_next_is_one_that_can_be_taken(
    lines: tuple[str, ...], step: str
) -> None:
    assert way(baking(*LOOKED, *lines))[0] == step


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
