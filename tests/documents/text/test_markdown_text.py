"""What people typed stays what they typed, wherever it stands in a document."""

import pytest
from hypothesis import example, given, strategies as st

from incident_tui.documents.text import markdown_text
from incident_tui.domain.values.text import clean
from tests.documents.reading import blocks, inline_types, words

# Addresses become links on purpose; everything else must come through letter by letter.
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="*_~`[]()<>|#!&;:-+=.\\\"'/ \n1ax", max_size=40),
).filter(lambda text: "://" not in text)


def letters(text: str) -> str:
    """A cleaned text without its blanks, which readers of Markdown fold each in its own way."""
    return "".join(clean(text).split())


def read(document: str) -> str:
    """What a reader reads, without blanks."""
    return letters(words(document))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12 error rate 14 %, only eu-west", "12 error rate 14 %, only eu-west"),
        ("p95 4.2s -> 310ms", "p95 4.2s -> 310ms"),
        ("db_pool_size = 5 * 3", "db_pool_size = 5 * 3"),
        ("C:\\temp\\dump", "C:\\temp\\dump"),
        ("see #812 & co, 5 < 6", "see #812 & co, 5 < 6"),
        ("a|b", "a\\|b"),
        ("**bold** and `code`", "\\*\\*bold\\*\\* and \\`code\\`"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("[x](https://example.org)", "\\[x\\](<https://example.org>)"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("# not a heading", "\\# not a heading"),
        ("&lt;b&gt;", "\\&lt;b\\&gt;"),
        ("two\nlines", "two<br>lines"),
        ("see https://example.org/a_b?c=d, then", "see <https://example.org/a_b?c=d>, then"),
    ],
)
def test_only_what_would_be_taken_for_markdown_is_escaped(typed: str, written: str) -> None:
    assert markdown_text.inline(typed) == written


@pytest.mark.parametrize("typed", ["- -> SEV2", "1. zone", "> quote", "# 12", "--- x"])
def test_inside_a_line_the_signs_that_open_blocks_stay_bare(typed: str) -> None:
    assert markdown_text.within(typed) == typed


@given(TEXTS)
@example("\\")
@example("a\\|b")
@example("`a|b`")
@example("***")
@example("- - -")
@example("    code")
@example("[a]: /b")
@example("~~~")
def test_a_text_on_its_own_is_one_plain_paragraph_for_each_line(text: str) -> None:
    written = markdown_text.paragraphs(text)
    assert set(blocks(written)) <= {"paragraph_open:p", "inline:", "paragraph_close:p"}
    assert inline_types(written) <= {"text"}
    assert read(written) == letters(text)


@given(TEXTS)
def test_a_text_in_a_list_stays_one_item(text: str) -> None:
    written = markdown_text.bullets([text, "second"])
    items = [block for block in blocks(written) if block == "list_item_open:li"]
    assert len(items) == (2 if letters(text) else 1)
    assert inline_types(written) <= {"text", "html_inline"}
    assert read(written) == letters(text) + "second"


@given(TEXTS, TEXTS)
def test_a_text_in_a_table_stays_in_its_cell(one: str, other: str) -> None:
    written = markdown_text.table(["One", "Two", "#"], [[one, other, 1], ["x", "y", 2]])
    cells = [block for block in blocks(written) if block == "td_open:td"]
    assert len(cells) == 6
    assert read(written) == f"OneTwo#{letters(one)}{letters(other)}1xy2"


@given(TEXTS)
def test_a_text_in_a_heading_stays_there(text: str) -> None:
    written = f"# {markdown_text.inline(text)}\n\nbelow\n"
    assert blocks(written)[:1] == ["heading_open:h1"]
    assert read(written) == letters(text) + "below"


@given(TEXTS)
def test_a_retracted_text_is_struck_through_as_a_whole(text: str) -> None:
    written = f"| x |\n| --- |\n| {markdown_text.struck(text)} |"
    if letters(text):
        assert {"s_open", "s_close"} <= inline_types(written)
    assert read(written) == "x" + letters(text)


@given(TEXTS)
def test_a_line_to_be_typed_is_shown_as_it_is_typed(text: str) -> None:
    assert read(markdown_text.code(text)) == letters(text)


@given(TEXTS)
def test_a_label_stays_inside_its_link(text: str) -> None:
    written = markdown_text.link(text, "updates/1-update.md")
    assert inline_types(written) == {"link_open", "text", "link_close"}


def test_an_address_in_a_label_does_not_break_the_link() -> None:
    written = markdown_text.link("see https://example.org/_a_", "actions.md")
    assert inline_types(written) == {"link_open", "text", "link_close"}


@given(st.text(alphabet="hHtpsS:/.-_*()[]<>|\\`~?#&;a1 ", max_size=60).map("https://x{}".format))
def test_an_address_may_become_a_link_and_nothing_else(text: str) -> None:
    written = markdown_text.table(["One"], [[text]])
    assert inline_types(written) <= {"text", "link_open", "link_close"}
    assert [block for block in blocks(written) if block == "td_open:td"] == ["td_open:td"]


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert (
        markdown_text.table(["A", "B"], [["1", ""], ["2", None]]) == "| A |\n| --- |\n| 1 |\n| 2 |"
    )
    assert markdown_text.table(["A"], []) == ""
