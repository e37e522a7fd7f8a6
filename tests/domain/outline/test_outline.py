"""The outline: what numbers and likeness need, without what others may not read."""

import msgspec
import pytest

from incident_tui.domain.outline import Outline, outline
from tests.playbooks.driver import story_of
from tests.playbooks.scripts.all import WALKED
from tests.support.incidents import TRIAGE, Story

LINES = (
    *TRIAGE,
    "/tag retries",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "= 5xx 12 % -> 0.4 %",
    '/verify 1 "0.4 % for five minutes"',
    "/hyp 1 confirm the pool metric shows it",
    "/factor detection no alert on pool usage",
)


@pytest.fixture
def known() -> Outline:
    return outline(Story().tell(LINES).incident)


def test_what_was_said_is_there_to_be_counted_and_compared(known: Outline) -> None:
    assert (known.services, known.tags) == (("checkout", "payments"), ("retries",))
    assert (known.detection, known.signals) == ("pager", ("5xx",))
    assert known.causes == ("v42 exhausts the connection pool",)
    assert known.helped == ("checkout back to v41",)
    (factor,) = known.factors
    assert (factor.layer, factor.candidate) == ("detection", False)
    assert factor.title != factor.layer
    assert known.milestones.keys() >= {"detected", "declared", "triaged"}
    assert known.playbook == "war-room"


def test_an_incident_is_told_as_closed_once_it_is(known: Outline) -> None:
    assert not known.closed
    assert outline(Story().tell(["/close duplicate of another"]).incident).closed


def test_what_is_not_known_is_left_out_and_never_zero(known: Outline) -> None:
    assert "resolved" not in known.milestones
    assert "started" not in known.milestones  # the first sign of it is not when it began
    assert "time_to_resolve" not in known.durations
    assert known.impact is None  # it goes on


def test_a_start_that_was_said_is_counted_from() -> None:
    lines = [*LINES, "/milestone started 2"]
    assert "started" in outline(Story().tell(lines).incident).milestones


def test_it_is_the_same_once_it_was_kept(known: Outline) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(known), type=Outline) == known


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/impact services acme-portal", "acme"),
        ("/tag acme", "acme"),
        ("/factor detection acme called first", "acme"),
        ("= acme errors 1 -> 2 src:acme", "acme"),
        ("/role scribe acme", "acme"),
    ],
)
def test_words_of_restricted_entries_are_not_in_it(line: str, words: str) -> None:
    story = Story().tell([line])
    story.say("later")
    assert words in str(outline(story.incident))
    story.say("/restrict 2 names a customer")
    assert words not in str(outline(story.incident))


def test_it_holds_what_to_do_the_next_time_unless_only_some_may_know() -> None:
    story = story_of("lifecycle", WALKED["lifecycle"])
    assert outline(story.incident).next_time == ("close the route first; then look at the locks",)
    (number,) = (
        story.incident.number(entry.id)
        for entry in story.incident.recorded
        if "close the route first" in entry.event.tell(entry, story.incident)
    )
    story.say(f"/restrict {number} it names a customer")
    assert outline(story.incident).next_time == ()
