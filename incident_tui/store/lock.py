"""The lock of one incident: one writer at a time, whichever process it is in.

The kernel gives the lock back when a process ends, so there are no stale locks to break.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import getpid
from pathlib import Path

from incident_tui.store.errors import Busy, not_saved
from incident_tui.store.private import make_private


@contextmanager
def locked(lock: Path, *, guards: Path, wait: float) -> Iterator[None]:
    """Hold the lock of `guards` (the file named in messages), waiting at most `wait` seconds.

    Raises `Busy` with the process that holds it, and `NotSaved` where no lock file can be made.
    """
    # Importing filelock takes about 14 ms, which a command that only reads need not pay.
    from filelock import FileLock, Timeout

    owner = lock.with_suffix(".pid")
    try:
        make_private(lock.parent)
        # A lock of its own for each use: threads of one process exclude each other as well.
        held = FileLock(lock, timeout=wait, thread_local=False)
        held.acquire(poll_interval=0.01)
    except Timeout:
        raise Busy(guards, wait, _owner(owner)) from None
    except OSError as error:
        raise not_saved(guards, error) from error
    try:
        # Only for the message to others; older versions of filelock empty the lock file itself.
        with suppress(OSError):
            owner.write_text(str(getpid()))
        yield
    finally:
        held.release()


def _owner(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None
