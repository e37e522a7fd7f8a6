"""Arranging the panes: seen at once, kept for the next start, and whole on a smaller terminal."""

from pathlib import Path

from textual.pilot import Pilot

from incident_tui.app import IncidentApp, make_app
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.panes.registry import STANDARD
from incident_tui.screens.war_room.board import Board
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.store.user_settings import UserSettings
from tests.flows.conftest import Console, settle, settled

SIZE = (170, 50)


def opened(console: Console, settings: UserSettings) -> IncidentApp:
    """The console on its incident, as somebody starts it who has these settings."""
    incident = (console.service.active() or [console.declare()])[0]
    return make_app(
        console.service, incident=incident, settings=settings.read(), keep=settings.remember
    )


def panes(pilot: Pilot[None]) -> list[str]:
    war_room = next(one for one in pilot.app.screen_stack if isinstance(one, WarRoom))
    return [pane.key() for pane in war_room.query(Pane) if pane.display]


async def pressed(pilot: Pilot[None], *named: str) -> None:
    for key in named:
        await pilot.press(key)
        await settle(pilot)


async def test_a_hidden_pane_is_gone_at_once_and_after_a_restart_and_its_key_still_shows_it(
    console: Console, tmp_path: Path
) -> None:
    settings = UserSettings(tmp_path / "settings")
    async with settled(opened(console, settings), size=SIZE) as pilot:
        assert panes(pilot) == STANDARD.shown
        await pressed(pilot, "alt+0", "down", "space")
        assert panes(pilot) == [name for name in STANDARD.shown if name != "stage"]
    async with settled(opened(console, settings), size=SIZE) as pilot:
        assert "stage" not in panes(pilot)
        await pressed(pilot, "alt+2")
        assert panes(pilot) == ["stage"]
        await pressed(pilot, "escape", "alt+1")
        assert "stage" not in panes(pilot)
        assert len(panes(pilot)) == len(STANDARD.shown) - 1
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert panes(pilot) == ["timeline"]
        await pilot.resize_terminal(*SIZE)
        await pressed(pilot, "alt+0", "equals_sign", "escape")
        assert panes(pilot) == STANDARD.shown
    assert settings.read().layout == ""


async def test_the_tab_key_goes_through_the_panes_as_they_stand(
    console: Console, tmp_path: Path
) -> None:
    async with settled(opened(console, UserSettings(tmp_path)), size=SIZE) as pilot:
        await pressed(pilot, "alt+0", "down", "shift+down", "escape")
        assert panes(pilot)[1:3] == ["gate", "stage"]
        await pressed(pilot, "alt+1", "tab")
        assert (
            next(pane for pane in pilot.app.screen.query(Pane) if pane.has_focus_within).key()
            == "gate"
        )


async def test_the_caret_is_home_after_the_pane_that_had_it_was_hidden(
    console: Console, tmp_path: Path
) -> None:
    async with settled(opened(console, UserSettings(tmp_path)), size=SIZE) as pilot:
        await pressed(pilot, "alt+2", "alt+0", "down", "space", "escape")
        assert isinstance(pilot.app.focused, LineInput)
        await pressed(pilot, "o", "k")
        assert pilot.app.screen.query_one(LineInput).value == "ok"


async def test_letters_typed_over_the_layout_stand_in_the_log_line(
    console: Console, tmp_path: Path
) -> None:
    async with settled(opened(console, UserSettings(tmp_path)), size=SIZE) as pilot:
        await pressed(pilot, "alt+0")
        await pilot.press(*"api is back")
        await settle(pilot)
        await pilot.pause(1)
        await settle(pilot)
        assert pilot.app.screen.query_one(LineInput).value == "api is back"


async def test_an_edge_is_dragged_with_the_mouse_and_stays_there(
    console: Console, tmp_path: Path
) -> None:
    settings = UserSettings(tmp_path / "settings")
    async with settled(opened(console, settings), size=SIZE) as pilot:
        board = pilot.app.screen.query_one(Board)
        timeline = pilot.app.screen.query_one("#pane-timeline")
        width = timeline.region.width
        edge = (timeline.region.right - board.region.x, 6)
        await pilot.mouse_down(Board, offset=edge)
        await pilot.hover(Board, offset=(edge[0] - 15, 6))
        await pilot.mouse_up(Board, offset=(edge[0] - 15, 6))
        await settle(pilot)
        assert timeline.region.width == width - 15
        assert STANDARD.read(settings.read().layout) != STANDARD
