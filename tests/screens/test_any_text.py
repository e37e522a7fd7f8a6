"""Whatever people type, the console shows it and sends no control character to the terminal."""

import asyncio
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from incident_tui.domain.core.commands import LineError, Refused
from tests.flows.conftest import Console, settled

NASTY = ("[/]", "[@click=app.quit]x[/]", "\x1b]0;x\x07", "\u202egnp.exe", "\x9b2J", "字" * 40)
TEXTS = st.text(min_size=1, max_size=60) | st.sampled_from(NASTY)
LINES = (
    "{}",
    "! {}",
    "? {}",
    "> {} undo:{}",
    "+ {} owner:{}",
    "= {} 1 -> 2 src:{}",
    "/impact users {}",
    "/scope users {}",
    "/guardrail {}",
    "/question {}",
    "/set users-affected {}",
)


async def _painted(texts: Iterable[str], folder: Path) -> list[str]:
    console = Console(folder)
    session = console.service.open(console.declare())
    for text, line in product(texts, LINES):
        try:
            session.enter(line.replace("{}", text))
        except (LineError, Refused):
            continue
    app = console.app(session.id)
    async with settled(app, size=(120, 40)):
        strips = app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


@pytest.mark.slow
@settings(max_examples=4)
@given(st.tuples(TEXTS, TEXTS))
def test_any_text_in_any_pane_is_shown_inert(texts: tuple[str, str]) -> None:
    """No pane crashes, and no escape, control or bidirectional character is painted."""
    with TemporaryDirectory() as folder:
        painted = asyncio.run(_painted(texts, Path(folder)))
    assert painted
    for row in painted:
        assert not [
            character
            for character in row
            if ord(character) < 0x20
            or 0x7F <= ord(character) < 0xA0
            or 0x202A <= ord(character) <= 0x202E
            or 0x2066 <= ord(character) <= 0x2069
        ]
