"""A paste from a terminal that does not mark it is shown before anything in it is run."""

import shutil
import time
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser

from incident_tui.app import IncidentApp
from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.terminal.typed_together import gathered
from incident_tui.screens.war_room.war_room import WarRoom
from tests.flows.conftest import Console, settle, settled
from tests.support.console import listed, painted, until
from tests.support.patience import wait_until
from tests.support.terminals.tmux import TmuxConsole, texts_of

PASTE = "api is back\r/sev SEV1 all of it\r/role all ben\rall good again\r"
FACTS = "api is back\rall good again\rretrying\r"
PLACES = {"log line": (), "pane": ("alt+1",), "gate": ("ctrl+g",), "flags": ("f6",),
          "filter": ("alt+1", "slash"), "help": ("f1",)}  # fmt: skip


def receive(app: IncidentApp, sent: str) -> None:
    """Have the terminal send this at once."""
    for message in gathered(XTermParser().feed(sent)):
        app.post_message(message)


def recorded(app: IncidentApp) -> int:
    assert app.controller is not None
    return len(app.controller.incident.recorded)


@pytest.mark.parametrize("paste", [PASTE, FACTS])
async def test_nothing_of_it_is_run_wherever_it_goes(console: Console, paste: str) -> None:
    app = console.app(console.incident_with())
    async with settled(app, size=(120, 40)) as pilot:
        before = recorded(app)
        for place, pressed in PLACES.items():
            await pilot.press(*pressed)
            await settle(pilot)
            receive(app, paste)
            if place == "filter":
                await pilot.pause(0.2)
                await pilot.press("escape")
            else:
                await until(pilot, lambda: isinstance(app.screen, BackfillScreen))
                await settle(pilot)
                assert [text for text in paste.split("\r") if text not in listed(app)] == [], place
            assert recorded(app) == before, place
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WarRoom))


async def test_in_a_form_it_is_text_and_nothing_is_sent(console: Console) -> None:
    app = console.app(console.incident_with())
    async with settled(app, size=(120, 40)) as pilot:
        before = recorded(app)
        await pilot.press("f5")
        await settle(pilot)
        receive(app, PASTE)
        await pilot.pause(0.2)
        assert isinstance(app.screen, ComposerScreen)
        assert "/sev SEV1 all of it\n" in "".join(app.screen.typed_texts().values())
        assert recorded(app) == before


async def test_what_a_program_types_line_by_line_is_entered(console: Console) -> None:
    app = console.app(console.incident_with())
    async with settled(app, size=(120, 40)) as pilot:
        before = recorded(app)
        lines = ("api is back\r", "/sev SEV1 all of it\r", "one\r", "two\r", "three\r")
        for sent in lines:
            receive(app, sent)
        await until(pilot, lambda: recorded(app) == before + len(lines))
        assert isinstance(app.screen, WarRoom)
        assert app.controller is not None
        incident = app.controller.incident
        rows = [entry.event.tell(entry, incident) for entry in incident.recorded[before:]]
        assert rows == ["api is back", "SEV1: all of it", "one", "two", "three"]


async def test_a_paste_in_two_gulps_is_one_and_one_undo_takes_it_back(console: Console) -> None:
    app = console.app(console.incident_with())
    async with settled(app, size=(120, 40)) as pilot:
        before = recorded(app)
        receive(app, FACTS)
        await until(pilot, lambda: isinstance(app.screen, BackfillScreen))
        await settle(pilot)
        receive(app, "behind the first\ras slow lines do\r")
        await until(pilot, lambda: "5 lines to record" in painted(app))
        receive(app, "and the last\r")
        await until(pilot, lambda: "6 lines to record" in painted(app))
        await pilot.press("enter")
        await until(pilot, lambda: recorded(app) == before + 6)
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "a paste of 6 lines" in painted(app))
        await pilot.press("enter")
        await until(pilot, lambda: recorded(app) == before + 12)
        assert app.controller is not None
        incident = app.controller.incident
        assert [incident.counts(entry) for entry in incident.recorded[before:][:6]] == [False] * 6


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_tmux_pastes_without_marks_and_types_a_line_with_enter(tmp_path: Path) -> None:
    console = TmuxConsole(tmp_path, INCIDENT_TUI_ME="ana")
    console.command("declare", "Checkout returns 5xx")
    with console:
        console.see("ana ›")
        console.send("api is back\r")
        wait_until(lambda: len(console.recorded()) == 2, f"the fact:\n{console.screen}")
        console.paste(f"{PASTE}{'a long line of a log  ' * 600}\r")
        console.see("Nothing is recorded yet.")
        console.see("5 lines to record")
        time.sleep(0.3)
        assert texts_of(console.recorded()[1:]) == ["api is back"]
        console.press("Enter")
        wait_until(lambda: len(console.recorded()) > 6, f"the paste:\n{console.screen}")
        assert ("severity", "SEV1: all of it") in console.recorded()
