"""A worked example: a fictional incident in the middle of its mitigation, every pane filled.

It is typed line by line under a clock that is moved, so that its times look as if it had happened.
"""

from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from incident_tui.domain.people.identity import Identity
from incident_tui.service.git.commits import committer_for
from incident_tui.service.home_service import Declaration, Service
from incident_tui.service.runtime.world import World
from incident_tui.store.home import Home

TITLE = "Checkout returns 5xx in eu-west"
DECLARED = 46
"""Minutes before now."""

# Minutes before now, who typed, what.
LINES: tuple[tuple[float, str, str], ...] = (
    (45, "ana", "/role all ana"),
    (44.5, "ana", "@-5m = 5xx 0.2 % -> 12 % src:pager"),
    (44, "ana", "/sev SEV2 checkout fails for a region"),
    (43.5, "ana", "/impact users 12 % of checkouts in eu-west"),
    (43, "ana", "/impact services checkout, payments"),
    (42.5, "ana", "/impact data none"),
    (42, "ana", "/impact status the pay button spins, then an error page"),
    (41.5, "ana", "/scope users eu-west"),
    (41, "ana", "/scope fault-domain eu-west-1"),
    (40.5, "ana", "/scope dependency payments provider: green"),
    (40, "ana", "@-18m > deployed checkout v42 undo:\"deploy v41 again\" src:deploys"),
    (39.5, "ana", "/scope recent-change deploy v42, a few minutes before the page"),
    (39, "ana", "? v42 exhausts the connection pool when requests are retried"),
    (38.5, "ana", "! roll back to v41, look for the cause afterwards"),
    (38, "ana", "/update Checkout fails for some users in eu-west; we are rolling back. next:+30m"),
    (37.5, "ana", "/advance"),
    (37, "ana", "/approve"),
    (36, "ana", "/role scribe ben"),
    (35, "ben", "? the certificate of the payments provider expired"),
    (34, "ben", "@-11m support has 40 tickets, all from eu-west src:support"),
    (33, "ben", "/hyp 2 refute the certificate is valid until March"),
    (32, "ana", '/mitigate scale twelve more checkout pods undo:"scale back to eight"'),
    (28, "ana", "/fail 2 5xx unchanged after four minutes, every new pod fills its pool as well"),
    (27, "ana", "/undone 2 scaled back to eight"),
    (25, "ben", "/hyp 1 test pool wait time of one pod before and after v42"),
    (24, "ana", "/update Still failing for one in eight; the rollback is under way. next:+30m"),
    (22, "ana", '/mitigate rollback checkout back to v41 undo:"deploy v42 again"'),
    (16, "ben", "= 5xx 12 % -> 3.1 % src:dashboard"),
    (14, "ben", "= p95 4.2s -> 640ms src:dashboard"),
    (12, "ben", "/hyp 1 for pool wait fell from 900 ms to 4 ms on the pods that run v41"),
    (10, "ben", "? the feature flag one-click-pay doubles the calls per checkout"),
    (9, "ana", "/guardrail deploys of checkout are frozen until the pool is bounded"),
    (8, "ben", "/question were payments taken for orders that failed?"),
    (7, "ana", "+ alert on connection pool usage owner:ana due:2w class:detect prio:P1 "
               'verify:"the page fires in staging at 80 %"'),
    (6, "ben", "+ bound the retries of the payments client owner:ben due:4w class:prevent prio:P2"),
    (4, "ben", "@-6m three of eight pods still run v42, the rollout waits for them to drain"),
    (2, "ana", "/link https://example.org/dashboards/checkout the panel that paged"),
)  # fmt: skip


def build_demo(folder: Path, world: World, version: str) -> Service:
    """Make `folder` a home with the example in it; returns the service of its two people's first.

    Raises `StoreError`. Where git cannot commit the example simply has no commits yet.
    """
    present = world.clock()
    moment = present

    def clock() -> datetime:
        return moment

    past = replace(world, clock=clock)
    moment = present - timedelta(minutes=DECLARED)
    author = Service(Home(folder, folder / ".state"), past, "ana", version=version)
    session = author.declare(Declaration(TITLE, at="-8m"))
    commit = committer_for(session, author.home, world.env)
    commit()
    for minutes, actor, line in LINES:
        moment = present - timedelta(minutes=minutes)
        if session.identity.actor != actor:
            session.identity = Identity(actor)
        if session.enter(line).is_transition:
            commit()
    return Service(Home(folder, folder / ".state"), world, "ana", version=version)
