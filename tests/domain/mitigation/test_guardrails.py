"""Guardrails: in place until they are lifted, and asked for at the end."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.mitigation.guardrails import GuardrailLifted, GuardrailRaised
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/guardrail two bakers", [GuardrailRaised(text="two bakers")]),
        ("/guardrail two", "/lift 1 enough", [GuardrailLifted(guardrail="e00002", text="enough")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/lift 1 x", "there is no guardrail 1", ["/guardrail …"]),
        (["/guardrail a", "/lift 1 x"], "/lift 1 x", "lifted already", []),
    ]
