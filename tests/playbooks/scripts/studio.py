"""The studio process: five stages, a document from each, approved from outside at the end."""

from tests.playbooks.driver import Step

SCRIPT = (
    Step("/role all ana", "triage:hats.commander triage:hats.answered"),
    Step(
        "@14:02 = 5xx 0.2 % -> 12 % src:pager", "triage:timeline.evidence triage:readings.detecting"
    ),
    Step("/sev SEV2 orders of one region are refused", "triage:severity.set"),
    Step("/impact users 12 % of orders in eu-west"),
    Step("/impact services checkout"),
    Step("/impact data none", "triage:impact.known"),
    Step("/scope users eu-west"),
    Step("/scope fault-domain eu-west-1"),
    Step("/scope dependency payments: green"),
    Step("/scope recent-change deploy v42 at 13:58", "triage:impact.scoped"),
    Step(
        "/set first-diagnostics pool wait rises on every pod", "triage:artifact.first-diagnostics"
    ),
    Step("/advance"),
    Step("13:58 deploy of v42 src:deploys"),
    Step("connections per pod go from 20 to 200 src:https://example.org/dash/7"),
    Step(
        "all pods are affected alike src:https://example.org/dash/7", "investigate:timeline.entries"
    ),
    Step("? v42 exhausts the connection pool"),
    Step("/hyp 1 test connections per pod before and after v42"),
    Step(
        "/hyp 1 for 200 connections since 13:58, 20 before src:https://example.org/dash/7",
        "investigate:hypotheses.tested investigate:hypotheses.linked",
    ),
    Step("/hyp 1 confirm the pool is empty as soon as retries start"),
    Step("/factor contributing retries have no limit", "investigate:factors.apart"),
    Step("/advance"),
    Step("/mitigate rollback checkout back to v41", "mitigate:mitigations.tried"),
    Step("/reverse 1 deploy v42 again", "mitigate:mitigations.reversible"),
    Step("= 5xx 12 % -> 0.3 % src:pager", "mitigate:readings.compared"),
    Step(
        "/verify 1 5xx back at 0.3 % on the pager's signal",
        "mitigate:mitigations.verified mitigate:mitigations.settled",
    ),
    Step("/set residual-risk v42 must not be deployed again", "mitigate:artifact.residual-risk"),
    Step("/guardrail deploys of checkout are frozen"),
    Step("/advance"),
    Step("/approve"),
    Step("/fix 1 retries are bounded to three ref:#812", "resolve:fixes.named"),
    Step("/fix 1 retries are bounded to three test:test_retry_storm", "resolve:fixes.tested"),
    Step("/role engineer ana"),
    Step("/role reviewer ben", "resolve:hats.distinct"),
    Step("/attest cause-met", "resolve:cause-met", by="ben"),
    Step(
        "/attest tests-mean-something red without the change",
        "resolve:tests-mean-something",
        by="ben",
    ),
    Step("/attest deployment-sound one zone first", "resolve:deployment-sound", by="ben"),
    Step(
        "/set deployment-plan one zone, an hour, then the rest", "resolve:artifact.deployment-plan"
    ),
    Step("/advance"),
    Step("/approve", "postmortem:lifecycle.resolved", by="ben"),
    Step("the deploy was sloppy src:chat"),
    Step("/amend 46 the deploy skipped the second zone", "postmortem:blameless.wording"),
    Step("/role author ana"),
    Step("/role tracker ben", "postmortem:hats.filled"),
    Step("/question were orders written twice?"),
    Step("/answer 1 no, the idempotency keys held", "postmortem:questions.answered"),
    Step(
        "/set what-happened A deploy used up the pool, and orders were refused.",
        "postmortem:artifact.what-happened",
    ),
    Step(
        "/set prevention retries are bounded, and the pool has an alert",
        "postmortem:artifact.prevention",
    ),
    Step("+ alert on pool usage", "postmortem:actions.exist"),
    Step("/act 1 owner:ana prio:P1 ref:OPS-71", "postmortem:actions.complete"),
    Step("/lift 1 v43 is out", "close:guardrails.lifted"),
    Step("/advance"),
    Step("/approve by:kim ref:https://example.org/pull/7", by="kim"),
    Step("/close"),
)
