"""The side file: entries that the incident file could not take, until it can again.

When to write them back is the service's decision.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from incident_tui.domain.kernel import Entry, EntryError, decode, encode
from incident_tui.store.atomic import SYSTEM, System, fsync_folder, write_all
from incident_tui.store.errors import not_saved
from incident_tui.store.private import make_private


class Aside:
    """Entries in a file of JSON lines, or in `fallback` where that cannot be written.

    Where `private` says so, the file is its owner's alone.
    """

    def __init__(
        self,
        path: Path,
        fallback: Path | None = None,
        *,
        system: System = SYSTEM,
        private: Callable[[], bool] = lambda: False,
    ) -> None:
        self.path = path
        self.places: tuple[Path, ...] = (path, fallback) if fallback else (path,)
        self._system = system
        self._private = private

    def append(self, entries: Iterable[Entry]) -> Path:
        """Keep entries; durable on return. Tells in which file. Raises `NotSaved`."""
        data = b"".join(encode(entry) + b"\n" for entry in entries)
        failed: OSError | None = None
        for path in self.places:
            try:
                self._add(path, data)
            except OSError as error:
                failed = failed or error
            else:
                return path
        assert failed is not None
        raise not_saved(self.path, failed) from failed

    def entries(self) -> list[Entry]:
        """What was kept, oldest first, each once. Lines that were cut off are left out."""
        found: dict[str, Entry] = {}
        for path in self.places:
            with suppress(OSError):
                for entry in self.held(path):
                    found.setdefault(entry.id, entry)
        return list(found.values())

    def held(self, path: Path) -> list[Entry]:
        """What was kept in one of the `places`. Raises OSError where that cannot be read."""
        found = []
        with suppress(FileNotFoundError, NotADirectoryError):
            for line in path.read_bytes().splitlines():
                with suppress(EntryError):
                    found.append(decode(line))
        return found

    def clear(self) -> None:
        """Forget the entries, once they stand in the incident file. Never raises.

        A file with a line that could not be read is renamed instead.
        """
        for path in self.places:
            with suppress(OSError):
                if _whole(path.read_bytes()):
                    path.unlink()
                else:
                    path.replace(path.with_suffix(".unreadable"))

    def _add(self, path: Path, data: bytes) -> None:
        make_private(path.parent)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        private = self._private()
        descriptor = self._system.open(str(path), flags, 0o600 if private else 0o666)
        try:
            if private:
                self._system.fchmod(descriptor, 0o600)
            size = self._system.fstat(descriptor).st_size
            # A crash may have cut the last line off; ours must not be glued to it.
            torn = size and os.pread(descriptor, 1, size - 1) != b"\n"
            try:
                write_all(descriptor, b"\n" + data if torn else data, self._system)
                self._system.fsync(descriptor)
                fsync_folder(str(path.parent), self._system)
            except OSError:
                # A line that is refused stays where it was typed: here it would come back twice.
                with suppress(OSError):
                    os.ftruncate(descriptor, size)
                raise
        finally:
            with suppress(OSError):  # by now it is durable, or the failure is told
                self._system.close(descriptor)


def _whole(data: bytes) -> bool:
    try:
        for line in data.splitlines():
            decode(line)
    except EntryError:
        return False
    return True
