"""The fields of a stage's document: written, written over and emptied by a line."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.process.artifacts import FieldSet
from tests.support.concept_lines import RecordedLines, RecordedRow


class TestLines(RecordedLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/set seen smoke", [FieldSet(stage="look", field="seen", text="smoke")]),
        ("", "/set seen -", [FieldSet(stage="look", field="seen", text="")]),
    ]
