"""`incident-tui export` at the keyboard: what goes to standard output, and what is said beside."""

import json

import pytest

from tests.cli.conftest import Terminal
from tests.service.secrets.test_texts import GITHUB


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("md", "# No bread"),
        ("csv", '"number","id"'),
        ("html", "<!DOCTYPE html>"),
        ("json", "{"),
    ],
)
def test_each_form_goes_to_standard_output(terminal: Terminal, form: str, start: str) -> None:
    terminal.declared("No bread")
    assert start in terminal.ok("export", "--format", form)[:200]


def test_json_is_what_show_prints(terminal: Terminal) -> None:
    terminal.declared("No bread")
    shown = terminal.json("show")
    exported = json.loads(terminal.ok("export", "--format", "json"))
    assert exported.keys() == shown.keys()
    assert exported["timeline"] == shown["timeline"]


def test_a_suspected_secret_refuses_with_what_can_be_done(terminal: Terminal) -> None:
    terminal.declared("No bread")
    terminal.ok("log", f"token {GITHUB}")
    done = terminal.run("export")
    assert done.exit_code == 3
    assert "/redact 2 WHY" in done.stdout
    assert "/keep-secret 2 WHY" in done.stdout
    assert GITHUB not in done.output


def test_who_is_about_to_hand_on_need_to_know_details_is_told(terminal: Terminal) -> None:
    terminal.declared("Leak", "--protected")
    terminal.ok("log", "acme is affected")
    assert "--shared withholds them" in terminal.run("export").stderr
    shared = terminal.run("export", "--shared")
    assert "acme" not in shared.stdout
    assert "withheld" in shared.stderr


def test_an_unknown_form_is_a_mistake(terminal: Terminal) -> None:
    terminal.declared()
    assert terminal.run("export", "--format", "pdf").exit_code == 2


@pytest.fixture
def approved(terminal: Terminal) -> Terminal:
    """An incident that was resolved elsewhere, and recorded afterwards."""
    (terminal.home.parent / "old.md").write_text(
        "# Old\n\n## Timeline\n\n- 2026-11-01 10:00 ana restarts db-7\n"
    )
    terminal.ok("import", str(terminal.home.parent / "old.md"), "--over")
    terminal.ok("log", "-i", "old", "/impact users ana and everybody behind 10.0.0.3")
    return terminal


def test_a_public_text_is_printed_to_whoever_names_what_they_read(approved: Terminal) -> None:
    first = approved.run("export", "old", "--audience", "public")
    assert first.exit_code == 3
    assert "10.0.0.3" in first.stderr
    (line,) = [line for line in first.stdout.splitlines() if "--looked-at" in line]
    words = line.split()[1:]
    printed = approved.ok(*words)
    assert "A colleague and everybody behind (an address)" in printed
    assert "<!DOCTYPE html>" in approved.ok(*[w.replace("md", "html") for w in words])
    kept = approved.run("export", "old", "--audience", "public", "--keep", "10.0.0.3")
    (line,) = [line for line in kept.stdout.splitlines() if "--looked-at" in line]
    assert "everybody behind 10.0.0.3" in approved.ok(*line.split()[1:])
    approved.ok("log", "-i", "old", "/public apology We are sorry.")
    again = approved.run(*words)
    assert again.exit_code == 3
    assert "another one" in again.stderr
    assert "We are sorry" not in again.stdout


def test_nothing_is_published_before_the_process_allows_it(terminal: Terminal) -> None:
    terminal.declared("No bread")
    done = terminal.run("export", "--audience", "public")
    assert done.exit_code == 3
    assert "users are still affected" in done.stderr
    assert "/update …" in done.stdout


def test_those_who_decide_get_one_page(terminal: Terminal) -> None:
    terminal.declared("No bread")
    assert terminal.ok("export", "--audience", "executive").startswith("# No bread")
    assert terminal.run("export", "--audience", "executive", "--format", "csv").exit_code == 2
    assert terminal.run("export", "--keep", "x").exit_code == 2


def test_a_home_becomes_a_folder_to_browse(terminal: Terminal) -> None:
    terminal.declared("No bread")
    done = terminal.run("export", "--all", "site")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{terminal.cwd / 'site' / 'index.html'}: 1 incident\n"
    terminal.ok("log", f"token {GITHUB}")
    done = terminal.run("export", "--all", "site")
    assert done.exit_code == 3
    assert "/redact 2 WHY" in done.stderr
    assert terminal.run("export", "bread", "--all", "site").exit_code == 2
