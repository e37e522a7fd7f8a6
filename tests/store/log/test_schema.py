"""Files of other versions: older ones are brought up, newer ones are left alone."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from incident_tui.domain.core.events import Entry
from incident_tui.store.files.errors import Newer, Unreadable
from incident_tui.store.log.incident_file import IncidentFile
from incident_tui.store.log.line_storage import LineStorage, Tables
from incident_tui.store.log.schema import SCHEMA, Layout, Meta

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]


def next_schema(tables: Tables) -> Tables:
    """Each entry of the old schema lacks who wrote it."""
    meta = msgspec.json.decode(tables["meta"]["1"])
    events = {}
    for number, document in tables["events"].items():
        values = msgspec.json.decode(document)
        events[number] = msgspec.json.encode({**values, "actor": "unknown"})
    new_meta = msgspec.json.encode({**meta, "schema": meta["schema"] + 1})
    return {**tables, "meta": {"1": new_meta}, "events": events}


def stay(tables: Tables) -> Tables:
    return tables


def test_every_schema_up_to_ours_has_a_way_up() -> None:
    assert set(Layout().migrations) == set(range(1, SCHEMA))


def test_a_newer_file_is_refused_for_reading_and_writing_and_left_alone(
    tmp_path: Path, open_file: OpenFile
) -> None:
    path = open_file(tmp_path).path
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2'))
    before = path.read_bytes()
    with pytest.raises(Newer, match="has schema 2, and this version knows schema 1") as caught:
        open_file(tmp_path).read()
    assert caught.value.schema == 2
    assert "Install a newer incident-tui" in caught.value.remedy
    with pytest.raises(Newer), open_file(tmp_path).transaction():
        pass
    assert path.read_bytes() == before


def test_an_older_file_is_brought_up_on_reading_and_written_so_with_the_next_entry(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    old = open_file(tmp_path)
    with old.transaction() as transaction:
        transaction.append([entry(1)])
    before = old.path.read_bytes()
    layout = Layout(3, {1: next_schema, 2: next_schema})
    file = open_file(tmp_path, layout=layout)
    assert file.read().meta == Meta(3, "2026-11-20-x", "0.1.0")
    assert file.read().entries[0].actor == "unknown"
    assert old.path.read_bytes() == before, "reading writes nothing"
    with file.transaction() as transaction:
        transaction.append([entry(2)])
    tables = LineStorage(old.path).read_lines().tables
    assert b'"schema":3' in tables["meta"]["1"]
    assert [each.actor for each in open_file(tmp_path, layout=layout).read().entries] == [
        "unknown",
        "ana",
    ]


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        (Layout(2, {}), "no way up from schema 1"),
        (Layout(2, {1: stay}), "schema 1 could not be brought up"),
    ],
)
def test_an_older_file_without_a_way_up_is_refused(
    tmp_path: Path, open_file: OpenFile, layout: Layout, says: str
) -> None:
    with pytest.raises(Unreadable, match=says):
        open_file(tmp_path, layout=layout).read()


@pytest.mark.parametrize("number", ["one", "-1", "1.5", "²", "1" * 19, "1" * 5000])
def test_a_document_that_has_no_number_to_count_on_from_is_named(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, number: str
) -> None:
    file = open_file(tmp_path)
    with file.transaction() as transaction:
        transaction.append([entry(1)])
    whole = file.path.read_text().replace('"events": {\n"1"', f'"events": {{\n"{number}"')
    assert number in whole
    file.path.write_text(whole)
    with pytest.raises(Unreadable, match="is not the number of a document") as caught:
        open_file(tmp_path).read()
    assert len(str(caught.value)) < 500
