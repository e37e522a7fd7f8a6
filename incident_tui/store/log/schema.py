"""The version of the incident file: its `meta` document, and how older versions are brought up.

The documents of the events are the kernel's business.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from incident_tui.domain.values.text import whole_number
from incident_tui.store.files.errors import Newer, Unreadable
from incident_tui.store.log.line_storage import Tables

SCHEMA = 1
RESTORE = "Left as it is; `incident-tui recover ID` rebuilds it from git and what can be read."

Migration = Callable[[Tables], Tables]

_MIGRATIONS: dict[int, Migration] = {}
"""Schema -> what makes the next schema of it."""


class Meta(msgspec.Struct, frozen=True):
    """What a file says of itself: its schema, whose incident it is, which version made it."""

    schema: int
    id: str
    written_by: str


class Layout(msgspec.Struct, frozen=True):
    """The newest schema that can be read, and the ways up to it from older ones."""

    schema: int = SCHEMA
    migrations: Mapping[int, Migration] = msgspec.field(default_factory=lambda: _MIGRATIONS)

    def understand(self, tables: Tables, path: Path) -> tuple[Meta, Tables]:
        """The meta document, and the tables in this schema.

        Raises `Newer`, and `Unreadable` when the tables are not an incident's.
        """
        meta = _meta(tables, path)
        while meta.schema != self.schema:
            if meta.schema > self.schema:
                raise Newer(path, meta.schema, self.schema)
            migrate = self.migrations.get(meta.schema)
            if migrate is None:
                raise Unreadable(path, f"there is no way up from schema {meta.schema}", RESTORE)
            older = meta.schema
            tables = migrate(tables)
            meta = _meta(tables, path)
            if meta.schema <= older:
                raise Unreadable(path, f"schema {older} could not be brought up", RESTORE)
        for table in ("meta", "events"):
            _check_numbers(tables[table], path)
        return meta, tables


def new_tables(meta: Meta) -> Tables:
    """The tables of an incident without entries."""
    return {"meta": {"1": msgspec.json.encode(meta)}, "events": {}}


def _meta(tables: Tables, path: Path) -> Meta:
    for table in ("meta", "events"):
        if table not in tables:
            raise Unreadable(path, f"this is not an incident file: no table {table!r}", RESTORE)
    documents = list(tables["meta"].values())
    if len(documents) != 1:
        raise Unreadable(path, f"{len(documents)} meta documents where one is expected", RESTORE)
    try:
        return msgspec.json.decode(documents[0], type=Meta)
    except msgspec.DecodeError as error:
        raise Unreadable(path, f"its meta document: {error}", RESTORE) from None


def _check_numbers(names: Iterable[str], path: Path) -> None:
    seen = set()
    for name in names:
        number = whole_number(name)
        if number is None:
            text = f"{name[:40]!r} is not the number of a document"
            raise Unreadable(path, text, RESTORE)
        if number in seen:  # as "7" and "07", and to TinyDB these are one document
            raise Unreadable(path, f"two documents have the number {number}", RESTORE)
        seen.add(number)
