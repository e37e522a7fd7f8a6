"""Entries in, entries out, with other writers on the same file."""

import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from incident_tui.domain.core.events import Entry, UnknownEvent
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.values.text import inert
from incident_tui.store.files.atomic import SYSTEM
from incident_tui.store.files.errors import Busy, Gone, NotSaved, Unreadable
from incident_tui.store.log.incident_file import IncidentFile
from incident_tui.store.log.line_storage import Tables
from incident_tui.store.log.schema import SCHEMA, Meta

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(inert)  # as entries are read


def add(file: IncidentFile, *entries: Entry) -> None:
    with file.transaction() as transaction:
        transaction.append(entries)


def litter(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".tmp"))


def test_an_entry_is_durable_when_append_returns_not_only_when_the_transaction_ends(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    file = open_file(tmp_path)
    with file.transaction() as transaction:
        transaction.append([entry(1)])
        assert open_file(tmp_path).read().entries == [entry(1)]
        transaction.append([entry(2), entry(3)])
        assert transaction.all == [entry(1), entry(2), entry(3)]
    assert open_file(tmp_path).read().entries == [entry(1), entry(2), entry(3)]


@given(st.lists(TEXTS, max_size=4))
def test_any_text_survives_and_plain_tinydb_sees_the_same_documents(
    entry: MakeEntry, open_file: OpenFile, texts: list[str]
) -> None:
    entries = [entry(order, text) for order, text in enumerate(texts, 1)]
    with TemporaryDirectory() as folder:
        file = open_file(Path(folder), quick=True)
        add(file, *entries)
        assert open_file(Path(folder)).read().entries == entries
        with TinyDB(file.path, encoding="utf-8") as db:
            assert list(db.table("events")) == [json.loads(encode(each)) for each in entries]
            assert list(db.table("meta")) == [
                {"schema": SCHEMA, "id": "2026-11-20-x", "written_by": "0.1.0"}
            ]


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from([None, 2]))
def test_a_file_rewritten_by_plain_tinydb_is_read_and_goes_back_to_one_entry_per_line(
    entry: MakeEntry, open_file: OpenFile, texts: list[str], indent: int | None
) -> None:
    entries = [entry(order, text) for order, text in enumerate(texts, 1)]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        for folder in (one, other):
            add(open_file(Path(folder), quick=True), *entries)
        with TinyDB(Path(one, "incident.json"), encoding="utf-8", indent=indent) as db:
            db.table("meta").update({"schema": SCHEMA})
        assert open_file(Path(one)).read().entries == entries
        for folder in (one, other):
            add(open_file(Path(folder), quick=True), entry(9))
        assert Path(one, "incident.json").read_bytes() == Path(other, "incident.json").read_bytes()


def test_what_a_newer_version_wrote_is_kept_to_the_byte(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    """Event types, fields of entries and whole tables that this version does not know."""
    file = open_file(tmp_path)
    strange = (
        b'"1": {"id":"a","order":1,"at":"2026-11-20T14:02:00Z",'
        b'"recorded_at":"2026-11-20T14:02:00Z","actor":"ana","mood": "calm",'
        b'"event":{"type":"moon.phase","full":  true}}'
    )
    data = file.path.read_bytes().replace(b'"events": {}', b'"events": {\n' + strange + b"\n}")
    data = data.replace(b'"events"', b'"more": {\n"7": {"x": [1, 2]}\n},\n"events"')
    file.path.write_bytes(data)
    add(file, entry(2))
    written = file.path.read_bytes()
    assert strange in written
    assert b'"more": {\n"7": {"x": [1, 2]}\n}' in written
    first, second = open_file(tmp_path).read().entries
    assert isinstance(first.event, UnknownEvent)
    assert first.event.name == "moon.phase"
    assert second == entry(2)


def test_each_writer_is_told_what_the_other_wrote(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    ours, theirs = open_file(tmp_path), open_file(tmp_path)
    ours.read()
    assert not ours.changed()
    add(theirs, entry(1), entry(2))
    assert ours.changed()
    assert ours.refresh() == [entry(1), entry(2)]
    assert not ours.changed()
    assert ours.refresh() == []
    add(theirs, entry(3))
    with ours.transaction() as transaction:
        assert transaction.new == [entry(3)]
        assert transaction.next_order == 4
        transaction.append([entry(4)])
    assert not ours.changed()
    with theirs.transaction() as transaction:
        assert transaction.new == [entry(4)]
    assert not ours.rewritten
    assert not theirs.rewritten


def test_an_older_version_put_back_by_git_is_noticed_and_can_be_mended(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    file = open_file(tmp_path)
    add(file, entry(1))
    older = file.path.read_bytes()
    add(file, entry(2))
    file.path.write_bytes(older)
    with file.transaction() as transaction:
        assert file.rewritten
        assert transaction.all == [entry(1)]
        transaction.append([entry(1), entry(2)])
    assert open_file(tmp_path).read().entries == [entry(1), entry(2)]


def test_an_older_version_stays_noticed_when_more_is_written_meanwhile(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    """The second look finds nothing altered since the first: what that one found still holds."""
    file = open_file(tmp_path)
    add(file, entry(1))
    older = file.path.read_bytes()
    add(file, entry(2))
    file.path.write_bytes(older)
    with file.transaction() as transaction:
        with TinyDB(file.path, encoding="utf-8") as db:
            db.table("events").insert(json.loads(encode(entry(3))))
        transaction.append([entry(4)])
        assert transaction.all == [entry(1), entry(3), entry(4)]
        assert file.rewritten


def test_what_appears_during_a_transaction_is_not_overwritten(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    """Git and plain TinyDB know nothing of the lock."""
    with open_file(tmp_path).transaction() as transaction:
        with TinyDB(tmp_path / "incident.json", encoding="utf-8") as db:
            db.table("events").insert(json.loads(encode(entry(1))))
        transaction.append([entry(2)])
        assert transaction.new == [entry(1)]
    assert open_file(tmp_path).read().entries == [entry(1), entry(2)]


def test_a_secret_can_be_taken_out_for_good(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    ours, theirs = open_file(tmp_path), open_file(tmp_path)
    add(ours, entry(1), entry(2, "the key is hunter2"), entry(3))
    theirs.read()
    with ours.transaction() as transaction:
        transaction.replace(entry(2, "the key is ███"))
        with pytest.raises(KeyError):
            transaction.replace(entry(9))
    assert b"hunter2" not in ours.path.read_bytes()
    assert theirs.refresh() == []
    assert theirs.rewritten
    assert theirs.read().entries == [entry(1), entry(2, "the key is ███"), entry(3)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "quota is used up"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "you may not write there"),
        (errno.EIO, "the disk reports an error"),
        (errno.ENOLCK, "gives no locks"),
        (errno.EDOM, os.strerror(errno.EDOM)),
    ],
)
@pytest.mark.parametrize("at", [1, 2], ids=["before-the-rename", "after-the-rename"])
def test_an_entry_that_was_not_saved_is_told_in_plain_words_and_can_be_tried_again(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, error: int, reason: str, at: int
) -> None:
    faults = [at]

    def fsync(descriptor: int) -> None:
        faults[0] -= 1
        if faults[0] == 0:
            raise OSError(error, os.strerror(error))
        os.fsync(descriptor)

    add(open_file(tmp_path), entry(1))
    file = open_file(tmp_path, system=replace(SYSTEM, fsync=fsync))
    file.read()
    with file.transaction() as transaction:
        with pytest.raises(NotSaved, match=reason) as caught:
            transaction.append([entry(2)])
        assert str(file.path) in str(caught.value)
        assert caught.value.remedy
        assert open_file(tmp_path).read().entries in ([entry(1)], [entry(1), entry(2)])
        transaction.append([entry(2), entry(3)])
    assert open_file(tmp_path).read().entries == [entry(1), entry(2), entry(3)]
    assert litter(tmp_path) == []


def test_a_new_file_has_its_first_entries_or_is_not_there(tmp_path: Path, entry: MakeEntry) -> None:
    def full(descriptor: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path, lock = tmp_path / "incident.json", tmp_path / "x.lock"
    meta = Meta(SCHEMA, "2026-11-20-x", "0.1.0")
    with pytest.raises(NotSaved, match="the disk is full"):
        IncidentFile(path, lock=lock, system=replace(SYSTEM, write=full)).create(meta, [entry(1)])
    assert not path.exists()
    file = IncidentFile(path, lock=lock)
    file.create(meta, [entry(1)])
    assert file.read().meta == meta
    assert file.read().entries == [entry(1)]
    before = path.read_bytes()
    with pytest.raises(NotSaved, match="already exists"):
        IncidentFile(path, lock=lock).create(meta)
    assert path.read_bytes() == before


@pytest.mark.parametrize("by", ["rebuild", "change"])
def test_a_file_that_cannot_be_written_anew_says_so_and_stays(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, by: str
) -> None:
    def full(descriptor: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    add(open_file(tmp_path), entry(1))
    tables: Tables = {"meta": {}, "events": {}}
    file = open_file(tmp_path, system=replace(SYSTEM, write=full))
    with pytest.raises(NotSaved, match="the disk is full") as caught:
        file.rebuild(tables) if by == "rebuild" else file.change(lambda old: tables)
    assert str(file.path) in str(caught.value)
    assert open_file(tmp_path).read().entries == [entry(1)]


@pytest.mark.parametrize("by", ["rebuild", "change"])
def test_a_file_that_cannot_be_read_is_not_written_anew(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, by: str
) -> None:
    file = open_file(tmp_path)
    file.path.unlink()
    file.path.mkdir()
    with pytest.raises(Unreadable) as caught:
        file.rebuild({}) if by == "rebuild" else file.change(lambda old: {})
    assert str(file.path) in str(caught.value)
    assert file.path.is_dir()


def test_a_folder_that_vanishes_is_told_and_comes_back_without_loss(
    tmp_path: Path, entry: MakeEntry
) -> None:
    folder = tmp_path / "2026-11-20-x"
    folder.mkdir()
    file = IncidentFile(folder / "incident.json", lock=tmp_path / "x.lock")
    file.create(Meta(SCHEMA, "2026-11-20-x", "0.1.0"), [entry(1)])
    with file.transaction() as transaction:
        folder.rename(tmp_path / "away")
        with pytest.raises(Gone, match="is not there"):
            transaction.append([entry(2)])
    assert file.changed()
    with pytest.raises(Gone):
        file.refresh()
    with pytest.raises(Gone), file.transaction():
        pass
    assert not folder.exists()
    (tmp_path / "away").rename(folder)
    add(file, entry(2))
    assert file.read().entries == [entry(1), entry(2)]


def test_a_busy_file_can_be_read_and_is_free_again(tmp_path: Path, open_file: OpenFile) -> None:
    """Two objects in one process exclude each other just as two processes do."""
    with open_file(tmp_path).transaction():
        with (
            pytest.raises(Busy, match=r"waited 0\.05 s"),
            open_file(tmp_path, wait=0.05).transaction(),
        ):
            pass
        assert open_file(tmp_path).read().entries == [], "reading needs no lock"
    with open_file(tmp_path, wait=0.05).transaction():
        pass


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path, open_file: OpenFile) -> None:
    open_file(tmp_path)
    in_the_way = tmp_path / "a file"
    in_the_way.touch()
    file = IncidentFile(tmp_path / "incident.json", lock=in_the_way / "locks" / "x.lock")
    with pytest.raises(NotSaved, match="a file, not a folder"), file.transaction():
        pass


def test_git_never_sees_locks_and_the_leftovers_of_a_crash_are_swept(
    tmp_path: Path, open_file: OpenFile
) -> None:
    open_file(tmp_path)
    (tmp_path / ".incident.json.0123456789ab.tmp").write_bytes(b'{"half')
    with open_file(tmp_path).transaction():
        pass
    assert (tmp_path / ".incident-tui" / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".incident-tui", "incident.json"]


def test_nothing_to_add_writes_nothing(tmp_path: Path, open_file: OpenFile) -> None:
    file = open_file(tmp_path)
    before = file.path.stat()
    add(file)
    assert file.path.stat().st_ino == before.st_ino


def test_a_transaction_that_has_ended_takes_no_more(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    with open_file(tmp_path).transaction() as transaction:
        pass
    with pytest.raises(RuntimeError, match="has ended"):
        transaction.append([entry(1)])


def test_threads_share_one_object(tmp_path: Path, entry: MakeEntry, open_file: OpenFile) -> None:
    file = open_file(tmp_path)

    def work(worker: int) -> None:
        for turn in range(5):
            with file.transaction() as transaction:
                order = transaction.next_order
                transaction.append([entry(order, entry_id=f"{worker}-{turn}")])

    workers = [threading.Thread(target=work, args=(worker,)) for worker in range(3)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert [each.order for each in file.read().entries] == list(range(1, 16))
