"""The TinyDB database over one incident file: its tables, and the version of it that is held.

TinyDB reads and writes all of a file for each change, and makes a dictionary of each document. Here
a document stays the JSON of its line until somebody looks into it, and the file is read when it is
said to (`LogStorage.load`): so a change costs what writing the file costs. Locks are elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Document, Table

from incident_tui.domain.values.text import whole_number
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.log.line_storage import (
    Line,
    LineStorage,
    Signature,
    Tables,
    append_lines,
    as_lines,
    as_tables,
    lines_of,
    parse,
    render,
)

EVENTS = "events"
"""The name of the table of entries, the last one of a file."""


class LogTable(Table):
    """A table of lines."""

    # Nothing is asked of a log that a fold does not answer.
    default_query_cache_capacity = 0
    _inserts = False

    def lines(self) -> dict[int, bytes]:
        """Number and JSON of each document, in the order of the file; none is decoded."""
        stored = cast("dict[str, Line]", self._read_table())
        return {int(number): line.raw for number, line in stored.items()}

    def put_multiple(self, documents: Iterable[Document]) -> None:
        """Store documents, each new or in the place of the one of its number, in one write.

        TinyDB itself would write once for those that are there and once for the others.
        """

        def put(table: dict[int, Mapping[str, Any]]) -> None:
            table.update((document.doc_id, document) for document in documents)

        self._update_table(put)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """As TinyDB's own, which would make the whole table anew, twice, to add to it.

        Gives the numbers of the documents. Raises as `LogStorage.add` does.
        """
        self._inserts = True
        try:
            return super().insert_multiple(documents)
        finally:
            self._inserts = False

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        if not self._inserts:
            super()._update_table(updater)
            return
        added = _Added(cast("dict[str, Line]", self._read_table()))
        updater(added)
        cast(LogStorage, self._storage).add(self.name, added)
        self.clear_cache()


class _Added(dict[int, Mapping[str, Any]]):
    """What is inserted into a table, by number; the numbers that the table has are taken."""

    def __init__(self, there: Mapping[str, Line]) -> None:
        self._there = there

    def __contains__(self, number: object) -> bool:
        return super().__contains__(number) or str(number) in self._there


class LogStorage(LineStorage):
    """Gives and replaces the version of the file that was loaded last.

    What is changed is then what was looked at, whatever other programs write meanwhile.
    """

    def __init__(self, path: Path, *, below: Path, system: System = SYSTEM) -> None:
        super().__init__(path, below=below, system=system)
        self.version: Signature | None = None
        """Which version of the file is held; None where that is not what the file holds."""
        self._held: dict[str, dict[str, Line]] = {}
        self._file: bytes | bytearray | None = None
        """The bytes of a file of what is held, as it was read or written; None where neither is
        known."""

    def load(self, understand: Callable[[Tables], Tables]) -> dict[int, bytes] | None:
        """Read the file as it is now; `understand` brings it up to the present schema.

        Returns the events that were added to the others, by number, where nothing else has changed
        since the file was read; None where it was read anew. Raises OSError, `Damaged`, and what
        `understand` raises; then the version before is held.
        """
        read = self.read_lines(self._file or b"")
        if read.added is not None and (new := self._taken(read.added)) is not None:
            self._file, self.version = read.data, read.version
            return new
        tables = read.tables if read.added is None else parse(read.data)
        understood = understand(tables)
        self.begin(understood)
        self.version = read.version
        if read.ours and understood is tables:
            self._file = read.data
        return None

    @property
    def events(self) -> int:
        """How many events are held."""
        return len(self._held.get(EVENTS, ()))

    def _taken(self, added: Mapping[str, bytes]) -> dict[int, bytes] | None:
        """Hold these documents behind the others; None where one has the number of another."""
        if next(reversed(self._held)) != EVENTS:
            return None
        table = self._held[EVENTS]
        numbers = [whole_number(name) for name in added]
        new = {number: raw for number, raw in zip(numbers, added.values(), strict=True) if number}
        if len(new) != len(added) or any(str(number) in table for number in new):
            return None
        if set(map(str, new)) != added.keys():
            return None  # "07" and "7" are one document
        table.update({name: Line(raw) for name, raw in added.items()})
        return new

    def begin(self, tables: Tables) -> None:
        """Hold tables that the next write will make a file of."""
        self._held, self._file, self.version = lines_of(tables), None, None

    def read(self) -> dict[str, dict[str, Any]]:
        # TinyDB puts another table in the place of one that it changes; what is added comes here.
        return cast("dict[str, dict[str, Any]]", dict(self._held))

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        lines = as_lines(data)
        self.version = self.write_lines(as_tables(lines))
        self._held, self._file = lines, None

    def add(self, table: str, documents: Mapping[int, Mapping[str, Any]]) -> None:
        """Write the file with further documents behind those that a table has; durable on return.

        Of a long log only the end is made anew. Raises as `write` does; then it is held as before.
        """
        new = as_lines({table: {str(number): each for number, each in documents.items()}})[table]
        held = self._held.get(table)
        if not held or table != next(reversed(self._held)) or any(number in held for number in new):
            self.write({**self._held, table: {**(held or {}), **new}})
            return
        file, self._file = self._file or render(as_tables(self._held)), None
        if not isinstance(file, bytearray):
            file = bytearray(file)
        append_lines(file, {number: line.raw for number, line in new.items()})
        self.version = self.write_file(file)
        held.update(new)
        self._file = file


class LogDatabase(TinyDB):
    """`TinyDB` over a `LogStorage`, with the two tables that an incident file has."""

    table_class = LogTable

    def __init__(self, storage: LogStorage) -> None:
        super().__init__(storage=lambda: storage)

    @property
    def meta(self) -> LogTable:
        """One document: what the file says of itself."""
        return cast(LogTable, self.table("meta"))

    @property
    def events(self) -> LogTable:
        """The entries of the log, by their numbers."""
        return cast(LogTable, self.table(EVENTS))
