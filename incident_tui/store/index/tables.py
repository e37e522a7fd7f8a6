"""The tables of an index, and the statements on them. Files and locks are `index_file`'s.

`standing` says of each log whether its incident is closed, which is all that most lines need.
`incident` has what is known of each incident across a home, as two documents that the service
understands; `entry` the texts of its timeline, and `word` where which word stands in them (FTS5).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE standing (
        name TEXT PRIMARY KEY, version BLOB NOT NULL, closed INTEGER NOT NULL,
        redactions INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE incident (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version BLOB NOT NULL,
        redactions INTEGER NOT NULL, size INTEGER NOT NULL,
        summary BLOB NOT NULL, outline BLOB NOT NULL
    )""",
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY, incident INTEGER NOT NULL, entry TEXT NOT NULL,
        number INTEGER NOT NULL, at INTEGER NOT NULL, retracted INTEGER NOT NULL,
        text TEXT NOT NULL, source TEXT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
        weight REAL NOT NULL
    )""",
    "CREATE INDEX entry_of_incident ON entry (incident)",
    # Stems after Porter, so that "failing" finds "failed"; accents do not matter.
    """CREATE VIRTUAL TABLE word USING fts5 (
        text, source, actor, kind, content = 'entry', content_rowid = 'id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    )""",
    # What was written counts in full; source, author and kind, which many have in common, less.
    "INSERT INTO word (word, rank) VALUES ('rank', 'bm25(1.0, 0.3, 0.3, 0.3)')",
)
_SECURE_FROM = (3, 42)
"""The first SQLite whose FTS5 removes the words of what is deleted (option `secure-delete`)."""

Document = Literal["summary", "outline", ""]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A line of a timeline as it is searched. `at` is in seconds since 1970, in UTC.

    `weight` says how much it tells of its incident, beside 1 of a fact.
    """

    entry: str
    number: int
    at: int
    retracted: bool
    text: str
    source: str
    actor: str
    kind: str
    weight: float = 1.0

    @classmethod
    def columns(cls, table: str = "entry") -> str:
        """The columns of a table that make a row."""
        return ", ".join(f"{table}.{name}" for name in cls.__struct_fields__)


class Known(msgspec.Struct, frozen=True):
    """What an index keeps of one incident; `version` is that of the files it was read from.

    One that is `private` is kept nowhere but in its home.
    """

    name: str
    version: bytes
    redactions: int
    summary: bytes
    outline: bytes
    rows: Sequence[Row] = ()
    private: bool = False

    def document(self, column: Document) -> bytes:
        """One of its documents, the second where only the versions are wanted of what is stored."""
        return self.summary if column == "summary" else self.outline


class Standing(msgspec.Struct, frozen=True):
    """Whether the incident of a log is closed, and how many redactions the log holds."""

    version: bytes
    closed: bool
    redactions: int


def create(connection: sqlite3.Connection, edition: str) -> None:
    """Make empty tables."""
    connection.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        connection.execute(table)
    connection.execute("INSERT INTO meta VALUES ('edition', ?)", (edition,))
    connection.execute("COMMIT")
    if sqlite3.sqlite_version_info >= _SECURE_FROM:
        connection.execute("INSERT INTO word (word, rank) VALUES ('secure-delete', 1)")


def is_whole(connection: sqlite3.Connection, edition: str) -> bool:
    """Whether this edition of the program made the tables, and nothing waits for a scrub."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return False
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    return meta.get("edition") == edition and "scrub" not in meta


def scrub(connection: sqlite3.Connection) -> None:
    """Have no byte left of what was removed, where that was asked for (`keep`, `forget`).

    Deleted words stay in the segments of FTS5 until these are merged, and bytes of moved rows can
    stay in pages: the file is written anew from what is still there.
    """
    if not connection.execute("SELECT 1 FROM meta WHERE name = 'scrub'").fetchone():
        return
    connection.execute("INSERT INTO word (word) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("DELETE FROM meta WHERE name IN ('scrub', 'leftovers')")


def standings(connection: sqlite3.Connection) -> dict[str, Standing]:
    """The standing of each log that is known, by the name of its folder."""
    rows = connection.execute("SELECT name, version, closed, redactions FROM standing")
    return {name: Standing(version, bool(closed), count) for name, version, closed, count in rows}


def keep_standings(
    connection: sqlite3.Connection, new: Mapping[str, Standing], gone: Iterable[str]
) -> None:
    """Remember standings, and forget those of logs that are gone."""
    connection.executemany("DELETE FROM standing WHERE name = ?", ((name,) for name in gone))
    connection.executemany(
        "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)",
        ((name, one.version, one.closed, one.redactions) for name, one in new.items()),
    )


def documents(connection: sqlite3.Connection, column: Document) -> dict[str, tuple[bytes, bytes]]:
    """One of the documents of each incident that is known, with the version that it is of.

    Where only the versions are wanted, the document is empty.
    """
    document = column or "x''"
    rows = connection.execute(f"SELECT name, version, {document} FROM incident")
    return {name: (version, document) for name, version, document in rows}


def outline_of(connection: sqlite3.Connection, name: str) -> bytes:
    """The second document of one incident that is known."""
    row = connection.execute("SELECT outline FROM incident WHERE name = ?", (name,)).fetchone()
    return bytes(row[0])


def keep(connection: sqlite3.Connection, known: Known) -> None:
    """Put what is known of an incident in the place of what was; rows that stay are not written."""
    row = connection.execute(
        "SELECT id, redactions FROM incident WHERE name = ?", (known.name,)
    ).fetchone()
    values = (
        known.version, known.redactions, len(known.rows), known.summary, known.outline
    )  # fmt: skip
    if row is None:
        incident = connection.execute(
            "INSERT INTO incident (version, redactions, size, summary, outline, name)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*values, known.name),
        ).lastrowid
        assert incident is not None
    else:
        incident = row[0]
        connection.execute(
            "UPDATE incident SET version = ?, redactions = ?, size = ?, summary = ?, outline = ?"
            " WHERE id = ?",
            (*values, incident),
        )
    _keep_rows(connection, incident, known.rows)
    # One that is new here may be one that was removed, with words that are redacted since.
    if known.redactions != (row[1] if row else 0):
        _ask_for_scrub(connection)


def forget(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Remove incidents, and leave no byte of them: whoever took them away may have protected them.

    That writes the file anew, a second and a half of work for 5,000 incidents.
    """
    for name in names:
        row = connection.execute("SELECT id FROM incident WHERE name = ?", (name,)).fetchone()
        connection.execute("DELETE FROM standing WHERE name = ?", (name,))
        if row is None:
            continue
        _keep_rows(connection, row[0], ())
        connection.execute("DELETE FROM incident WHERE id = ?", row)
        _mark(connection, "scrub")


def _keep_rows(connection: sqlite3.Connection, incident: int, rows: Sequence[Row]) -> None:
    stored = {
        Row(*values): number
        for number, *values in connection.execute(
            f"SELECT id, {Row.columns()} FROM entry WHERE incident = ? ORDER BY id",
            (incident,),
        )
    }
    wanted = dict.fromkeys(rows)
    gone = [(number, row) for row, number in stored.items() if row not in wanted]
    if gone:
        _mark(connection, "leftovers")
        connection.executemany(
            "INSERT INTO word (word, rowid, text, source, actor, kind)"
            " VALUES ('delete', ?, ?, ?, ?, ?)",
            ((number, row.text, row.source, row.actor, row.kind) for number, row in gone),
        )
        connection.executemany("DELETE FROM entry WHERE id = ?", ((number,) for number, _ in gone))
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM entry").fetchone()[0]
    new = list(enumerate((row for row in wanted if row not in stored), first))
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, incident, *msgspec.structs.astuple(row)) for number, row in new),
    )
    connection.executemany(
        "INSERT INTO word (rowid, text, source, actor, kind) VALUES (?, ?, ?, ?, ?)",
        ((number, row.text, row.source, row.actor, row.kind) for number, row in new),
    )


def _ask_for_scrub(connection: sqlite3.Connection) -> None:
    """Scrub after this change, where anything was ever removed that could have left bytes."""
    if connection.execute("SELECT 1 FROM meta WHERE name = 'leftovers'").fetchone():
        _mark(connection, "scrub")


def _mark(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, '')", (name,))
