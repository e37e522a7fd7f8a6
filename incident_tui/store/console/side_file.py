"""The side file: entries that the incident file could not take, until it can again.

Each console has one of its own, in the user's state folder. When entries are written back to the
log is the service's decision.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import EntryError, decode, encode
from incident_tui.store.console.console_folder import ConsoleFolder
from incident_tui.store.console.machine_state import NO_STATE, NoState, is_live
from incident_tui.store.files.atomic import SYSTEM, System, fsync_folder, write_all
from incident_tui.store.files.errors import NotSaved, not_saved

FILE = "aside.jsonl"


class Aside:
    """Entries in a file of JSON lines that `place` makes the folder for.

    `others` are side files of other consoles on the same incident: they are read as well.
    """

    def __init__(
        self,
        place: Callable[[], Path],
        others: Callable[[], list[Path]] = list,
        *,
        system: System = SYSTEM,
    ) -> None:
        self._place = place
        self._others = others
        self._system = system
        self._path: Path | None = None
        """The own file, once there was something to keep."""
        self._version: tuple[int, ...] | None = None
        """What `stat` said of the own file before it was last read."""
        self._known: set[str] = set()

    @property
    def places(self) -> list[Path]:
        """The files in which entries may stand."""
        own = [self._path] if self._path else []
        return [*own, *(path for path in self._others() if path not in own)]

    @property
    def has_entries(self) -> bool:
        """Whether anything was kept here, or by a console that died since."""
        return any(path.exists() for path in self.places)

    def keep(self, entries: Iterable[Entry]) -> None:
        """Have all these entries in the own file; durable on return. Raises `NotSaved`.

        What the file holds is looked up on the disk: one that vanished is written again.
        """
        held = self._held_here()
        if missing := [entry for entry in entries if entry.id not in held]:
            self.append(missing)

    def append(self, entries: Iterable[Entry]) -> Path:
        """Add entries to the own file; durable on return. Tells which file that is.

        Raises `NotSaved`.
        """
        added = list(entries)
        data = b"".join(encode(entry) + b"\n" for entry in added)
        path = self._path
        try:
            path = self._path = self._place() / FILE
            self._add(path, data)
        except NoState as error:
            raise NotSaved(path or Path(FILE), error.strerror, NO_STATE) from error
        except OSError as error:
            raise not_saved(path or Path(FILE), error) from error
        # Something else may have deleted them by now: the next look reads what stands there.
        self._known |= {entry.id for entry in added}
        return path

    def entries(self) -> list[Entry]:
        """What was kept, oldest first, each once. Lines that were cut off are left out."""
        by_id: dict[str, Entry] = {}
        for path in self.places:
            with suppress(OSError):
                for entry in self.held(path):
                    by_id.setdefault(entry.id, entry)
        return list(by_id.values())

    def held(self, path: Path) -> list[Entry]:
        """What was kept in one of the `places`. Raises OSError where that cannot be read."""
        names = []
        with suppress(FileNotFoundError, NotADirectoryError):
            for line in path.read_bytes().splitlines():
                with suppress(EntryError):
                    names.append(decode(line))
        return names

    def clear(self) -> None:
        """Forget the entries, once they stand in the incident file. Never raises.

        Those of a console that still runs are left to it. A file with a line that could not be
        read is renamed instead.
        """
        for path in self.places:
            if path != self._path and is_live(path.parent):
                continue
            with suppress(OSError):
                if _whole(path.read_bytes()):
                    path.unlink()
                else:
                    path.replace(path.with_suffix(".unreadable"))
        self._version, self._known = None, set()

    def _held_here(self) -> set[str]:
        """The ids in the own file, as the disk has it now."""
        if self._path is None:
            return set()
        version = _version(self._path)
        if version is None:
            return set()
        if version != self._version:
            with suppress(OSError):
                self._known = {entry.id for entry in self.held(self._path)}
                self._version = version
        return self._known

    def _add(self, path: Path, data: bytes) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = self._system.open(str(path), flags, 0o600)
        try:
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


def aside_in(folder: ConsoleFolder) -> Aside:
    """The side file of a console, and those of the other consoles on its incident."""

    def others() -> list[Path]:
        return [at / FILE for at in folder.state.consoles(folder.incident)]

    return Aside(folder.make, others)


def _version(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def _whole(data: bytes) -> bool:
    try:
        for line in data.splitlines():
            decode(line)
    except EntryError:
        return False
    return True
