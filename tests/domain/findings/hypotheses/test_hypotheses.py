"""Hypotheses move only as their table says, keep their evidence, and are ranked by it."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.findings.hypotheses import (
    VERDICTS,
    EvidenceWeighed,
    Hypotheses,
    Hypothesis,
    HypothesisConfirmed,
    HypothesisProposed,
    HypothesisRefuted,
    HypothesisTested,
    best_hypothesis,
    evidence,
)
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking, is_accepted
from tests.support.playbooks.processes import mend


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "? no gas", [HypothesisProposed(text="no gas")]),
        ("? gas", "/hyp 1 test sniff", [HypothesisTested(hypothesis="e00002", text="sniff")]),
        (
            "? gas",
            "/hyp 1 for it smells",
            [EvidenceWeighed(hypothesis="e00002", text="it smells", speaks_for=True)],
        ),
        (
            "? gas",
            "/hyp 1 against it burns",
            [EvidenceWeighed(hypothesis="e00002", text="it burns", speaks_for=False)],
        ),
        ("? gas", "/hyp 1 refute burns", [HypothesisRefuted(hypothesis="e00002", text="burns")]),
        (
            "? gas",
            "/hyp 1 confirm smells",
            [HypothesisConfirmed(hypothesis="e00002", text="smells")],
        ),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/hyp 1 test x", "there is no hypothesis 1", ["? …"]),
        (["? gas"], "/hyp 9 for x", "hypothesis 9: they go to 1", ["? …"]),
        (["? gas", "/hyp 1 refute x"], "/hyp 1 refute x", "refuted already", []),
        (["? gas", "/hyp 1 confirm x"], "/hyp 1 confirm x", "confirmed already", []),
    ]


HYPOTHESES = {"test": "/hyp 1 test x", "refute": "/hyp 1 refute x", "confirm": "/hyp 1 confirm x"}
WAYS_TO_HYPOTHESIS: dict[str, list[str]] = {
    "open": [],
    "testing": ["test"],
    "refuted": ["refute"],
    "confirmed": ["confirm"],
}


def hypothesis(story: Story) -> Hypothesis:
    return story.incident.of(Hypotheses).items[0]


@pytest.mark.parametrize("status", VERDICTS)
@pytest.mark.parametrize("verdict", HYPOTHESES)
def test_a_hypothesis(status: str, verdict: str) -> None:
    story = baking("? gas", *(HYPOTHESES[step] for step in WAYS_TO_HYPOTHESIS[status]))
    assert hypothesis(story).status == status
    assert is_accepted(story, HYPOTHESES[verdict]) is (verdict in VERDICTS[status])
    assert hypothesis(story).status == VERDICTS[status].get(verdict, status)


def test_evidence_either_way_is_kept_and_a_verdict_with_its_reason() -> None:
    story = baking("? gas", "/hyp 1 for smells", "/hyp 1 against burns", "/hyp 1 confirm leak")
    leak = hypothesis(story)
    assert (leak.evidence_for, leak.evidence_against) == (["smells"], ["burns"])
    assert leak.verdict == "leak"


def test_testing_again_opens_what_was_refuted_and_leaves_what_is_confirmed() -> None:
    assert hypothesis(baking("? gas", "/hyp 1 refute no leak", "/hyp 1 test sniff")).verdict == ""
    sure = hypothesis(baking("? gas", "/hyp 1 confirm leak", "/hyp 1 test sniff"))
    assert (sure.status, sure.verdict, sure.test) == ("confirmed", "leak", "sniff")


def test_hypotheses_are_ranked_by_what_speaks_against_them() -> None:
    story = baking(
        "? out", "? doubtful", "? plain", "? likely", "? sure", "/hyp 1 refute x",
        "/hyp 2 against x", "/hyp 4 for x", "/hyp 5 confirm x",
    )  # fmt: skip
    ranked = [item.text for item in story.incident.of(Hypotheses).ranked()]
    assert ranked == ["sure", "likely", "plain", "doubtful", "out"]
    assert best_hypothesis(story.incident) == "sure (confirmed)"


def test_the_one_to_be_confirmed_is_the_one_that_most_speaks_for() -> None:
    assert mend(baking(), "hypotheses.confirmed") == "? …"
    story = baking("? gas", "? spark", "? heat", "/hyp 2 for seen")
    assert mend(story, "hypotheses.confirmed") == "/hyp 2 confirm …"


def test_a_hypothesis_is_told_with_its_test_and_what_speaks_for_and_against_it() -> None:
    lines = ("? gas", "/hyp 1 test sniff", "/hyp 1 for smells src:nose", "/hyp 1 against burns")
    assert evidence(hypothesis(baking(*lines))) == (
        ("Tested by", "sniff"), ("For", "smells (nose)"), ("Against", "burns"),
    )  # fmt: skip
