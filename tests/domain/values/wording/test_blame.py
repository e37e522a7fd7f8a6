"""Sentences that blame somebody are told from those alike that say what a thing did.

The tables were written by somebody who had not seen the rules; the others came later. Those of
`plain_` are plain words, terse, formal, clumsy or sarcastic, about people whom the incident knows,
and beside them what such people did as they should. Those of `fresh_` are alike, but no rule was
made from them: scored once, 97 of 100 were caught and 96 of 100 left alone. The words of `evening_`
and `sre_` are mostly insinuations, and so are those of `unseen_`, of which no rule was made either:
what is asked of them is what was measured, not what is wished for. No list of idioms holds the next
one. A learned weight of each word caught more of those, and asked about every fourth thing that
somebody did as they should, so it went. Each line is a kind and a sentence, as somebody would type
it.
"""

import re
from pathlib import Path
from zlib import crc32

import pytest

from incident_tui.domain.values.wording import blame_in, is_vague
from incident_tui.domain.values.wording.blame import RULES
from incident_tui.domain.values.wording.judgements import JUDGEMENTS
from incident_tui.domain.values.wording.needed_words import NEEDED
from incident_tui.domain.values.wording.people import marked
from incident_tui.domain.values.wording.signed_rules import Signed, SignedRules
from tests.support.thorough import thorough

PEOPLE = (
    "Ana", "Ben Roe", "Chen", "dana", "dora", "priya", "Tomas", "lee", "Jonas", "Marta", "Carlos",
    "marek", "Olek", "Hugo", "Kim Larsen", "mira", "jsmith", "Tom\u00e1s Vidal", "Dr. Hansen",
)  # fmt: skip
SENTENCES = Path(__file__).parent / "sentences"
TABLES = [
    (table, caught)
    for caught in (True, False)
    for table in ("", "idioms_", "everyday_", "sre_", "evening_", "plain_")
]


def read(name: str) -> list[list[str]]:
    text = (SENTENCES / f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def is_caught(kind: str, sentence: str) -> bool:
    if kind == "blame":
        return bool(blame_in(sentence, PEOPLE))
    return is_vague(sentence)


@pytest.mark.parametrize(("table", "caught"), TABLES)
def test_nineteen_of_twenty_sentences_are_judged_right(table: str, caught: bool) -> None:
    rows = read(f"{table}{'caught' if caught else 'fine'}")
    wrong = [sentence for kind, sentence in rows if is_caught(kind, sentence) is not caught]
    assert len(wrong) <= len(rows) // 20, "\n".join(wrong)


@pytest.mark.parametrize(
    ("table", "asked"),
    [("fresh_caught", 0.95), ("fresh_fine", 0.95), ("unseen_caught", 0.55), ("unseen_fine", 0.95)],
)
def test_sentences_that_no_rule_was_made_from_are_judged_as_was_measured(
    table: str, asked: float
) -> None:
    rows = read(table)
    right = [kind for kind, text in rows if is_caught(kind, text) is table.endswith("caught")]
    assert len(right) >= asked * len(rows)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("it was human error", "human error"),
        ("Ben should have known", "should have known"),
        ("at 14:02 Chen forgot the limit", "Chen forgot"),
        ("It was @lee\u2019s mistake.", "@lee\u2019s mistake"),
        ("the human-readable error page", ""),
        ("default settings", ""),
    ],
)
def test_words_of_blame_are_quoted_as_they_stand(text: str, words: str) -> None:
    assert blame_in(text, PEOPLE) == words


def test_only_names_that_the_incident_knows_are_people() -> None:
    assert blame_in("Marlow forgot the header", ["Marlow"])
    assert not blame_in("Marlow forgot the header", ["ana"])


def test_the_first_sentence_that_blames_is_quoted_from_a_long_text() -> None:
    text = "The pool ran empty.\nNobody was paged. Then Ben forgot the flag; it was dana's fault."
    assert blame_in(text, PEOPLE) == "Ben forgot"


def test_whatever_a_rule_finds_holds_one_of_the_signs_that_it_is_looked_for_by() -> None:
    sentences = [
        line.rpartition("\t")[2].lower()
        for table in SENTENCES.glob("*.tsv")
        for line in table.read_text(encoding="utf-8").splitlines()
    ]
    for signs, pattern in JUDGEMENTS:
        matches = filter(re.compile(pattern, re.IGNORECASE).search, sentences)
        missed = [one for one in matches if not any(sign in one for sign in signs.split())]
        assert not missed, (pattern, missed)


def test_whatever_a_rule_about_people_finds_holds_a_word_that_it_is_said_to_need() -> None:
    sentences = [
        marked(line.rpartition("\t")[2], PEOPLE)
        for table in SENTENCES.glob("*.tsv")
        for line in table.read_text(encoding="utf-8").splitlines()
    ]
    rules = [rule for rule in RULES if not rule.signs and rule.words]
    assert len(rules) > 60
    for rule in thorough(rules, one_in=6):
        for sentence in filter(re.compile(rule.pattern, re.IGNORECASE).search, sentences):
            assert any(word in sentence.lower() for word in rule.words), rule


def test_a_rule_about_people_is_looked_at_where_people_and_a_word_that_it_needs_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(NEEDED, crc32(b"a("), "sloppy")
    rules = SignedRules([Signed("", "a(")])  # which cannot be compiled
    assert not any(map(rules.search, ("we retry", "a sloppy retry", "the pool ran empty")))
    assert not rules.may_find("a sloppy retry")
    assert rules.may_find("we retry sloppily, a sloppy retry")
    with pytest.raises(re.error):
        rules.search("we made a sloppy retry")


def test_a_rule_with_signs_is_looked_at_where_a_word_that_it_needs_is_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(NEEDED, crc32(b"a("), "sloppy")
    rules = SignedRules([Signed("vendor", "a(")])  # which cannot be compiled
    assert not any(map(rules.search, ("the vendor called", "a sloppy retry")))
    with pytest.raises(re.error):
        rules.search("a Sloppy retry of the vendor")


def test_a_sign_that_is_a_whole_word_is_none_within_another() -> None:
    rules = SignedRules([Signed("=po", "a(")])  # which cannot be compiled
    assert not any(
        map(rules.search, ("pod-7 restarted", "the report", "pool empty at the endpoint"))
    )
    for text in ("the PO knew", "the po's idea", "a PO-led push"):
        with pytest.raises(re.error):
            rules.search(text)


def test_a_sentence_without_a_sign_is_looked_at_with_no_rule() -> None:
    rules = SignedRules([Signed("sloppy", "a("), Signed("", "b(")])  # neither can be compiled
    assert not any(rules.search(text) for text in ("error rate at 5 %", "pod-7 restarted"))
    with pytest.raises(re.error):
        rules.search("a sloppy retry")
    with pytest.raises(re.error):
        rules.search("we retry")
