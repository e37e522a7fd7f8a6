"""The folder as a whole: the same log gives the same bytes, and nobody's text can break a page."""

import random
import re
import subprocess
import sys
from datetime import timedelta

import msgspec
import pytest
from hypothesis import example, given, settings, strategies as st

from incident_tui.documents import position_of, render_folder, render_page
from incident_tui.documents.html.incident_page import incident_html
from incident_tui.domain.core.events import Event, UnknownEvent, fold
from incident_tui.domain.findings.decisions import DecisionMade
from incident_tui.domain.findings.hypotheses import (
    HypothesisProposed,
    HypothesisRefuted,
    HypothesisTested,
)
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.questions import QuestionAnswered, QuestionAsked
from incident_tui.domain.findings.readings import ReadingTaken
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.impact.impact import ImpactSet, ScopeSet
from incident_tui.domain.impact.severity import SeverityChanged
from incident_tui.domain.impact.updates import UpdatePosted
from incident_tui.domain.learning.actions import ActionAdded
from incident_tui.domain.learning.factors import FactorNamed, WhyAnswered
from incident_tui.domain.mitigation.guardrails import GuardrailLifted, GuardrailRaised
from incident_tui.domain.mitigation.mitigations import ChangeMade, MitigationFailed
from incident_tui.domain.people.hats import HatAssigned, HatNotNeeded
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.gates import CheckAttested, CheckWaived
from incident_tui.domain.process.lifecycle import (
    IncidentClosed,
    IncidentDeclared,
    ReviewRequested,
    SentBack,
    StagePassed,
)
from incident_tui.domain.quality.evidence import EvidenceAttached, LinkKept
from tests.documents.reading import blocks, column_counts, empty_headings, inline_types
from tests.support.incidents import CHAPTERS, Story, playbook, story

PLAYBOOK = playbook()
WHOLE = story()
BUILT_BY_NOBODY = {
    "html_block:",
    "code_block:code",
    "fence:code",
    "hr:hr",
    "blockquote_open:blockquote",
}
"""Blocks that no template makes: where one shows up, a text has escaped."""


def everywhere(text: str) -> Story:
    """An incident with `text` in every field that a person, or a foreign log, can fill."""
    outage = Story(PLAYBOOK, title=text)
    first, second = PLAYBOOK.stages[0].id, PLAYBOOK.stages[1].id
    events: list[Event] = [
        HatAssigned(hat=PLAYBOOK.hats[0].id, person=text),
        HatAssigned(hat=text, person=text),
        HatNotNeeded(hat=PLAYBOOK.hats[1].id, why=text),
        SeverityChanged(level=text, why=text, before=text),
        ImpactSet(field="users", text=text),
        ImpactSet(field=text, text=text),
        ScopeSet(row=text, text=text),
        FactRecorded(text=text),
        DecisionMade(text=text),
        HypothesisProposed(text=text),
        ReadingTaken(name=text, before=text, after=text),
        ChangeMade(text=text, mitigates=text, undo=text),
        UpdatePosted(text=text, form=text),
        FactorNamed(layer=text, text=text, candidate=True),
        WhyAnswered(text=text),
        GuardrailRaised(text=text),
        QuestionAsked(text=text),
        ActionAdded(text=text, owner=text, action_class=text, priority=text, verify=text, ref=text),
        EvidenceAttached(name=text, origin=text),
        LinkKept(url=text, text=text),
        MilestoneReached(name=text, text=text),
        CheckAttested(stage=second, check=PLAYBOOK.stages[1].checks[-1].id, text=text),
        CheckWaived(stage=second, check=PLAYBOOK.stages[1].checks[0].id, text=text),
        UnknownEvent(name=text, raw=b"{}"),
    ]
    ids = {type(event): f"e{at:05}" for at, event in enumerate(events, 2)}
    events += [
        HypothesisTested(hypothesis=ids[HypothesisProposed], text=text),
        HypothesisRefuted(hypothesis=ids[HypothesisProposed], text=text),
        MitigationFailed(mitigation=ids[ChangeMade], text=text),
        GuardrailLifted(guardrail=ids[GuardrailRaised], text=text),
        QuestionAnswered(question=ids[QuestionAsked], text=text),
        ReviewRequested(stage=first, revision=1, text=text),
        SentBack(stage=first, revision=1, text=text),
    ]
    for at, stage in enumerate(PLAYBOOK.stages):
        fields = stage.produces.fields if stage.produces else ()
        events += [FieldSet(stage=stage.id, field=field.id, text=text) for field in fields]
        if at < len(PLAYBOOK.stages) - 1:
            events.append(
                StagePassed(
                    stage=stage.id, review="ask", by=text, ref=text, text=text, waived={text: text}
                )
            )
    events.append(IncidentClosed(reason=text, text=text, waived={text: text}))
    outage.record(events, actor=text, hat=text, source=text)
    return outage


def test_the_same_log_gives_the_same_bytes() -> None:
    again = story()
    assert render_folder(WHOLE.incident) == render_folder(again.incident)


@pytest.mark.parametrize("chapters", [0, 3, len(CHAPTERS)])
def test_a_page_by_itself_says_what_it_says_in_the_folder(chapters: int) -> None:
    incident = story(chapters).incident
    documents = render_folder(incident)
    assert {path: render_page(incident, path) for path in documents} == documents
    assert render_page(incident, "artifacts/9-nothing.md") is None


def test_the_order_in_which_entries_arrive_does_not_matter() -> None:
    shuffled = WHOLE.entries
    random.Random(7).shuffle(shuffled)
    assert render_folder(fold(shuffled, WHOLE.playbook)) == render_folder(WHOLE.incident)


def test_rendering_leaves_the_state_as_it_was() -> None:
    outage = story(3)
    before = list(outage.incident.entries)
    render_folder(outage.incident)
    assert outage.incident.entries == before


@pytest.mark.parametrize("chapters", range(len(CHAPTERS) + 1))
def test_at_every_point_pages_are_whole(chapters: int) -> None:
    for path, text in render_folder(story(chapters).incident).items():
        assert not empty_headings(text), path
        assert "None" not in text, path
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "\n\n\n" not in text, path
        assert "\r" not in text, path


def test_a_log_without_entries_still_has_its_pages() -> None:
    documents = render_folder(fold([], PLAYBOOK))
    assert set(documents) == {"README.md", "timeline.md", "actions.md"}
    assert not any(empty_headings(text) or "None" in text for text in documents.values())


@pytest.mark.parametrize("chapters", [0, 2, 6])
def test_the_readme_says_from_which_position_of_the_log_it_was_made(chapters: int) -> None:
    outage = story(chapters)
    readme = render_folder(outage.incident)["README.md"]
    assert position_of(readme) == len(outage.entries)


@pytest.mark.parametrize(
    "text",
    ["", "# x\n", "<!-- incident-tui: log position 7 -->\nmore", "log position 7"],
)
def test_a_text_that_does_not_end_with_the_position_has_none(text: str) -> None:
    assert position_of(text) is None


def test_nobody_can_type_another_position() -> None:
    outage = Story(title="<!-- incident-tui: log position 7 -->")
    assert position_of(render_folder(outage.incident)["README.md"]) == 1


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.one_of(st.text(max_size=30), st.text(alphabet="*_~`[]()<>|#!&;:-+=.\\\n 1a", max_size=12))
)
@example("None")
@example("| a | b |\n| - | - |")
@example("</td></tr></table><h1>x</h1>")
@example("name: a -> b")
@example("; ;")
@example("\u200b")
@example("../../x")
def test_any_text_in_any_field_leaves_every_page_as_it_is_built(text: str) -> None:
    outage = everywhere(text)
    documents = render_folder(outage.incident)
    mark = f"<!-- incident-tui: log position {len(outage.entries)} -->"
    for path, page in documents.items():
        assert all(len(counts) == 1 for counts in column_counts(page)), path
        assert not empty_headings(page), path
        assert "image" not in inline_types(page), path
        assert not BUILT_BY_NOBODY & set(blocks(page.replace(mark, ""))), path
        page.encode()
        assert path.count("/") <= 1, path
        assert ".." not in path, path
    assert position_of(documents["README.md"]) == len(outage.entries)


def test_a_text_is_no_template() -> None:
    outage = Story().tell(["{{ 7 * 7 }} {% raw %} {# gone #}"])
    page = render_folder(outage.incident)["timeline.md"]
    assert "{{ 7 * 7 }} {% raw %} {# gone #}" in page


def test_a_zone_that_this_machine_does_not_know_falls_back_to_utc_and_says_so() -> None:
    outage = Story()
    declared = outage.entries[0]
    assert isinstance(declared.event, IncidentDeclared)
    event = msgspec.structs.replace(declared.event, zone="Mars/Olympus")
    moved = msgspec.structs.replace(declared, event=event)
    assert "Times are in UTC." in render_folder(fold([moved], PLAYBOOK))["timeline.md"]


def test_jinja_is_loaded_only_when_something_is_rendered() -> None:
    script = "import sys, incident_tui.documents; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_what_was_recorded_in_one_go_tells_once_how_late_it_is() -> None:
    outage = Story()
    for minutes in (50, 40, 30):
        outage.record([FactRecorded(text="imported")], at=outage.now - timedelta(minutes=minutes))
    pages = render_folder(outage.incident)
    marks = re.findall(r"\(\+[^)]*\)", pages["timeline.md"].replace("(+11m)", ""))
    assert marks == ["(+50m, 2 more below)"]
    page = incident_html(outage.incident, outage.now, note="")
    assert re.findall(r"recorded \S+ later", page) == ["recorded 50m later"]
