"""Updates to be pasted: plain for mails and pages, with bold labels and bullets for chats."""

import pytest

from incident_tui.documents import render_folder
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking


def texts(*lines: str, title: str = "No bread") -> dict[str, str]:
    """What is to be pasted after those lines, by path."""
    documents = render_folder(Story(baking().playbook, title=title).tell(lines).incident)
    return {path: text for path, text in documents.items() if path.endswith(".txt")}


def test_each_update_has_both_forms() -> None:
    pages = texts("/update one next:+30m", "/update two next:+30m", "/state resolved", "/update up")
    assert list(pages) == [
        "updates/1-initial.txt", "updates/1-initial.chat.txt",
        "updates/2-update.txt", "updates/2-update.chat.txt",
        "updates/3-resolution.txt", "updates/3-resolution.chat.txt",
    ]  # fmt: skip


def test_the_plain_form_says_when_people_hear_again() -> None:
    pages = texts("/update The oven is cold.\n\nKnown: no gas\nnext:14:45")
    assert pages["updates/1-initial.txt"] == (
        "First message: No bread\n"
        "\n"
        "The oven is cold.\n"
        "\n"
        "Known: no gas\n"
        "\n"
        "Next update: 2026-11-20 14:45 (UTC).\n"
    )


def test_the_form_for_chats_has_bold_labels_and_bullets() -> None:
    pages = texts("/update The oven is cold.\n\nKnown: no gas\n- one\n* two\nso we wait next:14:45")
    assert pages["updates/1-initial.chat.txt"] == (
        "*First message: No bread*\n"
        "The oven is cold.\n"
        "• *Known:* no gas\n"
        "• one\n"
        "• two\n"
        "so we wait\n"
        "_Next update: 2026-11-20 14:45 (UTC)._\n"
    )


def test_the_last_word_promises_no_further_one() -> None:
    pages = texts("/state resolved", "/update Bread is back.")
    assert pages["updates/1-resolution.txt"] == "All clear: No bread\n\nBread is back.\n"
    assert "Next" not in pages["updates/1-resolution.chat.txt"]


@pytest.mark.parametrize("text", ["<b>x</b> & [y](z) `q`", "a_b_c | d", "# not a heading"])
def test_nothing_is_escaped_where_nothing_reads_mark_up(text: str) -> None:
    pages = texts(f"/update {text} next:+30m")
    assert f"\n{text}\n" in pages["updates/1-initial.txt"]
    assert f"\n{text}\n" in pages["updates/1-initial.chat.txt"]


def test_a_title_cannot_break_out_of_its_bold() -> None:
    pages = texts("/update x next:+30m", title="5 * 7 *bad*")
    assert pages["updates/1-initial.chat.txt"].startswith("*First message: 5  7 bad*\n")
