"""The lock of one incident: one writer at a time, whichever process and account it is in.

It lies in the home, since several accounts may share one, and holds nothing that anybody believes.
The kernel gives it back when a process ends, so there are no stale locks to break.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOENT
from os import strerror
from pathlib import Path

from incident_tui.door import check_way, open_file
from incident_tui.store.files.errors import Busy, not_saved
from incident_tui.store.files.flock import holder, try_lock

FOLDER = ".incident-tui"
"""The folder of a home in which locks lie; git is told to leave it alone."""
_STEP = 0.01


def lock_of(home: Path, incident_id: str) -> Path:
    """Where the lock of an incident lies."""
    return home / FOLDER / "locks" / f"{incident_id}.lock"


@contextmanager
def locked(
    lock: Path,
    *,
    guards: Path,
    wait: float,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the lock of `guards` (the file named in messages), waiting at most `wait` seconds.

    Threads of one process exclude each other as well. Raises `Busy`, with the process of this
    program that holds it where that is known, and `NotSaved` where no lock file can be made.
    """
    end = clock() + wait
    try:
        while (descriptor := _try(lock)) is None:
            if clock() >= end:
                raise Busy(guards, wait, holder(lock))
            sleep(_STEP)
    except NotADirectoryError as error:
        # Where the home is a folder, what is none lies on the way to the lock.
        named = lock if lock.parent.parent.parent.is_dir() else guards
        raise not_saved(named, error) from error
    except OSError as error:
        raise not_saved(guards, error) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _try(lock: Path) -> int | None:
    """The descriptor of the lock where it could be had; None where it is held."""
    descriptor = _open(lock)
    try:
        if try_lock(descriptor):
            # Somebody may have removed the file (git clean) after it was opened: then others lock
            # another one.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), os.lstat(lock)):
                    taken, descriptor = descriptor, -1
                    return taken
        return None
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _open(lock: Path) -> int:
    home = lock.parent.parent.parent
    flags = os.O_RDWR | os.O_CREAT
    try:
        return open_file(lock, flags, below=home)
    except FileNotFoundError:
        _make_folder(lock.parent, home)
        return open_file(lock, flags, below=home)


def _make_folder(folder: Path, home: Path) -> None:
    if not home.is_dir():
        # One that was moved away, or whose disk is not mounted, must find its place free.
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(home))
    check_way(folder, home)
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        ignore = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with open(open_file(folder.parent / ".gitignore", ignore, below=home), "w") as file:
            file.write("*\n")
