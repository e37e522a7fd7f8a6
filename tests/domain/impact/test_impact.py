"""Who and what is hit, and how far: fields and rows of the impact as lines fill them."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.impact.impact import ImpactSet, ScopeSet
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/impact users all", [ImpactSet(field="users", text="all")]),
        ("", "/scope dependency unknown", [ScopeSet(row="dependency", text="unknown")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/impact user all", "did you mean users?", ["/impact users …"]),
        ([], "/scope user all", "did you mean users?", ["/scope users …"]),
    ]
