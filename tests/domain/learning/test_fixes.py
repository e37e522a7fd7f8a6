"""What removes a confirmed cause, and the test that would have caught it."""

import pytest

from incident_tui.domain.core.commands import Refused
from tests.support.incidents import Story
from tests.support.processes import filled, flags_up, holds, process

CONFIRMED = ["? the pool is exhausted", "/hyp 1 confirm the metrics prove it"]


def test_a_fix_stands_against_a_confirmed_cause() -> None:
    story = Story(process()).tell([*CONFIRMED, "/fix 1 retries are bounded ref:#812"])
    assert holds(story, "fixes.named")
    assert filled(story, "fixes.all") == "retries are bounded, for: the pool is exhausted (#812)"


@pytest.mark.parametrize("lines", [[], ["? the pool is exhausted"]])
def test_a_fix_for_a_guess_is_refused(lines: list[str]) -> None:
    with pytest.raises(Refused):
        Story(process()).tell(lines).say("/fix 1 retries are bounded")


def test_a_fix_no_longer_counts_when_its_cause_is_refuted() -> None:
    story = Story(process()).tell([*CONFIRMED, "/fix 1 bounded test:t"])
    story.say("/hyp 1 refute it was the cache")
    assert not holds(story, "fixes.named")
    assert not holds(story, "fixes.tested")
    assert filled(story, "fixes.all") == ""


def test_said_again_a_fix_keeps_what_is_not_said() -> None:
    story = Story(process()).tell([*CONFIRMED, "/fix 1 bounded", "/fix 1 bounded to 3 test:storm"])
    story.say("/fix 1 bounded to three ref:#812")
    assert holds(story, "fixes.tested")
    assert filled(story, "fixes.tests") == "storm"
    assert filled(story, "fixes.all") == "bounded to three, for: the pool is exhausted (#812)"


def test_every_fix_needs_its_test() -> None:
    story = Story(process()).tell(
        [*CONFIRMED, "? the cache", "/hyp 2 confirm so", "/fix 1 bounded test:a", "/fix 2 keyed"]
    )
    assert not holds(story, "fixes.tested")
    assert holds(story.tell(["/fix 2 keyed test:b"]), "fixes.tested")


def test_a_fix_in_production_without_test_is_flagged() -> None:
    story = Story(process(fixes__untested=0)).tell([*CONFIRMED, "/fix 1 bounded"])
    assert flags_up(story) == []
    story.say("/milestone fix-deployed")
    assert [flag.id for flag in flags_up(story)] == ["fixes.untested"]
    assert flags_up(story.tell(["/fix 1 bounded test:storm"])) == []
