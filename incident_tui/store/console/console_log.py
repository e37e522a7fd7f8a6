"""What went wrong beside the typing, in a file of the user's own: `console.log`.

It holds no word that was typed into an incident, so that nothing there outlives its redaction.
Writing never waits for the disk where it is called, and never fails there.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread

FILE = "console.log"
LARGEST = 256 * 1024
"""Bytes, above which the file becomes the older one, and the older one before it goes."""
_CLOSING_SECONDS = 2.0


class ConsoleLog:
    """The log in the folder `root`; with None nothing is kept."""

    def __init__(self, root: Path | None) -> None:
        self.path = None if root is None else root / FILE
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        # Held while the thread is begun: nobody can wait for one that does not run yet.
        self._mutex = Lock()
        self._thread: Thread | None = None

    def write(self, at: datetime, text: str) -> None:
        """Add a line, which has happened then; returns at once."""
        if self.path is None:
            return
        with self._mutex:
            if self._thread is None:
                self._thread = Thread(target=self._work, args=(self.path,), name="log", daemon=True)
                self._thread.start()
        self._lines.put(f"{at:%Y-%m-%dT%H:%M:%SZ} {text}\n")

    def close(self) -> None:
        """Wait until what was told is written, for two seconds at most."""
        with self._mutex:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._lines.put(None)
            thread.join(_CLOSING_SECONDS)

    def _work(self, path: Path) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(OSError):  # who could be told of it, and how?
                _append(path, line)


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".log.1"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        os.write(descriptor, line.encode("utf-8", "replace"))
    finally:
        os.close(descriptor)
