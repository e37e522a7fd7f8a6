"""`incident-tui actions`: what all incidents promised, the overdue first."""

import json
from datetime import timedelta

from tests.cli.conftest import Terminal

FULL = (
    "+ alert on pool usage owner:ana due:1w class:detect prio:P1 term:short "
    'verify:"page fires in staging" factor:1'
)


def two_incidents(terminal: Terminal) -> tuple[str, str]:
    """One item is overdue, one is due later, one is done and not verified."""
    checkout = terminal.declared("Checkout returns 5xx")
    terminal.ok("log", "-i", checkout, "/factor detection no alert on pool usage", FULL)
    search = terminal.declared("Search is slow")
    terminal.ok("log", "-i", search, "+ index in two zones owner:ben due:4w", "+ cache due:4w")
    terminal.ok("log", "-i", search, "/act 2 done merged")
    terminal.clock.now += timedelta(days=10)
    return checkout, search


def test_every_item_of_every_incident_is_listed_the_overdue_first(terminal: Terminal) -> None:
    checkout, search = two_incidents(terminal)
    lines = terminal.ok("actions").splitlines()
    assert lines[0].startswith(f"{checkout} #1")
    for cell in ("overdue 2d 14h", "2026-11-27", "P1", "detect", "ana", "alert on pool usage"):
        assert cell in lines[0]
    text = "\n".join(lines)
    assert "seen when: page fires in staging" in text
    assert "answers: no alert on pool usage" in text
    assert "term: short" in text
    assert f"{search} #1" in text
    assert "done: merged" in text


def test_only_the_overdue_are_listed_on_demand(terminal: Terminal) -> None:
    two_incidents(terminal)
    assert [item["text"] for item in terminal.json("actions", "--overdue")] == [
        "alert on pool usage"
    ]


def test_programs_get_every_field(terminal: Terminal) -> None:
    checkout, _ = two_incidents(terminal)
    first, *others = terminal.json("actions")
    assert first == {
        "incident": checkout,
        "title": "Checkout returns 5xx",
        "kind": "incident",
        "protected": False,
        "number": 1,
        "text": "alert on pool usage",
        "owner": "ana",
        "due": first["due"],
        "overdue": True,
        "class": "detect",
        "priority": "P1",
        "status": "open",
        "verify": "page fires in staging",
        "outcome": "",
        "factor": "no alert on pool usage",
        "term": "short",
        "ref": "",
    }
    assert first["due"].startswith("2026-11-27T")
    assert [(item["status"], item["overdue"]) for item in others] == [
        ("open", False),
        ("done", False),
    ]


def test_where_nothing_is_owed_it_says_so_and_prints_no_data(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("actions")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "+ … owner:NAME" in done.stderr
    assert "No action item is overdue" in terminal.run("actions", "--overdue").stderr
    assert terminal.json("actions") == []


def test_an_incident_that_cannot_be_read_is_told_beside_the_data(terminal: Terminal) -> None:
    _, search = two_incidents(terminal)
    (terminal.folder(search) / "incident.json").write_text("{")
    done = terminal.run("actions", "--json")
    assert done.exit_code == 0
    assert [item["text"] for item in json.loads(done.stdout)] == ["alert on pool usage"]
    assert search in done.stderr


def test_a_home_in_which_nothing_can_be_read_is_a_failure(terminal: Terminal) -> None:
    incident = terminal.declared()
    (terminal.folder(incident) / "incident.json").write_text("{")
    done = terminal.run("actions")
    assert done.exit_code == 1
    assert "verify --all" in done.stderr


def test_words_of_users_are_only_text(terminal: Terminal) -> None:
    terminal.declared("Evil \x1b[31m title")
    terminal.ok("log", "+ \x1b]52;c;aGk=\x07 do it owner:\u202eana")
    printed = terminal.ok("actions")
    assert "\x1b" not in printed
    assert "\u202e" not in printed
