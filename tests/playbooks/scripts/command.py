"""The command process: roles, impact and cadence, then factors on layers and visible actions."""

from tests.playbooks.driver import Step

SCRIPT = (
    Step("/role all ana", "respond:role_check"),
    Step("@14:02 = 5xx 0.2 % -> 12 % src:pager"),
    Step("/cadence 30m", "respond:updates.cadence"),
    Step("/judge widespread now tenants see each other's files", "respond:judgement.made"),
    Step("/impact users all tenants of eu-west"),
    Step("/impact services file lists"),
    Step("/impact data none lost; shown to others"),
    Step("/impact business the end of the quarter"),
    Step("/impact status file lists of strangers", "respond:impact_check"),
    Step("/scope users eu-west"),
    Step("/scope fault-domain unknown"),
    Step("/scope dependency the cache"),
    Step("/scope recent-change deploy v42", "respond:impact_scoping"),
    Step(
        "/update File lists are off in eu-west while we look. next:+30m", "respond:updates.posted"
    ),
    Step(
        '/mitigate degrade file lists switched off undo:"switch them on" src:change-9',
        "respond:mitigations.tried",
    ),
    Step("/strategy narrower-diagnosis only the cache is left"),
    Step("/set fallback-path switch the region off", "respond:artifact.fallback-path"),
    Step(
        "/set user-decision-point tenants decide on reset at 16:00",
        "respond:artifact.user-decision-point",
    ),
    Step("/set channels #incident-42; bridge 7", "respond:artifact.channels"),
    Step("/set track protected (security)", "respond:artifact.track"),
    Step("/advance"),
    Step("/approve"),
    Step("/role commander ben"),
    Step('/checkpoint ben decide:"switch the region off at 15:00"'),
    Step("/ack file lists are switched off", "stabilise:checkpoint_check", by="ben"),
    Step("somebody at support saw it first"),
    Step("/source 31 ticket 4711"),
    Step(
        '/state mitigated lists are off why:"nobody asks for lists now"',
        "stabilise:timeline_check",
    ),
    Step("= 5xx 12 % -> 0.3 % src:pager"),
    Step(
        "/verify 1 no list of strangers since",
        "stabilise:mitigations.verified stabilise:mitigations.settled stabilise:users-recovered",
    ),
    Step(
        "/link https://example.org/vault/42 access logs, write-protected",
        "stabilise:evidence.preserved",
    ),
    Step("/attest users-recovered https://example.org/dash/7"),
    Step("/attest inside-healthy https://example.org/dash/8", "stabilise:inside-healthy"),
    Step(
        "/set hotfix-trace image 43, branch fix-cache, #812, one zone then the rest",
        "stabilise:artifact.hotfix-trace",
    ),
    Step("/advance"),
    Step("/approve", "postmortem:lifecycle.resolved close:lifecycle.resolved"),
    Step("/cause root cause: the cache key has no tenant"),
    Step("/factor detection no test reads as two tenants"),
    Step(
        "/factor organisation the cache was shared to save money candidate",
        "postmortem:blameless_check",
    ),
    Step("/question who read what?"),
    Step("/answer 1 eleven lists, all tenants told", "postmortem:questions.answered"),
    Step(
        "/set summary A shared cache served lists to the wrong tenants for half an hour.",
        "postmortem:artifact.summary",
    ),
    Step("/set missed-defences a test with two tenants", "postmortem:artifact.missed-defences"),
    Step("/advance"),
    Step("/approve"),
    Step("+ the tenant is part of every key"),
    Step(
        '/act 1 owner:ana due:2w class:prevent verify:"a test with two tenants passes" factor:1',
        "actions:action_check",
    ),
    Step("/set follow-up-checks in four weeks, by ben", "actions:artifact.follow-up-checks"),
    Step("/advance"),
    Step("/approve"),
    Step("/act 1 verify the test runs in every build", "close:actions.settled"),
    Step("/update File lists are back in eu-west; the incident is over."),
    Step("/close"),
)
