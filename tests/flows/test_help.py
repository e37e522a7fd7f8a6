"""Help and the palette: every key and every line can be found."""

from collections.abc import Callable

import pytest

from incident_tui.screens.browse.help import HelpScreen
from incident_tui.screens.terminal.known_keys import known_keys
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from tests.flows.conftest import MINUTE, OVER_THE_WAR_ROOM, Console, keys, settle
from tests.support.console import listed, until

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


@pytest.mark.parametrize("name", sorted({*OVER_THE_WAR_ROOM} - {"HelpScreen"}))
async def test_f1_shows_the_keys_of_whatever_screen_is_shown_and_leads_back(
    console: Console, name: str
) -> None:
    app = console.app(console.told(*MINUTE))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await OVER_THE_WAR_ROOM[name](pilot)
        await until(pilot, lambda: type(app.screen).__name__ == name)
        below = app.screen
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        shown = listed(app)
        for known in known_keys(below):
            assert known.help in shown
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is below)


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
        app.screen.query_one(Rows).focus()
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
