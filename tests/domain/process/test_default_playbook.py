"""The gates of the default playbook: what each check wants, and the lines that give it."""

import pytest

from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.rules import rule
from incident_tui.domain.process.gates import CheckResult, closing_gate, gate
from incident_tui.domain.process.lifecycle import Lifecycle
from tests.support.incidents import CHAPTERS, TRIAGE, Story, playbook, story

# stage -> check -> lines that satisfy it, given alone at the beginning of that stage
MENDED: dict[str, dict[str, list[str]]] = {
    "triage": {
        "timeline.evidence": ["= 5xx 0.2 % -> 12 % src:dashboard"],
        "hats.answered": ["/role all ana"],
        "severity.set": ["/sev SEV2"],
        "impact.known": ["/impact users unknown", "/impact services all", "/impact data none"],
        "impact.scoped": [
            "/scope users unknown", "/scope fault-domain eu", "/scope dependency unknown",
            "/scope recent-change none",
        ],
        "hypotheses.proposed": ["? the pool"],
        "decisions.made": ["! roll back"],
        "updates.posted": ["/update we are on it next:+30m"],
    },
    "mitigate": {
        "mitigations.tried": ["/mitigate rollback to v41"],
        "mitigations.reversible": ["/reverse 1 deploy v42"],
        "mitigations.verified": ["= 5xx 12 % -> 0.3 %", "/verify 1 it is back"],
        "readings.compared": ["/mitigate rollback to v41", "= 5xx 12 % -> 0.3 %"],
        "mitigations.settled": ["/fail 1 no effect"],
        "updates.cadence": ["/cadence 2h"],
        "evidence.preserved": ["/link https://example.org/vault/42 access logs"],
        "impact-reduced": ["/attest impact-reduced"],
        "artifact.residual-risk": ["/set residual-risk one zone"],
    },
    "investigate": {
        "timeline.entries": ["a", "b", "c", "d", "e"],
        "hypotheses.tested": ["/hyp 1 test look", "/hyp 1 for seen"],
        "hypotheses.linked": ["/hyp 1 for seen in the logs of the pods src:logs"],
        "hypotheses.confirmed": ["/hyp 1 confirm it is"],
        "hypotheses.settled": ["/hyp 1 refute it is not"],
        "factors.named": ["/factor trigger retries"],
        "factors.whys": ["/why a", "/why b"],
        "artifact.triggering-event": ["/set triggering-event a deploy"],
    },
    "resolve": {
        "fixes.named": ["/fix 1 v43"],
        "fixes.tested": ["/fix 1 v43 test:test_pool"],
        "fix-reviewed": ["/attest fix-reviewed"],
        "users-fine": ["/attest users-fine"],
        "inside-fine": ["/attest inside-fine"],
        "mitigations.settled": ["/verify 1 it works"],
        "checkpoints.acknowledged": ["/checkpoint ana", "/ack nothing is open"],
    },
    "postmortem": {
        "lifecycle.resolved": ["/state resolved"],
        "updates.resolution": ["/state resolved", "/update it is over"],
        "milestones.known": ["@14:06 /milestone detected a page", "/state resolved"],
        "blameless.wording": ["/retract 7 it says nothing of the system"],
        "factors.enough": [
            "/factor trigger a", "/factor trigger b", "/factor detection c candidate",
        ],
        "factors.candidates": ["/factor detection no alert"],
        "actions.exist": ["+ an alert"],
        "actions.complete": ["/act 1 owner:ana due:2w prio:P1 verify:page"],
        "questions.answered": ["/answer 1 no"],
        "artifact.summary": ["/set summary it broke"],
        "artifact.went-well": ["/set went-well pager"],
        "artifact.went-poorly": ["/set went-poorly canary"],
        "artifact.lessons": ["/set lessons look"],
    },
}  # fmt: skip
# What has to be there for a check to fail that is content with an empty log.
PROVOKED = {
    "mitigations.reversible": ["/mitigate rollback to v41"],
    "mitigations.settled": ["/mitigate rollback to v41"],
    "mitigations.verified": ["= 5xx 0.2 % -> 12 % src:pager", "/mitigate rollback to v41"],
    "evidence.preserved": ["/protect"],
    "readings.compared": ["= 5xx 0.2 % -> 12 % src:pager"],
    "hypotheses.tested": ["? the pool"],
    "hypotheses.linked": ["? the pool"],
    "hypotheses.confirmed": ["? the pool"],
    "hypotheses.settled": ["? the pool"],
    "fixes.named": ["? the pool", "/hyp 1 confirm it is"],
    "fixes.tested": ["? the pool", "/hyp 1 confirm it is"],
    "checkpoints.acknowledged": ["/role commander ben", "/role commander ana"],
    "blameless.wording": ["it was human error"],
    "factors.candidates": ["/factor trigger retries candidate"],
    "actions.complete": ["+ an alert"],
    "questions.answered": ["/question lost?"],
}
CASES = [
    pytest.param(stage, check, id=f"{stage}-{check}") for stage in MENDED for check in MENDED[stage]
]


def at_stage(stage_id: str, *lines: str) -> Story:
    """An incident that stands at the beginning of a stage, with nothing else on record.

    The stages before it are made to ask for nothing, so that each check can be looked at alone.
    """
    data = playbook()
    before = [stage.id for stage in data.stages].index(stage_id)
    free = [
        type(stage)(id=stage.id, title=stage.title, purpose=stage.purpose, review="none")
        for stage in data.stages[:before]
    ]
    outage = Story(
        type(data)(
            **{name: getattr(data, name) for name in data.__struct_fields__}
            | {"stages": (*free, *data.stages[before:])}
        )
    )
    return outage.tell(["/advance"] * before).tell(lines)


def result(outage: Story, check: str) -> CheckResult:
    return next(each for each in gate(outage.incident).checks if each.id == check)


def test_the_table_covers_every_check_of_every_stage() -> None:
    for stage in playbook().stages:
        if stage.review != "none":
            outage = at_stage(stage.id)
            assert {check.id for check in gate(outage.incident).checks} == set(MENDED[stage.id])


@pytest.mark.parametrize(("stage", "check"), CASES)
def test_each_check_fails_without_its_evidence_and_passes_with_it(stage: str, check: str) -> None:
    outage = at_stage(stage, *PROVOKED.get(check, []))
    before = result(outage, check)
    assert before.state == "failing"
    assert before.why
    assert before.mend.startswith(("/", "!", "?", "=", "+", "@"))
    outage.tell(MENDED[stage][check])
    assert result(outage, check).state == "passed"


@pytest.mark.parametrize(("stage", "check"), CASES)
def test_the_mend_of_each_check_is_a_line_that_can_be_typed(stage: str, check: str) -> None:
    """With the gaps filled in, it names a command of the log line."""
    outage = at_stage(stage, *PROVOKED.get(check, []))
    assert line_grammar.parse(result(outage, check).mend.replace("…", "x")).command.name


@pytest.mark.parametrize(("stage", "check"), CASES)
def test_a_waiver_is_accepted_only_where_the_playbook_allows_it(stage: str, check: str) -> None:
    outage = at_stage(stage, *PROVOKED.get(check, []))
    declared = next(
        (c for c in outage.incident.of(Lifecycle).current.stage.checks if c.id == check), None
    )
    if declared is not None and declared.waivable:
        outage.say(f"/waive {check} not this time")
        assert (result(outage, check).state, result(outage, check).why) == (
            "waived",
            "not this time",
        )
    else:
        with pytest.raises(Refused, match=r"cannot be waived|has no check"):
            outage.say(f"/waive {check} not this time")


def test_what_lines_told_is_not_asked_again_and_triage_takes_at_most_fifteen() -> None:
    assert len(TRIAGE) <= 15
    outage = story(1)
    assert outage.incident.of(Lifecycle).current.stage.id == "mitigate"


def test_a_verified_mitigation_needs_the_detecting_signal_read_again() -> None:
    outage = at_stage("mitigate", "= 5xx 0.2 % -> 12 % src:pager", "/mitigate rollback to v41")
    outage.say("/verify 1 looks good")
    assert result(outage, "mitigations.verified").mend == "= 5xx 12 % -> …"
    outage.say("= 5xx 12 % -> 0.3 %")
    assert result(outage, "mitigations.verified").state == "passed"


def test_with_nothing_left_to_verify_another_mitigation_is_asked_for() -> None:
    outage = at_stage("mitigate", "/mitigate rollback to v41", "/undone 1")
    assert result(outage, "mitigations.verified").mend.startswith("/mitigate ")
    assert result(at_stage("mitigate"), "mitigations.verified").mend.startswith("/mitigate ")


def test_three_factors_on_one_layer_are_not_enough() -> None:
    outage = at_stage("postmortem", *(f"/factor trigger {it}" for it in "xyz"))
    assert result(outage, "factors.enough").mend == "/factor detection …"


@pytest.mark.parametrize("attribute", ["owner", "due", "prio", "verify"])
def test_an_action_item_without_one_attribute_is_told_with_the_line_that_adds_it(
    attribute: str,
) -> None:
    given = {"owner": "ana", "due": "2w", "prio": "P1", "verify": "page"}
    line = " ".join(f"{name}:{value}" for name, value in given.items() if name != attribute)
    outage = at_stage("postmortem", f"+ an alert {line}")
    outage.say(
        result(outage, "actions.complete")
        .mend.replace("NAME", "ana")
        .replace("…", given[attribute])
    )
    assert result(outage, "actions.complete").state == "passed"


@pytest.mark.parametrize("chapters", range(1, len(CHAPTERS)))
def test_the_whole_course_stands_at_the_next_stage_after_each_chapter(chapters: int) -> None:
    order = ["triage", "mitigate", "investigate", "resolve", "postmortem", "follow-up"]
    assert story(chapters).incident.of(Lifecycle).current.stage.id == order[chapters]


def test_the_close_waits_for_action_items_and_guardrails() -> None:
    outage = story(5)
    outage.say("/guardrail retries capped")
    mends = {check.id: check.mend for check in closing_gate(outage.incident).failed}
    assert mends == {"actions.settled": "/act 1 verify …", "guardrails.lifted": "/lift 2 WHY"}
    assert story().incident.of(Lifecycle).status == "closed"


def test_every_check_it_names_is_known() -> None:
    data = playbook()
    named = [c for stage in data.stages for c in stage.checks] + list(data.closing)
    assert all(check.kind == "attestation" or rule(check.id) for check in named)
