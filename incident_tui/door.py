"""The one door to the files of a home: what may have come with a clone is looked at before use.

A home may hold links, devices and pipes in the place of files. Nothing is read or written through
a link below the home; links in the path to the home itself are the user's business.
"""

import os
import stat
from contextlib import suppress
from errno import EFBIG, EINVAL, ELOOP
from pathlib import Path

LARGEST = 128 * 1024 * 1024
"""Bytes that a file of a home may have; a log of 100,000 entries has about 30 million."""
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


class NotAFile(OSError):
    """Something else than an ordinary file of a bearable size stands there; `strerror` says what.

    Whoever catches OSError needs to know no more than that.
    """

    strerror: str


def check_way(path: Path, below: Path) -> None:
    """Raise `NotAFile` where a folder between `below` and `path` is a link.

    One that is missing, or no folder at all, is left to whoever opens the file.
    """
    at = below
    parts = path.relative_to(below).parts
    if ".." in parts:  # a name in a log of somebody else
        raise NotAFile(EINVAL, "the name leads out of its folder", str(path))
    for part in parts[:-1]:
        at = at / part
        if at.is_symlink():
            raise NotAFile(ELOOP, f"{at.name} is a link, and nothing goes through it", str(at))


def check_file(path: Path, below: Path) -> None:
    """Raise `NotAFile` where something else than an ordinary file, or nothing, stands there.

    For whoever replaces it.
    """
    check_way(path, below)
    with suppress(FileNotFoundError):
        _check_kind(path, os.lstat(path))


def open_file(path: Path, flags: int, mode: int = 0o666, *, below: Path) -> int:
    """A descriptor of an ordinary file, which the caller closes. Raises OSError and `NotAFile`.

    Never waits for the other end of a pipe, and with O_CREAT makes no file behind a link.
    """
    check_way(path, below)
    try:
        # A pipe or a device could wait for ever, or do something when it is opened.
        status = os.lstat(path)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
    else:
        _check_kind(path, status)
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, mode)
    try:
        _check_kind(path, os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_file(path: Path, *, below: Path, limit: int = LARGEST) -> bytes:
    """The bytes of an ordinary file of at most `limit` bytes. Raises OSError and `NotAFile`."""
    return read_version(path, below=below, limit=limit)[0]


def read_version(path: Path, *, below: Path, limit: int = LARGEST) -> tuple[bytes, os.stat_result]:
    """The bytes of a file as `read_file` gives them, and what `stat` said of that version.

    `limit` is the number of bytes from which on it is too large. Raises as `read_file` does.
    """
    descriptor = open_file(path, os.O_RDONLY, below=below)
    with open(descriptor, "rb") as file:
        size = os.fstat(descriptor).st_size
        # A file can grow while it is read.
        data = b"" if size > limit else file.read(limit + 1)
        if size > limit or len(data) > limit:
            raise too_large(path, limit)
        return data, os.fstat(descriptor)


def too_large(path: Path, limit: int) -> NotAFile:
    """What is raised of a file that has more than `limit` bytes."""
    unit, name = (1024 * 1024, "MiB") if limit >= 1024 * 1024 else (1024, "KiB")
    return NotAFile(EFBIG, f"it is larger than {limit // unit} {name}", str(path))


def _check_kind(path: Path, status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    kind = next((name for matches, name in _KINDS if matches(status.st_mode)), "no file")
    number = ELOOP if stat.S_ISLNK(status.st_mode) else EINVAL
    raise NotAFile(number, f"this is {kind}, not a file", str(path))
