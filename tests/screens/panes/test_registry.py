"""The registry of panes: all of them are in it, and the war room is laid out from it."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from textual.binding import Binding

from incident_tui.screens import panes
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.panes.registry import PANES, STANDARD
from incident_tui.screens.terminal.plain_keys import PANE_KEYS
from incident_tui.screens.war_room.board import Board
from incident_tui.screens.war_room.war_room import WarRoom
from tests.support.console import Host, declare, make_service, settled


def test_every_pane_is_registered_once() -> None:
    for module in iter_modules(panes.__path__, f"{panes.__name__}."):
        import_module(module.name)
    ours = [known for known in Pane.__subclasses__() if known.__module__.startswith("incident_tui")]
    assert sorted(pane.__name__ for pane in PANES) == sorted(pane.__name__ for pane in ours)


def test_every_pane_has_a_digit() -> None:
    assert len(PANES) <= len(PANE_KEYS)
    keys = {one.id: one for one in WarRoom.BINDINGS if isinstance(one, Binding)}
    for number, pane in enumerate(PANES, 1):
        assert keys[f"room.pane_{number}"].tooltip == f"Go to {pane.title}"


def test_every_pane_with_a_place_stands_on_the_board_once_and_no_column_is_empty() -> None:
    assert sorted(STANDARD.shown) == sorted(pane.key() for pane in PANES if pane.place)
    assert all(column.shown for column in STANDARD.columns)
    places = [pane.place for pane in PANES if pane.place]
    assert len(set(places)) == len(places)


async def test_the_board_shows_each_pane_where_the_pane_says(tmp_path: Path) -> None:
    service = make_service(tmp_path)
    declare(service)
    app = Host(lambda host: WarRoom(host.controller(service)))
    async with settled(app, size=(200, 50)):
        board = app.screen.query_one(Board)
        regions = STANDARD.regions(board.size, wide=True)
        for pane in app.screen.query(Pane):
            assert pane.display
            assert pane.region.translate(-board.region.offset) == regions[pane.key()]
