"""Runs a script of log lines under a playbook and watches every check of every gate on the way.

A script is a specification: beside each line stand the checks that it mends, as ``stage:check``
(``close:check`` for those of the close).
"""

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import pytest

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.process.gates import closing_gate, gate
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Playbook
from tests.support.incidents import Story, playbook

Standing = dict[str, str]
"""``stage:check`` -> passed, failing or waived."""


class Step(NamedTuple):
    """A typed line, the checks that it mends, and who types it."""

    line: str
    mends: str = ""
    by: str = "ana"


def standing(incident: Incident) -> Standing:
    """Every check of every gate as it stands, also of stages that are still ahead."""
    states = {
        f"{stage.id}:{result.id}": result.state
        for stage in incident.playbook.stages
        for result in gate(incident, stage).checks
    }
    closing = {check.id for check in incident.playbook.closing}
    states |= {
        f"close:{result.id}": result.state
        for result in closing_gate(incident).checks
        if result.id in closing
    }
    return states


@dataclass
class Walk:
    """A script as it went: the standing before and after each step, and what was refused."""

    playbook: Playbook
    story: Story
    steps: list[tuple[Step, Standing, Standing]] = field(default_factory=list)

    @property
    def checks(self) -> set[str]:
        """Every check that the gates of the playbook ever showed."""
        return {check for _, before, after in self.steps for check in (*before, *after)}

    @property
    def mended(self) -> list[str]:
        """The checks that the script says it mends, in order."""
        return [check for step, _, _ in self.steps for check in step.mends.split()]


def walk(name: str, script: tuple[Step, ...], *, protected: bool = False) -> Walk:
    """Type the script into an empty incident under that playbook."""
    process = playbook(name)
    walked = Walk(process, Story(process, protected=protected))
    after = standing(walked.story.incident)
    for step in script:
        before = after
        walked.story.say(step.line, actor=step.by)
        after = standing(walked.story.incident)
        walked.steps.append((step, before, after))
    return walked


def story_of(name: str, script: tuple[Step, ...], *, protected: bool = False) -> Story:
    """The incident after the script, to go on with: it is typed once, and copied for each."""
    return _typed(name, script, protected).copy()


@cache
def _typed(name: str, script: tuple[Step, ...], protected: bool) -> Story:
    story = Story(playbook(name), protected=protected)
    for step in script:
        story.say(step.line, actor=step.by)
    return story


def assert_each_line_mends_what_it_says(walked: Walk) -> None:
    """A check fails as long as its evidence is missing, and passes with the line that gives it."""
    for step, before, after in walked.steps:
        for check in step.mends.split():
            assert before[check] == "failing", f"{check} passed already before: {step.line}"
            assert after[check] in ("passed", "waived"), f"{check} still fails after: {step.line}"


def assert_every_check_was_missing_once(walked: Walk) -> None:
    """No check of the playbook passes from the beginning: each wants something of people."""
    stages = [(stage.id, stage.checks) for stage in walked.playbook.stages]
    light = {
        f"{name}:{check.id}"
        for name, checks in [*stages, ("close", walked.playbook.closing)]
        for check in checks
        if check.light == "only"
    }
    assert set(walked.mended) == walked.checks - light


def assert_closed_at_its_end(walked: Walk) -> None:
    """The script ends with the close, and no gate was skipped on the way."""
    lifecycle = walked.story.incident.of(Lifecycle)
    assert lifecycle.closed is not None
    assert lifecycle.closed.reason == ""
    assert [record.state for record in lifecycle.stages] == ["passed"] * len(lifecycle.stages)


def assert_no_gate_opens_early(name: str, script: tuple[Step, ...], *, protected: bool) -> None:
    """At every point of the script at which a gate is shut, advancing is refused and told why."""
    process = playbook(name)
    story = Story(process, protected=protected)
    for step in script:
        report = gate(story.incident)
        current = story.incident.of(Lifecycle).current
        if current.state == "open" and not report.passes:
            entries = len(story.entries)
            with pytest.raises(Refused) as refused:
                story.say("/advance", at=story.now)
            assert len(refused.value.reasons) == len(report.failed)
            for why, mend in refused.value.reasons:
                assert why
                assert _begins_a_line(mend), mend
            assert len(story.entries) == entries
        story.say(step.line, actor=step.by)


def _begins_a_line(mend: str) -> bool:
    """Whether a proposal starts as a line of the console does; a fact may start with anything."""
    words = mend.split(maxsplit=1)
    return bool(words) and (not words[0].startswith("/") or bool(commands.forms(words[0])))
