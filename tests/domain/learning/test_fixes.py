"""What removes a confirmed cause, and the test that would have caught it."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.learning.fixes import Fixes
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.gates import CheckAttested
from tests.support.incidents import Story, playbook
from tests.support.playbooks.processes import filled, flags_up, holds, process

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


def test_a_fix_that_went_out_before_its_cause_was_known_is_tested_by_itself() -> None:
    story = Story(process(fixes__untested=0)).tell(["> patched the pool by hand"])
    assert [flag.mend for flag in flags_up(story)] == ["/tested …"]
    assert flags_up(story.tell(["/tested the replayed orders pass"])) == []


def test_a_ticked_step_of_the_playbook_says_that_the_fix_is_out() -> None:
    story = Story(playbook("mitigate-first"))
    story.playbook.flags.clear()
    story.playbook.flags["fixes.untested"] = 0
    story.record([CheckAttested(stage="fix", check="deployed", text="run 12")])
    assert [flag.id for flag in flags_up(story)] == ["fixes.untested"]
    assert story.incident.of(Milestones).at("fix-deployed") == story.now


NAMED = [*CONFIRMED, "/fix 1 retries are bounded test:storm"]


def test_a_deployed_fix_is_no_mitigation_and_gives_its_milestone() -> None:
    story = Story(process()).tell(NAMED)
    story.say("@-5m /fix 1 deployed v43 everywhere src:deploys")
    assert story.incident.of(Mitigations).items == []
    assert story.incident.of(Milestones).at("fix-deployed") == story.entries[-1].at
    [fix] = story.incident.of(Fixes).items
    assert fix.deployed is story.incident.entries[-2]
    assert story.entries[-2].source == "deploys"


def test_what_nobody_named_is_not_deployed() -> None:
    with pytest.raises(Refused) as refused:
        Story(process()).tell(CONFIRMED).say("/fix 1 deployed")
    assert refused.value.reasons[0][1] == "/fix 1 … test:NAME"


def test_taking_the_deployment_back_takes_its_milestone_back() -> None:
    story = Story(process()).tell([*NAMED, "/fix 1 deployed", "/undo"])
    assert story.incident.of(Milestones).at("fix-deployed") is None
