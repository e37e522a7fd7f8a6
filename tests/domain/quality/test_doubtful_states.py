"""A state that is set behind a later one is asked about; an approval of it is no later one."""

import pytest

from incident_tui.domain.process.lifecycle import StagePassed
from tests.playbooks.scripts.all import WALKED
from tests.support.incidents import Story, playbook


def _approved(name: str, *, stated: bool) -> Story:
    """The script of a process until the approval that gives "mitigated", stated before or not."""
    process = playbook(name)
    story = Story(process)
    for step in WALKED[name]:
        before = list(story.entries)
        story.say(step.line, actor=step.by)
        event = story.entries[-1].event
        stage = process.stage(event.stage) if isinstance(event, StagePassed) else None
        if stage is not None and stage.status_after == "mitigated":
            break
    if not stated:
        return story
    again = Story(process)
    for earlier in WALKED[name]:
        if len(again.entries) == len(before):
            break
        again.say(earlier.line, actor=earlier.by)
    again.say("/state mitigated users say so")
    again.say(step.line, actor=step.by)
    return again


@pytest.mark.parametrize("name", ["gated", "lifecycle", "mitigate-first", "studio", "war-room"])
@pytest.mark.parametrize("stated", [True, False])
def test_a_state_holds_since_it_was_stated_and_else_since_its_approval(
    name: str, stated: bool
) -> None:
    story = _approved(name, stated=stated)
    doubts = story.plan("@-30s /state resolved it is gone").doubts
    assert ("lifecycle.earlier" in doubts) is not stated
