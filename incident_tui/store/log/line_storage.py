"""The TinyDB storage of an incident: one document per line, replaced as a whole.

Plain `TinyDB(path)` opens the same file. Locking and the meaning of documents live elsewhere.
"""

import json
import os
import re
from collections.abc import Iterator, KeysView, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec
from tinydb.storages import Storage

from incident_tui.door import LARGEST, check_file, read_file, read_version, too_large
from incident_tui.store.files.atomic import SYSTEM, System, replace_file

Tables = dict[str, dict[str, bytes]]
"""Table name -> document number -> the document's JSON exactly as it stands on its line."""

Signature = tuple[int, int, int]
"""Inode, size and time of change of the version that was read: another version, another value."""

_tables = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])
_documents = msgspec.json.Decoder(dict[str, msgspec.Raw])
_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)
_END = b"\n}\n}\n"
"""What stands behind the last document of a file."""
_LAST = "0"
"""In the place of the name of the document before, which the next one is set apart from."""
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Damaged(ValueError):
    """Bytes that are no TinyDB file; the message says what is wrong and on which line."""


class Line(msgspec.Struct, gc=False):
    """A stored document, decoded when somebody looks into it; `raw` is its JSON.

    There are thousands of them; what msgspec makes costs little, and no collection of garbage.
    """

    raw: bytes
    _decoded: dict[str, Any] | None = None

    def _fields(self) -> dict[str, Any]:
        if self._decoded is None:
            self._decoded = json.loads(self.raw)
        return cast("dict[str, Any]", self._decoded)

    def keys(self) -> KeysView[str]:
        """The names of its fields."""
        return self._fields().keys()

    def __getitem__(self, name: str) -> Any:
        return self._fields()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields())

    def __len__(self) -> int:
        return len(self._fields())


class Read(NamedTuple):
    """What a file holds: all of it, or what was `added` to the last table of what is held."""

    tables: Tables
    added: dict[str, bytes] | None
    version: Signature
    data: bytes
    ours: bool
    """Whether the bytes are those that `render` makes of it."""


class LineStorage(Storage):
    """`TinyDB(path, storage=LineStorage)`: a JSON file that a git diff reads line by line.

    The file is made on the first write. Values that JSON cannot hold are refused before anything
    is written (TypeError, ValueError). No folder from `below` on may be a link (by default only the
    file itself may be none).
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        below: Path | None = None,
        system: System = SYSTEM,
    ) -> None:
        super().__init__()
        self.path = Path(path)
        self._below = below or self.path.parent
        self._system = system

    def read(self) -> dict[str, dict[str, Any]] | None:
        """As TinyDB asks for it, each document decoded. Raises OSError and `Damaged`."""
        try:
            data = read_file(self.path, below=self._below)
        except FileNotFoundError:
            return None
        if not data:
            return None
        tables: dict[str, dict[str, Any]] = _checked(data)
        return tables

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        self.write_lines(as_tables(as_lines(data)))

    def read_lines(self, held: bytes | bytearray = b"") -> "Read":
        """The documents without decoding them. Raises OSError and `Damaged`.

        Of a file that goes on where the one that is `held` ends only the rest is looked at.
        """
        while True:
            data, version = read_version(self.path, below=self._below)
            read = signature(version)
            if (added := appended_lines(held, data)) is not None:
                return Read({}, added, read, data, True)
            try:
                tables, ours = _parsed(data)
                return Read(tables, None, read, data, ours)
            except Damaged:
                # A program that writes in place (plain TinyDB does) may have been half-way.
                if signature(self.path.stat()) == read:
                    raise

    def write_lines(self, tables: Tables) -> Signature:
        """Replace the file; durable on return. Raises OSError (see `atomic.replace_file`)."""
        return self.write_file(render(tables))

    def write_file(self, data: bytes | bytearray) -> Signature:
        """Replace the file by these bytes of one. Raises as `write_lines` does."""
        check_file(self.path, self._below)
        if len(data) > LARGEST:
            raise too_large(self.path, LARGEST)
        return signature(replace_file(self.path, data, system=self._system))


def signature(status: os.stat_result) -> Signature:
    """What tells this version of a file from another."""
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def render(tables: Tables) -> bytes:
    """The file: valid JSON, each document on a line of its own, in the order given."""
    # One join for all: the file is large, and each step that copies it takes a millisecond.
    parts = [b"{\n" if tables else b"{"]
    for table, head in zip(tables, _heads(list(tables)), strict=True):
        documents = tables[table]
        parts += [head, b"{\n" if documents else b"{"]
        lines = [b""] * (2 * len(documents))
        lines[::2] = _heads(list(documents))
        lines[1::2] = documents.values()
        parts += lines
        parts.append(b"\n}" if documents else b"}")
    parts.append(b"\n}\n" if tables else b"}\n")
    return b"".join(parts)


def append_lines(file: bytearray, documents: Mapping[str, bytes]) -> None:
    """Put documents behind the last one of a file that `render` made, whose last table has some."""
    heads = _heads([_LAST, *documents])[1:]
    lines = [part for pair in zip(heads, documents.values(), strict=True) for part in pair]
    file[-len(_END) :] = b"".join([*lines, _END])


def appended_lines(held: bytes | bytearray, data: bytes) -> dict[str, bytes] | None:
    """The documents with which `data` goes on where a file that `render` made ends.

    None where it does anything else, or what was added is laid out in another way.
    """
    before = held[: -len(_END)]
    if not (before and held.endswith(_END) and len(data) > len(held) and data.startswith(before)):
        return None
    rest = data[len(before) : -len(_END)]
    try:
        rest.decode()
        parsed = _documents.decode(b"{" + rest.removeprefix(b",") + b"}")
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        return None
    added = {number: bytes(document) for number, document in parsed.items()}
    again = bytearray(before[-1:] + _END)
    append_lines(again, added)
    return added if again[1:] == data[len(before) :] else None


def _heads(names: list[str]) -> list[bytes]:
    """What stands before each value of an object: the comma, the line break and the name."""
    if not "".join(names).isalnum():
        names = [_ENCODE(name)[1:-1] for name in names]
    if not names:
        return []
    # Neither a number nor an encoded string holds a NUL.
    return ('"' + '": \0,\n"'.join(names) + '": ').encode().split(b"\0")


def parse(data: bytes) -> Tables:
    """The documents of a file, however it is laid out.

    Where the layout is ours the bytes of a document are kept as they are. Otherwise (plain TinyDB
    has written) each is brought to its one-line form. Raises `Damaged`.
    """
    return _parsed(data)[0]


def _parsed(data: bytes) -> tuple[Tables, bool]:
    """As `parse`; and whether the layout is ours."""
    try:
        data.decode()
        tables = {
            table: {number: bytes(document) for number, document in documents.items()}
            for table, documents in _tables.decode(data).items()
        }
    except UnicodeDecodeError as error:
        raise Damaged(f"line {_line(data, error.start)} is not UTF-8 text") from None
    except msgspec.ValidationError as error:
        raise Damaged(f"this is no TinyDB file: {error}") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise Damaged(_located(data, str(error))) from None
    if render(tables) == data:
        return tables, True
    try:
        other = {
            table: {number: _encode(document) for number, document in documents.items()}
            for table, documents in _checked(data).items()
        }
        return other, False
    except UnicodeEncodeError as error:
        raise Damaged(f"half a character (a lone surrogate) in the text: {error}") from None
    except (ValueError, RecursionError) as error:
        raise Damaged(str(error)) from None


def _checked(data: bytes) -> Any:
    try:
        return json.loads(data, object_pairs_hook=_once)
    except Damaged:
        raise
    except (ValueError, RecursionError) as error:
        raise Damaged(str(error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # A second document of the same number would silently take the place of the first.
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Damaged(f"the name {twice!r} stands twice in one object")
    return table


def lines_of(tables: Tables) -> dict[str, dict[str, Line]]:
    """The documents of a file as lines to look into."""
    return {
        table: {number: Line(raw) for number, raw in documents.items()}
        for table, documents in tables.items()
    }


def as_lines(data: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Line]]:
    """What TinyDB stores, each document encoded that is no line yet.

    Raises TypeError and ValueError for values that JSON cannot hold.
    """
    return {
        table: {
            number: document if isinstance(document, Line) else Line(_encode_document(document))
            for number, document in documents.items()
        }
        for table, documents in data.items()
    }


def as_tables(lines: Mapping[str, Mapping[str, Line]]) -> Tables:
    """The JSON of lines."""
    return {
        table: {number: line.raw for number, line in documents.items()}
        for table, documents in lines.items()
    }


def _encode_document(document: Mapping[str, Any]) -> bytes:
    # A part that is JSON already stands as it is, which only msgspec does; but it takes NaN.
    if any(isinstance(value, msgspec.Raw) for value in document.values()):
        return msgspec.json.encode(document)
    return _encode(document)


def _encode(value: object) -> bytes:
    return _ENCODE(value).encode()


def _located(data: bytes, problem: str) -> str:
    conflict = _CONFLICT.search(data)
    if conflict:
        where = _line(data, conflict.start())
        return f"line {where}: git left two versions here, marked as a conflict"
    if "truncated" in problem:
        return f"the file breaks off in line {_line(data, len(data))}"
    at = re.search(r" \(byte (\d+)\)", problem)
    if at is None:
        return problem
    return f"line {_line(data, int(at[1]))}: {problem.removesuffix(at[0])}"


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
