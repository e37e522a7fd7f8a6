"""What leads to each screen of the console: what was there before, and the keys.

Tests of what holds for every screen go through this table; one that is not in it fails.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_tui.app import IncidentApp
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.service import Declaration
from incident_tui.service.suspects.feeds import feed
from incident_tui.store.config import MARKER, add_watched
from tests.flows.conftest import (
    OVER_THE_WAR_ROOM,
    Console,
    Keys,
    back_in_the_war_room,
    keys,
    once,
    settle,
)
from tests.support.console import until
from tests.support.git import environment, git
from tests.support.incidents import INVESTIGATE, MITIGATE, RESOLVE, TRIAGE

FULL = (
    "/sev SEV2", "/role commander ana", "5xx rising", "@-20m pager fired", "= p95 4.2s -> 310ms",
    "? v42 exhausts the pool", "/hyp 1 test compare with v41", "? a disk is full",
    "/hyp 2 refute all have room", "+ alert on 5xx owner:ana due:1w", "> rollback to v41",
)  # fmt: skip
"""A room with something in every pane."""
DEPLOYS = """\
2026-11-20T13:49Z checkout v42 deployed by ben
2026-11-20T12:20Z feature flag fast-pool on for 10 %
"""
COMMITS = (
    ("2026-11-20T13:41:00Z", "config/pool.yml", "Shrink the pool of checkout [/] to 5"),
    ("2026-11-20T10:02:00Z", "db/migrate/7_orders.sql", "Index orders by customer"),
    ("2026-11-20T13:30:00Z", "docs/pools.md", "Explain the pools"),
)


def changed(console: Console) -> str:
    """An incident after commits, a deploy and a flag; its id."""
    env = environment(console.base)
    assert isinstance(console.service.world.env, dict)
    console.service.world.env.update(env)
    top = console.base / "shop"
    for moment, path, subject in COMMITS:
        (top / path).parent.mkdir(parents=True)
        (top / path).write_text(subject)
        if not (top / ".git").exists():
            git("init", "--quiet", cwd=top, env=env)
        dated = env | {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
        git("add", "-A", cwd=top, env=dated)
        git("commit", "--quiet", "-m", subject, cwd=top, env=dated)
    console.service.home.path.mkdir()
    add_watched(console.service.home.path / MARKER, "../shop")
    incident = console.incident_with("= 5xx 0.3 % -> 12 %")
    feed(console.service.open(incident), DEPLOYS, "standard input")
    return incident


@once
def a_year(console: Console) -> None:
    """Five incidents that are over, of two services, with what helped and what is owed."""
    stories = [
        ("Checkout returns 5xx", "SEV1", "checkout", 25, "detection nobody watched the pool"),
        ("Checkout is slow", "SEV2", "checkout", 50, "control v42 went to every region at once"),
        ("Search is slow", "SEV3", "search", 90, "detection the queue has no alert"),
        ("Search finds nothing", "SEV2", "search", 40, "detection the index is not watched"),
        ("Checkout loops", "SEV2", "checkout", 15, "control the flag had no owner"),
    ]
    for title, severity, service, minutes, factor in stories:
        session = console.service.open(console.declare(title))
        lines = [
            "/role all ana",
            "= 5xx 0.2 % -> 12 % src:pager",
            f"/sev {severity}",
            f"/impact services {service}",
            "/tag retries",
            "? the connection pool is exhausted",
            '/mitigate rollback back to the version before undo:"deploy again"',
        ]
        for text in lines:
            session.enter(text)
        console.clock.forward(minutes=minutes)
        for text in (
            "= 5xx 12 % -> 0.2 %",
            "/verify 1 the error rate is back",
            f"/factor {factor}",
            "+ alert on pool usage owner:ben due:2w class:detect",
            "/state resolved",
        ):
            session.enter(text)
        console.clock.forward(days=45)


@once
def promised(console: Console) -> None:
    """Two earlier incidents: items overdue, open, done and verified."""
    console.incident_with(
        "/factor detection no alert on pool usage",
        "+ alert on pool usage owner:ana due:168h class:detect prio:P1 "
        'verify:"it pages in staging" term:short factor:1',
        "+ payment traffic in the canary owner:ben due:4w class:prevent prio:P2",
        "/close duplicate of another one",
    )
    search = console.service.open(console.declare("Search is slow"))
    for text in (
        "+ cache [/] the index owner:ben due:5w",
        "/act 1 done merged in #812",
        "+ a graph of the queue owner:ana due:1d",
        "/act 2 verify it shows the backlog",
    ):
        search.enter(text)
    console.clock.forward(days=10)


WRITTEN = (
    "/set summary A release used up the connection pool.",
    "+ alert on pool usage owner:ana due:2w prio:P1",
)


@once
def resolved(console: Console) -> str:
    """An incident whose postmortem has begun; gives its id."""
    session = console.service.declare(Declaration("Checkout returns 5xx in eu-west", at="14:00"))
    for text in (*TRIAGE, *MITIGATE, *INVESTIGATE, *RESOLVE, *WRITTEN):
        console.clock.forward(minutes=1)
        session.enter(sure(parse(text)))
    return session.id


@once
def advised(console: Console) -> None:
    """An incident whose postmortem says what to do the next time."""
    session = console.service.open(resolved(console))
    for text in (
        "/set incident-playbook roll back first",
        "/guardrail deploys of checkout are frozen",
    ):
        session.enter(text)


async def _advice(pilot: Pilot[None]) -> None:
    """Read it from the form, once what was seen before is found there."""
    await keys("n", *"checkout")(pilot)
    seen = pilot.app.screen.query_one("#declare-seen", Static)
    await until(pilot, lambda: "next time" in str(seen.render()))
    await keys("f7")(pilot)


def under_way(console: Console) -> str:
    """An incident with something in every pane, and an update that is overdue."""
    incident = console.incident_with(*FULL)
    console.clock.forward(minutes=70)
    return incident


def just_declared(console: Console) -> str:
    """An incident about which nobody has said anything."""
    return console.declare()


def none_yet(console: Console) -> None:
    """A home without incidents."""


TOO_SMALL = "TooSmallScreen"
Story = Callable[[Console], str | None]
SCENES: dict[str, tuple[Story, Keys]] = {
    **{name: (under_way, lead) for name, lead in OVER_THE_WAR_ROOM.items()},
    "WarRoom": (under_way, keys()),
    "WarRoom, empty": (just_declared, keys()),
    "IncidentsScreen": (a_year, keys()),
    "IncidentsScreen, empty": (none_yet, keys()),
    "DeclareScreen": (a_year, keys("n", *"checkout")),
    "SearchScreen": (a_year, keys("s", *"pool")),
    "NextTimeScreen": (advised, _advice),
    "NumbersScreen": (a_year, keys("number_sign")),
    "PeopleScreen": (under_way, keys("f3")),
    "JumpScreen": (under_way, keys("alt+j")),
    "ChangesScreen": (changed, keys("alt+w", "s", "enter", "down")),
    "DeliverScreen": (under_way, keys(lines=["/deliver"])),
    "SendScreen": (under_way, keys(lines=["/send"])),
    "FollowUpScreen": (promised, keys("f")),
    "PostmortemScreen": (resolved, keys("ctrl+t")),
    TOO_SMALL: (under_way, keys()),
}
"""By the name of the screen; behind a comma, in which state it is."""


MATCHES = {"DeclareScreen": "Seen before", "SearchScreen": "11 entries"}
"""What is looked for once nobody types for a moment, and how one sees that it was found."""


def screen_of(scene: str) -> str:
    """The name of the class of the screen."""
    return scene.partition(",")[0]


@asynccontextmanager
async def shown(
    console: Console,
    scene: str,
    size: tuple[int, int],
    prepare: Callable[[IncidentApp], None] = lambda app: None,
) -> AsyncIterator[Pilot[None]]:
    """The console with this screen on top, after something was done to it before its start."""
    async with begun(console, SCENES[scene][0], size, prepare) as pilot:
        await _go_to(pilot, scene)
        yield pilot


@asynccontextmanager
async def begun(
    console: Console,
    story: Story,
    size: tuple[int, int],
    prepare: Callable[[IncidentApp], None] = lambda app: None,
) -> AsyncIterator[Pilot[None]]:
    """The console after a story, with nothing on top of what it begins with."""
    app = console.app(story(console))
    prepare(app)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


@asynccontextmanager
async def on_top(pilot: Pilot[None], scene: str) -> AsyncIterator[None]:
    """This screen, over what the console of its story begins with, and out of it again."""
    below = pilot.app.screen
    await _go_to(pilot, scene)
    yield
    while pilot.app.screen is not below:
        await pilot.press("escape")
        await settle(pilot)
    if isinstance(below, WarRoom):
        await back_in_the_war_room(pilot)


async def _go_to(pilot: Pilot[None], scene: str) -> None:
    app = pilot.app
    await SCENES[scene][1](pilot)
    await until(pilot, lambda: type(app.screen).__name__ == screen_of(scene))
    if words := MATCHES.get(scene):
        texts = app.screen.query(Static)
        await until(pilot, lambda: any(one.display and words in str(one.render()) for one in texts))
        await settle(pilot)


def by_story(scenes: Iterable[str]) -> list[Any]:
    """Parameters for a test: each story with those of the scenes that it leads to."""
    led_to: dict[Story, list[str]] = {}
    for scene in scenes:
        led_to.setdefault(SCENES[scene][0], []).append(scene)
    return [pytest.param(*both, id=both[0].__name__) for both in led_to.items()]
