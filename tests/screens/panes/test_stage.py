"""The panes of the stage and its gate: the law of the process, and what is before the close."""

from types import SimpleNamespace
from typing import cast

import pytest

from incident_tui.domain.process.gates import next_gate
from incident_tui.screens.panes.stage import GatePane, StagePane
from incident_tui.screens.session.controller import IncidentController
from incident_tui.store.playbook_files import BUILT_IN
from tests.playbooks.scripts.mitigate_first import SCRIPT
from tests.support.incidents import Story, playbook


def controller(story: Story) -> IncidentController:
    stub = SimpleNamespace(
        incident=story.incident, delivered=None, gate=lambda: next_gate(story.incident)
    )
    return cast(IncidentController, stub)


@pytest.mark.parametrize("process", sorted(file.stem for file in BUILT_IN.glob("*.toml")))
def test_the_law_of_the_process_is_the_first_row_of_each_stage(process: str) -> None:
    story = Story(playbook(process))
    first = StagePane(controller(story)).make_rows()[0].build().plain
    assert first == story.playbook.law
    assert first


def test_words_on_record_stand_beside_the_choice_that_is_still_to_be_made() -> None:
    story = Story(playbook("gated")).tell(["/impact data two orders may be written twice"])
    shown = [row.build().plain for row in StagePane(controller(story)).make_rows()]
    assert any("Data impact" in row and "two orders may be" in row for row in shown)


def test_where_no_check_stands_before_the_close_no_missing_gate_is_claimed() -> None:
    story = Story(playbook("mitigate-first"))
    for step in SCRIPT[:-1]:
        story.say(step.line, actor=step.by)
    pane = GatePane(controller(story))
    assert pane.heading(()) == "Gate · to close · /close"
    assert [row.build().plain for row in pane.make_rows()] == ["No check stands before the close."]


def test_a_closed_incident_says_what_can_still_be_typed() -> None:
    story = Story(playbook("mitigate-first"))
    for step in SCRIPT:
        story.say(step.line, actor=step.by)
    pane = GatePane(controller(story))
    shown = [row.build().plain for row in pane.make_rows()]
    assert "triage, mitigate, investigate, fix, post-mortem  /reopen STAGE WHY" in shown[0]
    assert shown[1].endswith("/deliver")
    assert shown[2].endswith("payments in the canary  /act 1 done …")
    lines = [pane.offers(row.key)[1][0].line for row in pane.make_rows()]
    assert lines == ["/reopen ", "/deliver", "/act 1 done "]
