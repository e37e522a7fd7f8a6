"""Running one command: no shell, a time limit, the end of its output. What it is for is elsewhere.

The command reads what it is given, and everything that it started is stopped with it.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from tempfile import TemporaryFile
from threading import Event, Timer

import msgspec

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.text import clean_line

KEPT_BYTES = 256 * 1024
"""Bytes of output that are kept: the last ones say how it ended."""
_CHUNK = 64 * 1024
_LOOK = 0.1
"""Seconds after which a silent command is looked at again: whether its time is over."""


class Ran(msgspec.Struct, frozen=True):
    """How a command ended; `exit_code` is None where it was stopped at its limit.

    `output` is the end of what it wrote to both streams; `cut` says that there was more.
    """

    exit_code: int | None
    output: bytes
    cut: bool


def run_command(
    words: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    seconds: float | None,
    echo: Callable[[bytes], None] = lambda chunk: None,
    stdin: bytes = b"",
) -> Ran:
    """Run a command to its end, `echo`ing its output as it comes. It reads `stdin`.

    A command that a signal ended has the exit code that shells give it. Raises `Refused` when it
    cannot be started.
    """
    try:
        process = _started(words, cwd, env, stdin)
    except (OSError, ValueError) as error:
        text = error.strerror if isinstance(error, OSError) else str(error)
        raise Refused(f"{clean_line(words[0])!r} cannot be run: {text}") from error
    over = Event()
    ended: list[int | None] = []

    def stop() -> None:
        ended.append(process.poll())
        over.set()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    limit = Timer(seconds, stop) if seconds is not None else None
    if limit:
        limit.daemon = True
        limit.start()
    try:
        output, cut = _read(process, echo, over)
        code = process.wait()
    except BaseException:
        stop()
        process.wait()
        raise
    finally:
        if limit:
            limit.cancel()
    stopped = bool(ended) and ended[0] is None
    return Ran(None if stopped else code if code >= 0 else 128 - code, output, cut)


def _started(
    words: Sequence[str], cwd: Path, env: Mapping[str, str], stdin: bytes
) -> "subprocess.Popen[bytes]":
    # A file, and no pipe: a command that reads nothing cannot keep us waiting.
    with TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        return subprocess.Popen(
            list(words),
            cwd=cwd,
            env=dict(env),
            stdin=given if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that it can be stopped with all it has started
        )


def _read(
    process: "subprocess.Popen[bytes]", echo: Callable[[bytes], None], over: Event
) -> tuple[bytes, bool]:
    """The end of the output, up to where nobody writes any more or it is `over`.

    What the command left behind in a session of its own may hold the output open for hours.
    """
    assert process.stdout is not None
    kept, cut = b"", False
    with process.stdout as stream:
        while True:
            if not select([stream], [], [], _LOOK)[0]:
                if over.is_set():
                    break
                continue
            if not (chunk := os.read(stream.fileno(), _CHUNK)):
                break
            echo(chunk)
            kept += chunk
            if len(kept) > KEPT_BYTES:
                kept, cut = kept[-KEPT_BYTES:], True
    return kept, cut
