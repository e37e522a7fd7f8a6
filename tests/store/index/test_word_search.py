"""Words in an index: forms, phrases and beginnings are found, the best first, and nothing else."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.values.search_query import Term, ways_to_say
from incident_tui.store.index.memory_index import MemoryIndex
from incident_tui.store.index.tables import Known, Row, keep
from incident_tui.store.index.word_search import Sought, find, find_likely

TEXTS = {
    "one": ("the connection pool is exhausted", "retries fail, and fail again", "pool pool pool"),
    "two": ("a pool for connections", "naïve retry"),
}


def index() -> MemoryIndex:
    made = MemoryIndex()
    for name, texts in TEXTS.items():
        rows = [
            Row(f"{name}{number}", number, 1000 * number, False, text, "", "Ana Ops", "fact")
            for number, text in enumerate(texts, 1)
        ]

        made.write(partial(keep, known=Known(name, b"", 0, b"", b"", rows)))
    return made


def texts(sought: Sought, limit: int | None = None) -> list[str]:
    matches, _ = index().read(lambda connection: find(connection, sought, limit))
    return [match.row.text for match in matches]


def words(*given: str) -> Sequence[Term]:
    return [Term(word.rstrip("*"), word.endswith("*")) for word in given]


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        (Sought(words("exhausting")), {"the connection pool is exhausted"}),
        (Sought(words("connection pool")), {"the connection pool is exhausted"}),
        (Sought(words("connect*", "pool")), {TEXTS["one"][0], TEXTS["two"][0]}),
        (Sought(words("naive")), {"naïve retry"}),
        (Sought(words("fail"), since=2000), {"retries fail, and fail again"}),
        (Sought(words("fail"), until=1999), set()),
        (Sought(words("pool"), incidents=["two"]), {"a pool for connections"}),
        (Sought(words("pool"), incidents=[]), set()),
        (Sought(columns=[("actor", ["ana"])], incidents=["two"]), set(TEXTS["two"])),
        (Sought(columns=[("kind", ["decision", "ana"])]), set()),
        (Sought(incidents=["two"]), set(TEXTS["two"])),
    ],
)
def test_what_is_sought_is_found(sought: Sought, expected: set[str]) -> None:
    assert set(texts(sought)) == expected


def test_the_entry_that_says_it_most_comes_first() -> None:
    assert texts(Sought(words("pool")))[0] == "pool pool pool"


@given(st.permutations(["a", "b", "c"]))
def test_equals_come_in_the_same_order_whichever_log_was_read_first(order: list[str]) -> None:
    made = MemoryIndex()
    for name in order:
        row = Row(name, 1, 1000, False, "flour is short", "", "Ana Ops", "fact")
        made.write(partial(keep, known=Known(name, b"", 0, b"", b"", [row])))
    matches, _ = made.read(lambda connection: find(connection, Sought(words("flour")), None))
    assert [match.incident for match in matches] == ["a", "b", "c"]
    assert matches == sorted(matches, key=lambda match: match.place)


def made_of(**rows: Sequence[Row]) -> MemoryIndex:
    made = MemoryIndex()
    for name, each in rows.items():
        made.write(partial(keep, known=Known(name, b"", 0, b"", b"", each)))
    return made


def fact(number: int, text: str, weight: float = 1.0, source: str = "") -> Row:
    return Row(f"e{number}", number, 1000 + number, False, text, source, "Ana Ops", "fact", weight)


HEAVY = made_of(
    cause=[fact(1, "the pool is too small", 2.0), fact(2, "nothing else is known of it")],
    fact=[fact(1, "the pool is too small"), fact(2, "nothing else is known of it")],
    source=[fact(1, "the oven is too small", source="pool"), fact(2, "and that is all of it")],
)


def test_a_word_counts_more_where_it_tells_more() -> None:
    matches, _ = HEAVY.read(lambda connection: find(connection, Sought(words("pool")), None))
    assert [match.incident for match in matches] == ["cause", "fact", "source"]


def likely(index: MemoryIndex, *terms: str) -> list[str]:
    ways = [ways_to_say(term) for term in words(*terms)]
    scores = index.read(lambda connection: find_likely(connection, Sought(), ways))
    return sorted(scores, key=lambda name: -scores[name].score)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"cause": [fact(1, "pool", 2.0)], "fact": [fact(1, "pool")]}, ["cause", "fact"]),
        (
            {"often": [fact(1, "pool"), fact(2, "pool")], "once": [fact(1, "pool"), fact(2, "")]},
            ["often", "once"],
        ),
        (
            {"short": [fact(1, "pool")], "long": [fact(n, "pool" * (n < 2)) for n in (1, 2, 3)]},
            ["short", "long"],
        ),
    ],
)  # fmt: skip
def test_an_incident_that_says_it_weightily_often_or_briefly_is_likelier(
    rows: dict[str, Sequence[Row]], expected: list[str]
) -> None:
    others = {f"other{number}": [fact(1, "nothing")] for number in range(5)}
    assert likely(made_of(**rows, **others), "pool") == expected


def test_an_incident_is_as_likely_as_its_words_are_together() -> None:
    made = made_of(both=[fact(1, "pool leak")], one=[fact(1, "pool")], none=[fact(1, "disk")])

    def score(*terms: str) -> float:
        ways = [ways_to_say(term) for term in words(*terms)]
        return made.read(lambda connection: find_likely(connection, Sought(), ways))["both"].score

    assert score("pool", "leak") == pytest.approx(score("pool") + score("leak"))


def test_words_of_one_family_are_found_behind_the_word_itself() -> None:
    made = made_of(
        own=[fact(1, "the expiry of a certificate")],
        family=[fact(1, "the certificate expired")],
        **{f"stranger{number}": [fact(1, "an experiment")] for number in range(20)},
    )
    assert likely(made, "expiry") == ["own", "family"]


def test_words_that_mean_the_same_are_found_behind_the_word_itself() -> None:
    made = made_of(
        meaning=[fact(1, "the password was exposed")],
        own=[fact(1, "the credentials leaked")],
        stranger=[fact(1, "the disk is full")],
    )
    assert likely(made, "leak", "credential") == ["own", "meaning"]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("expiry", "expir"),
        ("expiration", "expir"),
        ("Recovery", "Recov"),
        ("resolution", "resol"),
        ("consumption", "consum"),
        ("station", ""),  # too little would be left of it
        ("certificate", ""),
        ("10.0.0.1", ""),
        ("retry storm", ""),
    ],
)
def test_the_family_of_a_word_is_told_by_its_beginning(word: str, root: str) -> None:
    beginnings = [way for way in ways_to_say(Term(word)) if way.prefix]
    assert beginnings == ([Term(root, prefix=True)] if root else [])


def test_only_the_best_are_given_and_all_are_counted() -> None:
    matches, total = index().read(lambda connection: find(connection, Sought(words("pool")), 1))
    assert (len(matches), total) == (1, 3)


@given(st.text(min_size=1), st.booleans())
def test_no_word_is_an_operator(text: str, prefix: bool) -> None:
    texts(Sought([Term(text, prefix), Term("pool")]))
