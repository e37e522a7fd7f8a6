"""The console on a terminal of its own: keys go in, what it paints comes out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from types import TracebackType
from typing import Self

from tests.faults.ground import PROGRAM, Ground

_MOVES = re.compile(r"\x1b\[[0-9;]*[Hf]")
_CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b[ -~]", re.S
)
SECONDS = 20.0


class Terminal:
    """A console that is killed with -9 when the block ends."""

    def __init__(self, ground: Ground, *words: str, columns: int = 120, lines: int = 40) -> None:
        self._master, slave = pty.openpty()
        self.resize(columns, lines)
        self.process = subprocess.Popen(
            [*PROGRAM, *words],
            cwd=ground.base,
            env=ground.env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self._painted = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal smaller or larger; a console that runs on it is told by the system."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def until(
        self, pattern: str, *, seconds: float = SECONDS, fails: bool = True
    ) -> re.Match[str] | None:
        """Wait until that was painted; None when it was not, or an error where that `fails`."""
        end = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.text())
            if found:
                return found
            if time.monotonic() > end or not self._read(0.05):
                break
        if fails:
            raise AssertionError(f"the console never showed {pattern!r}: {self.tail()}")
        return None

    def text(self) -> str:
        """Everything that was painted so far, in the order in which it was."""
        return _CONTROLS.sub("", _MOVES.sub("\n", self._painted))

    def tail(self) -> str:
        """The end of it, for messages."""
        return self.text()[-400:]

    def rest(self, seconds: float) -> None:
        """Let the console work for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._read(0.02):
            pass

    def kill(self) -> None:
        """kill -9."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _read(self, seconds: float) -> bool:
        """Take in what was painted; False when the console has ended."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if ready:
            try:
                self._painted += os.read(self._master, 65536).decode(errors="replace")
            except OSError:
                return False
        return self.process.poll() is None or bool(ready)
