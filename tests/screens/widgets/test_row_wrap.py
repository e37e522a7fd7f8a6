"""How a row that takes several lines breaks: nothing is lost, columns stay, lines to type too."""

import pytest
from hypothesis import given, strategies as st
from textual.content import Content

from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.widgets.rows.row_wrap import HANG, WHOLE, wrapped

MEND = "/sev SEV1|SEV2|SEV3|SEV4 WHY"
WIDTH = 20
TEXTS = st.text(st.sampled_from("ab é漢🙂. "), max_size=60)


def words(lines: list[Content]) -> str:
    return "".join("".join(one.plain for one in lines).split())


@given(TEXTS, st.integers(8, 40), st.integers(0, 20))
def test_no_letter_is_lost_and_no_line_is_wider_at_any_width(
    text: str, width: int, hang: int
) -> None:
    lines = wrapped(line(plain(text), "  ", (MEND, WHOLE)), width, hang)
    assert words(lines) == "".join(f"{text}{MEND}".split())
    assert max(one.cell_length for one in lines) <= width


@pytest.mark.parametrize(
    ("text", "hang", "lines"),
    [
        ("state     mitigated for some", 10, ["state     mitigated", "          for some"]),
        ("✗ the severity is set", HANG, ["✗ the severity is", "  set"]),
        ("a\n  why and wherefore it is", HANG, ["a", "    why and", "    wherefore it is"]),
        ("one\n\nthree", HANG, ["one", "", "  three"]),
        ("12345678901 half of the width", 18, ["12345678901 half of", "          the width"]),
        ("short", HANG, ["short"]),
        ("", HANG, [""]),
    ],
)
def test_later_lines_stand_behind_the_label_and_under_their_own_beginning(
    text: str, hang: int, lines: list[str]
) -> None:
    shown = [one.plain.rstrip() for one in wrapped(Content(text), WIDTH, hang)]
    assert shown == lines


@pytest.mark.parametrize("width", range(10, 80))
def test_a_line_to_type_stays_on_one_line_wherever_one_has_room_for_it(width: int) -> None:
    row = line("✗ the severity is set  ", ("no severity is set  ", "dim"), (MEND, WHOLE))
    shown = [one.plain for one in wrapped(row, width)]
    assert any(MEND in one for one in shown) == (width >= len(MEND) + HANG)
