"""`incident-tui playbook trust`: read whole, then trusted by its hash."""

from pathlib import Path

import pytest

from incident_tui.service.runtime.trust import hash_of, is_trusted
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import Home
from tests.cli.conftest import Terminal
from tests.support.playbooks.deliveries import PLAYBOOK

CHECK = '{ id = "proof", kind = "command", title = "it rises", command = ["true", "a b"] }'


@pytest.fixture
def file(terminal: Terminal) -> Path:
    path = terminal.cwd / "oven.toml"
    gate = f'review = "auto"\nchecks = [{CHECK}]\n# \x9b31m is shown, not obeyed\n'
    path.write_text(PLAYBOOK.replace('review = "none"\n', gate, 1), encoding="utf-8")
    return path


def trusted(terminal: Terminal, file: Path) -> bool:
    return is_trusted(Home(terminal.home, state_root(terminal.env)), file.read_bytes())


def test_it_shows_all_of_it_with_the_commands_and_trusts_nothing_yet(
    terminal: Terminal, file: Path
) -> None:
    done = terminal.run("playbook", "trust", "oven.toml")
    assert done.exit_code == 3
    for line in file.read_text("utf-8").splitlines():
        if line.isprintable():
            assert line.strip() in done.stdout
    assert "\x9b" not in done.output
    assert "    true 'a b'" in done.stderr
    assert f"--yes {hash_of(file.read_bytes())[:12]}" in done.stdout
    assert not trusted(terminal, file)


def test_the_hash_of_what_was_read_trusts_it(terminal: Terminal, file: Path) -> None:
    terminal.ok("playbook", "trust", "oven.toml", "--yes", hash_of(file.read_bytes()))
    assert trusted(terminal, file)


@pytest.mark.parametrize("given", ["0" * 64, "0", "yes"])
def test_another_hash_does_not(terminal: Terminal, file: Path, given: str) -> None:
    assert terminal.run("playbook", "trust", "oven.toml", "--yes", given).exit_code == 3
    assert not trusted(terminal, file)


def test_a_file_that_changed_since_it_was_read_is_not_trusted(
    terminal: Terminal, file: Path
) -> None:
    read = hash_of(file.read_bytes())
    file.write_bytes(file.read_bytes() + b"\n")
    assert terminal.run("playbook", "trust", "oven.toml", "--yes", read).exit_code == 3


def test_a_playbook_without_commands_needs_no_trust(terminal: Terminal) -> None:
    done = terminal.run("playbook", "trust", "war-room")
    assert done.exit_code == 1
    assert "runs no command" in done.stderr


def test_one_that_is_not_there_or_not_a_playbook_is_named(terminal: Terminal) -> None:
    (terminal.cwd / "x.toml").write_text("id = 1")
    assert terminal.run("playbook", "trust", "nonesuch").exit_code == 2
    assert terminal.run("playbook", "trust", "x.toml").exit_code == 2


def test_run_from_the_command_line_once_trusted(terminal: Terminal, file: Path) -> None:
    terminal.env["PATH"] = "/usr/bin:/bin"
    terminal.declared("No bread", "--playbook", "oven.toml")
    refused = terminal.run("log", "/run proof")
    assert refused.exit_code == 3
    assert "incident-tui playbook trust" in refused.stdout
    terminal.ok("playbook", "trust", "oven.toml", "--yes", hash_of(file.read_bytes()))
    terminal.ok("log", "/run proof")
    assert terminal.json("gate")["checks"][0]["state"] == "passed"


def test_a_link_among_the_playbooks_of_the_home_is_not_read(terminal: Terminal) -> None:
    """It may have come with a clone, and lead to a device that has no end."""
    terminal.declared()
    (terminal.home / "playbooks").mkdir()
    (terminal.home / "playbooks" / "endless.toml").symlink_to("/dev/zero")
    done = terminal.run("playbook", "trust", "endless")
    assert done.exit_code == 2
    assert "this is a link, not a file" in done.stderr
