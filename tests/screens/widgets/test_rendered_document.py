"""Documents as they are read: what each piece of Markdown looks like, and that no word is lost."""

import re

import pytest
from hypothesis import given, strategies as st

from incident_tui.screens.widgets.chrome.document_rows import paper_rows
from incident_tui.screens.widgets.chrome.rendered_document import rendered_rows

WORDS = st.text("abcxyz <>|#*_`[]()&-+~\\>\n1.", max_size=80)


def painted(text: str, width: int = 40) -> list[str]:
    rows = rendered_rows(text, width)
    rows = paper_rows(text) if rows is None else rows
    return [" " * row.indent + row.build().plain.rstrip() for row in rows]


@pytest.mark.parametrize(
    ("markdown", "rows"),
    [
        ("# Title", ["Title", "═════"]),
        ("## Part", ["Part", "────"]),
        ("**Data:** *none* `x`", ["Data: none x"]),
        ("- [ ] open\n- [x] done", ["☐ open", "☑ done"]),
        ("- one\n  - two", ["• one", "  • two"]),
        ("3. three\n4. four", ["3. three", "4. four"]),
        ("> said", ["│ said"]),
        ("[a](https://b.example)", ["a (https://b.example)"]),
        ("|A|Bee|\n|-|-|\n|x y|z|", ["A   │ Bee", "────┼────", "x y │ z"]),
        ("<b>[bold]x[/]</b>", ["<b>[bold]x[/]</b>"]),
        ("a\x1b[31m\u202eb", ["a␛[31mb"]),
    ],
)
def test_a_piece_of_markdown_is_read_as_it_is_meant(markdown: str, rows: list[str]) -> None:
    assert painted(markdown) == rows


def test_a_table_with_no_room_is_read_cell_by_cell() -> None:
    heads = "|".join(f"h{n}" for n in range(500))
    cells = "|".join(f"c{n}" for n in range(500))
    rows = painted(f"|{heads}|\n|{'-|' * 500}\n|{cells}|")
    assert rows[1].startswith("• h0: c0; h1: c1;")
    assert rows[1].endswith("h499: c499")


@given(WORDS, st.integers(1, 60))
def test_every_word_of_the_raw_text_is_in_the_rows(text: str, width: int) -> None:
    shown = "".join(painted(text, width))
    for word in re.findall(r"[a-z]+", text.replace("[x]", "")):
        assert word in shown
