"""What was agreed beforehand is asked for at its time, unless it is over or decided."""

import pytest

from tests.support.incidents import Story
from tests.support.playbooks.engine import refusal
from tests.support.playbooks.processes import filled, flags_up, process


@pytest.mark.parametrize(
    "typed",
    [
        '"5xx above 1 % at 14:45 -> switch off"',
        "5xx above 1 % at 14:45 -> switch off",
        "5xx above 1 % by 14:45->switch off",
        "5xx above 1 %, +39m -> switch off",
    ],
)
def test_it_is_demanded_when_it_is_due(typed: str) -> None:
    story = Story(process(triggers__due=0)).tell([f"/strategy-trigger {typed}"])
    assert flags_up(story, minutes=38) == []
    (flag,) = flags_up(story, minutes=39)
    assert "switch off" in flag.text
    assert flag.mend == "! switch off"


@pytest.mark.parametrize(
    ("lines", "up"),
    [
        (["! switch off"], False),
        (["/strategy ask the vendor says ten more minutes"], False),
        (["/state mitigated it is below"], False),
        (["still 4 %"], True),
    ],
)
def test_a_decision_at_its_time_or_the_end_of_the_impact_answers_it(
    lines: list[str], up: bool
) -> None:
    story = Story(process(triggers__due=0))
    story.tell(["/strategy-trigger 5xx at 1 % +5m -> switch off", *"abcde", *lines])
    assert bool(flags_up(story)) is up


def test_one_without_a_time_or_without_what_is_done_says_how_it_reads() -> None:
    for typed in ("5xx above 1 %", "5xx above 1 % at 14:45", "5xx above 1 % -> switch off"):
        assert "what, by when" in refusal(Story(), f"/strategy-trigger {typed}").message
    assert "time" in refusal(Story(), "/strategy-trigger it is red at noonish -> x").message


def test_what_was_agreed_fills_a_field() -> None:
    story = Story(process()).tell(["/strategy-trigger 5xx above 1 % at 14:45 -> switch off"])
    assert filled(story, "triggers.all") == "5xx above 1 % at 14:45 -> switch off"
