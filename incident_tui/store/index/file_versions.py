"""Versions of files: what tells that content which was read once is still what a file holds."""

import os
from struct import Struct

_NUMBERS = Struct("<5Q")
_YOUNG = 2_000_000_000
"""Nanoseconds within which a file may change again without its times telling so: file systems
round them, at worst to two seconds (FAT). Git calls such files racy (Documentation/technical)."""
_MASK = 2**64 - 1

UNSURE = b""
"""The version that is stored of what may have changed since; no file ever has it."""


def version_of(status: os.stat_result) -> bytes:
    """Device, inode, size, and both times of change, in nanoseconds."""
    return _NUMBERS.pack(
        status.st_dev & _MASK,
        status.st_ino & _MASK,
        status.st_size,
        status.st_mtime_ns & _MASK,
        status.st_ctime_ns & _MASK,
    )


def sure_version(version: bytes, seen_at: int) -> bytes:
    """A version as it may be stored by whoever saw the files at `seen_at` and read them after that.

    Of several files it is theirs together. `UNSURE` where one was too young then; `seen_at` is in
    the clock of a file system, in nanoseconds.
    """
    for *_, modified, changed in _NUMBERS.iter_unpack(version):
        if seen_at - max(modified, changed) < _YOUNG:
            return UNSURE
    return version
