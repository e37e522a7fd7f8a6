"""A damaged file is refused and left as it is; it never passes as a shorter log."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from incident_tui.domain.core.events import Entry
from incident_tui.store.files.errors import Gone, Newer, Unreadable
from incident_tui.store.log.incident_file import IncidentFile

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]


@pytest.fixture(scope="module")
def log(entry: MakeEntry) -> list[Entry]:
    return [entry(order, text) for order, text in enumerate(["a", "größer", '"[/]\\', "d"], 1)]


@pytest.fixture(scope="module")
def whole(log: list[Entry], open_file: OpenFile) -> bytes:
    with TemporaryDirectory() as folder:
        file = open_file(Path(folder))
        with file.transaction() as transaction:
            transaction.append(log)
        return file.path.read_bytes()


def read(folder: Path, data: bytes) -> list[Entry] | None:
    """The entries in a file of these bytes; None when it is refused, for reading and writing."""
    path = folder / "incident.json"
    path.write_bytes(data)
    file = IncidentFile(path, lock=folder / "x.lock")
    with suppress(Unreadable):
        return file.read().entries
    with pytest.raises(Unreadable, match=re.escape(str(path))), file.transaction():
        pass
    assert path.read_bytes() == data
    assert sorted(os.listdir(folder)) == ["incident.json", "x.lock"]
    return None


def test_a_truncated_file_is_refused_wherever_it_breaks_off(
    tmp_path: Path, whole: bytes, log: list[Entry]
) -> None:
    for length in range(0, len(whole) - 1, 7):
        assert read(tmp_path, whole[:length]) is None
    assert read(tmp_path, whole[:-1]) == log, "only the last line break is missing"


@settings(max_examples=150)
@given(data=st.data())
def test_a_flipped_bit_never_costs_another_entry(
    data: st.DataObject, whole: bytes, log: list[Entry]
) -> None:
    """It is found, or changes a letter in one entry, as an edit would; no entry goes missing."""
    position = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[position] ^= 1 << data.draw(st.integers(0, 7))
    with TemporaryDirectory() as folder:
        entries = read(Path(folder), bytes(flipped))
    if entries is not None:
        assert len(entries) == len(log)
        assert sum(ours != theirs for ours, theirs in zip(log, entries, strict=True)) <= 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "breaks off"),
        (b"{}", "no table 'meta'"),
        (b'{"meta": {"1": {}}}', "no table 'events'"),
        (b'{"_default": {"1": {"a": 1}}}', "not an incident file"),
        (b'{"meta": {}, "events": {}}', "0 meta documents"),
        (b'{"meta": {"1": {"schema": 1}}, "events": {}}', "missing required field `id`"),
        (b'{"meta": {"1": {"schema":1,"id":"x","written_by":"0"}}, "events": {"a": {}}}', "'a' is"),
        (b'{"meta": {"!": {"schema":1,"id":"x","written_by":"0"}}, "events": {}}', "'!' is"),
        (
            b'{"meta": {"1": {"schema":1,"id":"x","written_by":"0"}}, "events": {"3": {"id":7}}}',
            r"its event 3: Expected `str`, got `int` - at `\$.id`",
        ),
        (b"<<<<<<< HEAD\n{}", "line 1"),
    ],
)
def test_the_refusal_says_what_is_wrong_and_what_to_do(
    tmp_path: Path, data: bytes, says: str
) -> None:
    path = tmp_path / "incident.json"
    path.write_bytes(data)
    file = IncidentFile(path, lock=tmp_path / "x.lock")
    with pytest.raises(Unreadable, match=says) as caught:
        file.read()
    assert "git" in caught.value.remedy
    assert not isinstance(caught.value, Newer)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "incident.json").mkdir()
    with pytest.raises(Unreadable, match="a folder, not a file"):
        IncidentFile(tmp_path / "incident.json", lock=tmp_path / "x.lock").read()


def test_damage_that_comes_later_costs_nothing_that_was_read(
    tmp_path: Path, open_file: OpenFile, log: list[Entry]
) -> None:
    file = open_file(tmp_path)
    with file.transaction() as transaction:
        transaction.append(log)
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unreadable):
        file.refresh()
    file.path.write_bytes(whole)
    assert file.refresh() == []
    assert file.read().entries == log


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Gone, match="is not there"):
        IncidentFile(tmp_path / "incident.json", lock=tmp_path / "x.lock").read()
