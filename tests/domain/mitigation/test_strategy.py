"""The demand to go another way when impact lasts."""

import pytest

from incident_tui.domain.core.commands import Refused
from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, process

TRIED = ["/role commander ana", "/mitigate rollback to v41 undo:again"]


@pytest.mark.parametrize(
    ("lines", "minutes", "up"),
    [
        (TRIED, 29, False),
        (TRIED, 30, True),
        ([*TRIED, "/strategy other-mitigation it changed nothing"], 29, False),
        ([*TRIED, "/strategy other-mitigation it changed nothing"], 30, True),
        ([*TRIED, "/mitigate scale 12 pods undo:back"], 29, False),
        ([*TRIED, "/state mitigated it stopped"], 600, False),
        (["/role commander ana"], 30, True),
    ],
)
def test_a_decision_is_demanded_while_nothing_helps(
    lines: list[str], minutes: int, up: bool
) -> None:
    """A new attempt or a changed strategy gives it time again; the end of the impact ends it."""
    story = Story(process(strategy__due=30)).tell(lines)
    assert bool(flags_up(story, minutes=minutes)) == up


def test_without_authority_attempts_do_not_count() -> None:
    story = Story(process(strategy__due=30)).tell(["/mitigate rollback to v41 undo:again"])
    [flag] = flags_up(story, minutes=29)
    assert "authority" in flag.text
    assert flag.mend.startswith("/strategy ask")


def test_only_the_three_ways_are_a_change_of_strategy() -> None:
    story = Story(process())
    with pytest.raises(Refused) as refused:
        story.say("/strategy wait the vendor is on it")
    assert len(refused.value.reasons) == 3


def test_changes_are_listed_with_their_reasons() -> None:
    story = Story(process()).tell(["/strategy ask nobody here knows the cache"])
    sentence = "somebody who can decide or knows more is called: nobody here knows the cache"
    assert filled(story, "strategy.changes") == sentence
