"""Decisions: what was decided is recorded, shown as such, and asked for by a check."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.findings.decisions import DecisionMade
from tests.support.concept_lines import RecordedLines, RecordedRow


class TestLines(RecordedLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "! bake again", [DecisionMade(text="bake again")]),
    ]
