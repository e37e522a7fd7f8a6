"""The incident file: entries in, entries out, whoever else writes to it.

The database is `log_database`'s, the layout of its file `line_storage`'s, its version `schema`'s;
what entries mean is the domain's.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import RLock

import msgspec
from tinydb.table import Document

from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import EntryError, as_document, decode
from incident_tui.door import read_file
from incident_tui.store.files.atomic import SYSTEM, System, fsync_folder, sweep
from incident_tui.store.files.errors import Gone, NotSaved, Unreadable, not_readable, not_saved
from incident_tui.store.log.former_names import add_former_name, moved_to
from incident_tui.store.log.line_storage import Damaged, Tables, signature
from incident_tui.store.log.lock import locked
from incident_tui.store.log.log_contents import LogContents
from incident_tui.store.log.log_database import LogDatabase, LogStorage
from incident_tui.store.log.schema import RESTORE, Layout, Meta, new_tables

LAYOUT = Layout()
WAIT = 5.0


class Snapshot(msgspec.Struct, frozen=True):
    """What a file holds, its entries in file order."""

    meta: Meta
    entries: list[Entry]


class Transaction:
    """The time in which this process alone writes. Made by `IncidentFile.transaction`."""

    def __init__(self, file: "IncidentFile", new: list[Entry]) -> None:
        self._file = file
        self._open = True
        self.new = new
        """What others have written since this file was last read through the same object."""

    @property
    def all(self) -> list[Entry]:
        """Every entry in file order, those appended here among them."""
        return self._file._contents.entries.copy()

    @property
    def next_order(self) -> int:
        """The order of the entry to be recorded next."""
        return self._file._contents.next_order

    def holds(self, ids: Set[str]) -> bool:
        """Whether the file has an entry of each of these ids."""
        return ids <= self._file._contents.numbers.keys()

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries at the end; durable on return.

        An entry whose id the file already holds is not added again, so that a caller who was told
        `NotSaved` may try again with the same entries. Raises `NotSaved` and `Gone`,
        and RuntimeError once the transaction has ended.
        """
        added = list(entries)
        if added:
            self._change(added, replaced=False)

    def replace(self, entry: Entry) -> None:
        """Put `entry` in the place of the one of its id, for good; durable on return.

        Only for redaction: everything else in a log is appended, or put back. Raises KeyError when
        the file has no such entry, `NotSaved` and `Gone`.
        """
        if entry.id not in self._file._contents.numbers:
            raise KeyError(entry.id)
        self.restore([entry])

    def restore(self, entries: Iterable[Entry]) -> None:
        """Put back what something other than this program took out of the file, all at once.

        An entry that the file lacks is added, another put in the place of the one of its id;
        durable on return. Raises as `append` does.
        """
        self._change(list(entries), replaced=True)
        self._file.rewritten = True

    def _change(self, entries: list[Entry], *, replaced: bool) -> None:
        if not self._open:
            raise RuntimeError("this transaction has ended")
        # Something may have written without the lock (git, plain TinyDB), or an earlier attempt
        # here may have got half-way; usually this is one `stat`.
        self.new += self._file._load()
        self._file._write(entries, replaced=replaced)

    def _end(self) -> None:
        self._open = False


class IncidentFile:
    """One incident.json.

    `lock` is where its lock file goes; `wait` is how many seconds a transaction waits for it.
    Events of newer versions are kept as they are. May be used from several threads.
    """

    def __init__(
        self,
        path: Path,
        *,
        lock: Path,
        wait: float = WAIT,
        system: System = SYSTEM,
        layout: Layout = LAYOUT,
    ) -> None:
        self.path = path
        self.rewritten = False
        """Whether the last read found earlier entries altered or missing, or one was replaced here:
        fold all of them anew."""
        self._lock = lock
        self._wait = wait
        self._layout = layout
        self._storage = LogStorage(path, below=path.parent.parent, system=system)
        self._database = LogDatabase(self._storage)
        self._contents = LogContents()
        self._mutex = RLock()

    def read(self) -> Snapshot:
        """Everything that the file holds now. Raises `Unreadable`, `Newer` and `Gone`."""
        with self._mutex:
            self.rewritten = False
            self._load()
            assert self._contents.meta is not None
            return Snapshot(self._contents.meta, self._contents.entries.copy())

    def changed(self) -> bool:
        """Whether the file is another version than the last one read or written here.

        Takes no lock and costs one `stat`. A file that has gone counts as changed.
        """
        try:
            return signature(os.lstat(self.path)) != self._contents.signature
        except OSError:
            return True

    def refresh(self) -> list[Entry]:
        """The entries that others have written since the last read; see `rewritten` as well.

        Needs no lock, because files are replaced as a whole. Raises as `read` does.
        """
        with self._mutex:
            self.rewritten = False
            return self._load()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the file for writing.

        Raises `Busy`, `NotSaved` and `Gone`, and as `read` does.
        """
        with self._mutex:
            # Asked again after each look: the folder may be given its new name between the two.
            while not os.path.lexists(self.path):
                if not self.follow():
                    raise Gone(self.path)
            with self._locked():
                sweep(self.path)
                self.rewritten = False
                transaction = Transaction(self, self._load())
                try:
                    yield transaction
                finally:
                    transaction._end()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the file, under the name that its folder has then."""
        while True:
            with locked(self._lock, guards=self.path, wait=self._wait):
                if not self.follow():
                    yield
                    return

    def follow(self) -> bool:
        """Go on with the folder under its new name, where it was given one; whether it was."""
        if os.path.lexists(self.path.parent):
            return False
        folder = moved_to(self.path.parent)
        if folder is None:
            return False
        self._go_on_in(folder)
        return True

    def move(self, folder: Path) -> None:
        """Give the incident folder another path beside its own; those who have it open follow.

        Raises `Busy`, `NotSaved` and `Gone`.
        """
        with self._mutex, self._locked():
            before = self.path.parent
            if not before.is_dir():
                raise Gone(self.path)
            try:
                add_former_name(before, before.name)
                before.rename(folder)
                fsync_folder(str(folder.parent))
            except OSError as error:
                raise not_saved(self.path, error) from error
            self._go_on_in(folder)

    def _go_on_in(self, folder: Path) -> None:
        with suppress(OSError):
            self._lock.unlink()  # its name is the old one
        self._lock = self._lock.with_name(f"{folder.name}.lock")
        self.path = self._storage.path = folder / self.path.name

    def create(self, meta: Meta, entries: Iterable[Entry] = ()) -> None:
        """Make the file with its first entries.

        Raises `Busy`, `Gone`, and `NotSaved`, also when it already exists.
        """
        with self._mutex, locked(self._lock, guards=self.path, wait=self._wait):
            if os.path.lexists(self.path):
                raise NotSaved(self.path, "it already exists", "Choose another name.")
            self._storage.begin(new_tables(meta))
            self._contents = LogContents(meta=meta)
            try:
                self._write(list(entries), replaced=False)
            except BaseException:
                self._contents = LogContents()
                with suppress(OSError):
                    self.path.unlink()
                raise

    def rebuild(self, tables: Tables) -> Path | None:
        """Write `tables`, whatever is there now; what was there is kept beside it, and named.

        Raises `Busy`, `NotSaved` and `Unreadable`.
        """
        with self._mutex, locked(self._lock, guards=self.path, wait=self._wait):
            try:
                old = read_file(self.path, below=self.path.parent.parent)
            except FileNotFoundError:
                old = None
            except OSError as error:
                raise not_readable(self.path, error) from error
            try:
                beside = None if old is None else _beside(self.path, old)
                self._storage.write_lines(tables)
            except OSError as error:
                raise not_saved(self.path, error) from error
            self._contents = LogContents()
            return beside

    def change(self, make: Callable[[bytes], Tables]) -> None:
        """Write what `make` gives for the file as it is, while nobody else can write.

        Raises `Busy`, `Gone`, `NotSaved`, `Unreadable`, and what `make` raises: then the file
        stays as it is.
        """
        with self._mutex, locked(self._lock, guards=self.path, wait=self._wait):
            try:
                old = read_file(self.path, below=self.path.parent.parent)
            except FileNotFoundError:
                raise Gone(self.path) from None
            except OSError as error:
                raise not_readable(self.path, error) from error
            tables = make(old)
            try:
                self._storage.write_lines(tables)
            except OSError as error:
                raise not_saved(self.path, error) from error
            self._contents = LogContents()

    def _load(self) -> list[Entry]:
        """Bring `_contents` up to the file; returns the entries that are new in it."""
        if self._contents.signature is not None and not self.changed():
            return []
        self.follow()
        try:
            added = self._storage.load(self._understood)
        except (FileNotFoundError, NotADirectoryError):
            raise Gone(self.path) from None
        except OSError as error:
            raise not_readable(self.path, error) from error
        except Damaged as error:
            raise Unreadable(self.path, str(error), RESTORE) from None
        before = self._contents
        # An event that could not be read is held all the same, and has to be told again.
        if added is not None and self._storage.events == len(before.documents) + len(added):
            new = {number: self._entry(number, document) for number, document in added.items()}
            if before.grow(added, new, self._storage.version):
                return list(new.values())
        known = dict(zip(before.documents.values(), before.entries, strict=True))
        (meta,) = self._database.meta.lines().values()
        documents = self._database.events.lines()
        entries = [
            known.get(document) or self._entry(number, document)
            for number, document in documents.items()
        ]
        self._contents = LogContents(
            self._storage.version, msgspec.json.decode(meta, type=Meta), documents, entries
        )
        earlier = {entry.id: entry for entry in before.entries}
        now = {entry.id: entry for entry in entries}
        self.rewritten |= any(now.get(name) != entry for name, entry in earlier.items())
        return [entry for entry in entries if entry.id not in earlier]

    def _understood(self, tables: Tables) -> Tables:
        return self._layout.understand(tables, self.path)[1]

    def _entry(self, number: int, document: bytes) -> Entry:
        try:
            return decode(document)
        except EntryError as error:
            raise Unreadable(self.path, f"its event {number}: {error}", RESTORE) from None

    def _write(self, entries: list[Entry], *, replaced: bool) -> None:
        """Write the file with `entries` added, or in the place of those of the same ids."""
        contents = self._contents
        numbers: dict[str, int] = {}
        written: dict[int, Entry] = {}
        for entry in entries:
            number = contents.numbers.get(entry.id, numbers.get(entry.id))
            if number is None:
                number = numbers[entry.id] = contents.next_number + len(numbers)
            elif not replaced:
                continue
            written[number] = entry
        documents = [Document(as_document(entry), number) for number, entry in written.items()]
        events = self._database.events
        try:
            if not self.path.parent.is_dir():
                raise Gone(self.path)
            if replaced:
                events.put_multiple(documents)
            else:
                events.insert_multiple(documents)
        except OSError as error:
            # What the file holds now is uncertain (the rename may have happened): read it again.
            contents.signature = None
            raise not_saved(self.path, error) from error
        contents.take(written, self._storage.version)


def _beside(path: Path, data: bytes) -> Path:
    """Keep `data` under a name that is free, beside `path`. Raises OSError."""
    for number in count(1):
        kept = path.with_name(f"{path.name}.damaged-{number}")
        try:
            with kept.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        fsync_folder(str(path.parent))
        return kept
    raise AssertionError("numbers do not end")
