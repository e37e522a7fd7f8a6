"""A console with keys of its user's own: they act, and the texts on it say them."""

from pathlib import Path

from incident_tui.app import make_app
from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.browse.help import HelpScreen
from incident_tui.store.user_settings import Settings
from tests.support.console import declare, listed, make_service, painted, settle, settled, until

KEYS = {
    "verb": {"gate": "shift+f7", "advance": "f23"},
    "gate.waive": "m",
    "gate.advance": "x",
    "app.quit": "x",
}


async def test_keys_that_were_set_act_and_are_shown_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    service = make_service(tmp_path)
    app = make_app(service, incident=declare(service).id, settings=Settings(keys=KEYS))
    async with settled(app, size=(120, 40)) as pilot:
        room = app.screen
        notices = " ".join(one.message for one in app._notifications)
        assert "app.quit: x is a letter of text" in notices
        assert "it stays on ctrl+q" in notices
        assert "f23 advance" in painted(app)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert app.screen is room, "the key that it had is free"
        await pilot.press("shift+f7")
        await until(pilot, lambda: isinstance(app.screen, GateScreen))
        await until(pilot, lambda: "m waive" in painted(app))
        assert "x advance" in painted(app)
        assert "a advance" not in painted(app)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await until(pilot, lambda: "Keys here" in painted(app))
        assert "m                      Answer a check with not needed" in listed(app)
