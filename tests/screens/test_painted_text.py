"""User text on the screen: nothing in it acts, nothing of it reaches the terminal as a control."""

import unicodedata

import pytest
from hypothesis import example, given, strategies as st
from rich.cells import cell_len

from incident_tui.screens.painted_text import cells, cut, line, plain, visible

ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from("\x1b\x9b\u202e\u200d\ufeff\r\n\t["))


@given(ANY_TEXT)
@example("\ud800")
@example("\U000e0041")
def test_nothing_that_controls_a_terminal_is_painted(text: str) -> None:
    for shown in (plain(text).plain, plain(text, lines=True).plain):
        assert not {unicodedata.category(c) for c in shown.replace("\n", "")} & {"Cc", "Cf", "Cs"}
        shown.encode()
    assert "\n" not in plain(text).plain


@given(ANY_TEXT)
def test_making_text_visible_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ordinary [/] text", "ordinary [/] text"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x00b\x7f", "a␀b␡"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("a\u200b\u2060\ufeffb", "ab"),
        ("one\ntwo\r\nthree", "one ↵ two ↵ three"),
        ("one\u2028two", "one ↵ two"),
        ("a\tb", "a b"),
        ("日本 é ❤\ufe0f", "日本 é ❤"),
        ("👨\u200d👩", "👨👩"),
        ("\u0301x", "◌\u0301x"),
        ("z" + "\u0301" * 30, "z" + "\u0301" * 4),
        ("", ""),
    ],
)
def test_what_is_shown_for_unusual_text(text: str, shown: str) -> None:
    assert plain(text).plain == shown


def test_line_breaks_are_kept_where_several_lines_are_wanted() -> None:
    assert plain("one\r\ntwo\x0bthree\x1b", lines=True).plain == "one\ntwo\nthree␛"


def test_a_line_takes_styles_from_us_and_words_from_users() -> None:
    content = line("by ", ("[b]ana[/b]\n", "bold"), plain(" at 14:02"))
    assert content.plain == "by [b]ana[/b] ↵  at 14:02"
    assert [(span.start, span.end, span.style) for span in content.spans] == [(3, 16, "bold")]


@given(ANY_TEXT, st.integers(-1, 12))
def test_cut_content_fits(text: str, width: int) -> None:
    content = cut(plain(text), width)
    assert cell_len(content.plain) <= max(0, width)
    if cells(text) <= width:
        assert content.plain == visible(text)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 4, "abc…"),
        ("abcd", 4, "abcd"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日 …"),
        ("🔥🔥", 3, "🔥…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_a_wide_character_is_never_halved(text: str, width: int, shown: str) -> None:
    assert cut(plain(text), width).plain == shown
