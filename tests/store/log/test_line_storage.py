"""The incident file as a TinyDB file: one document per line, opened by plain TinyDB as well."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace
from tinydb import TinyDB, where

from incident_tui.store.files.atomic import SYSTEM
from incident_tui.store.log import line_storage
from incident_tui.store.log.line_storage import Damaged, LineStorage, parse, render

UNSYNCED = replace(SYSTEM, fsync=lambda descriptor: None)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
DOCUMENTS = st.lists(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4), max_size=4)
TABLES = st.dictionaries(TEXTS.filter(bool), DOCUMENTS, max_size=3)


def numbered(tables: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        table: {str(number): document for number, document in enumerate(documents, 1)}
        for table, documents in tables.items()
    }


def test_a_git_diff_reads_as_what_happened(tmp_path: Path) -> None:
    path = tmp_path / "db.json"
    with TinyDB(path, storage=LineStorage) as db:
        db.table("meta").insert({"schema": 1})
        db.table("events").insert({"text": "größer ✓", "order": 1})
        db.table("events").insert({"text": "b", "order": 2})
    assert path.read_bytes().decode() == (
        '{\n"meta": {\n"1": {"schema":1}\n},\n'
        '"events": {\n"1": {"text":"größer ✓","order":1},\n"2": {"text":"b","order":2}\n}\n}\n'
    )


def test_it_answers_queries_updates_and_removals_as_any_tinydb_storage(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "db.json", storage=LineStorage) as db:
        db.insert_multiple({"n": n} for n in range(3))
        db.update({"n": 7}, where("n") == 1)
        db.remove(where("n") == 0)
    with TinyDB(tmp_path / "db.json", storage=LineStorage) as db:
        assert [document["n"] for document in db.all()] == [7, 2]
        assert db.insert({"n": 8}) == 4


@pytest.mark.parametrize("content", [None, b""], ids=["missing", "empty"])
def test_a_file_without_content_is_an_empty_database(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "db.json"
    if content is not None:
        path.write_bytes(content)
    assert LineStorage(path).read() is None
    assert TinyDB(path, storage=LineStorage).all() == []


@given(TABLES)
def test_plain_tinydb_reads_the_same_documents(tables: dict[str, list[dict[str, Any]]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "db.json")
        LineStorage(path, system=UNSYNCED).write(numbered(tables))
        with TinyDB(path, encoding="utf-8") as db:
            assert {name: list(db.table(name)) for name in tables} == tables


@given(TABLES, st.sampled_from([None, 1, 4]), st.booleans())
def test_what_another_program_reformatted_comes_back_byte_for_byte(
    tables: dict[str, list[dict[str, Any]]], indent: int | None, ascii_only: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "db.json")
        storage = LineStorage(path, system=UNSYNCED)
        storage.write(numbered(tables))
        written = path.read_bytes()
        path.write_text(json.dumps(json.loads(written), indent=indent, ensure_ascii=ascii_only))
        storage.write_lines(storage.read_lines()[0])
        assert path.read_bytes() == written


@given(TABLES)
def test_documents_in_our_layout_are_kept_verbatim(tables: dict[str, list[dict[str, Any]]]) -> None:
    """Also where their bytes are not what this version would write: here, blanks after colons."""
    lines = {
        table: {number: json.dumps(document).encode() for number, document in documents.items()}
        for table, documents in numbered(tables).items()
    }
    assert parse(render(lines)) == lines


@pytest.mark.parametrize(
    "value", [{"a": object()}, {"a": float("nan")}, {"a": "\ud800"}, {"a": {1, 2}}]
)
def test_a_value_that_json_cannot_hold_leaves_the_file_alone(tmp_path: Path, value: object) -> None:
    path = tmp_path / "db.json"
    storage = LineStorage(path)
    storage.write({"t": {"1": {"a": 1}}})
    before = path.read_bytes()
    with pytest.raises((TypeError, ValueError)):
        storage.write({"t": {"1": {"a": value}}})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "breaks off in line 1"),
        (b'{\n"a": {\n"1": {"x":"y', "breaks off in line 3"),
        (b'{\n"a": {\n"1": {"x":1,}\n}\n}\n', "line 3: .*trailing comma"),
        (b'{\n"a": {\n"1": {"x":"\xff"}\n}\n}\n', "line 3 is not UTF-8"),
        (b"[1, 2]", "no TinyDB file: Expected `object`"),
        (b'{"a": [1]}', "no TinyDB file"),
        (b'{"a": {"1": {}}} and more', "trailing characters"),
        (b'{"a": {"1": {"x":1}, "1": {"x":2}}}', "the name '1' stands twice"),
        (b'{"a": {"1": {}}, "a": {"1": {}}}', "the name 'a' stands twice"),
        (b'{"a": {"1": 1e999}}', "JSON compliant"),
        (b'{"a": {"1": ' + b"[" * 100_000 + b"}}", "recursion"),
        (b"<<<<<<< HEAD\n{}\n", "line 1: git left two versions"),
    ],
)
def test_damage_is_named_with_its_place(data: bytes, says: str) -> None:
    with pytest.raises(Damaged, match=says):
        parse(data)


def test_a_file_that_is_just_being_written_in_place_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain TinyDB writes in place: a reader may come in the middle and must not cry damage."""
    path = tmp_path / "db.json"
    path.write_bytes(b'{"t": {"1": {"a"')
    tries = []

    def finished_meanwhile(data: bytes) -> object:
        tries.append(data)
        if len(tries) == 1:
            path.write_bytes(b'{"t": {"1": {"a": 1}}}')
        return read(data)

    read = line_storage._parsed
    monkeypatch.setattr(line_storage, "_parsed", finished_meanwhile)
    assert LineStorage(path).read_lines()[0] == {"t": {"1": b'{"a":1}'}}
    assert len(tries) == 2
