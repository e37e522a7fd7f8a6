"""`incident-tui changes`: the list, its JSON that can be logged, and logs that are fed."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

DEPLOY = "2026-11-20T13:48Z checkout v42 deployed by ben 3f2a9cd1\n"


@pytest.fixture
def declared(terminal: Terminal) -> Terminal:
    assert terminal.run("declare", "Checkout answers 5xx").exit_code == 0
    return terminal


def test_a_fed_log_is_listed_with_the_line_that_records_each(declared: Terminal) -> None:
    done = declared.run("changes", "-", "--json", "--window", "2h", stdin=DEPLOY)
    assert done.exit_code == 0, done.output
    assert "1 change read from standard input and kept as evidence" in done.stderr
    [row] = json.loads(done.stdout)["changes"]
    assert row["recorded"] is None
    assert declared.run("log", row["suspect_line"]).exit_code == 0
    assert declared.run("log", row["hypothesis_line"]).exit_code == 0
    [again] = json.loads(declared.run("changes", "--json").stdout)["changes"]
    assert again["recorded"] == 3
    page = declared.run("changes").stdout
    assert "checkout v42 deployed by ben" in page
    assert "it reached production then" in page


def test_nothing_found_says_where_was_looked_and_what_helps(declared: Terminal) -> None:
    done = declared.run("changes")
    assert done.exit_code == 0
    assert "init --watch PATH" in done.stderr
    assert declared.run("changes", "-", stdin="no time\n").exit_code == 3
    assert declared.run("changes", "--window", "soon").exit_code == 2


def test_init_watches_repositories_seen_from_the_home(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, {"INCIDENT_TUI_HOME": ""})
    (terminal.cwd / ".git").mkdir()
    (terminal.base / "shop" / ".git").mkdir(parents=True)
    done = terminal.run("init", "--watch", "../shop")
    assert "../../shop is watched from now on" in done.stderr
    assert 'watch = ["../../shop"]' in (terminal.cwd / "incidents/incident-tui.toml").read_text()
    assert terminal.run("init", "--watch", "/nowhere-at-all").exit_code == 2
