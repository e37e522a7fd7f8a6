"""`verify` on the command line; what it finds is in tests/service/upkeep/test_verification.py."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, service_of


@pytest.fixture
def waits(terminal: Terminal) -> tuple[str, Path]:
    """An incident with an entry that waits in the user's own state folder; that file."""
    incident = terminal.declared()
    service = service_of(terminal)
    session = service.open(incident)
    before = session.file.path.read_bytes()
    entries = session.enter("kept aside").entries
    session.file.path.write_bytes(before)
    return incident, service.aside(incident).append(entries)


def test_a_whole_incident_is_told_to_be_well(git_terminal: Terminal) -> None:
    incident = git_terminal.declared()
    assert git_terminal.ok("verify") == f"{incident}: all well\n"


def test_something_wrong_is_named_and_fails(git_terminal: Terminal) -> None:
    incident = git_terminal.declared()
    (git_terminal.folder(incident) / "timeline.md").write_text("rewritten by hand\n")
    done = git_terminal.run("verify")
    assert done.exit_code == 1
    assert "timeline.md differs" in done.stdout


def test_all_incidents_are_checked_and_told_as_data(terminal: Terminal) -> None:
    good = terminal.declared("Checkout 5xx")
    bad = terminal.declared("Search is slow")
    (terminal.folder(bad) / "playbook.toml").unlink()
    done = terminal.run("verify", "--all", "--json")
    assert done.exit_code == 1
    data = json.loads(done.stdout)
    assert data["ok"] is False
    verdicts = {each["id"]: each for each in data["incidents"]}
    assert verdicts[good]["ok"] is True
    wrong = [finding for finding in verdicts[bad]["findings"] if finding["wrong"]]
    assert [finding["about"] for finding in wrong] == ["playbook.toml"]


def test_an_empty_home_is_well(terminal: Terminal) -> None:
    assert terminal.run("verify", "--all").exit_code == 0


@pytest.mark.parametrize("words", [("verify",), ("verify", "--all")])
def test_an_entry_that_waits_outside_of_the_home_is_named(
    terminal: Terminal, waits: tuple[str, Path], words: tuple[str, ...]
) -> None:
    incident, path = waits
    done = terminal.run(*words)
    assert done.exit_code == 1
    assert f"1 entry waits in the side file {path}" in done.stdout
    assert f"incident-tui recover {incident}" in done.stdout


def test_the_list_names_it_beside_the_incidents_and_recover_adds_it(
    terminal: Terminal, waits: tuple[str, Path]
) -> None:
    incident, path = waits
    done = terminal.run("list")
    assert done.exit_code == 0
    assert f"{incident}: 1 entry waits in the side file {path}" in done.stderr
    assert str(path) not in done.stdout
    assert terminal.json("recover", incident)["from_aside"] == 1
    assert terminal.run("list").stderr == ""
    assert terminal.run("verify").exit_code == 0


@pytest.mark.parametrize("words", [("verify", "--all"), ("verify", "ID")])
def test_an_incident_whose_folder_is_gone_is_still_named(
    terminal: Terminal, waits: tuple[str, Path], words: tuple[str, ...]
) -> None:
    incident, path = waits
    shutil.rmtree(terminal.folder(incident))
    done = terminal.run(*(incident if word == "ID" else word for word in words))
    assert done.exit_code == 1
    assert str(path) in done.stdout
    assert "is not there" in done.stdout
    assert incident in terminal.run("list").stderr
