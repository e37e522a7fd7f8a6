"""Episodes: an incident that comes back begins another one, to which what is done then belongs."""

from datetime import timedelta

import pytest

from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.process.episodes import Episodes, present
from incident_tui.domain.process.lifecycle import Lifecycle, StatusChanged
from tests.support.playbooks.engine import ACTED, LOOKED, baking, lifecycle

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("lines", "episodes"),
    [
        ((), 1),
        (("/state mitigated", "/state resolved"), 1),
        (("/state mitigated", "/state monitoring", "/state mitigated"), 1),
        (("/state mitigated", "/state active back"), 2),
        (("/state resolved", "/state active back", "/state resolved", "/state active again"), 3),
        ((*LOOKED, *ACTED, "/reopen act it went cold"), 2),
        ((*LOOKED, *ACTED, "/state active back", "/reopen look another oven"), 2),
        (("/close duplicate of another one", "/reopen look no, it is its own"), 2),
    ],
)
def test_what_begins_another_episode(lines: tuple[str, ...], episodes: int) -> None:
    assert len(baking(*lines).incident.of(Episodes).items) == episodes


def test_two_copies_that_say_it_is_back_begin_one_episode() -> None:
    story = baking("/state mitigated", "/state active back")
    story.record([StatusChanged(status="active", before="mitigated", text="x", recurs=True)])
    assert len(story.incident.of(Episodes).items) == 2


def test_an_entry_belongs_to_the_episode_in_which_it_was_made() -> None:
    story = baking("smoke", "/state mitigated", "quiet", "/state active back", "smoke again")
    story.say("@-3m smoke was there before it came back")
    episodes = story.incident.of(Episodes)
    by_text = {
        str(getattr(e.event, "text", "")): episodes.of_entry(e) for e in story.incident.entries
    }
    assert (by_text["smoke"], by_text["quiet"], by_text["smoke again"]) == (1, 1, 2)
    assert by_text["smoke was there before it came back"] == 1


def test_when_it_really_came_back_can_be_said_afterwards() -> None:
    story = baking("/state mitigated")
    story.say("/state active it is back", at=story.now + 60 * MINUTE)
    story.say("@-20m /state active since the deploy")
    back = story.incident.of(Milestones).at("recurred")
    assert back == story.now - 20 * MINUTE
    assert lifecycle(story).status == "active"


def test_before_it_comes_back_the_gates_read_the_whole_log() -> None:
    story = baking("/sev HIGH", "/state mitigated")
    assert present(story.incident) is story.incident


def test_afterwards_they_read_an_excerpt_that_keeps_the_numbers_of_entries() -> None:
    story = baking("/sev HIGH", "/state mitigated", "/state active back", "smoke")
    excerpt = present(story.incident)
    assert excerpt.whole is story.incident
    assert excerpt.numbers == story.incident.numbers
    assert excerpt.of(Lifecycle).status == "active"
    story.say("more smoke")
    assert present(story.incident).numbers == story.incident.numbers
