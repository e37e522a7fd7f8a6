"""Words typed while a screen lies over the war room: every letter is in the log line."""

import asyncio

import pytest
from textual.events import Key
from textual.pilot import Pilot

from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from tests.flows.conftest import Console, settle, settled
from tests.support.console import until
from tests.support.thorough import thorough

PLACES = {"gate": "ctrl+g", "help": "f1", "flags": "f6", "timeline": "alt+1", "stage": "alt+2"}
TEXTS = ("apiz slow ak", "wizard jak zoo pi x", "queue full", "api is back")
"""Words with the letters that are keys of these places, at the beginning and later."""
PACES = (0.03, 0.07)
"""Seconds from one letter to the next: faster than anybody types, and as people do."""
CASES = [(text, pace) for n, text in enumerate(TEXTS) for pace in (PACES[::-1] if n % 2 else PACES)]
"""Each text at each pace: of every two the first, so that half of them has all texts and paces."""


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
async def test_no_letter_is_lost_while_typing_leads_back_to_the_log_line(
    console: Console, place: str
) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        for text, pace in thorough(CASES, one_in=2):
            await pilot.press(PLACES[place])
            await settle(pilot)
            for letter in text:
                app.post_message(Key("space" if letter == " " else letter, letter))
                await asyncio.sleep(pace)
            await drafted(pilot, text)


async def drafted(pilot: Pilot[None], text: str) -> None:
    """See this text, and no other, in the log line of the war room; then it is taken away."""
    await until(pilot, lambda: isinstance(pilot.app.screen, WarRoom))
    log_line = pilot.app.screen.query_one(LogLine)
    await until(pilot, lambda: len(log_line.draft) >= len(text))
    assert log_line.draft == text
    log_line.draft = ""
    await settle(pilot)


async def test_words_typed_over_a_begun_line_stand_apart_from_it(console: Console) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        for key in PLACES.values():
            await pilot.press(*"half a")
            await pilot.press(key)
            await settle(pilot)
            await pilot.press(*"zone is full")
            await drafted(pilot, "half a zone is full")


async def test_a_word_that_arrives_in_two_pieces_is_one_word(console: Console) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        for key in PLACES.values():
            await pilot.press(key)
            await settle(pilot)
            assert app.focused is not None
            for piece in ("c", "ycling", " the pods"):
                app.focused.post_message(Burst(piece))
            await drafted(pilot, "cycling the pods")
