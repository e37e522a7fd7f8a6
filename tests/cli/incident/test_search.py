"""`incident-tui search` at the keyboard."""

from tests.cli.conftest import Terminal


def test_it_prints_the_entries_newest_first(terminal: Terminal) -> None:
    first = terminal.declared("No bread")
    terminal.ok("log", "the oven is cold")
    second = terminal.declared("No rolls")
    terminal.ok("log", "-i", second, "oven cold again")
    lines = terminal.ok("search", "oven", "cold").splitlines()
    assert [line.split()[0] for line in lines] == [second, first]
    assert lines[1].endswith("fact  the oven is cold")


def test_as_json(terminal: Terminal) -> None:
    incident = terminal.declared("No bread")
    terminal.ok("log", "the oven is cold src:panel")
    (hit,) = terminal.json("search", "panel")
    assert hit == {
        "incident": incident,
        "title": "No bread",
        "number": 2,
        "id": hit["id"],
        "at": "2026-11-20T14:14:00Z",
        "kind": "fact",
        "actor": "ana",
        "text": "the oven is cold",
        "source": "panel",
        "retracted": False,
        "all_words": True,
    }


def test_nothing_found_is_no_failure(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("search", "nonesuch")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No entry" in done.stderr
    assert terminal.json("search", "nonesuch") == []


def test_protected_incidents_only_on_demand(terminal: Terminal) -> None:
    terminal.declared("Leak", "--protected")
    assert terminal.json("search", "leak") == []
    assert len(terminal.json("search", "leak", "--protected")) == 1


def test_no_word_is_a_mistake(terminal: Terminal) -> None:
    assert terminal.run("search", " ").exit_code == 2
    assert terminal.run("search").exit_code == 2
