"""`verify` on the command line; what it finds is in tests/service/test_verifying.py."""

import json

from tests.cli.conftest import Terminal


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
