"""What counts as a quotation: the same words, whatever became of their looks; no more than that."""

import json

import pytest

from incident_tui.domain.values.wording.quotations import (
    Quotations,
    rare_words,
    without_in_json,
    words,
)

TEXT = "Frau Müller (Zürich) has lost €400"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (TEXT, "-"),
        (TEXT.upper(), "-"),
        ("frau müller, zürich, has lost 400!", "-"),
        ("Fra\u0075 Mu\u0308ller (Zu\u0308rich) has lost €400", "-"),
        (f"he said: {TEXT}?", "he said: -?"),
        ("he said: Frau Müller\n(Zürich)\thas  lost €400 today", "he said: - today"),
        ("Frau Müllers (Zürich) has lost €400", "Frau Müllers (Zürich) has lost €400"),
        ("Frau Meier (Zürich) has lost €400", "Frau Meier (Zürich) has lost €400"),
        ("", ""),
    ],
)
def test_a_long_text_is_found_whatever_it_looks_like(text: str, left: str) -> None:
    assert Quotations([TEXT]).without(text, "-") == left
    assert Quotations([TEXT]).stand_in(text) is (left != text)


@pytest.mark.parametrize(
    ("text", "left"), [("Pager!", "-"), ("the pager rang", "the pager rang"), ("no", "no")]
)
def test_a_short_one_only_where_it_stands_alone(text: str, left: str) -> None:
    assert Quotations(["pager", "no"]).without(text, "-") == left


@pytest.mark.parametrize(
    ("known", "text", "left"),
    [
        ("sixteen letters!", "she wrote sixteen letters today", "she wrote - today"),
        ("fifteen letters", "she wrote fifteen letters", "she wrote fifteen letters"),
    ],
)
def test_a_text_is_looked_for_inside_of_others_from_sixteen_characters_on(
    known: str, text: str, left: str
) -> None:
    assert Quotations([known]).without(text, "-") == left
    assert Quotations([known]).stand_in(text) is (left != text)


@pytest.mark.parametrize(("known", "left"), [("four", "-"), ("one", "one")])
def test_a_text_is_looked_for_from_four_characters_on(known: str, left: str) -> None:
    assert Quotations([known]).without(known, "-") == left


def test_a_secret_is_found_wherever_it_stands_and_after_the_text_that_holds_it() -> None:
    quotations = Quotations(["the password is hunter2-x"], ["hunter2-x"])
    assert quotations.without("ahunter2-xb; the password is hunter2-x", "-") == "a-b; -"


def test_a_document_of_json_keeps_every_other_byte() -> None:
    document = '{"a long text here":1.50,"x":["a long  text, here\\n","\\u00e9"],"n":1e400}'
    left = without_in_json(
        document.encode(), lambda t: Quotations(["a long text here"]).without(t, "-")
    )
    assert left.decode() == '{"a long text here":1.50,"x":["-","\\u00e9"],"n":1e400}'
    assert json.loads(left)["x"][0] == "-"


def test_what_stays_of_a_text_in_json_keeps_its_letters() -> None:
    left = without_in_json('"Zürich: pool wait"'.encode(), lambda t: t.replace("pool wait", "-"))
    assert left.decode() == '"Zürich: -"'


@pytest.mark.parametrize(("entries", "rare"), [(3, {"zwick"}), (4, set())])
def test_a_word_of_four_other_entries_is_not_rare(entries: int, rare: set[str]) -> None:
    assert rare_words(["Zwick"], [words("zwick called")] * entries, words("")) == rare


def test_rare_words_are_those_that_hardly_anything_else_says() -> None:
    others = [words("the pool is cold"), words("pool and pool"), *[words("checkout is slow")] * 9]
    texts = ["Zwick says that checkout of pool 7 is slow"]
    assert rare_words(texts, others, words("says that")) == {"zwick", "pool"}
