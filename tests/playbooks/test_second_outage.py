"""Every process to its close, back again by a second outage, and to a second close."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.findings.impact_spans import spans
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.gates import CheckResult, closes_next, next_gate
from incident_tui.domain.process.gates import gate as gate_of
from incident_tui.domain.process.lifecycle import Lifecycle
from tests.playbooks import driver
from tests.playbooks.scripts.all import NAMES, WALKED
from tests.support.incidents import Story, playbook

every = pytest.mark.parametrize("name", NAMES)


def closed(name: str) -> Story:
    """The incident at its first close."""
    return driver.walk(name, WALKED[name], protected=name == "command").story


def reopened(name: str) -> Story:
    """The incident after its close, when the impact is back at the stage that had stopped it."""
    story = closed(name)
    stop = next(stage.id for stage in story.playbook.stages if stage.status_after)
    story.say(f"/reopen {stop} the impact is back")
    return story


def mending(check: CheckResult) -> str:
    """The line that a check proposes, its gaps filled in."""
    value = "0.2 %" if check.mend.startswith("= ") else "seen anew"
    line = check.mend.replace(" src:…", " src:pager").replace(" inside:…", ' inside:"all idle"')
    line = line.replace("@…", "@14:59").replace("WHY", value).replace("|…", "").replace("…", value)
    return line.replace("undo:seen anew", "undo:none")


def mend_all(story: Story, doubted: Callable[[str], object] = bool) -> list[str]:
    """What the present gate asks for, line by line, until it passes: every line that it took."""
    lines: list[str] = []
    while failing := next_gate(story.incident).failing:
        # What the log fills in by itself is not typed, and what is told by what is done neither.
        told = ("artifact.", "timeline_check")
        first = min(failing, key=lambda check: check.id.startswith(told))
        lines.append(mending(first))
        assert len(lines) < 20, first
        doubted(lines[-1])
        story.say(lines[-1])
    return lines


def passed(story: Story) -> None:
    """Mend what the present gate asks for, and pass it."""
    mend_all(story)
    current = story.incident.of(Lifecycle).current
    if closes_next(story.incident):
        story.say("/close")
        return
    story.say("/advance")
    if story.incident.of(Lifecycle).current.state == "review":
        outside = current.stage.review == "external"
        story.say("/approve by:zoe ref:mail" if outside else "/approve")


@every
def test_the_gate_does_not_pass_on_what_was_done_against_the_first_outage(name: str) -> None:
    story = reopened(name)
    assert story.incident.of(Lifecycle).status == "active"
    with pytest.raises(Refused):
        story.say("/advance")


BACK = ("/reopen {stop} the impact is back", "/state active it is back")
back = pytest.mark.parametrize("again", BACK, ids=("reopened", "active"))


def impact_is_back(name: str, again: str) -> Story:
    """The incident when the impact is back after it was stopped: before its close, or behind it."""
    story = closed(name) if again.startswith("/reopen") else stopped(name)
    stop = next(stage.id for stage in story.playbook.stages if stage.status_after)
    story.say(again.format(stop=stop))
    return story


def stopped(name: str) -> Story:
    """The incident as soon as its script has stopped the impact."""
    found = playbook(name)
    story = Story(found, protected=name == "command")
    for step in WALKED[name]:
        stage = story.incident.of(Lifecycle).current.stage
        story.say(step.line, actor=step.by)
        if stage.status_after and story.incident.of(Lifecycle).current.stage is not stage:
            return story
    raise AssertionError(name)


@back
@every
def test_the_second_outage_is_stopped_in_at_most_four_lines(name: str, again: str) -> None:
    """Whatever the gate asks for is counted: attestations, sources and states too.

    No line is doubted, which on the command line would take one more; nor is the step itself.
    """
    story = impact_is_back(name, again)

    def undoubted(line: str) -> None:
        assert not story.plan(line).doubts, line

    lines = mend_all(story, undoubted)
    assert len(lines) <= 4, lines
    story.say("/advance")
    undoubted("/approve")


@pytest.mark.parametrize("name", ["communicated", "mitigated"])
def test_a_milestone_of_the_first_outage_is_none_of_the_second(name: str) -> None:
    story = Story(playbook("command")).tell(
        [f"/milestone {name} so it was said", "/state resolved"]
    )
    story.say("/state active it is back")
    stage = story.playbook.stage("stabilise")
    [asked] = [c for c in gate_of(story.incident, stage).checks if c.id == "timeline_check"]
    assert name in asked.why


ASKED_BESIDE = {"lifecycle": ["data-first"]}
"""What a gate asks of a person that none of the four lines says; it asks for less of them."""


@back
@every
def test_change_reading_verification_and_update_are_all_that_it_takes(
    name: str, again: str
) -> None:
    story = impact_is_back(name, again)
    kind = story.playbook.mitigation_kinds[0].id
    story.say(f"/mitigate {kind} once more undo:again src:runbook")
    story.say("= 5xx 12 % -> 0.2 % src:pager")
    number = story.incident.of(Mitigations).items[-1].number
    story.say(f'/verify {number} 5xx is back to normal inside:"the queues are empty"')
    story.say("/update It works again. next:+30m")
    failing = [check.id for check in next_gate(story.incident).failing]
    assert failing == ASKED_BESIDE.get(name, [])


@every
def test_later_stages_are_passed_again_before_the_second_close(name: str) -> None:
    story = reopened(name)
    stop = next(place for place, stage in enumerate(story.playbook.stages) if stage.status_after)
    states = [record.state for record in story.incident.of(Lifecycle).stages]
    assert states[stop + 1 :] == ["stale"] * (len(states) - stop - 1)
    for _ in states:
        if story.incident.of(Lifecycle).closed is None:
            passed(story)
    lifecycle = story.incident.of(Lifecycle)
    assert lifecycle.closed is not None
    assert [record.cycles for record in lifecycle.stages[stop:]] == [2] * (len(states) - stop)
    assert len(spans(story.incident)) == 2


LINES = (
    "/role all ana", "@-20m = 5xx 0.2 % -> 12 % src:pager", "/sev SEV2 down", "= 5xx 12 % -> 0.3 %",
    "/mitigate rollback to v41 undo:again", "/verify 1 back", "/fail 1 no effect", "/undone 1",
    "/keep 1", "> restarted", "/verify 2 back", "/state mitigated", "/state resolved",
    "/state active it is back", "@-15m /state active before that", "@-9m /state mitigated",
    "/advance", "/approve", "/revise say more", "/reopen triage wrong", "/reopen mitigate back",
    "/attest impact-reduced", "/waive mitigations.verified gone by itself", "/undo", "/redo",
    "/set residual-risk none", "@-30m /milestone started", "/milestone detected",
    "@-12m /milestone mitigated", "/close duplicate of another", "/update on it next:+30m",
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_no_sequence_of_lines_makes_a_negative_duration_or_loses_a_verdict(
    lines: list[str],
) -> None:
    story, verdicts = Story(), 0
    for line in lines:
        try:
            story.say(line)
        except (Refused, LineError):
            continue
        assert all(d is None or d.total_seconds() >= 0 for d in durations(story.incident).values())
        assert all(s.end is None or s.end >= s.begin for s in spans(story.incident))
        given_now = sum(len(item.verdicts) for item in story.incident.of(Mitigations).items)
        if line not in ("/undo", "/redo"):
            assert given_now >= verdicts
        verdicts = given_now


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_no_gate_passes_on_an_act_of_an_earlier_episode(lines: list[str]) -> None:
    story = Story()
    for line in (*lines, "/reopen triage it is back", "/state mitigated", "/state active back"):
        try:
            story.say(line)
        except (Refused, LineError):
            continue
    report = gate_of(story.incident, story.playbook.stage("mitigate"))
    states = {check.id: check.state for check in report.checks}
    acts = ("mitigations.tried", "mitigations.verified", "readings.compared", "impact-reduced")
    assert {states[act] for act in acts} == {"failing"}
