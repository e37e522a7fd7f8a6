"""What completion offers in the worked incident: what can be typed there now, and nothing else."""

from functools import cache

import pytest

from incident_tui.domain.core.commands import choices_for
from incident_tui.domain.core.events import Incident
from incident_tui.domain.impact.impact import IMPACT_FIELDS
from tests.support.incidents import story


@cache
def worked(chapters: int) -> Incident:
    """The incident after that many chapters: 0 declared, 2 mitigated, 5 with its postmortem."""
    return story(chapters).incident


def offered(placeholder: str, chapters: int) -> list[str]:
    return [word for word, _ in choices_for(placeholder, worked(chapters))]


STATES = ("active", "mitigated", "monitoring", "resolved", "postmortem-only")


@pytest.mark.parametrize(
    ("placeholder", "declared", "mitigated", "resolved"),
    [
        ("/act N", [], [], ["1", "2"]),
        ("/answer N", [], [], []),
        ("/checkpoint NAME", ["ana"], ["ana"], ["ana"]),
        ("/fail N", [], ["2", "1"], ["2", "1"]),
        ("/verify N", [], ["2", "1"], ["2", "1"]),
        ("/fix N", [], [], ["1"]),
        ("/hyp N", [], ["1", "2"], ["1", "2"]),
        ("/keep-secret N", [], [], []),
        ("/lift N", [], ["1"], ["2"]),
        ("/purged N", [], [], []),
        ("/source N", [], ["22", "23"], ["22", "23"]),
        ("/run CHECK", [], [], []),
        ("/found CHOICE", ["record", "leave"], ["record", "leave"], ["record", "leave"]),
        ("CHECK", ["hypotheses.proposed", "updates.posted"],
         ["hypotheses.linked", "hypotheses.confirmed", "hypotheses.settled", "factors.whys"], []),
        ("DURATION", *[["10m", "20m", "30m", "1h"]] * 3),
        ("LEVEL", *[["SEV1", "SEV2", "SEV3", "SEV4"]] * 3),
        ("severity", *[["SEV1", "SEV2", "SEV3", "SEV4"]] * 3),
        ("LAYER", *[["trigger", "detection", "control", "runbook", "organisation"]] * 3),
        ("IMPACT", *[list(IMPACT_FIELDS)] * 3),
        ("SCOPE", *[["users", "fault-domain", "dependency", "recent-change"]] * 3),
        ("PERSON", ["ana"], ["ana"], ["ana"]),
        ("owner", ["ana"], ["ana"], ["ana"]),
        ("by", ["ana"], ["ana"], ["ana"]),
        ("class", *[["prevent", "detect", "mitigate", "learn"]] * 3),
        ("due", *[["fri", "2w", "eom"]] * 3),
        ("factor", [], [], ["1", "2", "3"]),
        ("next", ["+30m"], ["+60m"], ["+30m"]),
        ("prio", *[["P0", "P1", "P2", "P3"]] * 3),
        ("term", *[["quick", "short", "long"]] * 3),
        ("STATE", [state for state in STATES if state != "active"],
         [state for state in STATES if state != "mitigated"],
         [state for state in STATES if state != "resolved"]),
    ],
)  # fmt: skip
def test_what_can_be_typed_now_is_offered(
    placeholder: str, declared: list[str], mitigated: list[str], resolved: list[str]
) -> None:
    offers = [offered(placeholder, chapters) for chapters in (0, 2, 5)]
    assert offers == [declared, mitigated, resolved]


@pytest.mark.parametrize("placeholder", ["/amend N", "/retract N", "/redact N"])
def test_the_newest_eight_entries_are_offered(placeholder: str) -> None:
    assert offered(placeholder, 0) == ["1"]
    newest = len(worked(2).entries)
    assert offered(placeholder, 2) == [str(newest - back) for back in range(8)]


def test_the_fields_of_the_stage_and_those_before_are_offered() -> None:
    assert offered("FIELD", 0)[:3] == ["severity", "users-affected", "services-affected"]
    assert offered("FIELD", 5)[:3] == ["summary", "went-well", "went-poorly"]


def test_stages_that_were_entered_can_be_reopened() -> None:
    assert offered("STAGE", 2)[:2] == ["triage", "mitigate"]
    assert offered("HAT", 2)[0] == "commander"


def test_free_text_is_completed_by_nothing() -> None:
    assert offered("TEXT", 2) == []
