"""Published incidents under each of the other processes, from the import to the close.

Told line by line without a console; what stands in the folder afterwards is read as a colleague
would read it.
"""

import os
from pathlib import Path

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.domain.report import report
from incident_tui.service import IncidentSession
from incident_tui.service.exchange.foreign.recorded_import import import_new
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from tests.documents.reading import empty_headings, gaps, repeated
from tests.flows.conftest import Console
from tests.playbooks.real.stories import Story
from tests.playbooks.real.stories_command import IMAGES_REFUSED
from tests.playbooks.real.stories_gated import TARGETS_DETACHED
from tests.playbooks.real.stories_lifecycle import ATTACHMENTS_REMOVED
from tests.playbooks.real.stories_mitigate_first import NODES_AT_ONCE
from tests.playbooks.real.stories_studio import NOTHING_IS_ROUTED

CORPUS = os.environ.get("INCIDENT_TUI_CORPUS")

pytestmark = pytest.mark.skipif(
    CORPUS is None, reason="INCIDENT_TUI_CORPUS does not name the folder of published records"
)
STORIES = (
    IMAGES_REFUSED,
    TARGETS_DETACHED,
    ATTACHMENTS_REMOVED,
    NODES_AT_ONCE,
    NOTHING_IS_ROUTED,
)


@pytest.fixture(params=STORIES, ids=lambda story: story.playbook)
def story(request: pytest.FixtureRequest) -> Story:
    """A published record and the process that it is run by."""
    assert isinstance(request.param, Story)
    return request.param


def imported(story: Story, console: Console) -> IncidentSession:
    """The record imported, and every line of its responders entered."""
    assert CORPUS is not None
    console.clock.now = story.now
    text = (Path(CORPUS) / story.file).read_text(encoding="utf-8")
    plan = plan_import(console.service, text, story.file, title=story.title)
    imported = import_new(console.service, plan, playbook=story.playbook)
    assert len(imported.recorded) == story.rows
    for line in story.lines:
        console.clock.forward(seconds=20)
        imported.session.enter(sure(parse(line)))
    return imported.session


def test_a_record_is_closed_with_the_durations_that_its_authors_state(
    story: Story, tmp_path: Path
) -> None:
    """Each gate passes, and nobody approves in the end what they wrote themselves."""
    console = Console(tmp_path)
    session = imported(story, console)
    data = report(session.incident, console.clock())
    assert data["status"] == "closed"
    assert {stage["state"] for stage in data["stages"]} == {"passed"}
    assert {name: data["durations"][name] for name in story.seconds} == story.seconds


def test_what_is_in_the_folder_can_be_read_by_a_colleague(story: Story, tmp_path: Path) -> None:
    """No heading stands over nothing, nothing waits to be filled in, nothing is told twice."""
    documents = render_folder(imported(story, Console(tmp_path)).incident)
    for path, text in documents.items():
        if path.endswith(".md"):
            assert empty_headings(text) == [], path
            assert repeated(text) == [], path
            assert gaps(text) == [], path
