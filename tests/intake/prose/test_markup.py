"""Markdown of a row becomes plain text, and no address is lost."""

import pytest
from hypothesis import given, strategies as st

from incident_tui.intake.prose.markup import Plain, plain


@pytest.mark.parametrize(
    ("raw", "text", "source"),
    [
        ("**10:29:** pool *nearly* empty", "10:29: pool nearly empty", ""),
        ("_**10:29**: pool empty_", "10:29: pool empty", ""),
        ("__10:29__ the_pool_size is 2 * 3 * 4", "10:29 the_pool_size is 2 * 3 * 4", ""),
        ("`*raw*` and `@ana`", "`*raw*` and `@ana`", ""),
        ("see [the chart](https://x.test/a)", "see the chart", "https://x.test/a"),
        (
            "[one](https://x.test/a) [two](https://x.test/b)",
            "one (https://x.test/a) two (https://x.test/b)",
            "",
        ),
        ("[https://x.test/a](https://x.test/a)", "https://x.test/a", "https://x.test/a"),
        ("paged https://x.test/_a_b.", "paged https://x.test/_a_b.", "https://x.test/_a_b"),
        ("<https://x.test/a>", "https://x.test/a", "https://x.test/a"),
        ("declared[^1] late", "declared late", ""),
        ("S&amp;O<br/>called", "S&O called", ""),
    ],
)
def test_markup_goes_and_words_stay(raw: str, text: str, source: str) -> None:
    assert plain(raw) == Plain(text, source)


@given(st.text(alphabet="ab *_`[]()<>!&;\x00" + "0" + ":/", max_size=60))
def test_no_text_breaks_it_and_letters_survive(raw: str) -> None:
    kept = [letter for letter in plain(raw).text if letter in "ab"]
    if "[" not in raw and "<" not in raw and "&" not in raw:
        assert kept == [letter for letter in raw if letter in "ab"]
