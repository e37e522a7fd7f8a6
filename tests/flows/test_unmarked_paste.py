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
from tests.flows.conftest import Console, settle
from tests.support.console import listed, until
from tests.support.tmux import TmuxConsole, told_facts
from tests.support.waiting import wait_until

PASTE = "api is back\r/sev SEV1 all of it\r/role all ben\rall good again\r"
PLACES = {"log line": (), "pane": ("alt+1",), "gate": ("ctrl+g",), "flags": ("f6",),
          "filter": ("alt+1", "slash"), "help": ("f1",)}  # fmt: skip


def receive(app: IncidentApp, sent: str) -> None:
    """Have the terminal send this at once."""
    for message in gathered(XTermParser().feed(sent)):
        app.post_message(message)


def recorded(app: IncidentApp) -> int:
    assert app.controller is not None
    return len(app.controller.incident.recorded)


async def test_nothing_of_it_is_run_wherever_it_goes(console: Console) -> None:
    app = console.app(console.told())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = recorded(app)
        for place, pressed in PLACES.items():
            await pilot.press(*pressed)
            await settle(pilot)
            receive(app, PASTE)
            if place == "filter":
                await pilot.pause(0.2)
                await pilot.press("escape")
            else:
                await until(pilot, lambda: isinstance(app.screen, BackfillScreen))
                await settle(pilot)
                assert [text in listed(app) for text in PASTE.split("\r")] == [True] * 5, place
            assert recorded(app) == before, place
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WarRoom))


async def test_in_a_form_it_is_text_and_nothing_is_sent(console: Console) -> None:
    app = console.app(console.told())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = recorded(app)
        await pilot.press("f5")
        await settle(pilot)
        receive(app, PASTE)
        await pilot.pause(0.2)
        assert isinstance(app.screen, ComposerScreen)
        assert "/sev SEV1 all of it\n" in "".join(app.screen.typed_texts().values())
        assert recorded(app) == before


async def test_what_a_program_types_line_by_line_is_entered(console: Console) -> None:
    app = console.app(console.told())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for sent in ("api is back\r", "/sev SEV1 all of it\r", "one\rtwo\rthree\r"):
            before = recorded(app)
            receive(app, sent)
            await until(pilot, lambda: recorded(app) == before + sent.count("\r"))  # noqa: B023
            assert isinstance(app.screen, WarRoom)


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
        assert told_facts(console.recorded()[1:]) == ["api is back"]
        console.press("Enter")
        wait_until(lambda: len(console.recorded()) > 6, f"the paste:\n{console.screen}")
        assert ("severity", "- -> SEV1: all of it") in console.recorded()
