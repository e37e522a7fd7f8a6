"""The severity: one of the playbook's levels, told with what it was before."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.impact.severity import SeverityChanged
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/sev high no bread", [SeverityChanged(level="HIGH", why="no bread")]),
        ("/sev HIGH", "/sev LOW", [SeverityChanged(level="LOW", before="HIGH")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/sev AWFUL", "'AWFUL' is not a severity", ["/sev HIGH", "/sev LOW"]),
        (["/sev HIGH"], "/sev HIGH", "the severity is HIGH already", []),
    ]
