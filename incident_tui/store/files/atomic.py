"""Writing a whole file so that readers and crashes see the old content or the new, never less.

What is written, and under which lock, is not decided here.
"""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

SUFFIX = ".tmp"


class System(msgspec.Struct, frozen=True):
    """The system calls that writing goes through; tests put faults in their place."""

    open: Callable[[str, int, int], int] = os.open
    write: Callable[[int, memoryview], int] = os.write
    fsync: Callable[[int], None] = os.fsync
    fchmod: Callable[[int, int], None] = os.fchmod
    fstat: Callable[[int], os.stat_result] = os.fstat
    close: Callable[[int], None] = os.close
    replace: Callable[[str, str], None] = os.replace
    unlink: Callable[[str], None] = os.unlink


SYSTEM = System()


def replace_file(
    path: Path,
    data: bytes | bytearray,
    *,
    system: System = SYSTEM,
    sync_folder: bool = True,
    mode: int | None = None,
) -> os.stat_result:
    """Put `data` at `path` at once; returns what `stat` says of exactly this version.

    It is durable on return (with `sync_folder=False` the old version may come back after a power
    failure). An existing file keeps its mode; a new one in a folder that only its owner may enter
    is the owner's alone; `mode` says otherwise. A link in its place is replaced, never followed.
    Raises OSError; then the old content stands, unless only the folder could not be synchronised.
    """
    target = os.path.abspath(path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name}.{os.urandom(6).hex()}{SUFFIX}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = system.open(temporary, flags, 0o600 if mode or is_private(folder) else 0o666)
    try:
        try:
            if mode := mode or _mode_of(target):
                system.fchmod(descriptor, mode)
            write_all(descriptor, data, system)
            system.fsync(descriptor)
            written = system.fstat(descriptor)
        finally:
            system.close(descriptor)
        system.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            system.unlink(temporary)
        raise
    if sync_folder:
        fsync_folder(folder, system)
    return written


def _mode_of(path: str) -> int | None:
    with suppress(FileNotFoundError):
        mode = os.lstat(path).st_mode
        return mode & 0o7777 if stat.S_ISREG(mode) else None
    return None


def is_private(folder: str | Path) -> bool:
    """Whether nobody but its owner may enter the folder. Raises OSError."""
    return os.stat(folder).st_mode & 0o077 == 0


def make_folders(folder: Path, system: System = SYSTEM) -> None:
    """Make a folder and those above it; that they are there is durable on return. Raises OSError.

    Other than `mkdir -p` it says so where the folder itself is there already (FileExistsError).
    """
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for new in reversed(missing):
        new.mkdir(exist_ok=new != folder)
        fsync_folder(str(new.parent), system)


def make_folder(folder: Path) -> None:
    """Make a folder in one that exists, as private as that. Raises OSError."""
    folder.mkdir(mode=0o700 if is_private(folder.parent) else 0o777, exist_ok=True)


def write_all(descriptor: int, data: bytes | bytearray, system: System = SYSTEM) -> None:
    """Write every byte to an open file, however few the system takes at a time.

    Raises `OSError` when the system takes no more.
    """
    rest = memoryview(data)
    while rest:
        taken = system.write(descriptor, rest)
        if not taken:
            raise OSError(errno.EIO, "the system takes no more bytes")
        rest = rest[taken:]


def fsync_folder(folder: str, system: System = SYSTEM) -> None:
    """Make a rename in `folder` survive a power failure, where the file system can promise it."""
    descriptor = system.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, 0)
    try:
        system.fsync(descriptor)
    except OSError as error:
        # fsync(2): EINVAL is the answer of a file system that cannot synchronise folders.
        if error.errno != errno.EINVAL:
            raise
    finally:
        system.close(descriptor)


def sweep(path: Path) -> None:
    """Remove what crashed writers of `path` left behind. Only for the holder of its lock."""
    with suppress(OSError):
        for left in path.parent.glob(f".{path.name}.*{SUFFIX}"):
            left.unlink()
