"""Earlier incidents like one: why they are alike, what helped then, and what is unfinished."""

import pytest

from incident_tui.service import Declaration
from incident_tui.service.across.likeness import MOST_WORDS, Subject, similar, subject_of
from tests.service.conftest import Bench


@pytest.fixture
def past(bench: Bench) -> Bench:
    pool = bench.declared("Checkout returns 5xx in eu-west")
    for text in (
        "/impact services checkout, payments",
        "= 5xx 0.2 % -> 12 % src:pager",
        "? v42 exhausts the connection pool",
        '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
        "= 5xx 12 % -> 0.2 %",
        "/verify 1 the pool has room again",
        "+ alert on the connection pool owner:ben due:2w",
        "+ settled long ago",
        "/act 2 drop not needed",
    ):
        pool.enter(text)
    bench.declared("Mail is late").enter("the certificate of the relay has expired")
    bench.declared("Search is slow").enter("the shards are moved")
    return bench


def titles(bench: Bench, subject: Subject) -> list[str]:
    return [one.title for one in similar(bench.service, subject)]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Checkout is down", "Checkout returns 5xx in eu-west"),
        ("relay certificates expired", "Mail is late"),  # words of its log, in whatever form
        ("pool of connections is exhausted", "Checkout returns 5xx in eu-west"),
        ("shards", "Search is slow"),  # the only word that was asked for
        ("the error is slow", None),  # everyday words only
        ("it is being investigated, mitigated and resolved", None),  # as every incident is
        ("", None),
    ],
)
def test_the_most_alike_comes_first(past: Bench, title: str, first: str | None) -> None:
    assert titles(past, Subject(title))[:1] == ([first] if first else [])


@pytest.mark.parametrize(
    "named",
    [{"service": frozenset({"Payments"})}, {"signal": frozenset({"5xx"})}],
)
def test_services_and_signals_make_alike_without_a_word(
    past: Bench, named: dict[str, frozenset[str]]
) -> None:
    (one,) = similar(past.service, Subject("Nothing works", named))
    assert one.title.startswith("Checkout")
    (kind,) = named
    assert one.why[0].startswith(kind)


def test_it_comes_with_what_helped_and_what_is_unfinished(past: Bench) -> None:
    one = similar(past.service, Subject("checkout"))[0]
    assert one.helped == ("checkout back to v41",)
    assert [item.text for item in one.unfinished] == ["alert on the connection pool"]
    assert one.why == ("words: checkout",)


@pytest.mark.parametrize(
    ("line", "helped"),
    [
        ("@-1d > pool was lowered", ()),  # a suspect: it came before the start
        ("> pool was widened", ("pool was widened",)),
    ],
)
def test_a_change_from_before_the_start_is_not_what_helped(
    bench: Bench, line: str, helped: tuple[str, ...]
) -> None:
    bench.declared("Search is slow").enter(line)
    assert similar(bench.service, Subject("Search is slow"))[0].helped == helped


def test_of_many_words_those_are_looked_for_that_its_causes_have_in_common(past: Bench) -> None:
    session = past.declared("Nothing works")
    alphabet = " ".join(f"a{number}" for number in range(MOST_WORDS))
    session.enter(f"/factor control {alphabet} pool")
    session.enter("/factor detection nobody watched the pool")
    telling_words = subject_of(session.incident, session.id).telling_words
    assert len(telling_words) == MOST_WORDS
    assert telling_words.index("pool") < telling_words.index("nobody") < telling_words.index("a0")


def test_an_incident_is_not_like_itself(past: Bench) -> None:
    session = past.declared("Payments return 5xx")
    session.enter("/impact services payments")
    subject = subject_of(session.incident, session.id)
    assert titles(past, subject) == ["Checkout returns 5xx in eu-west"]


def test_what_is_protected_is_never_told_nor_what_was_none(past: Bench) -> None:
    leak = past.service.declare(Declaration("Zebra data leaked", protected=True))
    leak.enter("the zebra was seen")
    false = past.declared("Zebra probe broken")
    false.enter("/close false-positive nothing was wrong with the zebra")
    assert titles(past, Subject("zebra data")) == []
