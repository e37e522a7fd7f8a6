"""Real shells at a terminal of their own: lines are typed into them, Tab and Enter included."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path

from tests.support.paths import ROOT

_PATIENCE_SECONDS = 60.0
ECHO = "TELL_WORDS"
"""Where this is set, the program in `program_in` says the words it got, each within <>."""


def program_in(folder: Path) -> Path:
    """A folder for the PATH in which `incident-tui` is the program under test."""
    folder.mkdir()
    script = folder / "incident-tui"
    script.write_text(
        "#!/bin/sh\n"
        f'if [ -n "${ECHO}" ] && [ -z "$_INCIDENT_TUI_COMPLETE" ]; then\n'
        "    printf 'got'; printf '<%s>' \"$@\"; echo; exit\n"
        "fi\n"
        f'PYTHONPATH={ROOT} exec {sys.executable} -m incident_tui "$@"\n'
    )
    script.chmod(0o755)
    return folder


class Typist:
    """Somebody at a terminal in which a program runs."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.shown = ""
        """All that the program wrote so far."""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._descriptor, text.encode())

    def until(self, *texts: str) -> str:
        """Wait until one of these was written; what was written till then, from the start."""
        return self.until_shown(lambda shown: any(text in shown for text in texts), str(texts))

    def until_shown(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until that holds of all that was written, which is the answer; `what` names it."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while not holds(self.shown):
            assert time.monotonic() < end, f"{what} never came: {self.shown!r}"
            if select.select([self._descriptor], [], [], 0.2)[0]:
                try:
                    data = os.read(self._descriptor, 65536)
                except OSError:  # its last process has gone
                    data = b""
                assert data, f"it ended before {what} came: {self.shown!r}"
                self.shown += data.decode(errors="replace")
        return self.shown

    def rest(self) -> str:
        """Wait until the program has ended; all that it wrote."""
        with suppress(OSError):
            while data := os.read(self._descriptor, 65536):
                self.shown += data.decode(errors="replace")
        return self.shown


@contextmanager
def at_terminal(
    words: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    *,
    columns: int = 80,
    rows: int = 24,
) -> Iterator[Typist]:
    """Run a program in a terminal of that size, and end it with the block."""
    pid, descriptor = pty.fork()
    if not pid:
        _resize(0, columns, rows)
        os.chdir(cwd)
        os.execvpe(words[0], list(words), dict(env))
    try:
        yield Typist(descriptor)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.close(descriptor)
        os.waitpid(pid, 0)


def written_to_terminal(work: Callable[[], object], *, columns: int = 80, rows: int = 24) -> str:
    """What this process writes to its standard output while that is a terminal of that size."""
    terminal, output = os.openpty()
    _resize(output, columns, rows)
    with ThreadPoolExecutor(1) as reader:
        written = reader.submit(Typist(terminal).rest)  # meanwhile: a terminal holds few lines
        with open(output, "w", encoding="utf-8") as file, redirect_stdout(file):
            work()
    os.close(terminal)
    return written.result()


def _resize(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
