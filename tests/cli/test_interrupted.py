"""A first reading of many logs, stopped in a terminal: it ends quietly, and is gone on with."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.instruments.ground import Ground, prepared
from benchmarks.instruments.measure import Sizes
from benchmarks.instruments.terminal import QUIT, Terminal
from benchmarks.instruments.thousands import make_thousands
from incident_tui.store.home import INCIDENT

pytestmark = pytest.mark.xdist_group("interrupted")  # the home is made once

INCIDENTS, ENTRIES = 500, 60
INTERRUPT = b"\x03"
READ = re.compile(rb"(\d+) of (\d+) logs read")


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with prepared(Sizes()) as made:
        yield made


def home_of_many(ground: Ground, name: str) -> Path:
    """A home without an index; none of its incidents goes on, and each is old enough to be kept."""
    home = make_thousands(ground, name, INCIDENTS + 1, ENTRIES)
    going_on = next(home.glob("*-0"))
    going_on.rename(ground.folder / f"{name}-aside")
    newest = max(path.stat().st_ctime for path in home.glob(f"*/{INCIDENT}"))
    time.sleep(max(0.0, newest + 2.1 - time.time()))
    return home


def stopped(ground: Ground, home: Path, words: list[str], key: bytes) -> tuple[int, bytes]:
    """The exit code of what is stopped by a key in the middle of its reading; what it wrote."""
    command = [*ground.program, "--home", str(home), *words]
    with Terminal(command, env=ground.env, cwd=ground.folder) as one:
        one.seconds_until(f"100 of {INCIDENTS} logs read")
        one.press(key)
        return one.exit_code(), bytes(one.written)


def left_to_read(ground: Ground, home: Path) -> int:
    """How many logs the next command has to read; it goes through."""
    command = [*ground.program, "--home", str(home), "list", "--all"]
    with Terminal(command, env=ground.env, cwd=ground.folder) as one:
        assert one.exit_code() == 0
        match = READ.search(one.written)
        return int(match[2]) if match else 0


def test_a_command_ends_with_130_and_what_it_read_is_kept(ground: Ground) -> None:
    home = home_of_many(ground, "command")
    code, written = stopped(ground, home, ["list"], INTERRUPT)
    assert code == 130, written.decode()
    assert b"Stopped at" in written
    assert b"Traceback" not in written
    assert left_to_read(ground, home) <= INCIDENTS - 100


def test_a_console_that_is_left_keeps_what_it_read(ground: Ground) -> None:
    home = home_of_many(ground, "console")
    code, written = stopped(ground, home, [], QUIT)
    assert code == 0
    assert b"Traceback" not in written
    assert left_to_read(ground, home) <= INCIDENTS - 100
