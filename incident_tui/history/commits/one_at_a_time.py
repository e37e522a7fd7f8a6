"""One process of this program at a time in a repository: two consoles do not meet git's locks.

Nothing depends on it: git's own locks and the comparison of the branch decide what is committed.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "incident-tui.lock"
_PAUSE_SECONDS = 0.02


@contextmanager
def alone(git_dir: Path, timeout_seconds: float) -> Iterator[None]:
    """Wait for others for so long at most; then, or where nothing can be locked, go on without."""
    descriptor = _opened(git_dir / _NAME)
    try:
        if descriptor is not None:
            _wait(descriptor, timeout_seconds)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _opened(path: Path) -> int | None:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o600)
    except OSError:
        return None


def _wait(descriptor: int, timeout_seconds: float) -> None:
    end = time.monotonic() + timeout_seconds
    while time.monotonic() < end:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        except OSError:
            return
        else:
            return
