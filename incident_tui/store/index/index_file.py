"""The SQLite file of an index: opened, sealed after each change, and thrown away when in doubt.

What its tables hold is `tables`' business. Writers take turns by a lock beside the file. After each
change its version is written into a seal; a file that is not as it was sealed was changed by
something else, or broke off, and is made anew. So damage is noticed before it is believed.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from incident_tui.store.files.flock import try_lock
from incident_tui.store.index.cache_folder import make_private
from incident_tui.store.index.file_versions import version_of
from incident_tui.store.index.tables import create, is_whole, scrub
from incident_tui.store.index.unusable import Unusable

FILE, JOURNAL, SEAL, LOCK = "index.db", "index.db-journal", "index.seal", "index.lock"
PATIENCE = 1.0
"""Seconds that a reader waits for others before it reads the logs instead."""
_STEP = 0.01

_SETTINGS = {
    "secure_delete": "ON",
    "cache_spill": "OFF",
    "synchronous": "NORMAL",
    "trusted_schema": "OFF",
}

T = TypeVar("T")
Use = Callable[[sqlite3.Connection], T]


class IndexFile:
    """The index of one home in `folder`, a folder at or below `root`.

    `edition` names what wrote it: an index of another edition is thrown away. Nothing is made
    before the first `write`. Everything raises `Unusable` where the file cannot be used.
    """

    def __init__(self, root: Path, folder: Path, edition: str) -> None:
        self.path = folder / FILE
        self._root = root
        self._folder = folder
        self._edition = edition

    def exists(self) -> bool:
        """Whether there is one, sound or not."""
        return os.path.lexists(self.path)

    def read(self, use: Use[T], *, wait: float = PATIENCE) -> T | None:
        """What `use` finds; None where there is no index, or only one that was thrown away.

        `wait` is for how many seconds another process is waited for, as in the other methods.
        Raises `Unusable`, as they do.
        """
        if not self.exists():
            return None
        make_private(self._root, self._folder)
        if not self._is_sealed():
            with self._locked(wait):  # a writer may have been about to seal it
                if not self._is_sealed():
                    self._discard()
                    return None
        with self._faults(), closing(self._connect(wait)) as connection:
            if is_whole(connection, self._edition):
                return use(connection)
        with self._locked(wait):
            self._discard()
        return None

    def write(self, use: Use[T], *, wait: float = PATIENCE) -> T:
        """Change the index by `use`, as a whole or not at all; it is made where there is none.

        Raises `Unusable`.
        """
        make_private(self._root, self._folder)
        with self._locked(wait):
            if self.exists() and not self._is_sound(wait):
                self._discard()
            new = not self.exists()
            try:
                with self._faults(), closing(self._connect(wait)) as connection:
                    if new:
                        create(connection, self._edition)
                    with _transaction(connection):
                        result = use(connection)
                    scrub(connection)
            finally:
                self._seal()
            return result

    def remove(self, *, wait: float = PATIENCE) -> None:
        """Delete it, with all that it holds; whoever has its lock is waited for `wait` seconds.

        Raises `Unusable` where a file of it stays.
        """
        if not self.exists():
            return
        with suppress(Unusable), self._locked(wait):
            self._discard()
            return
        self._discard()  # whoever holds the lock writes into a file that nobody opens any more

    def now(self) -> int:
        """The present in the clock of the file system, in nanoseconds.

        Raises `Unusable` where nothing can be written beside the index.
        """
        make_private(self._root, self._folder)
        lock = self._folder / LOCK
        try:
            os.close(os.open(lock, _LOCK_FLAGS, 0o600))
            os.utime(lock, follow_symlinks=False)
            return os.lstat(lock).st_mtime_ns
        except OSError as error:
            raise Unusable(f"{lock}: {error.strerror or error}") from error

    def _connect(self, wait: float) -> sqlite3.Connection:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | _SAFE, 0o600)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
                raise Unusable(f"{self.path} is no file of yours")
        finally:
            os.close(descriptor)
        connection = sqlite3.connect(self.path, timeout=wait, isolation_level=None)
        # What is removed leaves no byte; what is not committed yet changes nothing in the file.
        for setting in ("secure_delete", "cache_spill", "synchronous", "trusted_schema"):
            connection.execute(f"PRAGMA {setting} = {_SETTINGS[setting]}")
        return connection

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        try:
            descriptor = os.open(self._folder / LOCK, _LOCK_FLAGS, 0o600)
        except OSError as error:
            raise Unusable(f"{self._folder}: {error.strerror or error}") from error
        try:
            end = time.monotonic() + wait
            while not try_lock(descriptor):
                if time.monotonic() >= end:
                    raise Unusable(f"{self.path} is in use by another process")
                time.sleep(_STEP)
            yield
        except OSError as error:
            raise Unusable(f"{self.path}: {error.strerror or error}") from error
        finally:
            os.close(descriptor)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say of errors of SQLite that the index is unusable; a damaged one is thrown away."""
        try:
            yield
        except OSError as error:
            raise Unusable(f"{self.path}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
                self._discard()
            raise Unusable(f"{self.path}: {error}") from error

    def _is_sound(self, wait: float) -> bool:
        """Whether it is as it was sealed, and of this edition."""
        if not self._is_sealed():
            return False
        with self._faults(), closing(self._connect(wait)) as connection:
            return is_whole(connection, self._edition)

    def _is_sealed(self) -> bool:
        try:
            sealed = (self._folder / SEAL).read_bytes()
            return sealed == version_of(os.lstat(self.path))
        except OSError:
            return False

    def _seal(self) -> None:
        """Remember the version of the file. One that is torn fits nothing, and does no harm."""
        seal = self._folder / SEAL
        with suppress(OSError):
            descriptor = os.open(seal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _SAFE, 0o600)
            with open(descriptor, "wb") as file:
                file.write(version_of(os.lstat(self.path)))

    def _discard(self) -> None:
        for name in (SEAL, JOURNAL, FILE):
            try:
                os.unlink(self._folder / name)
            except FileNotFoundError:
                continue
            except OSError as error:
                text = f"{self._folder / name}: {error.strerror or error}"
                raise Unusable(text) from error


_SAFE = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | _SAFE


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
