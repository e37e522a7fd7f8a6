"""A terminal that becomes too small under typing hands, as when somebody joins with a phone."""

import pytest

from incident_tui.screens.forms.backfill import BackfillScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.widgets.chrome.too_small import TooSmallScreen
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.flows.conftest import Console, settle, settled
from tests.support.console import listed, painted, until

SMALL, LARGE = (50, 10), (80, 24)


@pytest.mark.parametrize("place", ["log line", "pane", "gate"])
async def test_what_is_typed_meanwhile_stands_in_the_log_line_and_runs_nothing(
    console: Console, place: str
) -> None:
    app = console.app(console.incident_with("/role all ana"))
    async with settled(app, size=LARGE) as pilot:
        line = app.screen.query_one(LogLine)
        await pilot.press(*{"log line": "api ", "pane": ["alt+1"], "gate": ["ctrl+g"]}[place])
        await settle(pilot)
        assert app.controller is not None
        known = len(app.controller.incident.recorded)
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        await pilot.press(*"is back", "x", "backspace", "enter")
        await until(pilot, lambda: "Kept: …is back" in painted(app))
        await pilot.resize_terminal(*LARGE)
        begun = "api " if place == "log line" else ""
        await until(pilot, lambda: line.draft == f"{begun}is back")
        assert line.has_line_focus
        assert len(app.controller.incident.recorded) == known


async def test_several_lines_are_shown_before_any_is_recorded(console: Console) -> None:
    app = console.app(console.incident_with("/role all ana"))
    async with settled(app, size=LARGE) as pilot:
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        await pilot.press(*"api is back", "enter", *"retrying", "enter")
        await pilot.resize_terminal(*LARGE)
        await until(pilot, lambda: isinstance(app.screen, BackfillScreen))
        await until(pilot, lambda: "api is back" in listed(app) and "retrying" in listed(app))


async def test_in_a_form_it_goes_on_with_the_text(console: Console) -> None:
    app = console.app(console.incident_with("/role all ana"))
    async with settled(app, size=LARGE) as pilot:
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ComposerScreen))
        await settle(pilot)
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        await pilot.press(*"no id", "enter", *"ea")
        await pilot.resize_terminal(*LARGE)
        await until(pilot, lambda: isinstance(app.screen, ComposerScreen))
        assert isinstance(app.screen, ComposerScreen)
        form = app.screen
        await until(pilot, lambda: "no id\nea" in "".join(form.typed_texts().values()))


async def test_a_question_is_not_answered_behind_it(console: Console) -> None:
    app = console.app(console.incident_with("api is back"))
    async with settled(app, size=LARGE) as pilot:
        assert app.controller is not None
        known = len(app.controller.incident.recorded)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "? Enter takes back" in painted(app))
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen))
        await pilot.press("enter")
        await pilot.resize_terminal(*LARGE)
        await until(pilot, lambda: not isinstance(app.screen, TooSmallScreen))
        await pilot.press("enter")
        await settle(pilot)
        assert "? Enter takes back" not in painted(app)
        assert len(app.controller.incident.recorded) == known
