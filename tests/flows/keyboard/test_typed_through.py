"""Words typed while a screen lies over the war room: every letter is in the log line."""

import asyncio

import pytest
from textual.events import Key

from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.flows.conftest import Console, settle, settled
from tests.support.console import until

PLACES = {"gate": "ctrl+g", "help": "f1", "flags": "f6", "timeline": "alt+1", "stage": "alt+2"}
TEXTS = ("apiz slow ak", "wizard jak zoo pi x", "queue full", "api is back")
"""Words with the letters that are keys of these places, at the beginning and later."""
PACES = (0.03, 0.07)
"""Seconds from one letter to the next: faster than anybody types, and as people do."""


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
async def test_no_letter_is_lost_while_typing_leads_back_to_the_log_line(
    console: Console, place: str
) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        for pace in PACES:
            for text in TEXTS:
                await pilot.press(PLACES[place])
                await settle(pilot)
                for letter in text:
                    app.post_message(Key("space" if letter == " " else letter, letter))
                    await asyncio.sleep(pace)
                await until(pilot, lambda: isinstance(app.screen, WarRoom))
                log_line = app.screen.query_one(LogLine)
                await until(pilot, lambda: len(log_line.draft) >= len(text))  # noqa: B023
                assert log_line.draft == text
                log_line.draft = ""
                await settle(pilot)


@pytest.mark.parametrize("place", PLACES)
async def test_words_typed_over_a_begun_line_stand_apart_from_it(
    console: Console, place: str
) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        await pilot.press(*"half a")
        await pilot.press(PLACES[place])
        await settle(pilot)
        await pilot.press(*"zone is full")
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
        log_line = app.screen.query_one(LogLine)
        await until(pilot, lambda: log_line.draft == "half a zone is full")


@pytest.mark.parametrize("place", PLACES)
async def test_a_word_that_arrives_in_two_pieces_is_one_word(console: Console, place: str) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        await pilot.press(PLACES[place])
        await settle(pilot)
        assert app.focused is not None
        for piece in ("c", "ycling", " the pods"):
            app.focused.post_message(Burst(piece))
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
        log_line = app.screen.query_one(LogLine)
        await until(pilot, lambda: log_line.draft == "cycling the pods")
