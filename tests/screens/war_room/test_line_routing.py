"""Which lines and keys of the war room lead to a screen, and which leave the room as it is."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.support.console import Host, painted, service_with, settle
from tests.support.incidents import TRIAGE

SCREENS = {"gate": GateScreen, "composer": ComposerScreen, "checkpoint": CheckpointScreen}


def room_with(base: Path, *lines: str) -> Host:
    return Host.of(WarRoom, service_with(base, *lines))


def log_line(app: Host) -> LogLine:
    return app.screen_stack[1].query_one(LogLine)


async def enter(pilot: Pilot[None], app: Host, text: str) -> None:
    log_line(app).draft = text
    await pilot.press("enter")
    await settle(pilot)


def test_every_screen_that_a_verb_names_is_known_here() -> None:
    discovery.load()
    assert {form.opens for form in commands.every_command() if form.opens} == set(SCREENS)


@pytest.mark.parametrize(
    ("line", "screen"),
    [("/update", "composer"), ("/checkpoint", "checkpoint"), ("/ack", "checkpoint"),
     ("/gate", "gate"), ("/advance", "gate"), ("  /update  ", "composer")],
)  # fmt: skip
async def test_a_line_that_says_nothing_yet_opens_its_screen(
    tmp_path: Path, line: str, screen: str
) -> None:
    app = room_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await enter(pilot, app, line)
        assert isinstance(app.screen, SCREENS[screen])


@pytest.mark.parametrize(("key", "screen"), [("f5", "composer"), ("f12", "checkpoint")])
async def test_a_key_opens_it_at_once_and_esc_comes_back(
    tmp_path: Path, key: str, screen: str
) -> None:
    """What stood in the log line still stands there."""
    app = room_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        log_line(app).draft = "half a line"
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(app.screen, SCREENS[screen])
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, WarRoom)
        assert log_line(app).draft == "half a line"


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("/update We look into it.", "/update We look into it."),
        ("/ack the pool is exhausted", "/ack the pool is exhausted"),
        ("/update We look into it. next:+30m", ""),
        ("/checkpoint ben call me", ""),
    ],
)
async def test_a_line_that_says_something_is_recorded_or_refused_where_it_stands(
    tmp_path: Path, line: str, stays: str
) -> None:
    """Also while the stage waits for its approval: that is another matter."""
    app = room_with(tmp_path, *TRIAGE[:-1])
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await enter(pilot, app, line)
        assert isinstance(app.screen, WarRoom)
        assert log_line(app).draft == stays


@pytest.mark.parametrize(
    ("before", "line", "asks"),
    [
        ((), "/role commander ana", False),
        (("/role commander ana",), "/role commander ben", True),
        (("/role commander ana", "/checkpoint ben"), "/role commander ben", False),
        (("/role commander ana",), "/role scribe ben", False),
        (("/role commander ana", "/role commander ben"), "a fact", False),
    ],
)
async def test_a_change_of_command_asks_for_the_packet_once(
    tmp_path: Path, before: tuple[str, ...], line: str, asks: bool
) -> None:
    app = room_with(tmp_path, *before)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await enter(pilot, app, line)
        assert isinstance(app.screen, CheckpointScreen) is asks


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/role scribe ben", "Scribe: Writes down what happens"),
        ("/hat scribe", "Scribe: Writes down what happens"),
        ("/role all ana", "Scribe: Enter on a hat in the Hats pane tells its duty"),
    ],
)
async def test_a_hat_that_is_put_on_tells_its_duty_until_the_next_key(
    tmp_path: Path, line: str, told: str
) -> None:
    app = room_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await enter(pilot, app, line)
        assert told in painted(app)
        await pilot.press("x")
        assert told not in painted(app)


async def test_other_lines_leave_the_note_empty(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await enter(pilot, app, "error rate 14 %")
        assert "→" not in painted(app).split("\n")[-2]


async def test_where_redacted_words_still_are_is_said_below_the_line(tmp_path: Path) -> None:
    app = room_with(tmp_path, "the customer is called Zanzibar", "call Zanzibar back")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await enter(pilot, app, "/redact 2 it names a customer")
        assert "1 entry repeats a rare word of it: #3" in painted(app)
