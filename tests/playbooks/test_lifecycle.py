"""The lifecycle process: what was released, which levers exist, and a path that fails closed."""

from functools import cache

from tests.playbooks import driver
from tests.playbooks.driver import Step, Walk

SCRIPT = (
    Step("/input pipeline https://ci.example.org/checkout"),
    Step("/input architecture docs/architecture.md"),
    Step("/input alerts none", "confirm:inputs.linked"),
    Step("@14:02 = 5xx 0.2 % -> 12 % src:pager", "confirm:timeline.evidence"),
    Step("/lever rollback yes v41 is in the registry"),
    Step("/lever route-disable yes"),
    Step("/lever traffic-shaping no"),
    Step("/lever read-only no"),
    Step("/lever failover no the second region is not built yet", "confirm:levers.known"),
    Step(
        "/set failing-behaviour orders are refused at the last step",
        "confirm:artifact.failing-behaviour",
    ),
    Step("/set since-deploy four minutes after v42", "confirm:artifact.since-deploy"),
    Step("/set detecting-signal error rate", "confirm:artifact.detecting-signal"),
    Step("/set boundary coexistence seam", "confirm:artifact.boundary"),
    Step(
        "/set release-boundary v42 writes orders through the new service only in eu-west",
        "confirm:artifact.release-boundary",
    ),
    Step("/advance"),
    Step("/sev SEV2 payments fail for many", "triage:severity.set team:updates.cadence"),
    Step("/impact users 12 % of orders"),
    Step("/impact services checkout, payments"),
    Step("/impact data none"),
    Step(
        "/impact status an error page at the last step",
        "triage:impact.known close:severity-and-impact",
    ),
    Step("/advance"),
    Step("/role all ana", "team:hats.answered close:cadence-and-owner"),
    Step("/role communications ben"),
    Step(
        "/update Orders fail for some in eu-west; we are closing the path. next:+30m",
        "team:updates.posted",
    ),
    Step("/set response-channel #incident-42", "team:artifact.response-channel"),
    Step("/set decision-owner ana", "team:artifact.decision-owner"),
    Step(
        "/set external-trigger more than 5 % of orders fail for 30 minutes",
        "team:artifact.external-trigger",
    ),
    Step("/advance"),
    Step(
        "/contain keep rolling back would lose orders written since",
        "mitigate:containment.decided close:containment",
    ),
    Step("/contain fail-closed an order must not be written twice"),
    Step("> the route cache was cleared src:change-8", "mitigate:mitigations.tried"),
    Step("/reverse 1 it fills by itself", "mitigate:mitigations.reversible"),
    Step("/verify 1 the cache is empty", "mitigate:mitigations.settled"),
    Step(
        '/mitigate reject the new path answers 503 undo:"open the route" src:change-9',
        "investigate:timeline.entries",
    ),
    Step("= 5xx 12 % -> 0.3 % src:pager", "recover:mitigations.verified"),
    Step("/verify 2 the pager's signal is back at 0.3 %"),
    Step(
        "/set residual-risk eu-west takes no orders by invoice", "mitigate:artifact.residual-risk"
    ),
    Step("/attest data-first", "mitigate:data-first"),
    Step("/advance"),
    Step("/approve"),
    Step("! v42 is not rolled back: the path is closed instead"),
    Step("13:58 v42 went out src:deploys"),
    Step("the old service locks the row for nine seconds src:traces"),
    Step("? both services lock the same row"),
    Step("/hyp 1 test lock waits of both services"),
    Step(
        "/hyp 1 for lock waits begin with v42 src:traces",
        "investigate:hypotheses.tested investigate:hypotheses.linked close:timeline-and-evidence",
    ),
    Step("/hyp 1 confirm a trace shows both locks", "investigate:hypotheses.confirmed"),
    Step(
        "/set evidence logs of checkout 13:50-14:30; traces 4711, 4712; p95 of the store",
        "investigate:artifact.evidence",
    ),
    Step("/set deploy-id v42 (a1b2c3)", "investigate:artifact.deploy-id"),
    Step("/set config-changes none", "investigate:artifact.config-changes"),
    Step(
        "/set contract the contract allows one writer; v42 made two",
        "investigate:artifact.contract",
    ),
    Step("/question were invoices sent twice?"),
    Step("/attest nothing-invented one question is open", "investigate:nothing-invented"),
    Step("/advance"),
    Step("/approve"),
    Step("/attest alerts-clear", "recover:alerts-clear"),
    Step("/attest symptoms-clear an order went through", "recover:symptoms-clear"),
    Step("/attest protection-active the route answers 503", "recover:protection-active"),
    Step("/guardrail the new path stays closed until v43"),
    Step("/attest guardrails-listed", "recover:guardrails-listed"),
    Step("/hand-off debugging one writer only, CHK-9", "recover:handoffs.made"),
    Step("/set monitoring lock waits page above two seconds", "recover:artifact.monitoring"),
    Step("/advance"),
    Step("/approve", "postmortem:lifecycle.resolved"),
    Step("it was operator error src:chat"),
    Step("/amend 68 the deploy page does not say who writes", "postmortem:blameless.wording"),
    Step("/why orders were refused: the row was locked"),
    Step("/why two services wrote the same row"),
    Step("/why v42 opened the seam for one region"),
    Step("/why the contract has no test"),
    Step("/why contracts were never tested here", "postmortem:factors.whys"),
    Step("+ contract test for the order row", "postmortem:actions.exist"),
    Step("/act 1 owner:ana due:2w", "postmortem:actions.complete close:follow-up"),
    Step(
        "/set summary Two services wrote the same row, and orders were refused for half an hour.",
        "postmortem:artifact.summary",
    ),
    Step("/set went-well the path was closed within ten minutes", "postmortem:artifact.went-well"),
    Step("/set went-poorly nobody knew the seam", "postmortem:artifact.went-poorly"),
    Step(
        "/set incident-playbook close the route first; then look at the locks",
        "postmortem:artifact.incident-playbook",
    ),
    Step("/advance"),
    Step("/approve"),
    Step("/close"),
)


@cache
def walked() -> Walk:
    """The script, typed once for all tests that only look."""
    return driver.walk("lifecycle", SCRIPT)


def test_each_check_fails_without_its_evidence_and_passes_with_it() -> None:
    driver.assert_each_line_mends_what_it_says(walked())


def test_no_check_passes_without_people_having_said_something() -> None:
    driver.assert_every_check_was_missing_once(walked())


def test_the_incident_reaches_its_close_through_every_gate() -> None:
    driver.assert_closed_at_its_end(walked())


def test_a_shut_gate_refuses_names_each_missing_thing_and_changes_nothing() -> None:
    driver.assert_no_gate_opens_early("lifecycle", SCRIPT, protected=False)
