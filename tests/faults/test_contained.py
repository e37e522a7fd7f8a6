"""Commands that hang, eat memory or die are told, and take nothing else with them."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.faults import contained
from tests.faults.contained import Done, run_contained
from tests.faults.ground import Ground

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

Command = Callable[[Ground, Sequence[str]], Done]


def works(ground: Ground, words: Sequence[str]) -> Done:
    return Done(list(words), 3, "out", "err")


def fails(ground: Ground, words: Sequence[str]) -> Done:
    raise KeyError("x")


def leaves(ground: Ground, words: Sequence[str]) -> Done:
    raise SystemExit(9)


def dies(ground: Ground, words: Sequence[str]) -> Done:
    os._exit(1)


def hangs(ground: Ground, words: Sequence[str]) -> Done:
    time.sleep(60)
    return works(ground, words)


def reads_without_end(ground: Ground, words: Sequence[str]) -> Done:
    Path("/dev/zero").read_bytes()
    return works(ground, words)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (works, [Done(["list"], 3, "out", "err"), Done(["verify"], 3, "out", "err")]),
        (fails, [Done([word], -1, "", "", "KeyError: 'x'") for word in ("list", "verify")]),
        (leaves, [Done([word], -1, "", "", "SystemExit: 9") for word in ("list", "verify")]),
        (dies, "it died"),
        (hangs, "it hung for 1 s"),
    ],
)
def test_what_became_of_commands_is_told(
    command: Command, answer: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(contained, "run_here", command)
    monkeypatch.setattr(contained, "SECONDS", 1.0)
    assert run_contained(Ground(tmp_path), ["list"], ["verify"]) == answer


@pytest.mark.slow
def test_a_command_that_reads_without_end_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(contained, "run_here", reads_without_end)
    monkeypatch.setattr(contained, "MEMORY", 100 * 1024**2)
    done = run_contained(Ground(tmp_path), ["list"])
    assert not isinstance(done, str)
    assert done[0].raised.startswith("MemoryError")
