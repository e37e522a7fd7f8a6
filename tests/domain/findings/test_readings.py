"""Readings: a signal before and after, which proves that something changed."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.findings.readings import ReadingTaken
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "= heat 20 -> 200", [ReadingTaken(name="heat", before="20", after="200")]),
        ("= heat 20 -> 200", "= Heat 210", [ReadingTaken(name="Heat", before="200", after="210")]),
        ("", "= heat 20", [ReadingTaken(name="heat", after="20")]),
        ("= heat 20 -> 200", "@-5m = heat 90", [ReadingTaken(name="heat", after="90")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "= heat 20 ->", "has no value after the arrow", ["= heat 20 -> 310ms"]),
    ]
