"""How many terminals show a session of tmux, asked of a real one where there is one."""

import os
import pty
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from incident_tui.service import World
from incident_tui.service.runtime.shared_terminal import attached_clients, can_be_shared
from tests.support.patience import wait_until
from tests.support.world import Clock, make_world

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")


def world_of(base: Path, **env: str) -> World:
    return make_world(base, Clock(), {"PATH": os.environ["PATH"], **env})


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """The words that begin a command to a tmux of the test's own."""
    words = ["tmux", "-S", str(tmp_path / "socket"), "-f", os.devnull]
    subprocess.run([*words, "new-session", "-d", "-s", "s", "sleep", "600"], check=True)
    yield words
    subprocess.run([*words, "kill-server"], check=False)


def _are_attached(world: World, clients: int) -> bool:
    return len(attached_clients(world) or ()) == clients


def _all_shown(tmux: list[str], clients: int) -> bool:
    listed = subprocess.run([*tmux, "list-clients"], check=True, capture_output=True, text=True)
    return len(listed.stdout.splitlines()) == clients


@needs_tmux
def test_each_terminal_that_can_type_counts(tmp_path: Path, tmux: list[str]) -> None:
    answer = subprocess.run(
        [*tmux, "display-message", "-p", "-t", "s", "#{socket_path},#{pid},0 #{pane_id}"],
        check=True,
        capture_output=True,
        text=True,
    )
    server, pane = answer.stdout.split()
    world = world_of(tmp_path, TMUX=server, TMUX_PANE=pane)
    assert can_be_shared(world)
    assert attached_clients(world) == frozenset()
    known: set[str] = set()
    with ExitStack() as terminals:
        for clients, only_looks in ((1, []), (2, []), (2, ["-r"])):
            screen, terminal = pty.openpty()
            terminals.callback(os.close, screen)
            command = [*tmux, "attach", *only_looks]
            attached = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal)
            os.close(terminal)
            terminals.callback(attached.wait)
            terminals.callback(attached.kill)
            wait_until(partial(_all_shown, tmux, clients + len(only_looks)), "it is attached")
            wait_until(partial(_are_attached, world, clients), f"{clients} are attached")
            assert known <= (attached_clients(world) or set()), "each keeps its name"
            known |= attached_clients(world) or set()


@pytest.mark.parametrize(
    "env",
    [
        {"TMUX": "/nowhere/at/all,1,0", "TMUX_PANE": "%0"},
        {"TMUX": "/nowhere/at/all,1,0", "TMUX_PANE": "%0", "PATH": "/nowhere"},
    ],
)
def test_a_tmux_that_does_not_answer_tells_nothing(tmp_path: Path, env: dict[str, str]) -> None:
    assert attached_clients(world_of(tmp_path, **env)) is None


def test_outside_of_tmux_nobody_is_asked(tmp_path: Path) -> None:
    assert not can_be_shared(world_of(tmp_path))


@pytest.mark.parametrize(
    ("env", "shared"),
    [
        ({"TMUX": "/tmp/s,1,0", "TMUX_PANE": "%1"}, True),
        ({"TMUX": "/tmp/s,1,0"}, False),
        ({"TMUX_PANE": "%1"}, False),
        ({}, False),
    ],
)
def test_only_a_pane_of_tmux_can_be_shared(
    tmp_path: Path, env: dict[str, str], shared: bool
) -> None:
    assert can_be_shared(world_of(tmp_path, **env)) is shared
