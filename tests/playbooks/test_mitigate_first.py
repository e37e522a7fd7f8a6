"""The mitigate-first process: users first, the cause second, the tested fix third."""

from functools import cache

from tests.playbooks import driver
from tests.playbooks.driver import Step, Walk

SCRIPT = (
    Step("@14:02 = 5xx 0.2 % -> 12 % src:pager", "triage:artifact.first-detected"),
    Step("/role all ana", "triage:hats.commander triage:hats.answered"),
    Step("/sev P1 nobody can check out", "triage:severity.set"),
    Step("/impact users everybody who pays by card"),
    Step("/impact business half of the revenue"),
    Step("/impact data none", "triage:impact.known"),
    Step("/update Card payments fail; we are rolling back. next:+30m", "triage:updates.posted"),
    Step("! roll back v42 now", "triage:decisions.made"),
    Step("/advance"),
    Step("/mitigate rollback checkout back to v41", "mitigate:mitigations.tried"),
    Step("= 5xx 12 % -> 0.3 % src:pager"),
    Step(
        "/verify 1 card payments go through",
        "mitigate:mitigations.settled mitigate:mitigations.verified",
    ),
    Step("/set still-impaired nothing", "mitigate:artifact.still-impaired"),
    Step("/advance"),
    Step("/approve"),
    Step("? v42 exhausts the connection pool"),
    Step("/hyp 1 test connections per pod"),
    Step("/hyp 1 for 200 since v42 src:dashboard", "investigate:hypotheses.tested"),
    Step("/hyp 1 confirm the pool is empty once retries start", "investigate:hypotheses.confirmed"),
    Step(
        "/set when four minutes after the deploy of v42; no change of configuration or traffic",
        "investigate:artifact.when",
    ),
    Step("/set what-changed deploy v42", "investigate:artifact.what-changed"),
    Step("/set where checkout, POST /pay, the pool of the store", "investigate:artifact.where"),
    Step("/advance"),
    Step("/fix 1 retries are bounded to three", "fix:artifact.fix"),
    Step(
        "/fix 1 retries are bounded to three test:test_retry_storm ref:#812",
        "fix:artifact.regression-test",
    ),
    Step("/attest reproduced a1b2c3", "fix:reproduced"),
    Step("/attest implemented #812", "fix:implemented"),
    Step("/attest staged run 4711", "fix:staged"),
    Step("/milestone fix-deployed v43 everywhere"),
    Step("/attest deployed https://example.org/dash/7", "fix:deployed"),
    Step("/attest confirmed https://example.org/dash/7", "fix:confirmed"),
    Step("/hand-off pipeline why the canary has no payments, PIPE-3", "post-mortem:handoffs.made"),
    Step("/advance"),
    Step("/approve", "post-mortem:lifecycle.resolved post-mortem:milestones.known"),
    Step(
        "/set customer-impact card payments failed for half an hour",
        "post-mortem:artifact.customer-impact",
    ),
    Step("/set went-well the rollback took four minutes", "post-mortem:artifact.went-well"),
    Step("/set went-poorly the canary saw nothing", "post-mortem:artifact.went-poorly"),
    Step("/set lessons a canary gets real payments", "post-mortem:artifact.lessons"),
    Step("it was human error"),
    Step("/amend 42 the deploy page hides the canary's result", "post-mortem:blameless.wording"),
    Step("+ payments in the canary", "post-mortem:actions.exist"),
    Step("/act 1 owner:ana due:2w", "post-mortem:actions.complete"),
    Step("/advance"),
    Step("/approve"),
    Step("/close"),
)


@cache
def walked() -> Walk:
    """The script, typed once for all tests that only look."""
    return driver.walk("mitigate-first", SCRIPT)


def test_each_check_fails_without_its_evidence_and_passes_with_it() -> None:
    driver.assert_each_line_mends_what_it_says(walked())


def test_no_check_passes_without_people_having_said_something() -> None:
    driver.assert_every_check_was_missing_once(walked())


def test_the_incident_reaches_its_close_through_every_gate() -> None:
    driver.assert_closed_at_its_end(walked())


def test_a_shut_gate_refuses_names_each_missing_thing_and_changes_nothing() -> None:
    driver.assert_no_gate_opens_early("mitigate-first", SCRIPT, protected=False)
