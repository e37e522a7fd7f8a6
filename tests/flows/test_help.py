"""Help and the palette: every key and every line can be found."""

import re
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from incident_tui.app import IncidentApp
from incident_tui.screens.browse.help import HelpScreen
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.terminal.known_keys import known_keys
from incident_tui.screens.war_room.key_places import every_action
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from tests.flows.conftest import MINUTE, Console, enter, keys, settle, settled
from tests.flows.scenes import SCENES, TOO_SMALL, Story, begun, by_story, on_top
from tests.support.console import listed, painted, painted_lines, until
from tests.support.every_screen import every_screen

Compare = Callable[..., bool]


def test_the_palette_finds_a_command(console: Console, snap_compare: Compare) -> None:
    """ctrl+p and a few letters lead to it."""
    incident = console.incident_with(*MINUTE)
    run = keys("ctrl+p", *"severity")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=(120, 40))


SMALL = (80, 24)
WALK = sorted(
    scene
    for scene in SCENES
    if "," not in scene and scene not in (TOO_SMALL, "JumpScreen")  # which any key ends
)
A_KEY = re.compile(r"\b[Ff]([1-9]|1[0-2])\b|\b(ctrl|alt|shift)\+|[\^][a-z]\b|\b[Ee]sc\b")
"""Keys as texts write them that the console comes with."""


def own_keys(app: IncidentApp) -> dict[str, str]:
    """A key of its own for every action, before the ones that it comes with, which lead there."""
    actions = [one for one in every_action(type(app)) if one.id and not one.fixed]
    return {one.id: f"f{n},{','.join(one.keys)}" for n, one in enumerate(actions, 100)}


def test_no_screen_goes_without_the_key_of_the_help() -> None:
    """Each one that the packages of screens hold, whoever adds it."""
    for known in every_screen():
        declared = [one for base in known.__mro__ for one in base.__dict__.get("BINDINGS", ())]
        keys = {one.key for one in declared if getattr(one, "id", "") == "screen.help"}
        assert keys == {"f1"}, known


@pytest.mark.slow
@pytest.mark.parametrize(("story", "scenes"), by_story(WALK))
async def test_wherever_one_is_the_help_leads_there_and_back_and_texts_name_ones_own_keys(
    console: Console, story: Story, scenes: list[str]
) -> None:
    """The help begins with the place. Where no text is typed `?` leads there as well."""
    async with begun(console, story, SMALL, lambda app: app.set_keymap(own_keys(app))) as pilot:
        for scene in scenes:
            async with on_top(pilot, scene):
                await there_and_back(pilot, scene)


async def there_and_back(pilot: Pilot[None], scene: str) -> None:
    """Go to the help and back from a screen, if it is not the help itself."""
    app, below = pilot.app, pilot.app.screen
    if isinstance(below, HelpScreen):
        assert listed(app).count("Keys here · ") == 1
        return
    named = [line for line in painted_lines(app) if A_KEY.search(line)]
    assert not named, f"these keys of {scene} are none of the user's"
    in_text = isinstance(app.focused, Input | TextArea)
    for key in ["f1"] if in_text else ["f1", "question_mark"]:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        help_text = listed(app)
        assert help_text.count("Keys here · ") == 1, scene
        assert all(known.help in help_text for known in known_keys(below)), scene
        await pilot.press("f1")
        await until(pilot, lambda: app.screen is below)
    if in_text:
        await pilot.press("question_mark")
        await settle(pilot)
        assert app.screen is below


async def test_words_that_people_try_do_what_they_say(console: Console) -> None:
    """They record nothing; the console does it."""
    app = console.app(console.incident_with("pool is full", "pods restart"))
    async with settled(app, size=SMALL) as pilot:
        await enter(pilot, "/find pool")
        assert "filter: pool" in painted(app)
        assert "pods restart" not in painted(app)
        await enter(pilot, "/list")
        await until(pilot, lambda: isinstance(app.screen, IncidentsScreen))


async def test_quit_is_a_line_too(console: Console) -> None:
    app = console.app(console.incident_with())
    async with settled(app, size=SMALL) as pilot:
        app.screen.query_one(LogLine).draft = "/exit"
        await pilot.pause()
        assert "leave the console" in painted(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.return_code is not None)


async def test_f1_shows_the_keys_of_the_list_of_incidents_too(console: Console) -> None:
    """Where no incident is open a line cannot be begun, and that is said."""
    app = console.app()
    async with settled(app, size=SMALL) as pilot:
        below = app.screen
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        assert "Declare an incident" in listed(app)
        rows = app.screen.query_one(Rows)
        rows.select(next(row.key for row in rows.shown if row.build().plain.startswith("! ")))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is below)
        notices = [notification.message for notification in app._notifications]
        assert notices == ["A line needs an incident: open one first."]


async def test_a_line_chosen_over_another_screen_waits_in_the_log_line(console: Console) -> None:
    app = console.app(console.incident_with(*MINUTE))
    async with settled(app, size=SMALL) as pilot:
        war_room = app.screen
        assert isinstance(war_room, WarRoom)
        await pilot.press("f6")
        await until(pilot, lambda: app.screen is not war_room)
        flags = app.screen
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await settle(pilot)
        rows = app.screen.query_one(Rows)
        severity = next(row for row in rows.shown if row.build().plain.startswith("/sev "))
        rows.select(severity.key)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is flags)
        assert war_room.query_one(LogLine).draft == "/sev "
        notices = [notification.message for notification in app._notifications]
        assert notices == ["The line waits in the log line of the war room."]
