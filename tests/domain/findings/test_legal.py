"""Legal conclusions: recorded beside the facts, and in no document that others get."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.findings.legal import Legal, LegalConclusion
from tests.support.concept_lines import RecordedLines, RecordedRow
from tests.support.playbooks.engine import baking


class TestLines(RecordedLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/legal it has to be reported", [LegalConclusion(text="it has to be reported")]),
    ]


def test_conclusions_count_in_their_order_until_they_are_taken_back() -> None:
    story = baking(
        "/legal it has to be reported", "/legal within 72 hours", "/retract 2 it has not"
    )
    assert [entry.id for entry in story.incident.of(Legal).conclusions] == ["e00003"]
