"""Published incidents, imported and taken through every stage to the close, as their responder."""

import json
import os
from pathlib import Path

import pytest

from incident_tui.domain.report import report
from incident_tui.service.exchange.foreign.recorded_import import import_new
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from tests.flows.conftest import Console, controller_of, settled, type_in
from tests.playbooks.real.stories import STORIES, Story

CORPUS = os.environ.get("INCIDENT_TUI_CORPUS")

pytestmark = pytest.mark.skipif(
    CORPUS is None, reason="INCIDENT_TUI_CORPUS does not name the folder of published records"
)


@pytest.fixture(params=STORIES, ids=lambda story: story.title.replace(" ", "-"))
def story(request: pytest.FixtureRequest) -> Story:
    """A published record."""
    assert isinstance(request.param, Story)
    return request.param


@pytest.mark.slow
async def test_a_record_is_closed_in_the_console(story: Story, tmp_path: Path) -> None:
    """Every line is taken, every gate passes, and the durations are those its authors state."""
    assert CORPUS is not None
    console = Console(tmp_path)
    console.clock.now = story.now
    text = (Path(CORPUS) / story.file).read_text(encoding="utf-8")
    plan = plan_import(console.service, text, story.file, title=story.title)
    imported = import_new(console.service, plan)
    assert len(imported.recorded) == story.rows
    app = console.app(imported.session.id)
    async with settled(app, size=(120, 40)) as pilot:
        controller = controller_of(pilot)
        assert controller is not None
        # Nobody looks before the end: painting each of the lines takes half of the time.
        with app.batch_update():
            for text in story.lines:
                console.clock.forward(seconds=20)
                await type_in(pilot, text)
        data = report(controller.incident, console.clock())
    assert data["status"] == "closed"
    assert {name: data["durations"][name] for name in story.seconds} == story.seconds
    assert json.loads(json.dumps(data)) == data
