"""Locks that the kernel gives back when a process ends (flock(2)), and who holds one.

What is locked, and how long to wait for it, is decided by those who ask.
"""

import fcntl
import os
from contextlib import suppress
from errno import EACCES, EAGAIN
from itertools import pairwise
from pathlib import Path


def try_lock(descriptor: int) -> bool:
    """Lock an open file for this descriptor alone; False where somebody else has it.

    Raises OSError where the file system knows no locks.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (EAGAIN, EACCES):
            return False
        raise
    return True


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock of that file; nobody does where it is not there."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not try_lock(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def holder(path: Path, proc: Path = Path("/proc")) -> int | None:
    """The process of this program that holds the lock of a file; None where nobody can tell.

    The kernel says who holds locks (proc(5), /proc/locks), so nothing is believed that somebody
    may have written. A process of another program is not named: ending it may not be the mend.
    """
    try:
        wanted = path.stat()
        rows = (proc / "locks").read_text().splitlines()
    except OSError:
        return None
    for row in rows:
        words = row.split()  # 1: FLOCK ADVISORY WRITE 4711 08:01:131090 0 EOF
        if "FLOCK" in words and "->" not in words and words[4].isdecimal():
            process = proc / words[4]
            if _has_open(process, wanted) and _is_ours(process):
                return int(words[4])
    return None


def _has_open(process: Path, wanted: os.stat_result) -> bool:
    with suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with suppress(OSError):
                status = descriptor.stat()
                if (status.st_dev, status.st_ino) == (wanted.st_dev, wanted.st_ino):
                    return True
    return False


def _is_ours(process: Path) -> bool:
    """Whether it runs this program. That an argument names a home of ours says nothing."""
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    # The program itself, or the script that its interpreter was given, a module or code.
    started = any(os.path.basename(word) == b"incident-tui" for word in words[:2])
    given = (word for option, word in pairwise(words) if option in (b"-m", b"-c"))
    return started or b"incident_tui" in next(given, b"")
