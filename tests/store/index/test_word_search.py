"""Words in an index: forms, phrases and beginnings are found, the best first, and nothing else."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_tui.domain.values.search_query import Term
from incident_tui.store.index.memory_index import MemoryIndex
from incident_tui.store.index.tables import Known, Row, keep
from incident_tui.store.index.word_search import Sought, find

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
    found, _ = made.read(lambda connection: find(connection, Sought(words("flour")), None))
    assert [match.incident for match in found] == ["a", "b", "c"]
    assert found == sorted(found, key=lambda match: match.place)


def test_only_the_best_are_given_and_all_are_counted() -> None:
    found, total = index().read(lambda connection: find(connection, Sought(words("pool")), 1))
    assert (len(found), total) == (1, 3)


@given(st.text(min_size=1), st.booleans())
def test_no_word_is_an_operator(text: str, prefix: bool) -> None:
    texts(Sought([Term(text, prefix), Term("pool")]))
