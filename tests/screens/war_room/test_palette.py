"""The palette: every line and every key's action by name, and no word of it is markup."""

from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from textual.command import DiscoveryHit, Hit
from textual.content import Content
from textual.pilot import Pilot

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command
from incident_tui.domain.core.events import Incident
from incident_tui.screens.terminal.known_keys import known_keys
from incident_tui.screens.war_room.palette import RoomCommands
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.support.console import EVIL, Host, declare, make_service, settle, settled, until


class PaletteHost(Host):
    COMMANDS = {RoomCommands}  # noqa: RUF012 - as Textual declares it


def room_of(base: Path) -> Host:
    service = make_service(base)
    declare(service)
    return PaletteHost(lambda host: WarRoom(host.controller(service)))


async def offered(pilot: Pilot[Any], query: str = "") -> list[Hit | DiscoveryHit]:
    provider = RoomCommands(pilot.app.screen)
    hits = provider.search(query) if query else provider.discover()
    return [hit async for hit in hits]


def plain(hit: Hit | DiscoveryHit) -> str:
    assert isinstance(hit.prompt, Text)
    return Content.from_rich_text(hit.prompt).plain


async def test_every_verb_is_offered_with_its_form_and_every_action_of_a_key(
    tmp_path: Path,
) -> None:
    async with settled(room_of(tmp_path), size=(80, 24)) as pilot:
        hits = [plain(hit) for hit in await offered(pilot)]
        shown = "\n".join(hits)
        for form in commands.every_command():
            assert f"{form.title}\n" in shown
            assert form.syntax in shown
        names = [hit.split("\n")[0] for hit in hits]
        actions = [k for k in known_keys(pilot.app.screen) if not k.id.startswith("verb.")]
        assert actions
        for known in actions:
            assert known.help in names


async def test_choosing_a_line_begins_it_in_the_log_line(tmp_path: Path) -> None:
    app = room_of(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        best = max(await offered(pilot, "sever"), key=lambda hit: hit.score)
        assert "/sev LEVEL [WHY]  key f4" in plain(best)
        app.call_later(best.command)
        log_line = app.screen.query_one(LogLine)
        await until(pilot, lambda: log_line.draft == "/sev ")


async def test_choosing_an_action_does_what_its_key_does(tmp_path: Path) -> None:
    app = room_of(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        war_room = app.screen
        hit = next(hit for hit in await offered(pilot) if "Red flags, explained" in plain(hit))
        app.call_later(hit.command)
        await until(pilot, lambda: app.screen is not war_room)


async def test_a_line_that_is_not_possible_now_says_why_in_plain_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason may quote what users typed."""

    def no(incident: Incident) -> str | None:
        return EVIL

    form = commands.forms("/undo")[0]
    changed = Command(form.lead, form.syntax, form.help, form.example, form.plan, possible=no)
    monkeypatch.setattr(commands, "every_command", lambda: [changed])
    app = room_of(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        offer = next(plain(hit) for hit in await offered(pilot) if "/undo" in plain(hit))
        assert "not now: [/var/log] [b]x[/b] [@click=app.quit]" in offer
        assert "\x1b" not in offer


async def test_the_palette_itself_opens_and_finds(tmp_path: Path) -> None:
    """The prompts hold square brackets of the syntax: none of them is taken for markup."""
    app = room_of(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        war_room = app.screen
        await pilot.press("ctrl+p")
        await until(pilot, lambda: app.screen is not war_room)
        await pilot.press(*"impact")
        await settle(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is war_room)


async def test_words_find_lines_and_keys_by_their_meaning_and_what_is_not_possible_says_so(
    tmp_path: Path,
) -> None:
    async with settled(room_of(tmp_path), size=(80, 24)) as pilot:
        offers = [plain(hit) for hit in await offered(pilot, "approve")]
        assert any(
            "/approve" in hit and "not now: nothing waits for approval" in hit for hit in offers
        )
        assert any("\n  ! TEXT" in plain(hit) for hit in await offered(pilot, "decision"))
        for word, wanted in {
            "slack": "/update",
            "typo": "/amend",
            "fullscreen": "One pane",
        }.items():
            best = max(await offered(pilot, word), key=lambda hit: hit.score)
            assert wanted in plain(best)
            assert f"{word}: " in plain(best)
