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
