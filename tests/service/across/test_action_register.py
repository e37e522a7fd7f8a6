"""The register: every action item of a home, and what earlier incidents owe."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.service import Declaration
from incident_tui.service.across.action_register import (
    Register,
    as_flag,
    debts,
    register,
)
from incident_tui.service.across.distinctive_words import distinctive_words
from tests.service.conftest import Bench

DAY = timedelta(days=1)


def promised(bench: Bench, title: str, *lines: str) -> str:
    session = bench.declared(title)
    for text in lines:
        session.enter(sure(parse(text)))
    return session.id


def test_the_overdue_come_first_then_those_due_next_and_the_settled_last(bench: Bench) -> None:
    promised(
        bench,
        "Checkout returns 5xx",
        "+ no day yet",
        "+ due later due:4w",
        "+ settled due:1w",
        "/act 3 verify seen on the graph",
        "+ overdue a little due:2w",
    )
    promised(bench, "Search is slow", "+ overdue for long due:1w", "+ due next due:3w")
    bench.clock.now += 15 * DAY
    assert [item.text for item in register(bench.service).items] == [
        "overdue for long",
        "overdue a little",
        "due next",
        "due later",
        "no day yet",
        "settled",
    ]


def test_an_item_is_told_with_everything_that_is_known_of_it(bench: Bench) -> None:
    incident = promised(
        bench,
        "Checkout returns 5xx",
        "/factor detection no alert on pool usage",
        "+ alert on pool usage owner:ana due:1w class:detect prio:P1 verify:paged term:short "
        "ref:OPS-7 factor:1",
        "/act 1 done merged in #812",
    )
    (item,) = register(bench.service).items
    assert (item.incident, item.title, item.number) == (incident, "Checkout returns 5xx", 1)
    assert (item.owner, item.action_class, item.priority) == ("ana", "detect", "P1")
    assert (item.verify, item.term, item.ref) == ("paged", "short", "OPS-7")
    assert item.factor == "no alert on pool usage"
    assert (item.status, item.outcome) == ("done", "merged in #812")


@pytest.mark.parametrize(
    ("step", "status", "settled"),
    [
        ("", "open", False),
        ("/act 1 done", "done", False),
        ("/act 1 verify seen", "verified", True),
        ("/act 1 drop not needed", "dropped", True),
        ("/act 1 hand-over PLAT-3", "handed over", True),
    ],
)
def test_done_and_verified_are_two_things(
    bench: Bench, step: str, status: str, settled: bool
) -> None:
    promised(bench, "Checkout", "+ alert", *([step] if step else []))
    (item,) = register(bench.service).items
    assert (item.status, item.settled) == (status, settled)


def test_an_incident_that_cannot_be_read_is_told_and_hides_no_other(bench: Bench) -> None:
    promised(bench, "Fine", "+ alert")
    broken = promised(bench, "Broken", "+ lost")
    (bench.home.folder(broken) / "incident.json").write_text("{")
    actions = register(bench.service)
    assert [item.text for item in actions.items] == ["alert"]
    assert [one.incident for one in actions.unread] == [broken]
    assert actions.unread[0].problem


def test_a_home_without_incidents_has_an_empty_register(bench: Bench) -> None:
    assert register(bench.service) == Register((), ())


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_folder_that_is_closed_to_us_hides_no_other(bench: Bench) -> None:
    promised(bench, "Open to all", "+ alert")
    closed = bench.home.folder(promised(bench, "Closed", "+ secret"))
    closed.chmod(0)
    try:
        assert [item.text for item in register(bench.service).items] == ["alert"]
    finally:
        closed.chmod(0o700)


def test_what_lies_in_the_home_beside_incidents_is_none(bench: Bench) -> None:
    promised(bench, "Checkout", "+ alert")
    Path(bench.home.path / "notes").mkdir()
    (bench.home.path / "notes.txt").write_text("nothing")
    assert len(register(bench.service).items) == 1


@pytest.mark.parametrize(
    ("title", "others", "expected"),
    [
        ("Checkout is down", ["Checkout returns 5xx"], ["Checkout returns 5xx"]),
        ("CHECKOUT again", ["checkout returns 5xx"], ["checkout returns 5xx"]),
        ("Search is slow", ["Checkout returns 5xx"], []),
        ("Search returns errors", ["Checkout returns errors"], []),  # everyday words only
        (
            "Checkout 5xx in eu-west",
            ["Login 5xx", "Checkout 5xx in us-east", "Payments eu-west checkout 5xx"],
            ["Payments eu-west checkout 5xx", "Checkout 5xx in us-east", "Login 5xx"],
        ),
        ("", ["Checkout returns 5xx"], []),
    ],
)
def test_debts_are_overdue_items_of_incidents_with_the_same_words(
    bench: Bench, title: str, others: list[str], expected: list[str]
) -> None:
    for other in others:
        promised(bench, other, "+ alert due:1w", "+ later due:8w")
    bench.clock.now += 10 * DAY
    assert [item.title for item in debts(register(bench.service), title)] == expected


def test_an_incident_owes_nothing_to_itself_and_drills_owe_nothing(bench: Bench) -> None:
    own = promised(bench, "Checkout returns 5xx", "+ alert due:1w")
    bench.clock.now += 10 * DAY
    assert debts(register(bench.service, besides=own), "Checkout") == []
    assert len(debts(register(bench.service), "Checkout")) == 1
    drill = bench.service.declare(Declaration("Checkout game day", drill=True))
    drill.enter("+ practise the rollback with ben due:1d")
    bench.clock.now += 10 * DAY
    assert {item.incident for item in register(bench.service).overdue} == {own, drill.id}
    assert [item.incident for item in debts(register(bench.service), "Checkout")] == [own]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Checkout returns 5xx in eu-west", {"checkout", "5xx", "eu-west"}),
        ("the error is slow", set()),
        ("[/] ✗ …", set()),
    ],
)
def test_distinctive_words_leave_out_what_any_title_says(title: str, words: set[str]) -> None:
    assert distinctive_words(title) == words


def test_the_red_flag_names_the_closest_debt_and_counts_the_rest(bench: Bench) -> None:
    incident = promised(bench, "Checkout 5xx", "+ alert on pools due:1w", "+ canary due:1w")
    bench.clock.now += 10 * DAY
    owed = debts(register(bench.service), "Checkout")
    (raised,) = as_flag(owed).values()
    assert "alert on pools" in raised.text
    assert incident in raised.text
    assert "1 more" in raised.text
    assert raised.since == owed[0].due
    assert as_flag([]) == {}
