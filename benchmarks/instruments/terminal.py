"""A program in a pseudo-terminal of its own: started, watched for what it writes, typed into.

The terminal answers none of the program's questions, as a plain one would not. POSIX only. It is
here and not with the tests, because they lean on the benchmarks and these on nothing of theirs.
"""

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType
from typing import Self

COLUMNS = 120
LINES = 40
PATIENCE = 60.0
"""Seconds that a program has to show what is waited for."""
QUIT = b"\x11"  # ctrl+q


def _as_a_terminal_does() -> None:
    """In the process that is started: its terminal, and signals as every terminal hands them on.

    Whoever runs this may have been told to ignore them (nohup, `&` in a script): that is inherited.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """One program that is watched. Use as a context manager; leaving it ends the program.

    `written` is everything that the program wrote so far, as far as it was read.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        columns: int = COLUMNS,
    ) -> None:
        self.written = bytearray()
        master, slave = os.openpty()
        self._master: int | None = master
        self.resize(columns, LINES)
        self.started_at = perf_counter()
        self._process = subprocess.Popen(
            command,
            env=dict(env),
            cwd=cwd,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            # What the program starts can ask on /dev/tty then, as it could anywhere.
            preexec_fn=_as_a_terminal_does,
        )
        os.close(slave)

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether the program is over."""
        return self._process.poll() is not None

    def seconds_until(
        self, *markers: str, since: float | None = None, within: float = PATIENCE
    ) -> float:
        """Seconds from `since` (else from the start) until all markers have been written.

        Raises RuntimeError when the program ends before that, or takes longer than `within`.
        """
        wanted = [marker.encode() for marker in markers]
        seen = b""
        begun = now = self.started_at if since is None else since
        while True:
            written = self._read(max(0.0, begun + within - now))
            now = perf_counter()
            if not written:
                missing = [marker.decode() for marker in wanted]
                raise RuntimeError(
                    f"the console did not show {missing}; the last it wrote was:\n"
                    + seen[-2000:].decode(errors="backslashreplace")
                )
            seen += written
            wanted = [marker for marker in wanted if marker not in seen]
            if not wanted:
                return now - begun

    def press(self, keys: bytes) -> float:
        """Type; returns the moment at which it was done."""
        assert self._master is not None
        pressed_at = perf_counter()
        os.write(self._master, keys)
        return pressed_at

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal smaller or larger; the program is told by the system."""
        assert self._master is not None
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def kill(self) -> None:
        """End the program with `kill -9`."""
        self._process.kill()

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away, as an ssh connection that drops does. Nothing is read then."""
        assert self._master is not None
        os.close(self._master)
        self._master = None

    def modes(self) -> list[object]:
        """How the terminal is set: what `stty` shows, such as whether it echoes."""
        assert self._master is not None
        return termios.tcgetattr(self._master)

    def exit_code(self, *, within: float = PATIENCE) -> int:
        """Wait until the program is over; its exit code, negative where a signal ended it.

        Raises RuntimeError when it takes longer than `within` seconds.
        """
        end = perf_counter() + within
        while (code := self._process.poll()) is None:
            if perf_counter() > end:
                raise RuntimeError("the program goes on")
            self._read(0.02)
        self.rest()
        return code

    def rest(self, *, silent_for: float = 0.05, at_most: float = 1.0) -> None:
        """Read on until the program has written nothing for a while, or for too long."""
        end = perf_counter() + at_most
        while perf_counter() < end and self._read(silent_for):
            pass

    def linger(self, seconds: float) -> None:
        """Read whatever is written for so long, or until the program is over."""
        end = perf_counter() + seconds
        while (left := end - perf_counter()) > 0 and (self._read(left) or not self.ended):
            pass

    def _read(self, patience: float) -> bytes:
        if self._master is None:
            sleep(patience)
            return b""
        ready, _, _ = select.select([self._master], [], [], patience)
        if ready:
            with suppress(OSError):  # Linux answers EIO once the program has gone
                read = os.read(self._master, 1 << 16)
                self.written += read
                return read
        return b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end = perf_counter() + 5.0
        if self._master is not None:
            with suppress(OSError):
                os.write(self._master, QUIT)
        while not self.ended:
            if perf_counter() > end:
                self.kill()
            self._read(0.02)
        if self._master is not None:
            os.close(self._master)
