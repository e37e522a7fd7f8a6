"""Cleaned text stays readable."""

import pytest

from incident_tui.domain.values.text import (
    clean,
    clean_line,
    counted,
    nearly_the_same,
    slug,
    with_reason,
)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x07bell\x7f", "␇bell␡"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\x9b31m", "\ufffd31m"),
        ("gnp.\u202egpj.exe", "gnp.gpj.exe"),
        ("pass\u200bword\ufeff", "password"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("naïve 東京 🙂", "naïve 東京 🙂"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
        ("\u00a0 around \u2003", "around"),
    ],
)
def test_text_is_made_inert_and_stays_readable(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_on_one_line_breaks_become_a_single_blank() -> None:
    assert clean_line(" a \n\n b\r\nc ") == "a b c"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Checkout returns 5xx!", "checkout-returns-5xx"),
        ("../../etc/passwd", "etc-passwd"),
        ("東京", "dong-jing"),
        ("Zürich–Köln, Größe", "zurich-koln-grosse"),
        ("🔥", ""),
        ("a" * 50, "a" * 40),
        ("the " + "b" * 40 + " end", "the"),
        ("one " * 20, "one-one-one-one-one-one-one-one-one-one"),
    ],
)
def test_a_slug_keeps_whole_words(text: str, made: str) -> None:
    assert slug(text) == made


def test_a_number_is_told_with_its_noun() -> None:
    texts = [counted(1, "entry", "entries"), counted(2, "entry", "entries"), counted(0, "item")]
    assert texts == ["1 entry", "2 entries", "0 items"]


@pytest.mark.parametrize(
    ("what", "why", "sentence"),
    [
        ("pool of 40", "in staging", "saw: pool of 40 (in staging)"),
        ("pool of 40", "", "saw: pool of 40"),
        ("", "in staging", "saw: in staging"),
        ("", "", "saw"),
    ],
)
def test_what_was_done_is_told_with_its_reason_where_there_is_one(
    what: str, why: str, sentence: str
) -> None:
    assert with_reason("saw", what, why) == sentence


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("the  rollback of Checkout\nis under way", True),
        ("the rollback of checkout is under way.", True),
        ("the rollback of checkout is done", False),
        ("", False),
    ],
)
def test_a_text_is_nearly_the_same_but_for_blanks_case_and_a_sign(other: str, same: bool) -> None:
    assert nearly_the_same("the rollback of checkout is under way", other) is same
