"""Pages of an incident that was over before it was recorded, completed by whoever knows it."""

from datetime import UTC, datetime, timedelta

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.process.lifecycle import AFTERWARDS, RECORDED_FROM, IncidentClosed
from tests.documents.reading import sections
from tests.support.incidents import Story

MONDAY = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
ROWS = (
    (0, FactRecorded(text="mail waits in the queue"), "relay.md:10"),
    (4, MilestoneReached(name="detected", text="First detected"), "relay.md:3"),
    (4, FactRecorded(text="a customer calls"), "relay.md:11"),
    (40, MilestoneReached(name="mitigated", text="Mitigated"), "relay.md:4"),
    (70, MilestoneReached(name="resolved", text="Resolved"), "relay.md:5"),
)


@pytest.fixture
def history() -> Story:
    """Five rows of a record kept elsewhere, taken over as a whole."""
    story = Story(title="Mail comes late", afterwards=True)
    for minutes, event, source in ROWS:
        story.record([event], at=MONDAY + timedelta(minutes=minutes), source=source)
    text = f"{RECORDED_FROM}relay.md"
    story.record([IncidentClosed(reason=AFTERWARDS, text=text)], at=MONDAY + timedelta(minutes=70))
    return story


def test_its_author_fills_in_every_document_though_no_gate_was_gone_through(history: Story) -> None:
    history.tell(
        [
            "/summary A relay was full, and mail came an hour late.",
            "/set residual-risk the relay is as small as before",
            "@2024-03-04T09:20Z /update We are on it.",
            "/action a second relay owner:ana due:2024-04-01 class:prevent",
        ]
    )
    pages = render_folder(history.incident)
    parts = sections(pages["postmortem.md"])
    assert parts["Summary"] == "A relay was full, and mail came an hour late."
    assert "the relay is as small as before" in pages["artifacts/2-mitigation-report.md"]
    assert "First message" in parts["Communication"]
    assert "| 2024-04-01 |" in parts["Action items"]


def test_its_story_is_made_of_its_facts_and_names_the_record_once(history: Story) -> None:
    page = render_folder(history.incident)["postmortem.md"]
    assert sections(page)["What happened"] == (
        "At 2024-03-04 09:00, mail waits in the queue."
        " At 09:04, it was first noticed; a customer calls.\n\n"
        "At 09:40, the impact stopped. At 10:10, it was over."
    )
    assert "Noticed at 2024-03-04 09:04: a customer calls (line 11)." in page
    assert page.count("relay.md") == 3, "in its standing, above the log, at its close"


def test_it_claims_no_stage_gate_or_delay_of_its_own(history: Story) -> None:
    pages = render_folder(history.incident)
    assert "Gate" not in sections(pages["postmortem.md"])
    assert not [path for path in pages if path.startswith("artifacts/")]
    assert "**Stage:**" not in pages["README.md"]
    assert "(+" not in pages["timeline.md"]
    assert "put on record here: Mail comes late" in pages["timeline.md"]


def test_a_milestone_has_its_day_where_nobody_knows_when_it_began(history: Story) -> None:
    rows = sections(render_folder(history.incident)["postmortem.md"])["Milestones and durations"]
    assert "| Detected | 2024-03-04 09:04 |" in rows
    assert "| Resolved | 2024-03-04 10:10 |" in rows
