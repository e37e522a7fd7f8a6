"""The last line: the keys of the place one is in, and the way to those there is no room for."""

from pathlib import Path

from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from tests.support.console import Host, declare, make_service, settle, settled, until
from tests.support.thorough import row


def room_of(base: Path) -> Host:
    service = make_service(base)
    declare(service, ["? the pool is exhausted"])
    return Host(lambda host: WarRoom(host.controller(service)))


def bar(app: Host) -> str:
    return (
        next(one for one in app.screen_stack if isinstance(one, WarRoom))
        .query_one(KeyBar)
        .render()
        .plain
    )


async def test_what_is_cut_is_said_to_be_more_and_by_which_key(tmp_path: Path) -> None:
    app = room_of(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        for width in (60, 80, 120, 200):
            with row(width):
                await pilot.resize_terminal(width, 24)
                shown = bar(app)
                whole = "undo" in shown and "update" in shown
                assert ("f1 help" if whole else "f1 … more") in shown
                assert len(shown) <= width


async def test_the_keys_of_the_focus_come_first_and_before_any_status(tmp_path: Path) -> None:
    app = room_of(tmp_path)
    async with settled(app, size=(60, 24)) as pilot:
        await pilot.press("alt+4")
        await until(pilot, lambda: bar(app).startswith(" ⏎ open  / filter"))
        assert "more" in bar(app)


async def test_a_list_over_the_room_has_its_own_keys_there(tmp_path: Path) -> None:
    app = room_of(tmp_path)
    async with settled(app, size=(120, 40)) as pilot:
        room = app.screen
        await pilot.press("alt+4", "enter")
        await until(pilot, lambda: app.screen is not room)
        assert "esc back" in bar(app)
        assert "tab panes" not in bar(app)


async def test_the_way_back_is_shown_however_little_room_there_is(tmp_path: Path) -> None:
    app = room_of(tmp_path)
    async with settled(app, size=(60, 24)) as pilot:
        room = app.screen
        await pilot.press("ctrl+g")
        await until(pilot, lambda: app.screen is not room)
        await settle(pilot)
        shown = app.screen.query_one(KeyBar).render().plain
        assert "esc back  f1 … more" in shown
        assert shown.startswith(" ⏎ mend ")
