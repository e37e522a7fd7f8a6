"""Contributing factors on the layers of the playbook, and the chain of whys."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.learning.factors import FactorNamed, Factors, WhyAnswered, candidates
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
        (["/factor oven old"], "/factor oven Old", "factor 1 says so already", []),
        (["/factor oven old"], "/factor oven old candidate", "factor 1 says so already", []),
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


def test_a_candidate_that_is_named_as_verified_counts_once() -> None:
    """The gate names it, and asks for its layer."""
    story = baking("/factor oven too old candidate")
    missing = candidates(story.incident)
    assert missing is not None
    story.tell([missing.mend.replace("…", "too old"), "/factor oven no alarm"])
    items = story.incident.of(Factors).items
    assert [(item.number, item.text, item.candidate) for item in items] == [
        (1, "too old", False),
        (2, "no alarm", False),
    ]
    assert candidates(story.incident) is None
    story.say("/retract 3 not seen yet")
    assert [item.candidate for item in story.incident.of(Factors).items] == [True, False]


@pytest.mark.parametrize("line", ["/amend {} far too old", "/redact {} it names somebody"])
@pytest.mark.parametrize("entry", [2, 3])
def test_a_factor_stays_verified_whatever_becomes_of_its_words(entry: int, line: str) -> None:
    story = baking("/factor oven too old candidate", "/factor oven too old")
    story.say(line.format(entry))
    assert [item.candidate for item in story.incident.of(Factors).items] == [False]


def test_in_a_log_from_before_a_candidate_stays_beside_what_was_named_again() -> None:
    """Its numbers stay: which of them was meant nobody had said."""
    story = baking("/factor oven too old candidate")
    story.record([FactorNamed(layer="oven", text="too old")])
    assert [item.number for item in story.incident.of(Factors).items] == [1, 2]
