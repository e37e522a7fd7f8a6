"""What a gate asks for and what may answer it, under an invented playbook."""

import pytest

from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.gates import (
    CheckAttested,
    CheckResult,
    CheckWaived,
    closing_gate,
    gate,
    next_line,
)
from tests.support.incidents import Story, playbook
from tests.support.playbooks.engine import ACTED, LOOKED, baking, mends, refusal


def check(story: Story, check_id: str) -> CheckResult:
    return next(result for result in gate(story.incident).checks if result.id == check_id)


def test_failing_checks_come_first_and_waived_ones_last() -> None:
    story = baking(*LOOKED, "/attest calm", "/waive warm it is gas")
    assert [result.state for result in gate(story.incident).checks] == [
        "failing", "passed", "waived",
    ]  # fmt: skip
    assert gate(story.incident).done == 2


@pytest.mark.parametrize(
    ("process", "first"),
    [
        ("command", "/role all me"),
        ("gated", "/prerequisite incident yes|no-because …"),
        ("lifecycle", "/input pipeline …"),
        ("mitigate-first", "/sev P0|P1|P2|P3"),
        ("studio", "= SIGNAL … -> … src:…"),
        ("war-room", "= SIGNAL … -> … src:…"),
    ],
)
def test_what_acts_is_asked_for_before_what_is_written_of_it(process: str, first: str) -> None:
    incident = Story(playbook(process)).incident
    assert next_line(incident) == first
    for stage in incident.playbook.stages:
        failed = gate(incident, stage).failed
        written = [result.mend.startswith("/set ") for result in failed]
        assert written == sorted(written), stage.id


def test_a_required_field_is_a_check_with_the_words_of_the_playbook() -> None:
    story = baking(*LOOKED)
    assert check(story, "artifact.risk") == CheckResult(
        "artifact.risk", "Risk", "automatic", "failing",
        "nobody has said what can still go wrong", "/set risk …",
    )  # fmt: skip
    story.say("/set risk it may burn")
    assert check(story, "artifact.risk").state == "passed"


def test_a_stage_without_review_asks_for_nothing() -> None:
    data = baking(*LOOKED).playbook.stages[2]
    assert gate(baking().incident, data).checks == ()


def test_an_attestation_names_who_ticked_it() -> None:
    story = baking(*LOOKED)
    assert check(story, "calm").mend == "/attest calm"
    story.say("/attest calm I asked them", actor="ben")
    assert story.entries[-1].event == CheckAttested(stage="act", check="calm", text="I asked them")
    assert (check(story, "calm").state, check(story, "calm").why) == ("passed", "by ben")


def test_a_waiver_keeps_its_reason() -> None:
    story = baking(*LOOKED, "/waive warm it is gas")
    assert story.entries[-1].event == CheckWaived(stage="act", check="warm", text="it is gas")
    assert (check(story, "warm").state, check(story, "warm").why) == ("waived", "it is gas")
    assert gate(story.incident).waived == {"warm": "it is gas"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/waive calm whatever", "cannot be waived"),
        ("/waive artifact.risk whatever", "has no check"),
        ("/waive severity.set whatever", "has no check"),
        ("/attest clam", "did you mean calm?"),
        ("/attest factors.named", "belongs to Learn, and Act is not left yet"),
        ("/attest guardrails.lifted", "is not for a person to tick"),
    ],
)
def test_only_what_the_playbook_allows_is_ticked_or_waived(line: str, says: str) -> None:
    refused = refusal(baking(*LOOKED), line)
    assert says in refused.message
    assert mends(refused) == ["/gate"]


def test_a_tick_is_given_once() -> None:
    assert "already" in refusal(baking(*LOOKED, "/attest calm"), "/attest calm").message


def test_what_was_ticked_before_it_was_sent_back_is_ticked_again_with_one_line() -> None:
    story = baking(*LOOKED, *ACTED[:-1], "/revise which oven?")
    assert check(story, "calm").state == "failing"
    assert check(story, "calm").mend == "/attest calm"
    assert "ana said so before" in check(story, "calm").why
    assert check(story, "artifact.risk").state == "passed"
    story.say("/attest calm")
    assert check(story, "calm").state == "passed"


def test_the_reference_of_a_tick_is_not_typed_again() -> None:
    story = baking(*LOOKED, "/attest calm I asked them", *ACTED[1:-1], "/revise which oven?")
    story.say("/attest calm")
    assert story.entries[-1].event == CheckAttested(stage="act", check="calm", text="I asked them")


def test_a_tick_of_an_earlier_episode_counts_for_nothing() -> None:
    story = baking(*LOOKED, *ACTED, "/state active it is cold again")
    assert check(story, "calm").state == "failing"
    assert check(story, "calm").why == "a person has to say so"
    assert check(story, "artifact.risk").state == "passed"


def test_a_waiver_of_an_earlier_episode_counts_for_nothing() -> None:
    waived = ("/attest calm", "/waive warm it is gas", *ACTED[2:])
    story = baking(*LOOKED, *waived, "/state active it is cold again")
    assert check(story, "warm").state == "failing"


def test_a_choice_by_hand_that_the_log_contradicts_is_told_at_the_gate() -> None:
    under = playbook("gated")
    story = Story(under).tell(["> restarted", "/fail 1 no"])
    story.record([FieldSet(stage="mitigate", field="current-status", text="mitigated")])
    status = next(
        result
        for result in gate(story.incident, under.stage("mitigate")).checks
        if result.id == "artifact.current-status"
    )
    assert status.why == "'mitigated' by hand, 'mitigation failed' by the log"


def test_taking_back_a_tick_or_a_waiver_shuts_the_gate_again() -> None:
    story = baking(*LOOKED, "/set risk none", "/attest calm", "/waive warm gas")
    assert gate(story.incident).passes
    story.say("/undo")
    assert [failed.id for failed in gate(story.incident).failed] == ["warm"]


def test_checks_of_the_close_can_be_answered_from_any_stage() -> None:
    story = baking("/attest swept", "/guardrail two bakers", "/waive guardrails.lifted they stay")
    results = {result.id: result.state for result in closing_gate(story.incident).checks}
    assert results == {
        "stages.done": "failing", "lifecycle.resolved": "failing", "swept": "passed",
        "guardrails.lifted": "waived",
    }  # fmt: skip


def test_a_check_of_a_newer_version_fails_and_says_so() -> None:
    story = baking()
    stage = story.playbook.stages[0]
    newer = type(stage.checks[0])(id="ovens.blessed", waivable=True)
    changed = type(stage)(
        id=stage.id, title=stage.title, purpose=stage.purpose, review="auto", checks=(newer,)
    )
    (result,) = gate(story.incident, changed).checks
    assert (result.state, result.why) == ("failing", "this version does not know the check")


class TestArtifactFields:
    def value(self, story: Story, field: str) -> str:
        from incident_tui.domain.process.artifacts import Artifacts

        artifacts = story.incident.of(Artifacts)
        values = [v for stage in story.playbook.stages for v in artifacts.values(stage)]
        return next(value.text for value in values if value.field.id == field)

    def test_the_log_fills_a_field_that_names_a_source(self) -> None:
        assert self.value(baking("! bake again", "! buy flour"), "seen") == "bake again\nbuy flour"

    def test_what_was_typed_wins_until_it_is_emptied(self) -> None:
        story = baking("! bake again", "/set seen nothing")
        assert self.value(story, "seen") == "nothing"
        story.say("/set seen -")
        assert self.value(story, "seen") == "bake again"

    def test_words_that_are_no_choice_stand_beside_it_and_choose_nothing(self) -> None:
        from incident_tui.domain.process.artifacts import Artifacts

        story = Story(playbook("gated")).tell(["/impact data two orders may be written twice"])
        stage = story.playbook.stages[0]

        def shown() -> tuple[str, str]:
            values = story.incident.of(Artifacts).values(stage)
            impact = next(value for value in values if value.field.id == "data-impact")
            return impact.text, impact.readable

        assert shown() == ("", "two orders may be written twice")
        failed = [check.id for check in gate(story.incident, stage).failed]
        assert "artifact.data-impact" in failed
        story.say("/set data-impact write degraded")
        assert shown() == ("write degraded", "write degraded (two orders may be written twice)")
        story.tell(["/set data-impact -", "/impact data data loss"])
        assert shown() == ("data loss", "data loss")

    def test_a_choice_can_be_emptied_too(self) -> None:
        story = baking(*LOOKED, "/set mood grim", "/set mood -")
        assert self.value(story, "mood") == ""

    @pytest.mark.parametrize(
        "typed", ["yard,hall", "yard, hall", "yard; hall", "yard and hall", "yard + hall"]
    )
    def test_several_choices_are_joined_as_people_join_them(self, typed: str) -> None:
        story = baking(*LOOKED, f"/set places {typed}")
        assert self.value(story, "places") == typed

    def test_fields_of_passed_stages_can_still_be_written(self) -> None:
        assert self.value(baking(*LOOKED, "/set seen smoke"), "seen") == "smoke"

    @pytest.mark.parametrize(
        ("line", "says", "mend"),
        [
            (
                "/set mood jolly",
                "Mood takes one of: fine, grim",
                ["/set mood fine", "/set mood grim"],
            ),
            (
                "/set places yard, moon",
                "Places takes one or more of: hall, roof, yard",
                ["/set places hall", "/set places roof", "/set places yard"],
            ),
            ("/set moral be early", "moral belongs to Learn, which is still locked", ["/gate"]),
            ("/set rsk x", "no document has a field 'rsk': did you mean risk?", []),
        ],
    )
    def test_other_fields_and_values_are_refused(
        self, line: str, says: str, mend: list[str]
    ) -> None:
        refused = refusal(baking(*LOOKED), line)
        assert refused.message == says
        assert mends(refused) == mend
