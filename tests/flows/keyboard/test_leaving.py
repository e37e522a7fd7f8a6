"""Ways out of an incident: the words typed last are kept, whichever way it is."""

import pytest

from incident_tui.app import IncidentApp
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.forms.audience_drafts import TEXT
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.flows.conftest import Console, settle, settled
from tests.support.console import until


async def _leave(app: IncidentApp, way: str) -> None:
    if way == "quit":
        await app.action_quit()
    else:
        app.action_incidents()


@pytest.mark.parametrize("way", ["quit", "list"])
async def test_the_last_words_of_the_log_line_are_there_at_the_next_start(
    console: Console, way: str
) -> None:
    incident = console.declare()
    app = console.app(incident)
    async with settled(app, size=(80, 24)) as pilot:
        app.screen.query_one(LogLine).draft = "half a line"
        await _leave(app, way)
        await until(pilot, lambda: way == "quit" or isinstance(app.screen, IncidentsScreen))
    again = console.app(incident)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(again.screen, WarRoom))
        await settle(pilot)
        assert again.screen.query_one(LogLine).draft == "half a line"


@pytest.mark.parametrize("way", ["quit", "list"])
async def test_the_last_words_of_a_screen_over_it_are_there_too(console: Console, way: str) -> None:
    incident = console.incident_with("/role all ana", "/sev SEV2")
    app = console.app(incident)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ComposerScreen))
        await settle(pilot)
        await pilot.press(*"zzz")
        await _leave(app, way)
        await until(pilot, lambda: way == "quit" or isinstance(app.screen, IncidentsScreen))
    assert "zzz" in console.service.console(incident).drafts.get(TEXT)
