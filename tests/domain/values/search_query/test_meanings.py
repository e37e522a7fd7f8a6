"""Words of one meaning: each leads to the others, in whatever form it is typed."""

import pytest

from incident_tui.domain.values.search_query import Term, ways_to_say
from incident_tui.domain.values.search_query.meanings import same_meaning, word_root


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("leaked", "exposed"),
        ("Leaks", "compromised"),
        ("exposing", "leak"),
        ("credentials", "password"),
        ("k8s", "kubernetes"),
        ("Deleted", "dropped"),
        ("full", "no space left"),
        ("packages", "dependency"),  # of two meanings
        ("packages", "artifact"),
    ],
)
def test_a_word_leads_to_those_that_mean_the_same(word: str, other: str) -> None:
    assert other in same_meaning(word)
    assert Term(other) in ways_to_say(Term(word))[1:]


@pytest.mark.parametrize("word", ["zebra", "new", "dn", "checkout", "resolved", ""])
def test_a_word_of_no_other_meaning_leads_nowhere(word: str) -> None:
    assert same_meaning(word) == ()


@pytest.mark.parametrize("word", ["leaked", "certificate", "reverted"])
def test_no_word_leads_to_itself(word: str) -> None:
    assert word_root(word) not in map(word_root, same_meaning(word))


def test_the_beginning_of_a_word_has_no_meaning_yet() -> None:
    assert ways_to_say(Term("leak", prefix=True)) == (Term("leak", prefix=True),)
