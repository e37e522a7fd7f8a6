"""Changes to production: their outcomes follow a table, and suspects are no mitigations."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from incident_tui.domain.mitigation.mitigations import (
    EFFECTS,
    VERDICTS,
    ChangeKept,
    ChangeMade,
    Mitigation,
    MitigationFailed,
    Mitigations,
    MitigationUndone,
    MitigationVerified,
    ReversalNamed,
)
from incident_tui.domain.report import report
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking, is_accepted
from tests.support.playbooks.processes import flags_up, process


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "> new flour", [ChangeMade(text="new flour")]),
        ("", '> new flour undo:"the old one"', [ChangeMade(text="new flour", undo="the old one")]),
        (
            "",
            "/mitigate rebake all of it undo:eat",
            [ChangeMade(text="all of it", mitigates="rebake", undo="eat")],
        ),
        (
            "> flour",
            "/verify 1 it rises",
            [MitigationVerified("e00002", "it rises", measures=True)],
        ),
        (
            "> flour",
            '/verify 1 it rises inside:"the oven is hot"',
            [MitigationVerified("e00002", "it rises", "the oven is hot", measures=True)],
        ),
        ("> flour", "/fail 1 flat", [MitigationFailed(mitigation="e00002", text="flat")]),
        ("> flour", "/undone 1", [MitigationUndone(mitigation="e00002")]),
        ("> flour", "/keep 1 it is good", [ChangeKept(mitigation="e00002", text="it is good")]),
        ("> flour", "/reverse 1 sieve it", [ReversalNamed(mitigation="e00002", text="sieve it")]),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/verify 1 x", "there is no change 1: none is on record yet", ["> …"]),
        (["> a"], "/reverse 9 x", "there is no change 9: they go to 1", ["> …"]),
        (["> a"], "/fail 9 x", "they go to 1", ["> …"]),
        (["> a", "/undone 1"], "/keep 1 x", "change 1 (a) is undone already", []),
        ([], "/reverse 1 x", "there is no change 1: none is on record yet", ["> …"]),
        ([], "/mitigate rebak x", "did you mean rebake?", ["/mitigate rebake …"]),
    ]


SAY = {"verify": "/verify 1 x", "fail": "/fail 1 x", "undo": "/undone 1 y", "keep": "/keep 1 y"}
JUDGED: dict[str, list[str]] = {"open": [], "verified": ["verify"], "failed": ["fail"]}
MOVED: dict[str, list[str]] = {"yes": [], "undone": ["undo"], "meant to stay": ["keep"]}


def change(story: Story) -> Mitigation:
    return story.incident.of(Mitigations).items[0]


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("step", SAY)
def test_whether_it_worked_and_whether_it_is_in_effect_overwrite_each_other_never(
    verdict: str, effect: str, step: str
) -> None:
    story = baking("> flour", *(SAY[done] for done in (*JUDGED[verdict], *MOVED[effect])))
    assert (change(story).verdict, change(story).effect) == (verdict, effect)
    assert is_accepted(story, SAY[step]) is (step in VERDICTS[verdict] or step in EFFECTS[effect])
    assert change(story).verdict == VERDICTS[verdict].get(step, verdict)
    assert change(story).effect == EFFECTS[effect].get(step, effect)


def test_a_failed_change_that_is_taken_back_stays_failed_with_its_reason() -> None:
    story = baking("> flour", "/fail 1 still flat", "/undone 1 the old one again")
    assert (change(story).outcome, change(story).effect_text) == ("still flat", "the old one again")
    [row] = report(story.incident, story.now)["mitigations"]
    assert (row["verdict"], row["in_effect"], row["status"]) == (
        "failed", "undone", "failed, undone",
    )  # fmt: skip


def test_every_verdict_keeps_who_gave_it_when_and_by_which_reading() -> None:
    story = baking("@-9m = heat 200 -> 90 src:dial", "> coal", "= heat 90 -> 190")
    story.say("/verify 1 hot", actor="ben")
    story.say("/fail 1 cold again")
    [row] = report(story.incident, story.now)["mitigations"]
    assert [(one["verdict"], one["by"], one["reading"]) for one in row["verdicts"]] == [
        ("verified", "ben", 4), ("failed", "ana", 4),
    ]  # fmt: skip


def test_who_tidies_up_is_not_told_that_nothing_was_verified() -> None:
    story = Story(process(lifecycle__unverified=0, mitigations__left=0)).tell(
        ["/mitigate rollback v41 undo:v42", "/verify 1 back", "/state resolved"]
    )
    assert [flag.id for flag in flags_up(story)] == ["mitigations.left"]
    assert flags_up(story.tell(["/undone 1"])) == []


def test_what_is_meant_to_stay_is_no_leftover() -> None:
    story = Story(process(mitigations__left=0)).tell(
        ["/mitigate rollback v41 undo:v42", "/verify 1 back", "/state resolved", "/keep 1 for good"]
    )
    assert flags_up(story) == []


def test_a_change_before_the_start_is_a_suspect_and_no_mitigation() -> None:
    story = baking("@-1h > new flour src:ledger", "> old flour again")
    mitigations = story.incident.of(Mitigations)
    assert [item.text for item in mitigations.during()] == ["old flour again"]
    assert [item.text for item in mitigations.in_flight()] == ["old flour again"]
