"""Evidence: files and links that are attached to the log."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.quality.evidence import EvidenceAttached, LinkKept
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/evidence oven.png", [EvidenceAttached(name="", origin="oven.png")]),
        ("", "/link HTTPS://example.org oven", [LinkKept(url="HTTPS://example.org", text="oven")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/link example.org", "not a link", ["/link https://example.org", "/evidence PATH"]),
    ]
