"""Contributing factors on the layers of the playbook, and the chain of whys."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.learning.factors import FactorNamed, WhyAnswered
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.playbooks.engine import baking
from tests.support.playbooks.processes import mend


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


@pytest.mark.parametrize(
    ("lines", "layer"),
    [
        ([], "oven"),
        (["/factor oven old"], "plan"),
        (["/factor oven old", "/factor oven cold", "/factor oven full"], "plan"),
        (["/factor oven old", "/factor plan late"], "oven"),
    ],
)
def test_too_few_factors_or_layers_are_mended_on_one_that_is_bare(
    lines: list[str], layer: str
) -> None:
    assert mend(baking(*lines), "factors.enough") == f"/factor {layer} …"
