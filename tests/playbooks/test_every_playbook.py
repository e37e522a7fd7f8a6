"""What holds for each process that ships with the product, whichever it is."""

import re
from functools import cache

import pytest

from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.handover.update_drafts import compose
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Playbook
from incident_tui.store.playbook_files import BUILT_IN
from tests.playbooks import driver
from tests.playbooks.driver import Walk
from tests.playbooks.scripts.all import MENDED, NAMES, WALKED
from tests.support.incidents import Story, playbook

every = pytest.mark.parametrize("name", NAMES)
PROTECTED = {"command"}
"""Whose scripts tell what is to be seen by a few."""
mended = pytest.mark.parametrize("name", MENDED)


@cache
def walked(name: str) -> Walk:
    """The script, typed once for all tests that only look."""
    return driver.walk(name, WALKED[name], protected=name in PROTECTED)


def test_six_processes_ship_and_each_has_its_script() -> None:
    assert sorted(path.stem for path in BUILT_IN.glob("*.toml")) == NAMES


@every
def test_its_file_is_named_as_the_process(name: str) -> None:
    assert playbook(name).id == name


@every
def test_every_hat_says_its_duty_in_two_or_three_sentences(name: str) -> None:
    for hat in playbook(name).hats:
        sentences = re.findall(r"[.!?](?:\s|$)", hat.duty)
        assert 2 <= len(sentences) <= 3, f"{hat.id}: {hat.duty}"


@every
def test_one_hat_commands_and_is_needed_at_every_severity(name: str) -> None:
    process = playbook(name)
    [hat] = [hat for hat in process.hats if hat.commands]
    assert set(hat.needed_for) == {level.id for level in process.severities}


@every
def test_only_the_gravest_severity_calls_all_hands(name: str) -> None:
    process = playbook(name)
    called = [level.all_hands for level in process.severities]
    assert called == [True] + [False] * (len(called) - 1)


@every
def test_every_stage_has_guidance_hats_and_a_document_or_an_end(name: str) -> None:
    process = playbook(name)
    for stage in process.stages:
        assert stage.guidance, stage.id
        assert stage.hats, stage.id
        assert stage.produces is not None or stage is process.stages[-1], stage.id


@every
def test_each_document_feeds_a_later_stage(name: str) -> None:
    process = playbook(name)
    needed = {artifact for stage in process.stages for artifact in stage.requires}
    written = [stage.produces.id for stage in process.stages if stage.produces]
    # The last document is the outcome; a word to stakeholders is read by them, not by a stage.
    unread = [artifact for artifact in written[:-1] if artifact not in needed]
    ungated = {
        stage.produces.id for stage in process.stages if stage.produces and stage.review == "none"
    }
    assert set(unread) <= ungated


@every
@pytest.mark.parametrize("form", ["initial", "update", "resolution"])
def test_every_placeholder_of_its_messages_is_filled(name: str, form: str) -> None:
    process = playbook(name)
    story = Story(process)
    if form == "update":
        story.say("/update We are looking. next:+30m")
    if form == "resolution":
        story.say("/state resolved")
    text = compose(story.incident)
    assert text.strip()
    assert "{" not in text


@every
def test_every_flag_that_it_turns_on_is_explained(name: str) -> None:
    rules = every_flag()
    for flag in playbook(name).flags:
        assert rules[flag].why.endswith("."), flag


def choice_values(process: Playbook, story: Story) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each choice field with its value and its choices."""
    return [
        (value.field.id, value.text, value.field.choices)
        for stage in process.stages
        for value in story.incident.of(Artifacts).values(stage)
        if value.field.type == "choice"
    ]


@every
def test_a_choice_holds_one_of_its_choices_all_along(name: str) -> None:
    """Also where the log says something that is none of them: then it asks."""
    process = playbook(name)
    for line in (
        "/impact data perhaps",
        "/impact data none",
        "/state mitigated",
        "/state resolved",
    ):
        for field, text, choices in choice_values(process, Story(process).tell([line])):
            assert text == "" or text in choices, field


@every
def test_a_field_with_a_source_is_filled_at_the_end_of_a_whole_incident(name: str) -> None:
    """What the log knows is never asked again; what never came up stays empty."""
    story = walked(name).story
    empty = {
        value.field.source
        for stage in story.playbook.stages
        for value in story.incident.of(Artifacts).values(stage)
        if value.field.source and not value.text
    }
    assert empty <= MAY_STAY_EMPTY


MAY_STAY_EMPTY = {
    "actions.long",
    "actions.recurring",
    "actions.short",
    "factors.whys",
    "guardrails.active",
    "handoffs.all",
    "hypotheses.refuted",
    "impact.scope",
    "postmortem.trigger",
    "questions.open",
    "updates.next",
}
"""Lists that are empty when there is nothing of the kind, and the next update of what is over."""


@every
def test_its_factors_may_lie_on_at_least_two_layers(name: str) -> None:
    story = Story(playbook(name))
    for layer in story.playbook.layers:
        story.say(f"/factor {layer.id} something at that layer")
    assert len({item.layer for item in story.incident.of(Factors).items}) >= 2


@every
def test_its_postmortem_has_a_day(name: str) -> None:
    process = playbook(name)
    assert process.stage(process.deadlines.postmortem_stage) is not None
    assert process.deadlines.postmortem_hours > 0


@pytest.mark.parametrize("name", ["mitigate-first", "war-room"])
def test_triage_takes_a_solo_developer_at_most_fifteen_lines(name: str) -> None:
    story = Story(playbook(name)).tell(step.line for step in WALKED[name][:15])
    assert story.incident.of(Lifecycle).stages[0].state == "passed"


@mended
def test_each_check_fails_without_its_evidence_and_passes_with_it(name: str) -> None:
    driver.assert_each_line_mends_what_it_says(walked(name))


@mended
def test_no_check_passes_without_people_having_said_something(name: str) -> None:
    driver.assert_every_check_was_missing_once(walked(name))


@mended
def test_the_incident_reaches_its_close_through_every_gate(name: str) -> None:
    driver.assert_closed_at_its_end(walked(name))


@mended
def test_a_shut_gate_refuses_names_each_missing_thing_and_changes_nothing(name: str) -> None:
    driver.assert_no_gate_opens_early(name, WALKED[name], protected=name in PROTECTED)
