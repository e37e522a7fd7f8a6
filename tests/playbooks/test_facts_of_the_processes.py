"""The published facts that each process has to keep: scales, stages, reviews, documents, orders."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.gates import gate
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.report import playbook_data
from tests.playbooks.scripts.command import SCRIPT as COMMAND
from tests.playbooks.scripts.gated import SCRIPT as GATED
from tests.playbooks.scripts.mitigate_first import SCRIPT as MITIGATE_FIRST
from tests.playbooks.scripts.studio import SCRIPT as STUDIO
from tests.support.incidents import Story, playbook
from tests.support.playbooks.processes import filled, flags_up

STAGES = {
    "studio": "triage:auto investigate:auto mitigate:ask resolve:ask postmortem:external",
    "gated": "triage:ask mitigate:ask communicate:none root-cause:ask post-mortem:ask "
    "action-items:none",
    "lifecycle": "confirm:auto triage:auto team:auto mitigate:ask investigate:ask recover:ask "
    "postmortem:ask",
    "mitigate-first": "triage:auto mitigate:ask investigate:auto fix:ask post-mortem:ask",
    "command": "respond:ask stabilise:ask postmortem:ask actions:ask",
    "war-room": "triage:ask mitigate:ask communicate:none investigate:ask resolve:ask "
    "postmortem:external follow-up:none",
}
SEVERITIES = {
    "studio": "SEV1:30m SEV2:1h SEV3: SEV4:",
    "gated": "critical:30m major:1h minor:",
    "lifecycle": "SEV1:30m SEV2:1h SEV3:4h SEV4:",
    "mitigate-first": "P0:15m P1:30m P2:2h P3:",
    "command": "highest:30m high:1h medium: low:",
    "war-room": "SEV1:30m SEV2:60m SEV3: SEV4:",
}
KINDS = {
    "studio": "rollback flag-off scale hotfix",
    "lifecycle": "rollback flag-off scale backup rate-limit reject fallback",
    "mitigate-first": "rollback scale failover disable redirect",
}
DOCUMENTS = {
    "studio": "incident-brief root-cause mitigation-log resolution-summary postmortem",
    "gated": "INC-1 INC-2 INC-3 INC-4 INC-5 INC-6",
}
CHOICES = [
    ("gated", "data-impact", "none|read degraded|write degraded|data loss"),
    ("gated", "status", "ongoing|mitigated|resolved"),
    ("gated", "current-status", "mitigated|partially mitigated|mitigation failed"),
    ("gated", "communicated-status", "mitigated|investigating|resolved"),
    (
        "lifecycle",
        "detecting-signal",
        "error rate|latency|resource exhaustion|business metric anomaly|user report",
    ),
    ("lifecycle", "boundary", "none|unsupported flow|coexistence seam|rollout boundary"),
    ("mitigate-first", "card-status", "investigating|mitigating|resolved"),
    ("command", "state", "active|mitigated|monitoring|resolved|postmortem-only"),
]
LISTS = [
    ("gated", "prerequisites", "incident access channel"),
    ("lifecycle", "inputs", "pipeline architecture alerts"),
    ("lifecycle", "levers", "rollback route-disable traffic-shaping read-only failover"),
    ("lifecycle", "containment", "roll-back fail-closed keep"),
    ("lifecycle", "hand_offs", "debugging runbooks retrospective tech-debt"),
    (
        "mitigate-first",
        "hand_offs",
        "debugging test-driven-fix verification observability pipeline",
    ),
    ("command", "layers", "trigger detection control runbook organisation"),
    ("command", "action_classes", "prevent detect mitigate learn"),
]
TEN_HATS = (
    "first-responder commander investigator log-analyst mitigator verifier engineer reviewer "
    "author tracker"
)
SEVEN = {
    "respond": ["role_check", "impact_check", "impact_scoping"],
    "stabilise": ["timeline_check", "checkpoint_check"],
    "postmortem": ["blameless_check"],
    "actions": ["action_check"],
}


@pytest.mark.parametrize(("name", "stages"), STAGES.items())
def test_stages_come_in_their_order_with_their_review(name: str, stages: str) -> None:
    reviews = [f"{stage.id}:{stage.review}" for stage in playbook(name).stages]
    assert " ".join(reviews) == stages


@pytest.mark.parametrize(("name", "levels"), SEVERITIES.items())
def test_severities_are_ordered_and_have_their_cadence(name: str, levels: str) -> None:
    cadences = [f"{level.id}:{level.update_every}" for level in playbook(name).severities]
    assert " ".join(cadences) == levels


@pytest.mark.parametrize(("name", "kinds"), KINDS.items())
def test_mitigations_are_offered_in_the_order_of_the_process(name: str, kinds: str) -> None:
    assert " ".join(kind.id for kind in playbook(name).mitigation_kinds) == kinds


@pytest.mark.parametrize(("name", "documents"), DOCUMENTS.items())
def test_each_stage_writes_its_document(name: str, documents: str) -> None:
    artifacts = [stage.produces for stage in playbook(name).stages if stage.produces]
    titles = [artifact.title.split()[0] for artifact in artifacts]
    assert documents in (" ".join(artifact.id for artifact in artifacts), " ".join(titles))


@pytest.mark.parametrize(("name", "field", "choices"), CHOICES)
def test_choices_are_those_of_the_process(name: str, field: str, choices: str) -> None:
    fields = [
        one
        for stage in playbook(name).stages
        if stage.produces
        for one in stage.produces.fields
        if one.id == field
    ]
    assert [one.choices for one in fields] == [tuple(choices.split("|"))]


@pytest.mark.parametrize(("name", "attribute", "ids"), LISTS)
def test_what_is_asked_for_is_listed(name: str, attribute: str, ids: str) -> None:
    assert " ".join(item.id for item in getattr(playbook(name), attribute)) == ids


def test_ten_hats_work_in_pairs() -> None:
    studio = playbook("studio")
    assert " ".join(hat.id for hat in studio.hats) == TEN_HATS
    assert [len(stage.hats) for stage in studio.stages] == [2] * 5


def test_the_seven_checks_are_there_by_their_names() -> None:
    shown = playbook_data(playbook("command"))["stages"]
    named = {
        stage["id"]: [check["id"] for check in stage["checks"] if "_" in check["id"]]
        for stage in shown
    }
    assert named == SEVEN


def test_the_quality_gate_has_five_items() -> None:
    assert [check.id for check in playbook("lifecycle").closing] == [
        "severity-and-impact",
        "containment",
        "timeline-and-evidence",
        "cadence-and-owner",
        "follow-up",
    ]


@pytest.mark.parametrize("name", ["lifecycle", "mitigate-first", "war-room"])
def test_the_postmortem_is_due_within_two_days(name: str) -> None:
    assert playbook(name).deadlines.postmortem_hours == 48


def test_a_mitigation_that_was_not_enough_stays_in_the_report() -> None:
    """Sent back: the first one is marked as failed, another is tried, and both are told."""
    lines = [step.line for step in GATED]
    second = next(at for at, line in enumerate(lines) if line.startswith("/mitigate limit"))
    story = Story(playbook("gated")).tell(lines[:second])
    story.tell(
        [
            '/mitigate scale two more nodes undo:"one node" src:runbook',
            "= 5xx 12 % -> 8 % src:pager",
            "/verify 2 a little better",
            "/set residual-risk most searches fail",
            "/attest impact-reduced",
            "/advance",
            "/revise eight percent is not mitigated: try another way",
            "/fail 2 still 8 %",
        ]
    )
    report = gate(story.incident)
    assert "mitigations.verified" in [check.id for check in report.failed]
    story.tell(
        [
            '/mitigate limit suggestions off undo:"switch them on" src:runbook',
            "= 5xx 0.3 % src:pager",
            "/verify 3 back to normal",
            "/attest impact-reduced",
            "/advance",
            "/approve",
        ]
    )
    record = story.incident.of(Lifecycle).record("mitigate")
    assert record is not None
    assert [revision.number for revision in record.revisions] == [1, 2]
    rows = filled(story, "mitigations.steps").split("\n")
    assert [row.rsplit(" -> ", 1)[1].split(":")[0] for row in rows] == [
        "failed",
        "failed",
        "verified",
    ]


FIX = ("reproduced", "implemented", "staged", "deployed", "confirmed")


@pytest.mark.parametrize("step", FIX)
def test_each_step_of_the_fix_wants_its_reference(step: str) -> None:
    lines = [step.line for step in MITIGATE_FIRST]
    story = Story(playbook("mitigate-first"))
    story.tell(lines[: next(at for at, line in enumerate(lines) if line.startswith("/attest"))])
    with pytest.raises(Refused, match="reference"):
        story.say(f"/attest {step}")
    story.say(f"/attest {step} https://example.org/run/4711")
    assert step not in [check.id for check in gate(story.incident).failed]


def test_the_reviewer_may_be_waived_by_somebody_alone() -> None:
    lines = [step.line for step in STUDIO]
    story = Story(playbook("studio"))
    story.tell(lines[: lines.index("/role reviewer ben")])
    story.say("/waive hats.distinct I am alone this week")
    assert "hats.distinct" in gate(story.incident).waived


def test_conclusions_are_held_back_when_the_impact_returns() -> None:
    lines = [step.line for step in COMMAND]
    story = Story(playbook("command"), protected=True)
    for step in COMMAND[: lines.index("/set missed-defences a test with two tenants") + 1]:
        story.say(step.line, actor=step.by)
    assert gate(story.incident).passes
    story.say("/state active lists of strangers again")
    report = gate(story.incident, story.playbook.stage("postmortem"))
    assert any("still affected" in check.why for check in report.failed)
    with pytest.raises(Refused):
        story.say("/advance")


@pytest.mark.parametrize(
    ("name", "word", "flag"),
    [
        ("lifecycle", "/contain keep it is harmless", "containment.kept-open"),
        ("mitigate-first", "? the pool is empty", "hypotheses.guessing"),
        ("mitigate-first", "? the pool is empty", "mitigations.none"),
        ("command", "/mitigate limit half of it undo:all", "strategy.due"),
        ("command", "it is down", "sources.missing"),
        ("command", "it is down", "hats.unanswered"),
    ],
)
def test_its_own_red_flags_are_live(name: str, word: str, flag: str) -> None:
    story = Story(playbook(name)).tell([word])
    assert flag in [up.id for up in flags_up(story, minutes=45)]
