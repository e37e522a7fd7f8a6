"""The doctor on broken machines: it names what is wrong, and its command mends it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from incident_tui.cli import Outside, root
from tests.support.git import IDENTITY, git
from tests.support.paths import ROOT
from tests.support.world import Clock, make_world

BASH = shutil.which("bash") or "bash"
PYTHON = f"{sys.executable} -m incident_tui"
Examined = tuple[int, dict[str, dict[str, Any]]]


@dataclass
class Box:
    """A machine of one's own: a home folder, an environment, and a shell to type into."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = self.base / "incidents"
        self.home.mkdir()
        (self.base / ".gitconfig").write_text(IDENTITY)
        self.env = {
            "HOME": str(self.base),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "INCIDENT_TUI_HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(self.base),
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
        }

    def shell(self, line: str) -> subprocess.CompletedProcess[str]:
        """Type a line into bash."""
        return subprocess.run(
            [BASH, "-c", line],
            cwd=self.base,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def examined(self) -> Examined:
        """The exit code of the doctor and its findings by their check."""
        world = make_world(self.base, Clock(), self.env)
        outside = Outside(world, lambda: self.base / "data", lambda *_: 0)
        done = CliRunner().invoke(root, ["doctor", "--json"], obj=outside, catch_exceptions=False)
        return _read(done.exit_code, done.stdout)

    def examined_after(self, line: str) -> Examined:
        """The same, by the program that is started in the shell in which that line was typed."""
        done = self.shell(f"{line}\n{PYTHON} doctor --json")
        assert done.stdout, done.stderr
        return _read(done.returncode, done.stdout)


def _read(code: int, stdout: str) -> Examined:
    answer = json.loads(stdout)
    assert answer["ok"] is (code == 0)
    return code, {each["check"]: each for each in answer["findings"]}


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def no_utf_8(box: Box) -> Iterator[str]:
    box.env["LC_ALL"] = "C"
    yield "characters"


def no_colours(box: Box) -> Iterator[str]:
    box.env["NO_COLOR"] = "1"
    yield "colours"


def no_clipboard(box: Box) -> Iterator[str]:
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux here")
    socket = box.base / "tmux"
    tmux = ["tmux", "-f", os.devnull, "-S", str(socket)]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], env=box.env, check=True)
    box.env |= {"TMUX": f"{socket},0,0", "TERM": "screen-256color"}
    try:
        yield "clipboard"
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)


def no_identity(box: Box) -> Iterator[str]:
    (box.base / ".gitconfig").unlink()
    yield "identity"


def read_only_home(box: Box) -> Iterator[str]:
    if os.geteuid():
        box.home.chmod(0o555)
        yield "home"
        box.home.chmod(0o755)
        return
    # Nothing but this keeps root from writing.
    if subprocess.run(["chattr", "+i", str(box.home)], capture_output=True, check=False).returncode:
        pytest.skip("as root it needs chattr, and a file system that has it")
    yield "home"
    subprocess.run(["chattr", "-i", str(box.home)], check=True)


def old_git(box: Box) -> Iterator[str]:
    before = box.base / "bin"
    before.mkdir()
    (before / "git").write_text("#!/bin/sh\necho git version 2.17.1\n")
    (before / "git").chmod(0o755)
    box.env["PATH"] = f"{before}:{box.env['PATH']}"
    yield "git"


def stale_lock(box: Box) -> Iterator[str]:
    git("init", "--quiet", cwd=box.home, env=box.env)
    lock = box.home / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (1_000_000_000, 1_000_000_000))
    yield "repository"


def wrong_term(box: Box) -> Iterator[str]:
    box.env["TERM"] = "xterm-of-nobody"
    yield "terminal"


SET_UPS = (
    no_utf_8,
    no_colours,
    no_clipboard,
    no_identity,
    read_only_home,
    old_git,
    stale_lock,
    wrong_term,
)


@pytest.fixture(params=SET_UPS, ids=[each.__name__ for each in SET_UPS])
def broken(request: pytest.FixtureRequest, box: Box) -> Iterator[str]:
    """The check that something is wrong with in that box."""
    yield from request.param(box)


def test_each_broken_set_up_is_named_and_its_command_mends_it(box: Box, broken: str) -> None:
    code, findings = box.examined()
    wrong = findings[broken]
    assert code == 1
    assert wrong["state"] in ("warning", "problem")
    assert wrong["what"]
    assert wrong["cost"]
    _, mended = box.examined_after(wrong["mend"])
    assert mended[broken]["state"] in ("well", "note"), mended[broken]


def test_a_machine_that_is_set_up_has_nothing_to_mend(box: Box) -> None:
    code, findings = box.examined()
    assert code == 0
    assert {
        "versions", "terminal", "characters", "colours", "clipboard", "git", "identity", "home",
        "locks",
    } <= findings.keys()  # fmt: skip


def test_a_path_with_folders_where_nobody_may_look_ends_nothing(box: Box) -> None:
    """As of whoever became another user. Looking into a name this long fails for root as well."""
    box.env["PATH"] = f"/{'x' * 300}:{box.env['PATH']}"
    box.env["TERMINFO"] = f"/{'x' * 300}"
    code, findings = box.examined()
    assert (code, findings["git"]["state"]) == (0, "well")


def test_a_terminal_that_one_has_described_oneself_is_known(box: Box) -> None:
    own = box.base / ".terminfo" / "x"
    own.mkdir(parents=True)
    box.env |= {"TERM": "xterm-of-mine-256color", "TERMINFO_DIRS": "/nowhere:"}
    assert "which this machine cannot describe" in box.examined()[1]["terminal"]["what"]
    (own / "xterm-of-mine-256color").touch()
    assert box.examined()[1]["terminal"]["state"] in ("well", "note")


def test_commits_that_are_signed_everywhere_else_are_a_note(box: Box) -> None:
    code, findings = box.examined_after("git config --global commit.gpgsign true")
    assert (code, findings["signing"]["state"]) == (0, "note")
    (box.home / "incident-tui.toml").write_text("[git]\nsign = true\n")
    assert "signing" not in box.examined()[1]


def test_a_finding_stands_over_what_it_costs_and_the_command(box: Box) -> None:
    box.env["NO_COLOR"] = "1"
    done = box.shell(f"{PYTHON} doctor")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("colours"))
    assert "warning" in lines[at]
    assert lines[at + 1].startswith("    severity")
    assert lines[at + 2] == "    $ unset NO_COLOR"
    assert done.stderr == "1 finding to mend.\n"


def test_the_doctor_changes_nothing(box: Box) -> None:
    def everything() -> set[Path]:
        return {path for path in box.base.rglob("*") if "__pycache__" not in path.parts}

    box.home.rmdir()
    before = everything()
    box.examined()
    assert everything() == before


@pytest.mark.parametrize(
    "where", ["incidents/incident-tui.toml", ".config/incident-tui/config.toml"]
)
def test_settings_that_cannot_be_read_are_a_finding_and_end_nothing(box: Box, where: str) -> None:
    path = box.base / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("me = [")
    code, findings = box.examined()
    assert code == 1
    assert str(path) in findings["settings"]["what"]
    assert findings["settings"]["mend"] == f"${{EDITOR:-vi}} {path}"


@pytest.mark.parametrize(
    ("keys", "state", "what"),
    [
        ('[keys]\nroom.zoom = "shift+f9"\n', "well", "as "),
        ('[keys]\nroom.zom = "f9"\n', "warning", "room.zom: there is no such action; did you mean"),
    ],
)
def test_keys_of_the_user_are_looked_at(box: Box, keys: str, state: str, what: str) -> None:
    path = box.base / ".config" / "incident-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(keys)
    _, findings = box.examined_after("true")
    assert findings["keys"]["state"] == state
    assert findings["keys"]["what"].startswith(what)


def test_a_process_that_keeps_the_lock_of_an_incident_is_named_and_can_be_ended(box: Box) -> None:
    assert box.shell(f"{PYTHON} declare 'Checkout 5xx'").returncode == 0
    (folder,) = (path.parent for path in box.home.glob("*/incident.json"))
    lock = box.home / ".incident-tui" / "locks" / f"{folder.name}.lock"
    hold = (
        "import fcntl, sys, time, incident_tui\n"
        f"file = open({str(lock)!r}, 'a'); fcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('held', flush=True); time.sleep(60)\n"
    )
    words = [sys.executable, "-c", hold]
    with subprocess.Popen(words, env=box.env, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            code, findings = box.examined()
            assert code == 1
            assert folder.name in findings["locks"]["what"]
            box.shell(findings["locks"]["mend"])
            holder.wait(timeout=30)
        finally:
            holder.kill()
    assert box.examined()[1]["locks"]["state"] == "well"


def test_a_home_that_is_a_link_to_nothing_is_a_problem(box: Box) -> None:
    box.home.rmdir()
    box.home.symlink_to(box.base / "gone")
    code, findings = box.examined()
    assert (code, findings["home"]["state"]) == (1, "problem")
    assert str(box.home) in findings["home"]["what"]


def test_where_the_program_keeps_no_name_the_name_of_whoever_types_is_enough(box: Box) -> None:
    """Commits are made under that name, so this is a note."""
    (box.base / ".gitconfig").unlink()
    box.env["INCIDENT_TUI_ME"] = "ana"
    code, findings = box.examined()
    assert (code, findings["identity"]["state"]) == (0, "note")
    assert "ana" in findings["identity"]["what"]
