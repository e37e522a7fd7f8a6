"""The postmortem beside its document: what is still to be written, and the way to each part."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from incident_tui.screens.browse.postmortem import PostmortemScreen
from incident_tui.screens.forms.field import FieldScreen
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Declaration, IncidentSession, Service
from tests.support.console import (
    EVIL,
    Host,
    declare,
    forward,
    listed,
    make_service,
    painted,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.incidents import DECLARED_AT, INVESTIGATE, MITIGATE, RESOLVE, TRIAGE
from tests.support.thorough import row
from tests.support.world import Clock

RESOLVED = (*TRIAGE, *MITIGATE, *INVESTIGATE, *RESOLVE)
SIZE = (80, 24)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return make_service(tmp_path, Clock(DECLARED_AT))


def outage(service: Service, lines: Iterable[str]) -> IncidentSession:
    """An incident that began at 14:00, with these lines, a minute apart."""
    return declare(service, lines, at="14:00")


opened = partial(Host.of, PostmortemScreen)


async def on(pilot: Pilot[Any], key: str) -> None:
    """Put the cursor on a row and press Enter."""
    await settle(pilot)
    assert pilot.app.screen.query(Rows).first().select(key), listed(pilot.app)
    await pilot.press("enter")
    await settle(pilot)


async def test_the_document_stands_beside_what_is_to_be_written(service: Service) -> None:
    outage(service, RESOLVED)
    app = opened(service)
    async with settled(app) as pilot:
        for size in ((80, 24), (120, 40), (200, 60)):
            with row(*size):
                await pilot.resize_terminal(*size)
                shown = painted(app)
                assert "As it will be committed" in shown
                assert "To write" in shown
                assert "Summary" in shown
                assert "Postmortem:" in listed(app)


async def test_every_part_is_there_with_its_count_and_what_the_gate_asks(service: Service) -> None:
    outage(service, RESOLVED)
    app = opened(service)
    async with settled(app, size=SIZE):
        rows = listed(app)
        for text in (
            "Text · 4 fields left",
            "✗ Summary",
            "· Defences that were missing",
            "Contributing factors · 3 on 3 layers",
            "Whys · 2",
            "Action items · 0",
            "0 action items of at least 1",
            "Open questions · 1",
        ):
            assert text in rows


async def test_too_few_factors_are_counted_against_what_the_gate_asks(service: Service) -> None:
    declare(service, ["/factor trigger retries"])
    app = opened(service)
    async with settled(app, size=SIZE):
        assert "1 factor of at least 3" in listed(app)
        assert "Contributing factors · 1 on 1 layer" in listed(app)


async def test_each_part_and_each_check_that_fails_begins_its_line(service: Service) -> None:
    outage(service, (*RESOLVED, "+ alert on pools"))
    app = opened(service)
    async with app.run_test(size=SIZE) as pilot:
        for key, line in [
            ("layer detection", "/factor detection "),
            ("add why", "/why "),
            ("add action", "+ "),
            ("action 1", "/act 1 "),
            ("question 1", "/answer 1 "),
            ("check actions.complete", "/act 1 owner:"),
        ]:
            with row(key):
                await on(pilot, key)
                await until(pilot, lambda line=line: app.given == [line])  # type: ignore[misc]
                app.given.clear()
                await app.push_screen(PostmortemScreen(app.controllers[0]), app.given.append)


async def test_a_field_opens_its_form_and_what_is_saved_shows_at_once(service: Service) -> None:
    outage(service, RESOLVED)
    app = opened(service)
    async with app.run_test(size=SIZE) as pilot:
        await on(pilot, "field summary")
        assert isinstance(app.screen, FieldScreen)
        await pilot.press(*"all fell down", "f8")
        await until(pilot, lambda: isinstance(app.screen, PostmortemScreen))
        await settle(pilot)
        assert "✓ Summary  all fell down" in listed(app)
        assert "all fell down" in listed(app).split("Postmortem:")[1]


async def test_the_day_by_which_it_is_due_is_told(service: Service) -> None:
    outage(service, RESOLVED)
    app = opened(service)
    async with settled(app, size=SIZE):
        assert "due 22 Nov" in painted(app)
        assert "in 1d 23h" in painted(app)


async def test_an_overdue_postmortem_says_by_how_much(service: Service) -> None:
    outage(service, RESOLVED)
    forward(service, 50 * 60)
    app = opened(service)
    async with settled(app, size=SIZE):
        assert "! overdue by" in painted(app)


async def test_before_the_resolution_the_delay_is_told_and_no_document_is_there(
    service: Service,
) -> None:
    declare(service)
    app = opened(service)
    async with settled(app, size=SIZE):
        assert "due 48 hours after the resolution" in painted(app)
        assert "once the impact has stopped" in painted(app)


@pytest.mark.parametrize(("level", "light"), [("low", True), ("high", False)])
async def test_a_light_form_is_offered_where_the_playbook_allows_it(
    service: Service, level: str, light: bool
) -> None:
    service.declare(Declaration("Stale chart", severity=level, playbook="command"))
    app = opened(service)
    async with settled(app, size=SIZE) as pilot:
        assert ("light form" in painted(app)) == light
        assert ("· Lessons" in listed(app)) == (not light)
        if light:
            await pilot.press("o")
            await settle(pilot)
            assert "· Lessons" in listed(app)


async def test_what_others_record_shows_without_a_key(service: Service) -> None:
    session = outage(service, RESOLVED)
    app = opened(service)
    async with settled(app, size=SIZE) as pilot:
        session.enter("/why nobody measured it")
        screen = app.screen
        assert isinstance(screen, PostmortemScreen)
        await screen.controller.poll()
        await settle(pilot)
        assert "3. nobody measured it" in listed(app)


async def test_text_typed_here_goes_to_the_log_line(service: Service) -> None:
    declare(service)
    app = opened(service)
    async with settled(app, size=SIZE) as pilot:
        await stray_letters(pilot, "rolled back")
        await until(pilot, lambda: app.given == ["rolled back"])


async def test_hostile_text_is_only_text(service: Service) -> None:
    declare(service, [f"/factor trigger {EVIL}", f"/why {EVIL}", f"+ {EVIL}"], title=EVIL)
    app = opened(service)
    async with settled(app, size=(200, 60)):
        assert "[b]x[/b]" in painted(app)
        assert "\x1b" not in painted(app)
