"""Evidence that can be looked up again."""

import pytest

from incident_tui.domain.quality.evidence import EvidenceAttached
from tests.support.incidents import Story
from tests.support.playbooks.processes import holds, mend, process


@pytest.mark.parametrize(
    ("line", "linked"),
    [
        ("/hyp 1 for the pool is empty", False),
        ("/hyp 1 for the pool is empty src:dashboard", True),
        ("/hyp 1 against see #2", True),
        ("/hyp 1 against see #1", False),  # the declaration
        ("/hyp 1 against see #3", False),  # the hypothesis itself
        ("/hyp 1 against see #12", False),
        ("/hyp 1 against shop#12 says so", True),
        ("/hyp 1 for https://example.org/dash/7 shows it", True),
        ("/hyp 1 for evidence/pool.png", True),
        ("/hyp 1 test pool metric", False),
    ],
)
def test_evidence_counts_when_it_says_where_it_is_found(line: str, linked: bool) -> None:
    story = Story(process()).tell(["the pool is full", "? the pool", line])
    assert holds(story, "hypotheses.linked") == linked


def test_the_mending_line_names_a_hypothesis_that_exists() -> None:
    story = Story(process())
    assert mend(story, "hypotheses.linked") == "? …"
    assert mend(story.tell(["? the pool"]), "hypotheses.linked") == "/hyp 1 for … src:…"


def test_a_protected_incident_keeps_evidence() -> None:
    assert holds(Story(process()), "evidence.preserved")
    story = Story(process(), protected=True)
    assert not holds(story, "evidence.preserved")
    story.record([EvidenceAttached(name="access.log", origin="/var/log/access.log")])
    assert holds(story, "evidence.preserved")
