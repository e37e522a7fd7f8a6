"""The database of an incident: TinyDB's own tables, at the price of one file written."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st
from tinydb import TinyDB, where
from tinydb.table import Document

from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.store.files.errors import Unreadable
from incident_tui.store.log import line_storage
from incident_tui.store.log.incident_file import IncidentFile
from incident_tui.store.log.line_storage import Line, Signature, Tables
from incident_tui.store.log.log_database import LogDatabase, LogStorage, LogTable
from tests.store.conftest import UNSYNCED

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]
# Of a newer version, and in bytes that no encoder here would make.
ODD_EVENT = b'{"type":"future.thing", "n" : 1E2,"t":"a\\u00e9\\/b","deep":[ 1, {"x":-0.0}]}'


@pytest.fixture
def storage(tmp_path: Path) -> LogStorage:
    made = LogStorage(tmp_path / "db.json", below=tmp_path, system=UNSYNCED)
    made.begin({"meta": {"1": b'{"schema":1}'}, "events": {}})
    return made


def as_it_is(tables: Tables) -> Tables:
    return tables


def odd(entry: Entry) -> Entry:
    document = msgspec.json.decode(encode(entry), type=dict[str, msgspec.Raw])
    return decode(msgspec.json.encode({**document, "event": msgspec.Raw(ODD_EVENT)}))


def test_it_is_a_tinydb_whose_documents_can_be_asked_for(storage: LogStorage) -> None:
    database = LogDatabase(storage)
    assert isinstance(database, TinyDB)
    database.events.insert_multiple([{"text": "a"}, {"text": "größer ✓"}])
    storage.load(as_it_is)
    assert [document.doc_id for document in database.events.all()] == [1, 2]
    assert database.events.search(where("text") == "größer ✓") == [{"text": "größer ✓"}]
    assert database.events.get(doc_id=1) == {"text": "a"}
    assert database.meta.all() == [{"schema": 1}]


def test_what_was_typed_together_is_one_insert_of_tinydbs_and_one_write(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_file(tmp_path)
    calls: list[str] = []
    insert, write = LogTable.insert_multiple, LogStorage.write_file

    def watched_insert(self: LogTable, documents: Any) -> list[int]:
        calls.append(f"insert into {self.name}")
        return insert(self, documents)

    def watched_write(self: LogStorage, data: bytes | bytearray) -> Signature:
        calls.append("write")
        return write(self, data)

    monkeypatch.setattr(LogTable, "insert_multiple", watched_insert)
    monkeypatch.setattr(LogStorage, "write_file", watched_write)
    with file.transaction() as transaction:
        transaction.append([entry(1), entry(2), entry(3)])
    assert calls == ["insert into events", "write"]


def test_a_line_holds_what_the_domain_encoded_to_the_byte(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    strange = odd(entry(2))
    assert ODD_EVENT in encode(strange)
    file = open_file(tmp_path)
    with file.transaction() as transaction:
        transaction.append([entry(1, 'a "quoted" \\ größer ✓ \x7f'), strange])
        transaction.restore([entry(1, "another"), odd(entry(3))])
    lines = [encode(each) for each in (entry(1, "another"), strange, odd(entry(3)))]
    stored = line_storage.parse(file.path.read_bytes())["events"]
    assert list(stored.items()) == list(zip("123", lines, strict=True))


def test_no_document_is_decoded_when_another_is_added(
    storage: LogStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = LogDatabase(storage)
    database.events.insert_multiple({"n": number} for number in range(100))
    storage.load(as_it_is)

    def never(self: Line, name: str) -> Any:
        raise AssertionError(f"{name} of {self.raw!r} was looked at")

    monkeypatch.setattr(Line, "__getitem__", never)
    monkeypatch.setattr(Line, "keys", never)
    database.events.insert_multiple([Document({"n": 100}, 101)])
    assert database.events.lines()[101] == b'{"n":100}'


def test_a_number_that_is_taken_is_refused_and_nothing_written(storage: LogStorage) -> None:
    database = LogDatabase(storage)
    database.events.insert_multiple([Document({"n": 1}, 7)])
    before = storage.path.read_bytes()
    with pytest.raises(ValueError, match="7 already exists"):
        database.events.insert_multiple([Document({"n": 2}, 8), Document({"n": 3}, 7)])
    assert storage.path.read_bytes() == before
    assert database.events.lines() == {7: b'{"n":1}'}


def test_what_could_not_be_written_is_not_held_either(storage: LogStorage) -> None:
    database = LogDatabase(storage)
    database.events.insert_multiple([{"n": 1}])
    with pytest.raises(ValueError, match="JSON compliant"):
        database.events.insert_multiple([{"n": float("nan")}])
    assert database.events.lines() == {1: b'{"n":1}'}


@given(steps=st.lists(st.sampled_from(["insert", "put", "load", "fail", "nothing"]), max_size=12))
def test_the_file_is_the_same_whichever_way_its_entries_came(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A long log is not made anew for each entry: its end is, and nobody can tell."""
    full: list[int] = []

    def write(descriptor: int, data: memoryview) -> int:
        if full:
            raise OSError(errno.ENOSPC, "no space left")
        return os.write(descriptor, data)

    path = tmp_path_factory.mktemp("log") / "db.json"
    system = msgspec.structs.replace(UNSYNCED, write=write)
    storage = LogStorage(path, below=path.parent, system=system)
    storage.begin({"meta": {"1": b'{"schema":1}'}, "events": {}})
    events = LogDatabase(storage).events
    expected: dict[int, bytes] = {}
    for count, step in enumerate(steps, 1):
        document = Document({"step": count, "text": 'größer "✓"\n'}, len(expected) + 1)
        made = {document.doc_id: msgspec.json.encode(dict(document))}
        if step == "insert":
            events.insert_multiple([document])
        elif step == "put":
            document.doc_id = 1
            made = {1: made.popitem()[1]}
            events.put_multiple([document])
        elif step == "fail":
            full.append(count)
            with pytest.raises(OSError, match="no space left"):
                events.insert_multiple([document])
            full.clear()
            continue
        elif step == "nothing":
            events.insert_multiple([])
            continue
        else:
            if path.exists():
                storage.load(as_it_is)
            continue
        expected |= made
        tables = {"meta": {"1": b'{"schema":1}'}, "events": as_names(expected)}
        assert path.read_bytes() == line_storage.render(tables)
        assert events.lines() == expected


def as_names(documents: dict[int, bytes]) -> dict[str, bytes]:
    return {str(number): document for number, document in documents.items()}


def test_two_numbers_that_tinydb_takes_for_one_are_named_before_one_is_lost(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    file = open_file(tmp_path)
    with file.transaction() as transaction:
        transaction.append([entry(1), entry(2)])
    file.path.write_bytes(file.path.read_bytes().replace(b'"2": ', b'"01": '))
    with pytest.raises(Unreadable, match="two documents have the number 1"):
        open_file(tmp_path).read()
