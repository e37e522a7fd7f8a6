"""`incident-tui send`: an update goes to the user's own command, and to nothing unread."""

import json
import os
import re
from pathlib import Path

import pytest

from incident_tui.store.user_settings import UserSettings
from tests.cli.conftest import Terminal
from tests.service.secrets.test_texts import GITHUB

SCRIPT = "#!/bin/sh\ncat > \"$1\"\nprintf 'sent \\033[31m\\n'\n"


def configure(terminal: Terminal, *words: str, more: str = "") -> None:
    terminal.env["PATH"] = os.environ["PATH"]
    terminal.home.mkdir(exist_ok=True)
    text = f"[send]\ncommand = {json.dumps(words)}\n{more}"
    (terminal.home / "incident-tui.toml").write_text(text)


def script(terminal: Terminal) -> Path:
    path = terminal.home / "notify.sh"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SCRIPT)
    path.chmod(0o755)
    return path


@pytest.fixture
def posted(terminal: Terminal) -> Terminal:
    script(terminal)
    configure(terminal, "./notify.sh", str(terminal.base / "out"), 'a "b" $(c)')
    incident = terminal.declared("Checkout returns 5xx")
    terminal.ok("log", "-i", incident, "/update We roll back; `$(touch pwned)` next:+30m")
    return terminal


def mark(terminal: Terminal) -> str:
    """The beginning of the hash that has to be read first."""
    done = terminal.run("send")
    assert done.exit_code == 3
    match = re.search(r"--yes ([0-9a-f]{12})", done.output)
    assert match is not None
    return match[1]


def test_it_is_shown_in_full_and_sends_nothing_until_it_is_trusted(posted: Terminal) -> None:
    printed = posted.run("send").stderr
    assert f"./notify.sh {posted.base / 'out'} 'a \"b\" $(c)'" in printed
    assert f"with {posted.home / 'notify.sh'}" in printed
    assert posted.run("send", "--yes", "0" * 12).exit_code == 3
    assert not (posted.base / "out").exists()
    assert "We roll back" in posted.ok("send", "--print")


def test_what_is_trusted_runs_reads_the_update_and_is_kept(posted: Terminal) -> None:
    printed = posted.ok("send", "--yes", mark(posted))
    assert "update 1 handed to notify.sh: exit code 0" in printed
    assert "We roll back; `$(touch pwned)`" in (posted.base / "out").read_text()
    kept = next(posted.home.rglob("evidence/send-1.txt")).read_text()
    assert "sent" in kept
    posted.ok("send")  # it is trusted from now on
    posted.ok("log", "/update We rolled back next:+30m")
    assert "update 1 handed to notify.sh" in posted.ok("send", "--update", "1")
    assert "We roll back" in (posted.base / "out").read_text()


@pytest.mark.parametrize("changed", ["script", "words"])
def test_whatever_changes_has_to_be_read_again(posted: Terminal, changed: str) -> None:
    posted.ok("send", "--yes", mark(posted))
    if changed == "script":
        (posted.home / "notify.sh").write_text(SCRIPT + "# more\n")
    else:
        configure(posted, "./notify.sh", str(posted.base / "elsewhere"))
    assert posted.run("send").exit_code == 3
    assert not (posted.base / "elsewhere").exists()


@pytest.mark.parametrize(
    "word",
    [
        "@notify.sh", "--config=notify.sh", "sh -c './notify.sh;true'", "-Knotify.sh",
        "text=<notify.sh;type=text/plain", "sh -c 'echo `cat notify.sh`'", "file:notify.sh",
        "--config=my notes/notify.sh", "cat 'my notes/notify.sh'", "{link}/notify.sh", "found.sh",
        "--config=" + "./" * 150 + "notify.sh",
    ],
)  # fmt: skip
def test_a_file_within_a_word_is_part_of_what_is_trusted(posted: Terminal, word: str) -> None:
    """However it is named: by an option, with blanks, through a link, or by the PATH."""
    link = posted.base / "link"
    link.symlink_to(posted.home)
    named = [posted.home / name for name in ("notify.sh", "my notes/notify.sh", "bin/found.sh")]
    for path in named:
        path.parent.mkdir(exist_ok=True)
        path.write_text(SCRIPT)
    configure(posted, "true", word.format(link=link))
    posted.env["PATH"] += f":{posted.home / 'bin'}"
    before = mark(posted)
    for path in named:
        path.write_text("other")
    assert mark(posted) != before


def test_a_word_that_can_be_the_name_of_no_file_is_just_a_word(posted: Terminal) -> None:
    configure(posted, "true", "配信済み" * 60)
    posted.ok("send", "--yes", mark(posted))


def test_a_command_that_hangs_is_stopped_and_recorded(posted: Terminal) -> None:
    configure(posted, "sleep", "60", more="seconds = 1\n")
    done = posted.run("send", "--yes", mark(posted))
    assert done.exit_code == 1
    assert "stopped at its time limit" in done.stdout
    assert "for you to see" in done.stderr


def test_an_address_in_the_command_stays_out_of_the_log(posted: Terminal) -> None:
    configure(posted, "echo", f"https://hooks.example.org/{GITHUB}")
    posted.run("send", "--yes", mark(posted))
    for path in posted.home.rglob("*"):
        if path.is_file() and path.name != "incident-tui.toml":
            assert GITHUB.encode() not in path.read_bytes()


def test_without_a_command_or_an_update_it_says_what_to_do(terminal: Terminal) -> None:
    terminal.declared("Checkout returns 5xx")
    assert "below [send]" in terminal.run("send").output
    configure(terminal, "cat")
    done = terminal.run("send")
    assert done.exit_code == 3
    assert "no update was posted yet" in done.stderr


def test_a_setting_made_later_stays_above_the_table(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[send]\ncommand = ["cat"]\n')
    settings = UserSettings(tmp_path)
    for name in ("ben", "ana"):
        settings.remember("me", name)
    assert settings.read().me == "ana"
    assert settings.read().send.command == ("cat",)
