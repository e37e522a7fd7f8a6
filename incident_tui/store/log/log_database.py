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

from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.log.line_storage import (
    Line,
    LineStorage,
    Signature,
    Tables,
    as_lines,
    as_tables,
    lines_of,
)


class LogTable(Table):
    """A table of lines."""

    # Nothing is asked of a log that a fold does not answer.
    default_query_cache_capacity = 0

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


class LogStorage(LineStorage):
    """Gives and replaces the version of the file that was loaded last.

    What is changed is then what was looked at, whatever other programs write meanwhile.
    """

    def __init__(self, path: Path, *, below: Path, system: System = SYSTEM) -> None:
        super().__init__(path, below=below, system=system)
        self.version: Signature | None = None
        """Which version of the file is held; None where that is not what the file holds."""
        self._held: Mapping[str, Mapping[str, Line]] = {}

    def load(self, understand: Callable[[Tables], Tables]) -> None:
        """Read the file as it is now; `understand` brings it up to the present schema.

        Raises OSError, `Damaged`, and what `understand` raises; then the version before is held.
        """
        tables, version = self.read_lines()
        self.begin(understand(tables))
        self.version = version

    def begin(self, tables: Tables) -> None:
        """Hold tables that the next write will make a file of."""
        self._held, self.version = lines_of(tables), None

    def read(self) -> dict[str, dict[str, Any]]:
        # TinyDB puts another table in the place of one that it changes; lines never change.
        return cast("dict[str, dict[str, Any]]", dict(self._held))

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        lines = as_lines(data)
        self.version = self.write_lines(as_tables(lines))
        self._held = lines


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
        return cast(LogTable, self.table("events"))
