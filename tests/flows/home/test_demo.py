"""The worked example: it says what it is wherever one looks, and nothing real goes into it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.app import App
from textual.screen import Screen

from incident_tui import screens
from incident_tui.app import IncidentApp, make_app
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.forms.declare import DeclareScreen
from incident_tui.screens.terminal import textual_internals
from incident_tui.screens.war_room.tour import STEPS
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.service import Service
from incident_tui.service.exchange.demo import build_demo
from incident_tui.store.files.errors import NotSaved
from incident_tui.store.home import Home
from tests.flows.conftest import (
    OVER_THE_WAR_ROOM,
    Console,
    back_in_the_war_room,
    keys,
    over_the_war_room,
    settle,
    settled,
)
from tests.support.console import painted, until

Compare = Callable[..., bool]
SMALL, MEDIUM = (80, 24), (120, 40)


@pytest.fixture
def example(console: Console, tmp_path: Path) -> Service:
    folder, world = tmp_path / "example", console.service.world

    def build() -> None:
        build_demo(folder, world, "0.1.0")

    console.once(build_demo, build)
    return Service(Home(folder, folder / ".state"), world, "ana", version="0.1.0")


@pytest.fixture
def app(console: Console, example: Service) -> IncidentApp:
    """The console over the user's own empty home, begun with the worked example."""
    return make_app(
        console.service,
        offer_demo=lambda: example,
        begin_with_demo=True,
        perform=console.perform,
    )


def first_row(app: App[None]) -> str:
    return painted(app).partition("\n")[0]


def notices(app: App[None]) -> list[str]:
    """What was said in notifications."""
    return [notification.message for notification in app._notifications]


def titles(service: Service) -> list[str]:
    return [one.summary["title"] for one in service.listed() if one.summary]


@pytest.mark.parametrize("size", [SMALL, MEDIUM], ids=["80x24", "120x40"])
def test_the_room_of_the_example_says_that_it_is_one(
    app: IncidentApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """The mark has a row of its own, so that nothing else of the header goes."""
    assert snap_compare(app, run_before=keys(), terminal_size=size)


async def test_each_screen_of_the_example_says_so_in_its_first_row(app: IncidentApp) -> None:
    async with settled(app, size=SMALL) as pilot:
        for name in OVER_THE_WAR_ROOM:
            assert "DEMO" in first_row(app)
            await over_the_war_room(pilot, name)
            await until(pilot, lambda: "DEMO" in first_row(app))
            assert painted(app).count("DEMO") == 1, name
            await back_in_the_war_room(pilot)


async def test_a_terminal_that_is_too_small_still_says_so(app: IncidentApp) -> None:
    async with app.run_test(size=(50, 12)) as pilot:
        await until(pilot, lambda: "too small" in painted(app))
        await until(pilot, lambda: "DEMO" in first_row(app))


def test_every_screen_is_one_that_carries_the_mark() -> None:
    """One that is added later cannot forget it."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    ours = [known for known in _below(Screen) if known.__module__.startswith("incident_tui.")]
    ours = [known for known in ours if known.__module__ != textual_internals.__name__]
    assert {known.__name__ for known in ours} >= {*OVER_THE_WAR_ROOM, "TooSmallScreen", "WarRoom"}
    assert [known.__name__ for known in ours if not issubclass(known, View)] == []


def _below(base: type[object]) -> list[type[object]]:
    return [known for each in base.__subclasses__() for known in (each, *_below(each))]


async def test_what_is_declared_after_the_example_is_in_the_users_own_home(
    console: Console, example: Service, app: IncidentApp
) -> None:
    before = titles(example)
    async with settled(app, size=SMALL) as pilot:
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, IncidentsScreen))
        await settle(pilot)
        assert "No incident yet." in painted(app)
        assert notices(app) == ["These are your own incidents, in ~/home."]
        assert "DEMO" not in painted(app)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, DeclareScreen))
        await pilot.press(*"outage", "enter")
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
        await settle(pilot)
        assert "DEMO" not in painted(app)
    assert titles(console.service) == ["outage"]
    assert titles(example) == before


async def test_declaring_over_the_example_leads_out_of_it(
    console: Console, app: IncidentApp
) -> None:
    """However the question is reached: the answer is never the example's."""
    async with settled(app, size=SMALL) as pilot:
        app.declare()
        await until(pilot, lambda: isinstance(app.screen, DeclareScreen))
        await until(pilot, lambda: "what you declare is real, in ~/home" in first_row(app))
        await pilot.press(*"outage", "enter")
        await until(pilot, lambda: isinstance(app.screen, WarRoom) and not app.in_demo)
        await settle(pilot)
        assert "DEMO" not in painted(app)
    assert titles(console.service) == ["outage"]


async def test_the_example_that_was_left_is_there_again_with_what_was_typed(
    example: Service, console: Console
) -> None:
    app = make_app(console.service, offer_demo=lambda: example, perform=console.perform)
    async with settled(app, size=SMALL) as pilot:
        for _ in range(2):
            await pilot.press("d")
            await until(pilot, lambda: isinstance(app.screen, WarRoom))
            await until(pilot, lambda: "DEMO" in first_row(app))
            await settle(pilot)
            await pilot.press("f10")
            await until(pilot, lambda: isinstance(app.screen, IncidentsScreen))
            await settle(pilot)
    assert console.service.listed() == []


async def test_an_example_that_cannot_be_made_says_why_over_the_users_own_list(
    console: Console, tmp_path: Path
) -> None:
    def fail() -> Service:
        raise NotSaved(tmp_path, "no space left on the device", "make room")

    app = make_app(console.service, offer_demo=fail)
    async with settled(app, size=SMALL) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: any("no space left" in each for each in notices(app)))
        assert isinstance(app.screen, IncidentsScreen)
        assert not app.in_demo


async def test_the_tour_leads_through_five_lines_and_ends_by_one_key(app: IncidentApp) -> None:
    async with settled(app, size=SMALL) as pilot:
        for number, step in enumerate(STEPS, 1):
            assert f"TOUR {number}/{len(STEPS)}" in painted(app)
            assert step.try_this in painted(app)
            await keys(*(["escape"] if number > 1 else []), lines=[step.try_this])(pilot)
        await keys("escape")(pilot)
        assert "That is all it takes" in painted(app)
        await keys("f11")(pilot)
        assert "TOUR" not in painted(app)
        assert app.screen.query_one(LogLine).has_line_focus


async def test_other_lines_leave_the_tour_where_it_is_and_the_users_own_incident_has_none(
    app: IncidentApp, console: Console
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await keys(lines=["! roll back further", "/gate"])(pilot)
        await keys("escape")(pilot)
        assert f"TOUR 1/{len(STEPS)}" in painted(app)
    own = console.app(console.declare())
    async with settled(own, size=SMALL) as pilot:
        assert "TOUR" not in painted(own)
