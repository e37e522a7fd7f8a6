"""Going about in the war room: to the left and right, by letters, and with the mouse."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.events import Key
from textual.screen import Screen

from incident_tui.screens.browse.flags import FlagsScreen
from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.header import FlagStrip, Header, Rail
from incident_tui.screens.widgets.chrome.jump import LETTERS, JumpScreen, codes
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.keyed_row import KeyedRow
from incident_tui.screens.widgets.chrome.pane_tabs import PaneTabs
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import Host, painted, painted_lines, service_with, settle, settled, until
from tests.support.playbooks.forms import with_env
from tests.support.thorough import row

NAMES = {" ": "space", "%": "percent_sign", ",": "comma"}
LINES = ("/sev SEV2 checkout fails", "? the pool is exhausted", "only eu-west", "? a bad flag")


def room(base: Path) -> Host:
    return Host.of(WarRoom, service_with(base, *LINES))


def focused(app: App[Any]) -> str:
    """The pane that has the focus; empty where the log line has it."""
    part = app.focused
    assert part is not None
    return next((pane.title for pane in part.ancestors if isinstance(pane, Pane)), "")


def letters_of(app: Host, at: tuple[int, int]) -> str:
    """The letters that stand in a cell of the screen."""
    assert isinstance(app.screen, JumpScreen)
    return next(code for code, spot in app.screen._spots.items() if spot.at == at)


def part(row: KeyedRow, action: str) -> tuple[int, int]:
    first = next(part for part in row.parts if part.action == action)
    return first.start, first.line


@pytest.mark.parametrize(
    ("size", "ways"),
    [
        ((120, 40), [("l", "Stage"), ("h", "Timeline"), ("h", "Timeline")]),  # none at the left
        ((80, 24), [("l", "Stage"), ("ll", "Hypotheses"), ("hhhh", "Action items")]),
    ],
)
async def test_h_and_l_go_to_the_pane_beside_or_to_the_next_one_where_one_is_shown(
    tmp_path: Path, size: tuple[int, int], ways: list[tuple[str, str]]
) -> None:
    app = room(tmp_path)
    async with settled(app, size=size) as pilot:
        await pilot.press("alt+1")
        for keys, where in ways:
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            assert focused(app) == where
            assert app.screen.query_one(f"#pane-{where.split()[0].lower()}").display


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_word_that_begins_by_going_to_another_pane_is_whole_and_the_pane_is_the_first(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = room(tmp_path)
    async with settled(app, size=size) as pilot:
        await pilot.press("alt+1")
        line = app.screen.query_one(LogLine)
        shown = [pane.title for pane in app.screen.query(Pane) if pane.display]
        for number, letter in enumerate("lha is slow"):  # both keys, and only then a letter
            key = Key(NAMES.get(letter, letter), letter)
            key.time += number * 0.15
            app.post_message(key)
        await until(pilot, lambda: line.draft == "lha is slow")
        assert [pane.title for pane in app.screen.query(Pane) if pane.display] == shown


async def test_half_a_page_is_gone_through_with_ctrl_d_and_ctrl_u(tmp_path: Path) -> None:
    app = Host.of(WarRoom, service_with(tmp_path, *(f"fact {n}" for n in range(60))))
    async with settled(app, size=(80, 24)) as pilot:
        rows = app.screen.query_one(TimelinePane).query_one(Rows)
        await pilot.press("alt+1", "g", "ctrl+d")
        first = rows.row and rows.row.key
        await pilot.press("ctrl+d", "ctrl+u")
        assert rows.row is not None
        assert rows.row.key == first != rows.rows[0].key


# --- by letters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 25, 26, 27, 60, 200, 676])
def test_no_name_of_a_place_begins_another_and_the_first_are_short(number: int) -> None:
    names = list(codes(number))
    assert len(set(names)) == number
    assert not [(a, b) for a in names for b in names if a != b and b.startswith(a)]
    assert names[:1] == list(LETTERS[:1])[:number] or number > 650


async def test_letters_lead_to_panes_rows_and_buttons(tmp_path: Path) -> None:
    app = room(tmp_path)
    async with settled(app, size=(120, 40)) as pilot:
        war_room = app.screen
        pane = war_room.query_one("#pane-hypotheses")
        assert isinstance(pane, Pane)
        item, at = list(pane.rows.in_sight())[1]
        assert "a bad flag" in painted_lines(app)[at.y][at.x :]
        for where, reached in (
            (pane.region.offset, lambda: focused(app) == "Hypotheses"),
            (at, lambda: pane.rows.row is not None and pane.rows.row.key == item),
            (
                war_room.query_one(Rail).region.offset,
                lambda: isinstance(app.screen, GateScreen),
            ),
        ):
            await pilot.press("alt+j")
            await until(pilot, lambda: isinstance(app.screen, JumpScreen))
            await pilot.press(*letters_of(app, (where.x, where.y)))
            await until(pilot, reached)


async def test_whoever_did_not_mean_to_jump_finds_the_word_whole_in_the_log_line(
    tmp_path: Path,
) -> None:
    """Whether its first letters lead nowhere, to a list, or are half of what would lead there."""
    app = room(tmp_path)
    async with settled(app, size=(120, 40)) as pilot:
        line = app.screen.query_one(LogLine)
        for pane, first in product(["", "alt+1"], "dnm1"):
            with row(pane, first):
                text = f"{first}x is back, 5 % left"
                line.draft = ""
                line.focus()
                await pilot.press(*filter(None, [pane]), "alt+j")
                await until(pilot, lambda: isinstance(app.screen, JumpScreen))
                assert isinstance(app.screen, JumpScreen)
                for number, letter in enumerate(text):
                    key = Key(NAMES.get(letter, letter), letter)
                    key.time += number * 0.15
                    app.post_message(key)
                await until(pilot, lambda text=text: line.draft.endswith(text))  # type: ignore[misc]


# --- with the mouse ------------------------------------------------------------------------------


async def test_a_click_on_a_frame_leads_to_its_pane_and_two_show_it_alone(tmp_path: Path) -> None:
    app = room(tmp_path)
    async with settled(app, size=(120, 40)) as pilot:
        pane, other = app.screen.query_one("#pane-hats"), app.screen.query_one("#pane-timeline")
        await pilot.click(pane, offset=(5, 0))
        await until(pilot, lambda: focused(app) == "Hats")
        await pilot.click(pane, offset=(5, 0), times=2)
        await until(pilot, lambda: not other.display)


# --- in the user's own editor --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "given", "begun"),
    [
        ((), "only eu", "only eu, said the editor"),
        (("alt+1", "up"), "/amend 4 only eu-west", "/amend 4 only eu-west, said the editor"),
    ],
    ids=["the log line", "an entry"],
)
async def test_alt_e_opens_what_has_the_cursor_in_the_editor_and_takes_back_what_was_saved(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    given: str,
    begun: str,
) -> None:
    service, opened = service_with(tmp_path, *LINES), []
    with_env(service, {"EDITOR": "ed"})
    app = Host.of(WarRoom, service)

    def run(command: Sequence[str], env: Mapping[str, str]) -> int:
        file = Path(command[-1])
        opened.append(file.read_text())
        file.write_text(f"{file.read_text().strip()}, said the editor")
        return 0

    monkeypatch.setattr(Host, "suspend", nullcontext)
    monkeypatch.setattr(WarRoom, "run", staticmethod(run))
    async with settled(app, size=(80, 24)) as pilot:
        line = app.screen.query_one(LogLine)
        if not keys:
            line.draft = given
        await pilot.press(*keys, "alt+e")
        await until(pilot, lambda: line.draft == begun)
        assert [text.strip() for text in opened] == [given]


async def test_an_entry_that_no_line_corrects_says_so_to_both_keys_that_would(
    tmp_path: Path,
) -> None:
    app = Host.of(WarRoom, service_with(tmp_path, "api is slow", "/role commander me"))
    async with settled(app, size=(80, 24)) as pilot:
        says = "#3 has no text of its own to change"
        for key in ("e", "alt+e"):
            with row(key):
                await pilot.press("alt+1", "end", key)
                await until(pilot, lambda: says in painted(app))
                line = app.screen.query_one(LogLine)
                assert line.draft == ""
                line.focus()
                await pilot.press("x", "backspace")
                assert says not in painted(app)


CLICKED: dict[str, tuple[type[KeyedRow], str, Callable[[Screen[Any]], bool]]] = {
    "severity": (Header, "verb.sev", lambda room: room.query_one(LogLine).draft == "/sev "),
    "rail": (Rail, "verb.gate", lambda room: isinstance(room.app.screen, GateScreen)),
    "strip": (FlagStrip, "room.flags", lambda room: isinstance(room.app.screen, FlagsScreen)),
    "footer": (KeyBar, "verb.sev", lambda room: room.query_one(LogLine).draft == "/sev "),
    "tab": (PaneTabs, "room.pane_4", lambda room: focused(room.app) == "Hypotheses"),
}


@pytest.mark.parametrize(
    ("size", "places"),
    [((120, 40), ["severity", "rail", "strip", "footer"]), ((80, 24), ["tab"])],
)
async def test_a_click_on_what_is_painted_does_what_its_key_does(
    tmp_path: Path, size: tuple[int, int], places: list[str]
) -> None:
    app = Host.of(WarRoom, service_with(tmp_path, *LINES, "somebody forgot the limit"))
    async with settled(app, size=size) as pilot:
        war_room = app.screen
        for place in places:
            with row(place):
                kind, action, reached = CLICKED[place]
                clicked = war_room.query_one(kind)
                await until(pilot, partial(is_painted, app, clicked, action))
                at, line = part(clicked, action)
                await pilot.click(clicked, offset=(at + 1, line))
                await until(pilot, partial(reached, war_room))
                war_room.query_one(LogLine).draft = ""
                if app.screen is not war_room:
                    await app.pop_screen()
                    await settle(pilot)


def is_painted(app: Host, clicked: KeyedRow, action: str) -> bool:
    """A row knows its parts once it is painted, which nobody does here without being asked."""
    return bool(painted_lines(app)) and any(one.action == action for one in clicked.parts)
