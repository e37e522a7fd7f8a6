"""Documents in the markup of other homes, each after the public page on its format.

GitHub: docs.github.com, "Basic writing and formatting syntax" (mentions, references).
GitLab: docs.gitlab.com, "GitLab Flavored Markdown" (references) and "Quick actions".
Confluence: confluence.atlassian.com, "Confluence Wiki Markup" (headings, tables, escapes).
Notion: notion.com help, "Import data into Notion" (Markdown, three levels of headings).
Slack: api.slack.com, "Formatting text for app surfaces" (mrkdwn, `&` `<` `>`, links).
"""

import re

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from incident_tui.documents.text.flavours import FLAVOURS, in_flavour
from incident_tui.documents.text.markdown_text import inline, link, table
from incident_tui.domain.values.text import clean_line

DOCUMENT = "\n\n".join(
    [
        "# Title",
        "#### Deep",
        "- **State:** ~~old~~ `new | x`\n- second\n  - inner",
        "1. one\n2. two",
        link("Timeline", "timeline.md"),
        "see <https://example.org/a_b?c=1&d=2>",
        table(["What", "Who"], [["a | b\nsecond line", "ben"], ["", "ana"]]),
        "<!-- incident-tui: log position 7 -->",
    ]
)
WANTED = {
    "github": ["# Title", "#### Deep", "- **State:** ~~old~~ `new | x`", "  - inner", "1. one",
               r"| a \| b<br>second line | ben |", "<https://example.org/a_b?c=1&d=2>"],
    "gitlab": ["# Title", r"| a \| b<br>second line | ben |"],
    "notion": ["# Title", "**Deep**", r"| a \| b; second line | ben |"],
    "confluence": ["h1. Title", "h4. Deep", r"* *State:* -old- {{new \| x}}", "** inner", "# one",
                   "||What||Who||", r"|a \| b\\ second line|ben|", "| |ana|",
                   "[https://example.org/a_b?c=1&d=2]"],
    "slack": ["*Title*", "*Deep*", "• *State:* ~old~ `new | x`", "1. one", "• Who: ana",
              "• What: a | b second line; Who: ben", "<https://example.org/a_b?c=1&amp;d=2>"],
}  # fmt: skip


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_each_part_of_a_document_is_written_as_that_home_has_it(flavour: str) -> None:
    lines = in_flavour(DOCUMENT, flavour).split("\n")
    for wanted in WANTED[flavour]:
        assert wanted in lines or any(wanted in line for line in lines if "http" in line), wanted
    whole = "\n".join(lines)
    assert "timeline.md" not in whole
    assert "log position" not in whole
    assert "Timeline" in lines


@pytest.mark.parametrize(
    ("flavour", "typed", "wanted"),
    [
        ("github", "ask @bob, #12, GH-7", "ask @<!-- -->bob, #<!-- -->12, GH-<!-- -->7"),
        ("gitlab", "/close !7 ~bug %v1 $3 &9", r"\/close !<!-- -->7 ~<!-- -->bug %<!-- -->v1 "
                                             "$<!-- -->3 &<!-- -->9"),
        ("confluence", "{code} [x|y] *b* -s- (!) h1.", r"\{code\} \[x\|y\] \*b\* \-s\- \(\!) h1."),
        ("confluence", "h1. no heading", r"\h1. no heading"),
        ("slack", "<!here> & <@U1> @channel *b*", "&lt;!here&gt; &amp; &lt;@U1&gt; "
                                                  "@\u2060channel \u2060*\u2060b\u2060*\u2060"),
        ("notion", "- no list", r"\- no list"),
    ],
)  # fmt: skip
def test_what_people_typed_stays_text_there(flavour: str, typed: str, wanted: str) -> None:
    assert in_flavour(str(inline(typed)), flavour) == f"{wanted}\n"


@given(typed=st.text(max_size=60))
def test_markdown_of_any_words_reads_back_as_those_words(typed: str) -> None:
    words = " ".join(clean_line(typed).split())
    for flavour in ("github", "gitlab", "notion"):
        written = in_flavour(str(inline(words)), flavour)
        shown = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough"])
        tokens = shown.parse(written)
        assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
        content = "".join(
            child.content
            for token in tokens
            for child in token.children or ()
            if child.type in ("text", "code_inline")
        )
        assert " ".join(content.split()) == words, written


@given(typed=st.text(max_size=60))
def test_slack_has_no_tag_of_what_people_typed(typed: str) -> None:
    written = in_flavour(str(inline(clean_line(typed))), "slack")
    assert all(tag.startswith("http") for tag in re.findall(r"<([^>]*)", written))


def test_slack_shows_the_stars_of_a_title_and_the_number_of_a_row() -> None:
    text = in_flavour(f"# {inline('it fails with *no* reason')}", "slack")
    assert text.replace("\u2060", "").strip() == "*it fails with \u2217no\u2217 reason*"
    rows = in_flavour(table(["#", "Action"], [["1", "bound it"]]), "slack")
    assert rows.strip() == "• #1; Action: bound it"
