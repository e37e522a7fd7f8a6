"""Readings: a signal before and after, which proves that something changed."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.findings.readings import ReadingTaken, table
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.playbooks.engine import baking


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "= heat 20 -> 200", [ReadingTaken(name="heat", before="20", after="200")]),
        ("= heat 20 -> 200", "= Heat 210", [ReadingTaken(name="Heat", before="200", after="210")]),
        ("", "= heat 20", [ReadingTaken(name="heat", after="20")]),
        ("= heat 20 -> 200", "@-5m = heat 90", [ReadingTaken(name="heat", after="90")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "= heat 20 ->", "has no value after the arrow", ["= heat 20 -> …"]),
    ]


def test_the_table_of_readings_has_a_sign_for_what_nobody_read_before() -> None:
    rows = table(baking("= heat 20", "= p95 4s -> 1s").incident)
    assert [(row.cells[0], row.cells[1], row.cells[2]) for row in rows] == [
        ("heat", "?", "20"), ("p95", "4s", "1s"),
    ]  # fmt: skip
