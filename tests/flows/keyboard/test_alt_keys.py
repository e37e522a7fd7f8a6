"""Keys with alt, as a terminal sends them: with the letter, which is no text for the log line."""

from textual.events import Key

from incident_tui.screens.terminal.textual_internals import bindings_of
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.flows.conftest import Console, back_in_the_war_room, settle, settled
from tests.house.test_keys import MEANINGS
from tests.support.console import painted

LETTERS = sorted(key for key in MEANINGS if key.startswith("alt+") and len(key) == len("alt+s"))
"""Every key with alt and a letter that acts somewhere while somebody types."""


async def test_it_acts_wherever_it_is_a_key_and_is_no_letter_of_the_log_line(
    console: Console,
) -> None:
    app = console.app(console.declare())
    async with settled(app, size=(100, 30)) as pilot:
        war_room = app.screen
        assert isinstance(war_room, WarRoom)
        here = {key for node in (app, war_room) for key in bindings_of(node).key_to_bindings}
        for key in LETTERS:
            app.clear_notifications()
            await back_in_the_war_room(pilot)
            app.post_message(Key(key, key[-1]))
            await settle(pilot)
            if key in here:
                notices = [notice.message for notice in app._notifications]
                answered = (key == "alt+e" and "editor" in notices[0]) or (
                    key == "alt+z" and "nothing to redo" in painted(app)
                )
                assert app.screen is not war_room or answered, key
                assert war_room.query_one(LogLine).draft == "", key
