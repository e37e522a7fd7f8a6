"""The packet at a handover, and the proof that it was read."""

import msgspec
import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.handover.checkpoints import Checkpoints
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.values.playbook import Deadlines
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, process

UNDER_WAY = [
    "/role commander ana",
    "/impact users 12 % of checkouts",
    "? the pool is exhausted",
    "/mitigate rollback to v41 undo:again",
    "! fail over at three",
    "/cadence 20m",
]


def handover(story: Story) -> Story:
    return story.tell(["/role commander ben", "/checkpoint ben"])


def test_the_packet_is_made_of_what_the_log_knows() -> None:
    story = Story(process()).tell([*UNDER_WAY, '/checkpoint ben call me users:"pay by card?"'])
    lines = filled(story, "checkpoints.latest").split("\n")
    assert lines == [
        "for ben, at 2026-11-20 14:12",
        "State: active, Triage",
        "Present hypothesis: the pool is exhausted (open)",
        "What users feel: 12 % of checkouts",
        "Changes in flight: change 1: to v41 (rollback)",
        "What others decide: pay by card?",
        "Cadence of updates: every 20m",
        "Next update: 14:25",
        "Next decision: fail over at three",
        "Note: call me",
    ]


@pytest.mark.parametrize(
    ("typed", "to", "note"),
    [
        ("Ben Doe", "Ben Doe", ""),
        ("ben doe call me", "Ben Doe", "call me"),
        ("cleo Doe asks", "cleo", "Doe asks"),
    ],
)
def test_a_name_of_two_words_needs_no_quotes_once_it_is_known(
    typed: str, to: str, note: str
) -> None:
    story = Story(process()).tell(["/role scribe Ben Doe", f"/checkpoint {typed}"])
    packet = story.incident.of(Checkpoints).items[0].packet
    assert (packet.to, packet.text) == (to, note)


def test_an_empty_log_makes_a_packet_that_says_so() -> None:
    story = Story(process()).tell(["/checkpoint ben"])
    text = filled(story, "checkpoints.latest")
    for words in ("none stands", "unknown", "Changes in flight: none", "as agreed", "none named"):
        assert words in text


def test_the_receiver_reads_a_fact_back() -> None:
    story = handover(Story(process()).tell(UNDER_WAY))
    assert not holds(story, "checkpoints.acknowledged")
    story.say("/ack the pool is thought to be exhausted", actor="ben")
    assert holds(story, "checkpoints.acknowledged")
    assert story.incident.of(Checkpoints).items[0].acknowledged is story.entries[-1]


@pytest.mark.parametrize("text", ["it is v41", "so at 20m"])
def test_a_short_word_that_holds_a_figure_is_a_fact_read_back(text: str) -> None:
    story = handover(Story(process()).tell(UNDER_WAY))
    story.say(f"/ack {text}", actor="ben")
    assert holds(story, "checkpoints.acknowledged")


def test_the_packet_says_what_was_set_as_the_point_of_decision() -> None:
    story = Story(process())
    point = "at three, by the head of shop: fail over?"
    story.record([FieldSet(stage="triage", field="user-decision-point", text=point)])
    story.say("/checkpoint ben")
    packet = story.incident.of(Checkpoints).items[0].packet
    assert packet.users_decide == "at three, by the head of shop: fail over?"


@pytest.mark.parametrize("text", ["ok", "understood, thanks", "all is fine", "state and decision"])
def test_a_nod_is_no_read_back(text: str) -> None:
    story = handover(Story(process()).tell(UNDER_WAY))
    with pytest.raises(Refused) as refused:
        story.say(f"/ack {text}", actor="ben")
    assert ("Next decision: fail over at three", "/ack …") in refused.value.reasons


def test_nobody_else_reads_it_back() -> None:
    story = handover(Story(process()).tell(UNDER_WAY))
    with pytest.raises(Refused, match="no checkpoint waits for ana"):
        story.say("/ack the pool is exhausted", actor="ana")


def test_the_first_commander_needs_no_checkpoint() -> None:
    assert holds(Story(process()).tell(["/role commander ana"]), "checkpoints.acknowledged")


@pytest.mark.parametrize(
    "lines",
    [
        ["/role commander ana", "/role commander ben"],
        ["/role commander ana", "/role commander -", "/role commander ben"],
        ["/role commander ana", "/checkpoint cleo", "/role commander ben"],
    ],
)
def test_a_change_of_command_without_its_packet_fails(lines: list[str]) -> None:
    """Also where the hat lay about in between, and where somebody else got the packet."""
    story = Story(process()).tell(lines)
    assert mend(story, "checkpoints.acknowledged") == "/checkpoint ben"


def test_the_packet_may_come_before_the_hat() -> None:
    story = Story(process()).tell([*UNDER_WAY, "/checkpoint ben", "/role commander ben"])
    story.say("/ack we fail over at three", actor="ben")
    assert holds(story, "checkpoints.acknowledged")


def test_each_handover_needs_its_own() -> None:
    story = handover(Story(process()).tell(UNDER_WAY))
    story.say("/ack the pool is exhausted", actor="ben")
    story.tell(["/role commander ana", "/role commander ben"])
    assert mend(story, "checkpoints.acknowledged") == "/checkpoint ana"


def test_a_handover_names_the_next_decision() -> None:
    story = Story(process()).tell(["/role commander ana", "/role commander ben", "/checkpoint ben"])
    assert mend(story, "checkpoints.decision") == '/checkpoint ben decide:"…"'
    story.say('/checkpoint ben decide:"fail over at 15:00"')
    assert holds(story, "checkpoints.decision")
    assert holds(Story(process()).tell(["/role commander ana"]), "checkpoints.decision")


def test_taking_the_handover_back_takes_the_demand_back() -> None:
    story = Story(process()).tell(["/role commander ana", "/role commander ben", "/undo"])
    assert holds(story, "checkpoints.acknowledged")


def test_a_handover_without_packet_is_flagged_after_a_while() -> None:
    story = Story(process(checkpoints__missing=5)).tell([*UNDER_WAY, "/role commander ben"])
    assert flags_up(story, minutes=4) == []
    assert [flag.mend for flag in flags_up(story, minutes=5)] == ["/checkpoint ben"]
    story.say("/checkpoint ben")
    assert [flag.mend for flag in flags_up(story, minutes=5)] == ["/ack …"]
    story.say("/ack the pool is exhausted", actor="ben")
    assert flags_up(story, minutes=5) == []


def test_a_long_shift_asks_for_a_checkpoint() -> None:
    story = Story(process(checkpoints__due=0)).tell(["/role commander ana"])
    assert flags_up(story, minutes=479) == []
    assert [flag.id for flag in flags_up(story, minutes=480)] == ["checkpoints.due"]
    assert flags_up(story.tell(["/checkpoint ben"]), minutes=479) == []


def test_a_shift_is_long_after_eight_hours_where_the_playbook_names_none() -> None:
    own = msgspec.structs.replace(process(checkpoints__due=0), deadlines=Deadlines())
    story = Story(own).tell(["/role commander ana"])
    assert flags_up(story, minutes=479) == []
    assert [flag.id for flag in flags_up(story, minutes=480)] == ["checkpoints.due"]


@pytest.mark.parametrize(
    ("line", "mend"), [("/checkpoint", "/checkpoint NAME"), ("/ack", "/ack …")]
)
def test_without_a_word_the_packet_is_shown_instead(line: str, mend: str) -> None:
    """The console opens it; elsewhere the line says what is missing."""
    story = Story(process()).tell([*UNDER_WAY, "/checkpoint ana"])
    with pytest.raises(Refused) as refused:
        story.say(line)
    assert mend in [reason[1] for reason in refused.value.reasons]


def test_remarks_of_several_lines_stay_as_they_are() -> None:
    story = Story(process()).tell(["/checkpoint ben one\ntwo"])
    assert story.incident.of(Checkpoints).items[0].packet.text == "one\ntwo"


def test_the_newest_packet_waits_for_its_receiver_until_it_is_read() -> None:
    story = Story(process()).tell([*UNDER_WAY, "/checkpoint ben", "/checkpoint cleo"])
    checkpoints = story.incident.of(Checkpoints)
    mine, newest = checkpoints.waiting_for("Ben"), checkpoints.unread
    assert mine is not None
    assert newest is not None
    assert (mine.number, newest.number, checkpoints.waiting_for("ana")) == (1, 2, None)
    story.say("/ack the pool is exhausted", actor="ben")
    assert checkpoints.waiting_for("ben") is None


@pytest.mark.parametrize(
    ("lines", "person"),
    [
        (["/role commander ana"], ""),
        (["/role commander ana", "/role commander ben"], "ben"),
        (["/role commander ana", "/role commander ben", "/checkpoint ben"], ""),
        (["/role commander ana", "/checkpoint ben", "/role commander ben"], ""),
    ],
)
def test_whoever_takes_over_is_owed_a_packet(lines: list[str], person: str) -> None:
    assert Story(process()).tell(lines).incident.of(Checkpoints).owed_to == person
