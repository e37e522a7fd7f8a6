"""The folder of one console on one incident, in the user's state folder; and those of dead ones.

What lies in it is `drafts`' and `side_file`'s. Its lock says whether the console still runs.
"""

import os
import weakref
from contextlib import suppress
from pathlib import Path
from threading import Lock

from incident_tui.store.console.machine_state import CONSOLES, LOCK, State
from incident_tui.store.files.flock import try_lock

NEW = "-"
"""In the place of an incident's id, where none is declared yet. No id begins like that."""


class ConsoleFolder:
    """Made when something is to be kept, and again where it was taken away meanwhile."""

    def __init__(self, state: State, incident_id: str) -> None:
        self.state = state
        self.incident = incident_id or NEW
        self._token = os.urandom(6).hex()
        self._mutex = Lock()
        self._lock: HeldLock | None = None

    def make(self) -> Path:
        """The folder, held by its lock until `close`. Raises OSError."""
        with self._mutex:
            folder = self.state.make(CONSOLES, self.incident, self._token)
            if self._lock is None or not (folder / LOCK).exists():
                self._lock = lock_folder(folder)
            return folder

    def close(self) -> None:
        """Let others have what lies there; an empty folder goes."""
        with self._mutex:
            if self._lock is not None:
                with suppress(OSError):
                    remove_empty(self.state.make(CONSOLES, self.incident, self._token))
                self._lock.release()
                self._lock = None


class HeldLock:
    """A lock that is held; given back by `release`, or when nobody refers to it any more."""

    def __init__(self, descriptor: int) -> None:
        self.release = weakref.finalize(self, os.close, descriptor)


def lock_folder(folder: Path) -> HeldLock | None:
    """Hold the folder of a console; None where its console still runs. Raises OSError."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(folder / LOCK, flags, 0o600)
    held = HeldLock(descriptor)
    if try_lock(descriptor):
        return held
    held.release()
    return None


def remove_empty(folder: Path) -> None:
    """Remove the folder of a console in which nothing is left but its lock. Raises OSError."""
    if {path.name for path in folder.iterdir()} <= {LOCK}:
        (folder / LOCK).unlink(missing_ok=True)
        folder.rmdir()
        with suppress(OSError):  # other consoles may have something there
            folder.parent.rmdir()
