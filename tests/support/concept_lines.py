"""What a concept's lines record and how they are refused: tables, and the same tests for all.

class TestLines(ConceptLines):
    recorded = [("line before", "line", [Event()])]
    refused = [(["line before"], "line", "part of the reason", ["the first mends"])]
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.events import Event
from incident_tui.domain.quality.evidence import EvidenceAttached
from tests.support.incidents import DECLARED_AT
from tests.support.playbooks.engine import baking, mends, refusal

NOW = DECLARED_AT + timedelta(minutes=1)
"""When the first line is typed."""
FRIDAY = datetime(2026, 11, 27, 23, 59, tzinfo=UTC)
RecordedRow = tuple[str, str, Sequence[Event]]
"""A line that comes before or none (the entry e00002, typed at 14:06), the line, its events."""
RefusedRow = tuple[list[str], str, str, list[str]]
"""Lines that come before, the line, what its refusal says, and the mends that come first."""


class _Lines:
    """Runs each test of a class with every row of its table."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        names, table = self._table(metafunc.fixturenames)
        metafunc.parametrize(names, table, ids=[str(row[1]) for row in table])

    def _table(self, wanted: Sequence[str]) -> tuple[str, Sequence[RecordedRow | RefusedRow]]:
        raise NotImplementedError


class RecordedLines(_Lines):
    """The tests of lines that are taken, under the invented playbook of `engine`."""

    recorded: ClassVar[Sequence[RecordedRow]]

    def _table(self, wanted: Sequence[str]) -> tuple[str, Sequence[RecordedRow | RefusedRow]]:
        return "before, line, events", self.recorded

    def test_a_line_records(self, before: str, line: str, events: Sequence[Event]) -> None:
        story = baking(*([before] if before else []))
        assert [entry.event for entry in story.say(line)] == list(events)

    def test_what_a_line_records_is_told_in_one_line(
        self, before: str, line: str, events: Sequence[Event]
    ) -> None:
        story = baking(*([before] if before else []))
        for entry in story.say(line):
            sentence = entry.event.tell(entry, story.incident)
            assert "\n" not in sentence
            assert sentence or isinstance(entry.event, EvidenceAttached)


class RefusedLines(_Lines):
    """The tests of lines that are refused."""

    refused: ClassVar[Sequence[RefusedRow]]

    def _table(self, wanted: Sequence[str]) -> tuple[str, Sequence[RecordedRow | RefusedRow]]:
        return "before, line, says, mend", self.refused

    def test_a_line_is_refused_with_its_reason_and_mends(
        self, before: list[str], line: str, says: str, mend: list[str]
    ) -> None:
        refused = refusal(baking(*before), line)
        assert says in refused.message
        assert mends(refused)[: len(mend)] == mend

    def test_each_mend_is_a_line_that_can_be_typed(
        self, before: list[str], line: str, says: str, mend: list[str]
    ) -> None:
        for offered in mends(refusal(baking(*before), line)):
            assert line_grammar.parse(offered.replace("…", "x")).command.name


class ConceptLines(RecordedLines, RefusedLines):
    """Both."""

    def _table(self, wanted: Sequence[str]) -> tuple[str, Sequence[RecordedRow | RefusedRow]]:
        base = RecordedLines if "events" in wanted else RefusedLines
        return base._table(self, wanted)
