"""Searching: what holds every word, in all incidents, the best first, and nothing need-to-know."""

import pytest

from incident_tui.service import Declaration
from incident_tui.service.across.entry_search import SearchResult, search
from tests.service.conftest import Bench


@pytest.fixture
def shop(bench: Bench) -> Bench:
    first = bench.declared("No bread")
    first.enter("the Oven is cold src:thermometer")
    first.enter("! buy bread elsewhere")
    second = bench.declared("No rolls")
    second.enter("oven cold again")
    return bench


def texts(result: SearchResult) -> list[str]:
    return [hit.text for hit in result.hits]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["oven"], ["oven cold again", "the Oven is cold"]),
        (["cold", "OVEN"], ["oven cold again", "the Oven is cold"]),
        (["cold oven"], ["oven cold again", "the Oven is cold"]),
        (["thermometer"], ["the Oven is cold"]),
        (["decision", "bread"], ["buy bread elsewhere"]),
        (["oven", "bread"], []),
        (["[/oven]"], ["oven cold again", "the Oven is cold"]),
        (['"cold again"'], ["oven cold again"]),
        (['"again cold"'], []),
        (["therm*"], ["the Oven is cold"]),
        (["buying"], ["buy bread elsewhere"]),
        (["oven NOT cold"], []),
        (["kind:decision"], ["buy bread elsewhere"]),
        (
            ["cold", "person:ana", "since:2026-11-20T14:00Z"],
            ["oven cold again", "the Oven is cold"],
        ),
        (["cold", "person:ben"], []),
        (["cold", "until:2026-11-20T14:00Z"], []),
        (["cold", "state:active"], ["oven cold again", "the Oven is cold"]),
        (["cold", "state:closed"], []),
        (["cold", "severity:SEV1"], []),
        ([".*"], []),
        ([""], []),
    ],
)
def test_entries_with_every_word_the_best_first(
    shop: Bench, words: list[str], expected: list[str]
) -> None:
    assert texts(search(shop.service, words)) == expected


def test_what_was_amended_is_found_by_what_it_says_now(shop: Bench) -> None:
    session = shop.service.open("rolls")
    session.enter("/amend 2 the fuse is blown")
    assert {hit.number for hit in search(shop.service, ["fuse"]).hits} == {2, 3}


def test_a_retracted_entry_is_found_and_says_so(shop: Bench) -> None:
    shop.service.open("rolls").enter("/retract 2 wrong oven")
    hits = search(shop.service, ["oven", "cold"]).hits
    assert [(hit.text, hit.retracted) for hit in hits] == [
        ("oven cold again", True),
        ("the Oven is cold", False),
    ]


def test_need_to_know_is_found_only_on_demand(shop: Bench) -> None:
    shop.service.declare(Declaration("Leak", protected=True)).enter("oven of acme")
    session = shop.service.open("rolls")
    session.enter("acme oven was stolen")
    session.enter("/amend 3 acme oven was stolen by night")
    session.enter("/restrict 3 names a customer")
    session.enter("/legal acme may sue for the oven")
    assert texts(search(shop.service, ["acme"])) == []
    assert len(search(shop.service, ["acme"], protected=True).hits) == 4
    everything = search(shop.service, ["oven"], protected=True).hits
    assert len({(hit.incident, hit.number) for hit in everything}) == len(everything)


@pytest.mark.parametrize("word", ["acme", "customer", "brezhnova", "stolen"])
def test_neither_reasons_nor_quotations_nor_names_tell_what_is_restricted(
    shop: Bench, word: str
) -> None:
    session = shop.service.open("rolls")
    session.enter("acme oven was stolen by somebody")
    session.enter("/role operations brezhnova")
    session.enter("/restrict 3 names a customer, acme")
    session.enter("/restrict 4 names a person")
    session.enter("! tell them: acme oven was stolen by somebody")
    assert texts(search(shop.service, [word])) == []


def test_an_incident_that_cannot_be_read_is_named_and_hides_nothing(shop: Bench) -> None:
    (shop.service.open("rolls").folder / "incident.json").write_text("{")
    result = search(shop.service, ["oven"])
    assert texts(result) == ["the Oven is cold"]
    assert [name.partition("-no-")[2] for name, _ in result.unread] == ["rolls"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["oven", "bread"], ["rolls", "bread"]),
        (["bread", "not", "oven"], ["rolls", "bread"]),  # what any text says tells nothing
        (["oven"], []),
        (["nonesuch", "nothing"], []),
    ],
)
def test_where_no_entry_holds_all_words_the_incidents_with_most_of_them_are_told(
    shop: Bench, words: list[str], expected: list[str]
) -> None:
    result = search(shop.service, words)
    incidents = dict.fromkeys(hit.incident.partition("-no-")[2] for hit in result.nearby)
    assert sorted(incidents) == sorted(expected)
    if expected:
        assert next(iter(incidents)) == "bread"  # which holds both, in two entries


def test_filters_hold_for_what_is_nearby_too_and_tags_are_one(shop: Bench) -> None:
    shop.service.open("rolls").enter("/tag Heat")
    result = search(shop.service, ["oven", "bread", "tag:heat"])
    assert {hit.incident.partition("-no-")[2] for hit in result.nearby} == {"rolls"}
    assert search(shop.service, ["cold", "tag:nonesuch"]).hits == ()
