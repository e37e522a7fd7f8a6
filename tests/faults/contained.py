"""Commands in a process that may hang, eat memory or die, and takes nothing else with it.

It is forked from this one, which has the program loaded already: hundreds of them take seconds.
"""

import os
import resource
import select
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from click.testing import CliRunner

from incident_tui.cli import Outside, root
from incident_tui.service import World
from tests.faults.ground import Ground

SECONDS = 15.0
"""Within which a few commands end, also where the machine has much else to do."""
MEMORY = 700 * 1024**2
"""Bytes of address space that they may have beyond what the suite itself has."""


class Done(msgspec.Struct, frozen=True):
    """What one command ended with."""

    words: list[str]
    code: int
    out: str
    err: str
    raised: str = ""
    """The error that got out of it, which users see as a traceback."""


def run_here(ground: Ground, words: Sequence[str]) -> Done:
    """A command as a user types it, in this process; an exception in it is an exception here."""
    world = World(lambda: datetime.now(UTC), lambda: os.urandom(6).hex(), ground.env, ground.base)
    outside = Outside(world, lambda: ground.base, lambda *arguments: 0)
    done = CliRunner().invoke(root, list(words), obj=outside, catch_exceptions=False)
    return Done(list(words), done.exit_code, done.stdout, done.stderr)


def run_contained(ground: Ground, *commands: Sequence[str]) -> list[Done] | str:
    """What these commands ended with, or what became of the process that ran them."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        _run_all(writes, ground, commands)
    os.close(writes)
    try:
        answer = _read(reads)
    finally:
        os.close(reads)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if answer is None:
        return f"it hung for {SECONDS:.0f} s"
    try:
        return msgspec.json.decode(answer, type=list[Done])
    except msgspec.DecodeError:
        return "it died"


def _run_all(writes: int, ground: Ground, commands: Sequence[Sequence[str]]) -> None:
    """Never returns: what comes after it belongs to the other process."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        answer = msgspec.json.encode([_run_one(ground, words) for words in commands])
        with open(writes, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _run_one(ground: Ground, words: Sequence[str]) -> Done:
    try:
        return run_here(ground, words)
    except BaseException as error:  # whatever gets out of a command is what is looked for
        return Done(list(words), -1, "", "", f"{type(error).__name__}: {error}")


def _read(pipe: int) -> bytes | None:
    """All that is written into it; None where it was not closed in time."""
    end = time.monotonic() + SECONDS
    answer = b""
    while (left := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            part = os.read(pipe, 1 << 16)
            if not part:
                return answer
            answer += part
    return None
