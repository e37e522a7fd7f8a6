"""A published incident in which users came first: mitigate-first."""

from datetime import UTC, datetime

from tests.playbooks.real.stories import Story

NODES_AT_ONCE = Story(
    playbook="mitigate-first",
    file="ministryofjustice_cloud-platform__2023-06-06-user-services-down.html.md.erb",
    title="Pods vanish all at once",
    now=datetime(2023, 6, 6, 15, 0, tzinfo=UTC),
    rows=11,
    lines=(
        "/role all ana",
        "/sev P1 sign-in to a service of many is broken",
        "/impact users those of the services on the nodes that went away",
        "/impact business working hours",
        "/impact data none",
        "@10:23 = pods all -> none src:report",
        "@10:30 ! no further nodes are replaced today",
        "@11:00 /update Some services were or are away; nobody can sign in to one. next:+30m",
        "/advance",
        "@10:31 /mitigate scale wait for the new nodes and see each service come back "
        'undo:"nothing to undo"',
        "@10:50 /fail 1 sign-in is still broken for one service",
        "@11:00 /mitigate disable nodes stay as they are until further notice "
        'undo:"go on replacing"',
        "@11:21 = pods none -> all src:report",
        "@11:21 /verify 2 the users who reported it can sign in",
        "/set still-impaired nothing that anybody knows of",
        "/advance",
        "/approve",
        "@10:30 ? nodes of one group are replaced all at a time when their type changes",
        "/hyp 1 test the order in which nodes came and went",
        "@10:40 /hyp 1 for every node of the group ended within minutes src:events",
        "@11:30 /hyp 1 confirm the provider says that a new type replaces the group",
        "/set when minutes after the type of the nodes was changed",
        "/set what-changed the type of the nodes, through the infrastructure code",
        "/set where the one group of nodes on which user services run",
        "/advance",
        "@13:00 /fix 1 a new type goes into a second group, and the first one is drained "
        "test:drain-drill",
        "/attest reproduced a drill on the test cluster empties a group at once",
        "/attest implemented https://example.org/runbooks/node-type",
        "/attest staged the same drill, drained node by node",
        "/attest deployed https://example.org/runbooks/node-type, used for the rest",
        "/attest confirmed the provider's answer to the ticket",
        "@13:05 /milestone fix-deployed the page on node types is in use",
        "@11:30 /milestone cause-identified",
        "/hand-off observability who is told when many pods end at once, OBS-4",
        "/hand-off pipeline a change of node types is planned first, PIPE-2",
        "/advance",
        "/approve",
        "@13:11 /update Resolved: every service is back since 11:21.",
        "/set customer-impact services were away for some minutes, and sign-in to one of them "
        "for half an hour",
        "/set went-well users told within minutes, and were believed",
        "/set went-poorly users knew before the team did",
        "/set lessons ask what a change replaces before it is made",
        "+ a page on changing the type of nodes owner:ana due:1w",
        "+ an alert when many pods of one namespace end at once owner:ben due:2w",
        "/advance",
        "/approve",
        "/close",
    ),
    seconds={"time_to_recover": 55 * 60},
)
