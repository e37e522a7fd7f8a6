"""The title of an incident can be put right, and its documents follow."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.documents.folder_pages import render_folder
from incident_tui.domain.findings.titles import TitleChanged
from incident_tui.domain.report import summary
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.playbooks.engine import baking


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/title The oven is cold", [TitleChanged(text="The oven is cold")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        (["/title Cold"], "/title Cold", "it is called 'Cold' already", []),
    ]


def test_lists_and_documents_call_it_by_its_new_title() -> None:
    story = baking("/title The oven is cold")
    assert summary(story.incident)["title"] == "The oven is cold"
    assert summary(story.incident)["id"] == "2026-11-20-checkout-5xx"
    assert "The oven is cold" in render_folder(story.incident)["README.md"].split("\n")[0]


def test_an_undo_brings_the_first_title_back() -> None:
    story = baking("/title The oven is cold", "/undo")
    assert summary(story.incident)["title"] == "Checkout returns 5xx in eu-west"
