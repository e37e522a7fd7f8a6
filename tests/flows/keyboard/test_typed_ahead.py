"""Words typed before the screen is there that they are meant for: a slow disk loses none."""

import asyncio
import time
from collections.abc import Callable

import pytest
from textual.events import Key

from incident_tui.app import IncidentApp
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.forms.declare import DeclareScreen
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.service import Service
from incident_tui.store.files.errors import StoreError
from tests.flows.conftest import Console, controller_of, settle, settled
from tests.support.console import until

SLOW = 0.5
"""Seconds that the disk takes for what is read."""
PACE = 0.05
"""Seconds from one key to the next."""


def slowly(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have these methods of the service take their time."""
    for name in names:
        real = getattr(Service, name)

        def slow(*given: object, real: Callable[..., object] = real, **named: object) -> object:
            time.sleep(SLOW)
            return real(*given, **named)

        monkeypatch.setattr(Service, name, slow)


async def press(app: IncidentApp, *keys: str) -> None:
    """Press these keys as fast typists do, without waiting for what they open."""
    for key in keys:
        for one in [key] if key == "enter" else key:
            app.post_message(Key("space" if one == " " else one, one if len(one) == 1 else None))
            await asyncio.sleep(PACE)


def facts(app: IncidentApp) -> list[str]:
    assert app.controller is not None
    entries = app.controller.incident.entries
    return [entry.event.text for entry in entries if isinstance(entry.event, FactRecorded)]


async def test_a_declaration_and_its_first_fact_are_typed_without_waiting(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch, "console", "declare", "open")
    app = console.app()
    async with settled(app, size=(80, 24)) as pilot:
        await press(app, "n", "Mail is late", "enter", "queue at 40k", "enter")
        await until(pilot, lambda: app.controller is not None and facts(app) == ["queue at 40k"])
        assert [one.summary["title"] for one in console.service.listed() if one.summary] == [
            "Mail is late"
        ]


async def test_what_is_typed_behind_an_incident_that_opens_is_a_fact_of_it(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.declare()
    slowly(monkeypatch, "open")
    app = console.app()
    async with settled(app, size=(80, 24)) as pilot:
        await press(app, "enter", "nodes are down", "enter", "quick fix", "enter")
        await until(pilot, lambda: app.controller is not None and len(facts(app)) == 2)
        assert facts(app) == ["nodes are down", "quick fix"]
        assert isinstance(app.screen, WarRoom)


async def test_a_declaration_that_fails_keeps_what_was_typed_behind_it(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **named: object) -> object:
        time.sleep(SLOW)
        raise StoreError("no space left on device", "make room")

    monkeypatch.setattr(Service, "declare", full)
    app = console.app()
    async with settled(app, size=(80, 24)) as pilot:
        await press(app, "n", "Mail is late", "enter", " again")
        await until(pilot, lambda: isinstance(app.screen, DeclareScreen) and not app.screen.busy)
        await settle(pilot)
        assert isinstance(app.screen, DeclareScreen)
        assert app.screen.typed_texts()["title"] == "Mail is late again"


async def test_an_incident_that_cannot_be_read_lets_no_letter_act_on_the_list(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = console.declare()
    (console.service.home.path / incident / "playbook.toml").write_text("not toml")
    slowly(monkeypatch, "open")
    app = console.app()
    async with settled(app, size=(80, 24)) as pilot:
        await press(app, "enter", "nq")
        await settle(pilot)
        assert isinstance(app.screen, IncidentsScreen)
        assert controller_of(pilot) is None


async def test_leaving_waits_for_no_incident_that_opens(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.declare()
    slowly(monkeypatch, "open")
    app = console.app()
    async with settled(app, size=(80, 24)) as pilot:
        await press(app, "enter")
        app.post_message(Key("ctrl+q", None))
        await until(pilot, lambda: app.return_code == 0)
        assert app.controller is None
