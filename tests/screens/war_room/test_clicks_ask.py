"""A click on what is final asks, as its key does, and Enter as the very next key is the yes.

The button goes down and comes up in one read here, as it does over a slow connection.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual._xterm_parser import XTermParser
from textual.pilot import Pilot
from textual.screen import Screen

from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from tests.screens.browse.test_gate import COMMUNICATED, MITIGATED
from tests.support.console import (
    Host,
    now_in,
    painted,
    painted_lines,
    service_with,
    settle,
    settled,
    until,
)
from tests.support.incidents import (
    FOLLOW_UP,
    INVESTIGATE,
    POSTMORTEM,
    RESOLVE,
    TRIAGE,
)

READY, ASKED = TRIAGE[:-2], TRIAGE[:-1]
LAST = (
    *TRIAGE, *MITIGATED, *COMMUNICATED, *INVESTIGATE, *RESOLVE, *POSTMORTEM[:-1],
    "/approve by:ben ref:pull/7",
    *FOLLOW_UP[:-2],
)  # fmt: skip
WRITES_NOTHING = ("gate.revise", "gate.waive")


async def point_at(pilot: Pilot[Any], app: Host, action: str) -> None:
    """Click the key of this action in the last row."""
    bar = app.screen.query_one(KeyBar)
    # A row knows its parts once it is painted, which nobody does here without being asked.
    await until(
        pilot,
        lambda: bool(painted_lines(app)) and any(part.action == action for part in bar.parts),
    )
    start = next(part.start for part in bar.parts if part.action == action)
    x, y = bar.content_region.x + start + 2, bar.content_region.y + 1
    for message in XTermParser().feed(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"):
        app.post_message(message)


@pytest.mark.parametrize(
    ("screen", "lines", "action", "asked"),
    [
        (WarRoom, READY, "verb.advance", "? Enter asks for the approval of Triage"),
        (WarRoom, READY, "verb.undo", "? Enter takes back #"),
        (GateScreen, READY, "gate.advance", "? Enter asks for the approval of Triage"),
        (GateScreen, ASKED, "gate.approve", "? Enter passes Triage"),
        (GateScreen, ASKED, "gate.revise", "? Enter opens the note"),
        (GateScreen, TRIAGE, "gate.waive", "? Enter begins the line that waives"),
        (GateScreen, LAST, "gate.close", "? Enter passes Follow-up and closes the incident"),
        (CheckpointScreen, READY, "checkpoint.hand_over", "? Enter hands over to ben"),
    ],
    ids=[
        "advance",
        "undo",
        "advance in the gate",
        "approve",
        "send back",
        "waive",
        "close",
        "hand over",
    ],
)
async def test_it_asks_and_only_enter_is_the_yes(
    tmp_path: Path, screen: type[Screen[Any]], lines: Sequence[str], action: str, asked: str
) -> None:
    service = service_with(tmp_path, *lines)
    app = Host.of(screen, service)
    async with settled(app, size=(120, 24)) as pilot:
        if screen is CheckpointScreen:
            await pilot.press(*"ben")
        if isinstance(app.screen, GateScreen) and action == "gate.waive":
            app.screen._checks.select("mitigations.tried")
        known = len(now_in(service).recorded)
        for answer in ("down", "enter"):
            await point_at(pilot, app, action)
            await until(pilot, lambda: asked in painted(app))
            await pilot.press(answer)
            await until(pilot, lambda: asked not in painted(app))
            await settle(pilot)
            done = not service.active() or len(now_in(service).recorded) > known
            assert done == (answer == "enter" and action not in WRITES_NOTHING)
