"""Contributing factors on the layers of the playbook, and the chain of whys."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.learning.factors import FactorNamed, WhyAnswered
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/factor oven too old", [FactorNamed(layer="oven", text="too old")]),
        ("", "/factor oven old candidate", [FactorNamed(layer="oven", text="old", candidate=True)]),
        (
            "",
            "/factor oven old (candidate)",
            [FactorNamed(layer="oven", text="old", candidate=True)],
        ),
        ("", "/why nobody looked", [WhyAnswered(text="nobody looked")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/factor oven human error", "ends the inquiry", ["/factor oven …"]),
        ([], "/factor oxen old", "did you mean oven?", ["/factor oven …"]),
        ([], "/why the baker was careless", "'careless'", ["/why …"]),
    ]
