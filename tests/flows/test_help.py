"""Help and the palette: every key and every line can be found."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from incident_tui import screens
from incident_tui.screens.browse.help import HelpScreen
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.terminal.known_keys import known_keys
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from tests.flows.conftest import MINUTE, OVER_THE_WAR_ROOM, Console, enter, keys, settle
from tests.support.console import listed, painted, until

Compare = Callable[..., bool]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_f1_shows_every_key_and_every_line(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """The page is made from the declarations."""
    incident = console.told(*MINUTE)
    assert snap_compare(console.app(incident), run_before=keys("f1"), terminal_size=size)


def test_the_palette_finds_a_command(console: Console, snap_compare: Compare) -> None:
    """ctrl+p and a few letters lead to it."""
    incident = console.told(*MINUTE)
    run = keys("ctrl+p", *"severity")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))


def test_flags_are_explained(console: Console, snap_compare: Compare) -> None:
    """F6 says why each matters and what to do now."""
    incident = console.told("/role all ana", "/sev SEV1", "> scaled", "> restarted")
    console.clock.forward(minutes=45)
    assert snap_compare(console.app(incident), run_before=keys("f6"), terminal_size=(120, 40))


def test_the_documents_can_be_read(console: Console, snap_compare: Compare) -> None:
    """F7 shows them as they will be committed."""
    incident = console.told(*MINUTE, "/advance", "/approve")
    assert snap_compare(console.app(incident), run_before=keys("f7"), terminal_size=(120, 40))


SMALL = (80, 24)


PLACES = {
    **OVER_THE_WAR_ROOM,
    "PeopleScreen": keys("f3"),
    "WarRoom": keys(),
}
"""Each screen that an incident which is under way leads to, and the keys that lead there."""


def test_no_screen_goes_without_the_key_of_the_help() -> None:
    """Each one that the packages of screens hold, whoever adds it."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    ours = list(_ours(View))
    assert len(ours) > len(PLACES)
    for known in ours:
        declared = [one for base in known.__mro__ for one in base.__dict__.get("BINDINGS", ())]
        keys = {one.key for one in declared if getattr(one, "id", "") == "screen.help"}
        assert keys == {"f1"}, known


def _ours(base: type[Any]) -> Iterator[type[Any]]:
    for heir in base.__subclasses__():
        yield from _ours(heir)
        if heir.__module__.startswith("incident_tui") and not heir.__subclasses__():
            yield heir


@pytest.mark.parametrize("name", sorted(PLACES.keys() - {"HelpScreen"}))
async def test_f1_shows_the_keys_of_whatever_screen_is_shown_and_leads_back(
    console: Console, name: str
) -> None:
    """Where no text is typed `?` does as well."""
    app = console.app(console.told(*MINUTE))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await PLACES[name](pilot)
        await until(pilot, lambda: type(app.screen).__name__ == name)
        below = app.screen
        typing = isinstance(app.focused, Input | TextArea)
        for key in ["f1"] if typing else ["f1", "question_mark"]:
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, HelpScreen))
            await settle(pilot)
            shown = listed(app)
            assert shown.count("Keys here · ") == 1
            for known in known_keys(below):
                assert known.help in shown
            await pilot.press("f1")
            await until(pilot, lambda: app.screen is below)
        if typing:
            await pilot.press("question_mark")
            await settle(pilot)
            assert app.screen is below


async def test_f1_works_in_the_form_that_declares(console: Console) -> None:
    app = console.app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await keys("n", "f1")(pilot)
        assert isinstance(app.screen, HelpScreen)
        assert "Keys here · Declaring an incident" in listed(app)


async def test_words_that_people_try_do_what_they_say(console: Console) -> None:
    """They record nothing; the console does it."""
    app = console.app(console.told("pool is full", "pods restart"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await enter(pilot, "/find pool")
        assert "filter: pool" in painted(app)
        assert "pods restart" not in painted(app)
        await enter(pilot, "/list")
        await until(pilot, lambda: isinstance(app.screen, IncidentsScreen))


async def test_quit_is_a_line_too(console: Console) -> None:
    app = console.app(console.told())
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.screen.query_one(LogLine).draft = "/exit"
        await pilot.pause()
        assert "leave the console" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.return_code is not None)


async def test_f1_shows_the_keys_of_the_list_of_incidents_too(console: Console) -> None:
    """Where no incident is open a line cannot be begun, and that is said."""
    app = console.app()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        below = app.screen
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        assert "Declare an incident" in listed(app)
        rows = app.screen.query_one(Rows)
        rows.select(next(row.key for row in rows.shown if row.build().plain.startswith("! ")))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is below)
        told = [notification.message for notification in app._notifications]
        assert told == ["A line needs an incident: open one first."]


async def test_a_line_chosen_over_another_screen_waits_in_the_log_line(console: Console) -> None:
    app = console.app(console.told(*MINUTE))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        war_room = app.screen
        assert isinstance(war_room, WarRoom)
        await pilot.press("f6")
        await until(pilot, lambda: app.screen is not war_room)
        flags = app.screen
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        rows = app.screen.query_one(Rows)
        severity = next(row for row in rows.shown if row.build().plain.startswith("/sev "))
        rows.select(severity.key)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is flags)
        assert war_room.query_one(LogLine).draft == "/sev "
        told = [notification.message for notification in app._notifications]
        assert told == ["The line waits in the log line of the war room."]
