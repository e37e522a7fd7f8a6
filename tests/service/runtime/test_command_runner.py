"""One command: its output as it comes, the end of it kept, and how it ended."""

import os
import sys
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.service.runtime.command_runner import KEPT_BYTES, Ran, run_command


def run(code: str, tmp_path: Path, **more: object) -> Ran:
    seconds = more.get("seconds")
    assert seconds is None or isinstance(seconds, int | float)
    return run_command(
        [sys.executable, "-c", code], cwd=tmp_path, env={"LANG": "C.UTF-8"}, seconds=seconds
    )


def test_what_it_writes_is_passed_on_and_kept(tmp_path: Path) -> None:
    echoed: list[bytes] = []
    ran = run_command(
        [sys.executable, "-c", "print('up')"],
        cwd=tmp_path, env={}, seconds=None, echo=echoed.append,
    )  # fmt: skip
    assert (ran.exit_code, ran.output, b"".join(echoed)) == (0, b"up\n", b"up\n")


def test_of_a_long_output_the_end_is_kept(tmp_path: Path) -> None:
    ran = run(f"print('x' * {2 * KEPT_BYTES}); print('the end')", tmp_path)
    assert ran.cut
    assert len(ran.output) == KEPT_BYTES
    assert ran.output.endswith(b"the end\n")


def test_it_reads_nothing(tmp_path: Path) -> None:
    assert run("import sys; print(len(sys.stdin.read()))", tmp_path).output == b"0\n"


def test_only_the_given_environment_reaches_it(tmp_path: Path) -> None:
    os.environ["LEAK"] = "yes"
    try:
        ran = run("import os; print(os.environ.get('LEAK'))", tmp_path)
    finally:
        del os.environ["LEAK"]
    assert ran.output == b"None\n"


def test_a_signal_that_ended_it_is_told_as_shells_do(tmp_path: Path) -> None:
    assert run("import os; os.kill(os.getpid(), 15)", tmp_path).exit_code == 143


def test_it_is_stopped_at_its_limit(tmp_path: Path) -> None:
    ran = run("import time; print('on', flush=True); time.sleep(60)", tmp_path, seconds=1)
    assert (ran.exit_code, ran.output) == (None, b"on\n")


def test_what_it_left_in_a_session_of_its_own_is_not_waited_for_beyond_the_limit(
    tmp_path: Path,
) -> None:
    leaves = "print('hi', flush=True); os.fork() or (os.setsid(), time.sleep(20))"
    ran = run(f"import os, time; {leaves}", tmp_path, seconds=3)
    assert (ran.exit_code, ran.output) == (0, b"hi\n")


@pytest.mark.parametrize("word", ["no-such-command", "", "a\0b", "/", "../../x", "-rf"])
def test_what_cannot_be_started_is_refused(word: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be run"):
        run_command([word], cwd=tmp_path, env={}, seconds=None)
