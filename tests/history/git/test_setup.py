"""A clone that was set up merges two copies of an incident; other settings stay as they are."""

from pathlib import Path

import pytest

from incident_tui.history.git.runner import GitUnavailableError
from incident_tui.history.git.setup import LINES, set_up_merges
from tests.history.sandbox import Sandbox


def attributes(sandbox: Sandbox) -> Path:
    return sandbox.top / ".gitattributes"


def merge_of(sandbox: Sandbox, path: str) -> str:
    """Which driver git takes for a path."""
    return sandbox.git("check-attr", "merge", "--", path).strip().rpartition(": ")[2]


@pytest.mark.parametrize(
    ("path", "driver"),
    [
        ("2026-11-20-x/incident.json", "incident-log"),
        ("2026-11-20-x/README.md", "incident-page"),
        ("2026-11-20-x/artifacts/1-brief.md", "incident-page"),
        ("2026-11-20-x/updates/2-initial.md", "incident-page"),
        ("2026-11-20-x/playbook.toml", "unspecified"),
        ("2026-11-20-x/evidence/notes.md", "unspecified"),
        ("README.md", "unspecified"),
        ("code/deep/README.md", "unspecified"),
    ],
)
def test_the_log_and_its_pages_have_a_driver_and_nothing_else_has(
    sandbox: Sandbox, path: str, driver: str
) -> None:
    set_up_merges(sandbox.open(), sandbox.top, "incident-tui")
    assert merge_of(sandbox, path) == driver


def test_the_clone_knows_what_to_call(sandbox: Sandbox) -> None:
    set_up_merges(sandbox.open(), sandbox.top, "'/odd path/python' -m incident_tui")
    for driver in ("incident-log", "incident-page"):
        called = sandbox.git("config", f"merge.{driver}.driver").strip()
        assert called == "'/odd path/python' -m incident_tui merge-log %O %A %B %P"


def test_other_lines_of_the_attributes_stay_and_a_second_time_changes_nothing(
    sandbox: Sandbox,
) -> None:
    attributes(sandbox).write_bytes(b"*.png binary\n# caf\xe9")
    assert set_up_merges(sandbox.open(), sandbox.top, "incident-tui")
    once = attributes(sandbox).read_bytes()
    assert once.startswith(b"*.png binary\n# caf\xe9\n")
    assert once.decode(errors="replace").splitlines()[-len(LINES) :] == list(LINES)
    assert not set_up_merges(sandbox.open(), sandbox.top, "incident-tui")
    assert attributes(sandbox).read_bytes() == once


def test_a_configuration_that_cannot_be_written_is_told(sandbox: Sandbox) -> None:
    (sandbox.top / ".git" / "config.lock").touch()
    with pytest.raises(GitUnavailableError, match="lock"):
        set_up_merges(sandbox.open(), sandbox.top, "incident-tui")


def test_nothing_outside_is_written_where_a_clone_brings_a_link_for_the_attributes(
    sandbox: Sandbox,
) -> None:
    mine = sandbox.base / "bashrc"
    mine.write_text("mine\n")
    attributes(sandbox).symlink_to(mine)
    with pytest.raises(OSError, match=r"\.gitattributes"):
        set_up_merges(sandbox.open(), sandbox.top, "incident-tui")
    assert mine.read_text() == "mine\n"


def test_the_users_own_git_keeps_the_bytes_of_an_incident_where_others_are_filtered(
    sandbox: Sandbox,
) -> None:
    set_up_merges(sandbox.open(), sandbox.top, "incident-tui")
    with attributes(sandbox).open("r+") as file:
        lines = file.read()
        file.seek(0)
        file.write(f"*.json filter=up text eol=crlf\n{lines}")
    sandbox.git("config", "filter.up.clean", "tr a-z A-Z")
    (sandbox.top / "code").mkdir()
    (sandbox.top / "code" / "x.json").write_text("x")
    sandbox.git("add", "--all")
    path = f"{sandbox.folder.name}/incident.json"
    assert sandbox.git("show", f":{path}") == '{"entries": 1}\n'
    assert sandbox.git("show", ":code/x.json") == "X"
