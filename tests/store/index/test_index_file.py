"""The file of an index: believed only as it was sealed, private, and without a byte of the past."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Timer

import pytest

from incident_tui.store.index.index_file import FILE, LOCK, IndexFile
from incident_tui.store.index.tables import Known, Row, documents, forget, keep
from incident_tui.store.index.unusable import Unusable

SECRET = "hunter2marmalade"
NAMES = ("2026-11-20-bread", "2026-11-21-rolls")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def index(root: Path) -> IndexFile:
    made = IndexFile(root, root / "homes" / "one", "edition 1")
    for name in NAMES:
        made.write(partial(keep, known=known(name)))
    return made


def row(number: int, text: str) -> Row:
    return Row(f"id{number}", number, 1_795_000_000 + number, False, text, "pager", "ana", "fact")


def known(name: str, *texts: str, redactions: int = 0) -> Known:
    rows = tuple(row(number, text) for number, text in enumerate(texts or ("no bread",), 1))
    return Known(name, b"v" * 40, redactions, b'{"a":1}', b"x", rows)


def names_in(index: IndexFile) -> list[str] | None:
    names = index.read(partial(documents, column="summary"), wait=0.02)
    return None if names is None else sorted(names)


def bytes_of(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


def test_what_was_written_is_read_by_the_next_who_asks(index: IndexFile, root: Path) -> None:
    again = IndexFile(root, root / "homes" / "one", "edition 1")
    assert names_in(again) == sorted(NAMES)


def test_nothing_is_made_by_reading(root: Path) -> None:
    assert names_in(IndexFile(root, root / "homes" / "one", "edition 1")) is None
    assert not root.exists()


def test_it_is_for_its_owner_alone(index: IndexFile, root: Path) -> None:
    for path in (root, *root.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _overwrite(path: Path) -> None:
    """Bytes in the middle of a page, where SQLite itself would not notice."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\x07" * 16)


def _overwrite_in_secret(path: Path) -> None:
    before = path.stat()
    _overwrite(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _change_with_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM incident")
        connection.commit()


DAMAGE: tuple[Callable[[Path], object], ...] = (
    Path.unlink,
    _cut,
    _overwrite,
    _overwrite_in_secret,
    _change_with_sqlite,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"no database"),
    lambda path: path.with_name("index.seal").unlink(),
    lambda path: path.with_name("index.seal").write_bytes(b"torn"),
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_one_that_something_else_changed_is_made_anew(
    index: IndexFile, damage: Callable[[Path], object]
) -> None:
    damage(index.path)
    assert names_in(index) is None
    index.write(partial(keep, known=known(NAMES[0])))
    assert names_in(index) == [NAMES[0]]


def test_one_of_another_edition_is_made_anew(index: IndexFile, root: Path) -> None:
    other = IndexFile(root, root / "homes" / "one", "edition 2")
    assert names_in(other) is None
    other.write(partial(keep, known=known(NAMES[1])))
    assert names_in(other) == [NAMES[1]]
    assert names_in(index) is None


def test_one_of_another_edition_is_made_anew_by_who_writes(index: IndexFile, root: Path) -> None:
    other = IndexFile(root, root / "homes" / "one", "edition 2")
    other.write(partial(keep, known=known(NAMES[1])))
    assert names_in(other) == [NAMES[1]]


def test_what_is_not_ours_alone_is_not_used(index: IndexFile, root: Path) -> None:
    root.chmod(0o755)
    with pytest.raises(Unusable, match="others may enter"):
        names_in(index)


def test_a_link_in_its_place_is_not_followed(index: IndexFile, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    elsewhere.write_bytes(index.path.read_bytes())
    index.path.unlink()
    index.path.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    assert names_in(index) is None
    assert elsewhere.read_bytes() == before


def test_who_waits_too_long_for_another_writer_is_told(index: IndexFile) -> None:
    with (index.path.with_name(LOCK)).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Unusable, match="in use by another process"):
            index.write(partial(keep, known=known(NAMES[0])), wait=0.02)
        assert names_in(index) == sorted(NAMES)


def test_another_writer_is_waited_for(index: IndexFile) -> None:
    with (index.path.with_name(LOCK)).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        given_back = Timer(0.05, fcntl.flock, (held, fcntl.LOCK_UN))
        given_back.start()
        index.write(partial(keep, known=known("2026-11-22-cake")), wait=60)
        given_back.join()
    assert names_in(index) == [*sorted(NAMES), "2026-11-22-cake"]


def test_who_waits_too_long_for_another_program_is_told(index: IndexFile) -> None:
    with closing(sqlite3.connect(index.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unusable, match="locked"):
            names_in(index)
        other.execute("ROLLBACK")
    assert names_in(index) == sorted(NAMES)


def test_a_change_that_breaks_off_changes_nothing(index: IndexFile) -> None:
    def breaks_off(connection: sqlite3.Connection) -> None:
        keep(connection, known("2026-11-22-cake"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.write(breaks_off)
    assert names_in(index) == sorted(NAMES)


def test_it_can_be_removed_whoever_holds_it(index: IndexFile, root: Path) -> None:
    index.write(partial(keep, known=known(NAMES[0], SECRET)))
    with (index.path.with_name(LOCK)).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        index.remove(wait=0.02)
    assert SECRET.encode() not in bytes_of(root)
    assert not (root / "homes" / "one" / FILE).exists()


def _many(index: IndexFile) -> None:
    """So many others that words are spread over pages and segments."""
    for number in range(40):
        texts = [f"{SECRET} seen by {number} people" if number == 7 else f"fact {n} of {number}"
                 for n in range(30)]  # fmt: skip
        index.write(partial(keep, known=known(f"2026-10-01-incident-{number}", *texts)))


REDACTED = known("2026-10-01-incident-7", *["(redacted)"] * 30, redactions=30)


@pytest.mark.parametrize(
    "change",
    [
        partial(keep, known=REDACTED),
        partial(forget, names=["2026-10-01-incident-7"]),
    ],
    ids=["redacted", "forgotten"],
)
def test_no_byte_is_left_of_words_that_were_removed(
    index: IndexFile, root: Path, change: Callable[[sqlite3.Connection], None]
) -> None:
    _many(index)
    assert SECRET.encode() in bytes_of(root)
    index.write(change)
    assert SECRET.encode() not in bytes_of(root)
    assert names_in(index)


def test_a_scrub_that_broke_off_leaves_an_index_that_is_made_anew(
    index: IndexFile, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _many(index)

    def breaks_off(connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("incident_tui.store.index.index_file.scrub", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        index.write(partial(keep, known=REDACTED))
    assert names_in(index) is None
    assert SECRET.encode() not in bytes_of(root)
