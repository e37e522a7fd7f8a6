"""`incident-tui similar`, `standards` and `search` at the keyboard."""

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def two(terminal: Terminal) -> Terminal:
    for title in ("Checkout returns 5xx", "Checkout is slow"):
        incident = terminal.declared(title)
        terminal.ok("log", "-i", incident, "/factor detection nobody watched the pool")
        terminal.ok("log", "-i", incident, "+ alert on pool usage owner:ben class:detect")
    return terminal


def test_what_is_alike_is_told_with_what_is_unfinished(two: Terminal) -> None:
    page = two.ok("similar", "slow")
    assert page.startswith("Checkout returns 5xx (no severity, active, 2026-11-20)")
    assert "alike in words: checkout" in page
    assert "unfinished: alert on pool usage (ben, open)" in page


def test_it_is_data_for_scripts(two: Terminal) -> None:
    (one, other) = two.json("similar", "--words", "checkout pool")
    assert {one["title"], other["title"]} == {"Checkout returns 5xx", "Checkout is slow"}
    assert one["unfinished"][0]["owner"] == "ben"
    assert two.json("similar", "--words", "zebra") == []


def test_nothing_alike_is_no_failure(two: Terminal) -> None:
    done = two.run("similar", "--words", "zebra")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No earlier incident is like it." in done.stderr


def test_words_without_quotation_marks_are_told_how_to_stand(two: Terminal) -> None:
    done = two.run("similar", "--words", "leaked", "credentials")
    assert done.exit_code == 2
    assert '--words "leaked credentials"' in done.stderr


def test_what_has_one_word_of_several_in_common_is_told_as_such(two: Terminal) -> None:
    assert "alike in words: pool, and nothing else" in two.ok("similar", "--words", "zebra pool")
    assert [one["faint"] for one in two.json("similar", "--words", "zebra pool")] == [True, True]


def test_a_script_is_told_which_entries_hold_all_words(two: Terminal) -> None:
    assert {hit["all_words"] for hit in two.json("search", "nobody", "pool")} == {True}
    assert {hit["all_words"] for hit in two.json("search", "zebra", "pool")} == {False}


def test_what_recurs_comes_with_the_line_that_marks_it_as_fed(two: Terminal) -> None:
    page = two.ok("standards")
    line = next(text for text in page.splitlines() if "/feed observability layer:" in text)
    assert "layer:detection  in 2 incidents" in page
    incident = line.split()[3]
    two.ok("log", "-i", incident, "/feed observability layer:detection OBS-12")
    assert "→ observability: OBS-12" in two.ok("standards")
    standards = {one["recurrence"]: one for one in two.json("standards")}
    assert standards["layer:detection"]["fed"][0]["text"] == "OBS-12"
    assert "layer:detection" not in two.ok("standards", "--open")


def test_where_nothing_recurs_it_says_so(terminal: Terminal) -> None:
    assert "Nothing recurs in 2 incidents yet." in terminal.run("standards").stderr


def test_what_is_near_is_told_where_no_entry_holds_all_words(two: Terminal) -> None:
    page = two.ok("search", "pool", "5xx")
    assert "No entry holds all of these words; incidents that hold some of them" in page
    assert "nobody watched the pool" in page
