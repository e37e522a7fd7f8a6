"""What is still open or in effect when the incident ends."""

import pytest

from tests.support.incidents import Story, story
from tests.support.playbooks.processes import flags_up, only, process

LEFT = [
    ("guardrails__left", ["/guardrail no deploys"], "/lift 1 WHY", "/lift 1 v43 is out"),
    ("questions__left", ["/question was mail lost?"], "/answer 1 …", "/answer 1 none"),
    ("mitigations__left", ["/mitigate scale 12 pods undo:8"], "/undone 1 …", "/undone 1"),
]


@pytest.mark.parametrize(("flag", "lines", "proposed", "remedy"), LEFT)
def test_leftovers_are_flagged_once_it_is_over(
    flag: str, lines: list[str], proposed: str, remedy: str
) -> None:
    outage = Story(process(**{flag: 0})).tell(lines)
    assert flags_up(outage) == []
    outage.say("/state resolved")
    assert [flag.mend for flag in flags_up(outage)] == [proposed]
    outage.say(remedy)
    assert flags_up(outage) == []


def test_a_change_that_was_no_mitigation_may_stay() -> None:
    outage = Story(process(mitigations__left=0)).tell(["> deployed v43", "/state resolved"])
    assert flags_up(outage) == []


def test_the_last_stage_counts_as_an_end_too() -> None:
    outage = story(5)
    only(outage, "guardrails.left", 0)
    assert [flag.id for flag in flags_up(outage)] == ["guardrails.left"]


def test_what_protects_users_is_no_leftover_while_the_impact_is_back() -> None:
    outage = story(5)
    outage.say("/state active it is back")
    only(outage, "guardrails.left", 0)
    assert flags_up(outage) == []
