"""The pane of the hats: those that nobody wears are seen, however many are worn."""

from types import SimpleNamespace
from typing import cast

import pytest
from textual.geometry import Size

from incident_tui.screens.panes.hats import HatsPane
from incident_tui.screens.session.controller import IncidentController
from tests.playbooks.scripts.studio import SCRIPT
from tests.support.incidents import Story, playbook


@pytest.mark.parametrize(("height", "heading"), [(8, "Hats · 2 open"), (10, "Hats")])
def test_hats_of_the_stage_that_nobody_wears_are_counted_where_they_are_below_the_fold(
    monkeypatch: pytest.MonkeyPatch, height: int, heading: str
) -> None:
    story = Story(playbook("studio"))
    for step in SCRIPT:
        if step.line.startswith("/role author"):
            break
        story.say(step.line, actor=step.by)
    monkeypatch.setattr(HatsPane, "size", Size(28, height))
    stub = SimpleNamespace(
        incident=story.incident, now=lambda: story.incident.recorded[-1].recorded_at
    )
    pane = HatsPane(cast(IncidentController, stub))
    rows = pane.make_rows()
    assert [row.key for row in rows[8:]] == ["author", "tracker"]
    assert pane.heading(rows) == heading
