"""Two published incidents as their responders could have run them, line by line.

The timelines themselves are imported from the records; here is only what a responder types.
"""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Story:
    """A record, the moment it is worked, what is typed, and what its authors state."""

    file: str
    title: str
    now: datetime
    rows: int
    lines: tuple[str, ...]
    seconds: dict[str, int]
    playbook: str = "war-room"


TOTAL_NODE_FAILURE = Story(
    file="dfds_postmortems__PM2023-001---Total-node-failure.md",
    title="No worker node is left",
    now=datetime(2023, 2, 14, 12, 30, tzinfo=UTC),
    rows=16,
    lines=(
        "/role all ana",
        "@10:46 /milestone started the healthy nodes are terminated",
        "@10:48 /milestone detected not one node is left",
        "@11:07 /milestone declared ticket raised by hand",
        "@10:48 = nodes 15 -> 0 src:cluster",
        "/sev SEV1 nothing can run",
        "/impact users everybody who uses a service of the cluster",
        "/impact services every service in the cluster",
        "/impact data none",
        "/scope users everybody",
        "/scope fault-domain the production cluster",
        "/scope dependency image registry: timeouts",
        "/scope recent-change launch template with another container runtime",
        "? the scale-in removed the nodes with the oldest launch template",
        "! add nodes with the rollover script, whatever else waits",
        "@11:00 /update No service answers; nodes are being added. next:+30m",
        "/advance",
        "/approve",
        '@10:49 /mitigate scale run the rollover script undo:"drain the new nodes"',
        "@10:51 /fail 1 the image registry timed out",
        '@10:52 /mitigate scale run the rollover script again undo:"drain the new nodes"',
        "@11:01 = nodes 0 -> 15 src:cluster",
        '@11:01 /verify 2 the load balancer takes the new nodes as healthy src:"load balancer"',
        "@11:01 /state mitigated traffic flows again",
        "/set residual-risk the old launch template would do it again",
        "/attest impact-reduced services answer",
        "/advance",
        "/approve",
        "/advance",
        "/hyp 1 test the order in which the group chose nodes to end",
        "/hyp 1 for healthy nodes ran the oldest template, see #12",
        "/hyp 1 confirm the termination policy says so",
        "/set triggering-event the desired size was set back while a rollover had failed half-way",
        "/why the group removes the oldest template first",
        "/why nobody had written down what follows a rollover that fails",
        "/factor trigger the desired size fell from 30 to 15 in one step",
        "/factor control test and production differ, and there is no stage between them",
        "/factor runbook no page says what to do when a rollover fails",
        "/advance",
        "/approve",
        "@11:59 /state resolved the ticket is closed",
        "@12:05 /update Service is restored; what set it off is known.",
        "/fix 1 the runtime is checked before a template is applied "
        'test:"the pipeline refuses a runtime that it does not know"',
        "/waive fix-reviewed worked alone",
        "/attest users-fine",
        "/attest inside-fine",
        "/advance",
        "/approve",
        "/set summary A rollover that had failed half-way left a group larger than wanted; the "
        "next run shrank it and took every healthy node. New nodes brought the cluster back.",
        "/set went-well nodes came back within a quarter of an hour",
        "/set went-poorly the rollover had no way back; the test cluster could not have shown it",
        "/set lessons go back to what is known to work before repairing",
        '+ a page on failed rollovers owner:ana due:2w class:mitigate prio:P1 verify:"a drill"',
        "+ an alert when few logs arrive owner:ben due:2w class:detect prio:P2 verify:it fires",
        "+ refuse unknown runtimes owner:ana due:2w class:prevent prio:P1 verify:a run stops",
        "/advance",
        "/approve by:ben ref:PM-2023-001",
        "/act 1 verify the drill went by the page",
        "/act 2 hand-over platform team, PLAT-7",
        "/act 3 verify the pipeline stopped on a made-up runtime",
        "/close",
    ),
    seconds={"time_to_detect": 2 * 60, "time_to_recover": 13 * 60},
)

DATABASE_DROPPED = Story(
    file="polarsource_polar__2026-06-12.mdx",
    title="The database is gone",
    now=datetime(2026, 6, 12, 19, 0, tzinfo=UTC),
    rows=18,
    lines=(
        "/role all ana",
        "@13:17:46 /milestone started everything is down",
        "@13:17:46 = instances 1 -> 0 src:database",
        "@13:17:46 /milestone detected the count of instances fell",
        "@13:20 /milestone declared everybody is in one call",
        "/sev SEV1 everything is down and data may be lost",
        "/impact users everybody",
        "/impact services dashboard, API, checkout, event ingestion",
        "/impact data less than a minute of writes, to be restored",
        "/scope users everybody, sandbox as well",
        "/scope fault-domain the one database instance",
        "/scope dependency none",
        "/scope recent-change credentials rotated through infrastructure code",
        "? the rotation replaced the database resource",
        "! restore from the point-in-time snapshot",
        "@13:25:00 /update Everything is down; the database is being restored. next:+90m",
        "/advance",
        "/approve",
        "@13:25:04 /mitigate redirect maintenance page undo:switch it off",
        "@14:17:31 /undone 1 the database is back",
        '@13:30:12 /mitigate restore point-in-time snapshot undo:"keep the old instance"',
        "@14:18:00 = instances 0 -> 1 src:database",
        "@14:18:00 /verify 2 all production services answer src:dashboard",
        "@14:18:00 /state mitigated production answers, metrics are slow",
        "/set residual-risk no read replica until the backfill ends",
        "/attest impact-reduced checkout works",
        "/guardrail no credential is rotated through infrastructure code",
        "/advance",
        "/approve",
        "/advance",
        "/hyp 1 test the plan of the change: replace or update in place",
        "/hyp 1 for the plan of the change replaces the database, see #13",
        "/hyp 1 confirm the plan says replace",
        "/set triggering-event the change was applied",
        "/why the credentials were part of the resource",
        "/why a plan that is expected to change a word is not read",
        "/factor trigger an update of credentials replaces the database",
        "/factor control nothing protected the production database from deletion",
        "/factor control sandbox and production share one instance",
        "/factor detection alerts did not tell before users did",
        "/question were webhooks lost?",
        "/advance",
        "/approve",
        "@18:30 /state resolved missing events are recreated",
        "/update Resolved: all data is restored.",
        "/fix 1 replacing the database is refused by the configuration "
        'test:"the plan of a rotation is checked for replacements"',
        "/attest fix-reviewed ben read the plan",
        "/attest users-fine",
        "/attest inside-fine",
        "/advance",
        "/approve",
        "/set summary A rotation of credentials replaced the production database. It was restored "
        "from a snapshot within the hour, and what had been written meanwhile was recreated.",
        "/set went-well the snapshot was less than a minute old; the maintenance page told people",
        "/set went-poorly each service had its own copy of the settings",
        "/set lessons read a plan before it is applied",
        '+ deletion protection on owner:ana due:fri class:prevent prio:P0 verify:"a drill"',
        "+ one settings group owner:ben due:2w class:mitigate prio:P1 verify:one change moves all",
        "/answer 1 delayed, none lost",
        "/advance",
        "/approve by:ben ref:postmortem-2026-06-12",
        "/act 1 verify the drill was refused",
        "/act 2 drop services were merged instead",
        "/lift 1 the configuration refuses it now",
        "/close",
    ),
    seconds={"time_to_mitigate": 60 * 60 + 14},
)

STORIES = (TOTAL_NODE_FAILURE, DATABASE_DROPPED)
