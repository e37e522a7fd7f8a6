"""How the console ends when it does not end by itself: on terminals of its own, as users start it.

What it is worth is seen at the next start: the words that were not sent are there.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.instruments.terminal import Terminal
from incident_tui.screens.terminal.notifications import GIVE_TITLE_BACK, KEEP_TITLE
from incident_tui.screens.terminal.terminal_driver import TerminalDriver
from tests.faults.ground import PROGRAM, ROOT, Ground
from tests.faults.victim import Victim
from tests.support.patience import wait_until
from tests.support.thorough import thorough

HALF = "the pool is nearly"
MODES_OFF = (
    "?1049l", "?25h", "?1000l", "?1003l", "?1006l", "?2004l", "?1004l", "?7h", "<u",
)  # fmt: skip
"""Alternate screen, cursor, mouse, pasting, focus, wrapping, keyboard."""
ENDING = (signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")]


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an incident that is committed."""
    ground = Ground(tmp_path_factory.mktemp("declared"))
    ground.declare()
    return ground.home


@pytest.fixture
def ground(tmp_path: Path, declared: Path) -> Ground:
    ground = Ground(tmp_path / "ground")
    shutil.copytree(declared, ground.home)
    return ground


@contextmanager
def console(ground: Ground, command: Sequence[str] = PROGRAM) -> Iterator[Terminal]:
    """The console on a terminal of its own, the war room shown."""
    with Terminal(command, env=ground.env, cwd=ground.base) as terminal:
        terminal.seconds_until("›")
        yield terminal


def type_half(terminal: Terminal) -> None:
    """Words that are not sent, and are kept by nothing but the way out."""
    terminal.seconds_until("›")
    since = terminal.press(HALF.encode())
    terminal.seconds_until(HALF[-6:], since=since)


def expect_kept(ground: Ground) -> None:
    """It is among what the next start reads."""
    files = (path for folder in ground.state_folders for path in folder.rglob("*"))
    assert any(HALF.encode() in path.read_bytes() for path in files if path.is_file())


@pytest.mark.parametrize("number", thorough(ENDING, one_in=3))  # hang-ups: below
def test_a_signal_to_end_leaves_the_terminal_as_it_was_and_keeps_what_was_typed(
    ground: Ground, number: signal.Signals
) -> None:
    with Terminal(PROGRAM, env=ground.env, cwd=ground.base) as terminal:
        before = terminal.modes()
        type_half(terminal)
        assert terminal.modes() != before
        shown = len(terminal.written)
        terminal.signal(number)
        assert terminal.exit_code() == 128 + number
        last = terminal.written[shown:].decode()
        assert [mode for mode in MODES_OFF if f"\x1b[{mode}" not in last] == []
        assert terminal.modes() == before
        assert "Traceback" not in last
        first = terminal.written[:shown].decode()
        assert first.index(KEEP_TITLE) < first.index("\x1b]2;no severity · ")
        assert GIVE_TITLE_BACK in last
    expect_kept(ground)


def test_what_is_to_be_ignored_ends_nothing_and_a_signal_ends_an_open_dialog_as_well(
    ground: Ground, tmp_path: Path
) -> None:
    """`nohup` means it, as long as there is a terminal; ctrl+c asks how to quit.

    Errors are kept in a file, and there is none.
    """
    kept = tmp_path / "errors.log"
    command = ["sh", "-c", f"trap '' HUP; exec \"$@\" 2>{kept}", "sh", *PROGRAM]
    with console(ground, command) as terminal:
        terminal.press(b"\x03")
        terminal.signal(signal.SIGHUP)
        since = terminal.press(b"still here")
        terminal.seconds_until("here", since=since)
        assert not terminal.ended
        since = terminal.press(b"\x1bOP")  # F1
        terminal.seconds_until("Keys", since=since)
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == 128 + signal.SIGTERM
        assert b"\x1b[?1049l" in terminal.written
    assert kept.read_bytes() == b""


def test_a_console_whose_terminal_is_gone_ends_and_keeps_what_was_typed(ground: Ground) -> None:
    with Terminal(PROGRAM, env=ground.env, cwd=ground.base) as terminal:
        type_half(terminal)
        terminal.hang_up()
        assert terminal.exit_code() == 128 + signal.SIGHUP
    expect_kept(ground)
    with Victim(ground) as again:
        again.until(HALF)


@pytest.mark.parametrize("wrapper", ["make", "sh", "ignoring"])
def test_it_ends_too_where_something_else_keeps_the_hang_up_to_itself(
    ground: Ground, tmp_path: Path, wrapper: str
) -> None:
    """Only the leader of the session is told by the system; `nohup` has it told to nobody."""
    with Terminal(_wrapped(wrapper), env=ground.env, cwd=ground.base) as terminal:
        type_half(terminal)
        terminal.hang_up()
        terminal.exit_code()
        expect_nobody(terminal.pid)
    expect_kept(ground)


def expect_nobody(group: int) -> None:
    """The console itself is over as well, and not only what had started it."""

    def over() -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    wait_until(over, "the console is over")


def _wrapped(wrapper: str) -> list[str]:
    started = " ".join(PROGRAM)
    if wrapper == "make":
        if shutil.which("make") is None:
            pytest.skip("needs make")
        venv = Path(sys.prefix)
        if not (venv / "bin" / "incident-tui").exists():
            pytest.skip("needs the program to be installed where the tests are")
        built = f"{venv}/.installed"
        return ["make", "-C", str(ROOT), "-o", built, f"VENV={venv}", "run"]
    if wrapper == "sh":
        return ["sh", "-c", f"trap : HUP; {started}; exit 0"]
    return ["sh", "-c", f"trap '' HUP; {started}; exit 0"]


async def test_a_signal_to_stop_is_answered_between_two_turns_of_the_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may come amid a write, whose lock is needed for leaving the terminal."""
    done: list[str] = []
    driver = TerminalDriver.__new__(TerminalDriver)
    driver._loop, driver._auto_restart = asyncio.get_running_loop(), True
    monkeypatch.setattr(driver, "suspend_application_mode", lambda: done.append("left"))
    monkeypatch.setattr(os, "kill", lambda pid, number: done.append(signal.Signals(number).name))
    driver._sigtstp_application()
    assert done == []
    await asyncio.sleep(0)
    assert done == ["left", "SIGSTOP"]


def test_a_stopped_console_that_is_ended_by_the_shell_does_not_stop_again(ground: Ground) -> None:
    """A shell sends SIGTERM and then has the job go on; the terminal is the shell's meanwhile."""
    with console(ground) as terminal:
        terminal.signal(signal.SIGTSTP)
        terminal.seconds_until("\x1b[?1049l", since=terminal.started_at)
        os.waitid(os.P_PID, terminal.pid, os.WSTOPPED | os.WNOWAIT)
        terminal.signal(signal.SIGTERM)
        terminal.signal(signal.SIGCONT)
        assert terminal.exit_code() == 128 + signal.SIGTERM
        assert terminal.written.count(b"\x1b[?1049h") == 1


EDIT = ("\x1b2", "j", "\r", "\x1be")
"""To the stage, to its second field, into its form, and from there into the outside editor."""


@pytest.fixture
def lent(ground: Ground) -> Iterator[Terminal]:
    """A console whose terminal an outside editor has, until there is a file `done`."""
    ground.env["EDITOR"] = "sh -c 'echo EDITING; until test -e done; do sleep 0.1; done'"
    with console(ground) as terminal:
        for key in EDIT[:-1]:
            since = terminal.press(key.encode())
            terminal.seconds_until("\x1b[", since=since)
            terminal.rest(silent_for=0.3, at_most=5)
        since = terminal.press(EDIT[-1].encode())
        terminal.seconds_until("EDITING", since=since)
        yield terminal


def test_an_outside_editor_is_waited_for_before_a_signal_ends_the_console(
    ground: Ground, lent: Terminal
) -> None:
    """The terminal is the editor's meanwhile, and its text is taken over."""
    lent.signal(signal.SIGTERM)
    (ground.base / "done").touch()
    assert lent.exit_code() == 128 + signal.SIGTERM
    assert lent.written.rindex(b"\x1b[?1049l") > lent.written.rindex(b"EDITING")


def test_an_outside_editor_keeps_no_console_whose_terminal_is_gone(
    ground: Ground, lent: Terminal
) -> None:
    lent.hang_up()
    assert lent.exit_code() == 128 + signal.SIGHUP
    (ground.base / "done").touch()


STUCK = """
import sys, time
from incident_tui import __main__, app
from incident_tui.screens.terminal import terminal_driver
terminal_driver.GRACE_SECONDS = 0.2
app.IncidentApp._quit = lambda self, code: time.sleep(600)
sys.argv = ["incident-tui"]
__main__.main()
"""


def test_a_console_that_cannot_leave_by_itself_leaves_the_terminal_as_it_was_all_the_same(
    ground: Ground,
) -> None:
    with Terminal((sys.executable, "-c", STUCK), env=ground.env, cwd=ground.base) as terminal:
        before = terminal.modes()
        terminal.seconds_until("›")
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == 128 + signal.SIGTERM
        assert terminal.modes() == before
        assert b"\x1b[?1049l" in terminal.written
