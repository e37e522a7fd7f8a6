"""Exit code 5: who holds the lock is named only where it is one of ours, and is still there."""

import errno
import fcntl
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.support.paths import ROOT

FOREIGN = """
import fcntl, sys
lock = open(sys.argv[1])
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
"""
OURS = """
import sys
from pathlib import Path
from incident_tui.store.log.lock import locked
path = Path(sys.argv[1])
def hold():
    with locked(path, guards=path, wait=5):
        print("held", flush=True)
        sys.stdin.readline()
hold()
"""
PROC = pytest.mark.skipif(not Path("/proc/locks").exists(), reason="asks the kernel in /proc")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident_tui.store.home.Home.file.__kwdefaults__", {"wait": 0.05})


@pytest.fixture
def incident(terminal: Terminal) -> str:
    return terminal.declared()


def lock_of(terminal: Terminal, incident: str) -> Path:
    return terminal.home / ".incident-tui" / "locks" / f"{incident}.lock"


@contextmanager
def lock_holder(command: Sequence[str], *, cwd: Path = ROOT) -> Iterator[int]:
    """A process that says when it holds the lock, and lets go at the end."""
    with subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder.pid
        holder.kill()


@PROC
def test_one_of_ours_is_named(terminal: Terminal, incident: str, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "incident-tui"
    program.parent.mkdir()
    program.write_text(OURS)
    lock = str(lock_of(terminal, incident))
    with lock_holder([sys.executable, str(program), lock]) as pid:
        done = terminal.run("log", "a fact")
    assert done.exit_code == 5
    assert f"process {pid} " in done.stderr


@pytest.mark.parametrize("note", ["dead", "reused", "garbage", "none"])
def test_another_program_is_not_named_whatever_is_noted_beside_the_lock(
    terminal: Terminal, incident: str, note: str
) -> None:
    """The path of the lock in its command line does not make it one of ours."""
    with subprocess.Popen(["true"]) as ended:
        pass
    with subprocess.Popen(["sleep", "600"]) as bystander:
        noted = {"dead": str(ended.pid), "reused": str(bystander.pid), "garbage": "\x1b[2J"}
        lock = lock_of(terminal, incident)
        if note in noted:
            lock.with_suffix(".pid").write_text(noted[note])
        with lock_holder([sys.executable, "-c", FOREIGN, str(lock)]) as pid:
            done = terminal.run("log", "a fact")
        bystander.kill()
    assert done.exit_code == 5
    for number in (pid, ended.pid, bystander.pid):
        assert f"process {number}" not in done.stderr
    assert "by another program" in done.stderr
    assert "\x1b" not in done.stderr
    assert "nothing of it was recorded" in done.stderr


def test_a_file_system_without_locks_is_told_in_a_line(
    terminal: Terminal, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: object, operation: int) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", fail)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = terminal.run("log", "a fact")
    assert done.exit_code == 1
    assert "knows no locks" in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert "Warning" not in done.stderr
    assert "Traceback" not in done.stderr
