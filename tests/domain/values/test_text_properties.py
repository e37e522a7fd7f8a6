"""What cleaned text never holds, whatever was typed or pasted."""

import unicodedata

from hypothesis import given, strategies as st

from incident_tui.domain.values.text import clean, clean_line, inert, inert_line, is_inert, slug

nasty = st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"]) | st.sampled_from(
    "\r\n\t ab\x1b["
)
texts = st.text() | st.text(nasty)
BIDI = {"\u061c", "\u200e", "\u200f", *map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])}
ZERO_WIDTH = {*map(chr, [*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x180E, 0x00AD])}


@given(texts)
def test_no_control_bidi_or_zero_width_character_nor_surrogate_is_left(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & (BIDI | ZERO_WIDTH)
    assert all(
        c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in cleaned
    )
    cleaned.encode()


@given(texts)
def test_of_a_foreign_text_nothing_that_controls_or_hides_is_left(text: str) -> None:
    """And no two texts come to be one by losing a character."""
    read = inert(text)
    assert is_inert(read)
    assert inert(read) == read
    assert len(read) == len(text.replace("\r\n", "\n"))
    assert not set(inert_line(text)) & set("\n\t")


@given(texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(texts)
def test_a_cleaned_line_is_one_line_without_blanks_around_it(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text.strip()


@given(texts, st.integers(1, 50))
def test_a_slug_can_stand_in_a_file_name(text: str, longest: int) -> None:
    made = slug(text, longest=longest)
    assert len(made) <= longest
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")
