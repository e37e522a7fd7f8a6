"""A terminal that shows no UTF-8 shows the same console, with letters in the place of shapes."""

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from incident_tui.screens.terminal.charset import Fallback
from incident_tui.service.machine.characters import UTF_8

BLACK = Color(0, 0, 0)


def painted(text: str, encoding: str = "ascii") -> str:
    segments = Fallback(encoding).apply([Segment(text)], BLACK)
    return "".join(segment.text for segment in segments)


@pytest.mark.parametrize(
    ("text", "encoding", "seen"),
    [
        ("╭─ Gate ─╮", "ascii", "+- Gate -+"),
        ("✓ done · ✗ not yet …", "ascii", "v done . x not yet ~"),
        ("größer", "ascii", "gro?er"),
        ("größer ✓", "iso8859-1", "größer v"),
        ("カ🔥", "ascii", "????"),
    ],
)
def test_shapes_have_letters_that_look_like_them(text: str, encoding: str, seen: str) -> None:
    assert painted(text, encoding) == seen


@given(st.text(), st.sampled_from(["ascii", "iso8859-1", "koi8-r"]))
def test_every_text_keeps_its_width_and_can_be_written(text: str, encoding: str) -> None:
    seen = painted(text, encoding)
    seen.encode(encoding)
    assert sum(map(cell_len, seen)) == sum(map(cell_len, text))


def test_where_utf_8_is_shown_nothing_is_in_between() -> None:
    assert not Fallback(UTF_8).enabled
