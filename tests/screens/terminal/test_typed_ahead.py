"""What is typed behind a key that opens a screen is typed into that screen, whole."""

import asyncio
from pathlib import Path

import pytest
from textual.events import Key, Paste

from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.support.console import Host, service_with, settle, until

FORMS = {"f5": ComposerScreen, "f12": CheckpointScreen}
TEXT = "Checkout works again"


@pytest.mark.parametrize("pane", ["", "alt+1"])
@pytest.mark.parametrize("pause", [0, 0.001, 0.01, 0.03])
@pytest.mark.parametrize("key", FORMS)
async def test_at_any_pace_no_letter_is_lost_or_left_behind(
    tmp_path: Path, key: str, pause: float, pane: str
) -> None:
    """The form takes its time to be there; the first letters come before it, others behind."""
    app = Host.of(WarRoom, service_with(tmp_path, "api is slow"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = app.screen.query_one(LogLine)
        await pilot.press(*filter(None, [pane]))
        app.post_message(Key(key, None))
        for letter in TEXT[:8]:
            await asyncio.sleep(pause)
            app.post_message(Key(letter, letter))
        app.post_message(Paste(TEXT[8:]))
        await until(pilot, lambda: isinstance(app.screen, FORMS[key]))
        form = app.screen
        assert isinstance(form, View)
        await until(pilot, lambda: any(TEXT in text for text in form.typed_texts().values()))
        assert line.draft == ""
