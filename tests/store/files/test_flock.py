"""Who holds a lock: what the kernel says, and nothing that somebody may have written."""

import errno
import os
from pathlib import Path

import pytest

from incident_tui.store.files.flock import holder, is_held, try_lock


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "bread.lock"
    path.touch()
    return path


def opened(path: Path) -> int:
    return os.open(path, os.O_RDWR)


def no_locks(descriptor: int, operation: int) -> None:
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


def test_a_lock_has_one_holder_and_is_free_again_when_it_lets_go(lock: Path) -> None:
    ours, theirs = opened(lock), opened(lock)
    assert not is_held(lock)
    assert try_lock(ours)
    assert is_held(lock)
    assert not try_lock(theirs)
    os.close(ours)
    assert not is_held(lock)
    assert try_lock(theirs)
    os.close(theirs)


def test_nobody_holds_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "none.lock")


def test_where_there_are_no_locks_nobody_holds_one_and_whoever_wants_one_hears_of_it(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", no_locks)
    assert not is_held(lock)
    descriptor = opened(lock)
    with pytest.raises(OSError, match=os.strerror(errno.ENOLCK)):
        try_lock(descriptor)
    os.close(descriptor)


def process(proc: Path, number: int, words: tuple[str, ...], *files: Path) -> None:
    """A process of an invented /proc, with what it was started as and the files it has open."""
    (proc / str(number) / "fd").mkdir(parents=True)
    (proc / str(number) / "cmdline").write_bytes("\0".join([*words, ""]).encode())
    for descriptor, path in enumerate(files, 3):
        (proc / str(number) / "fd" / str(descriptor)).symlink_to(path)


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        (("/usr/bin/incident-tui", "demo"), True),
        (("/usr/bin/python3", "/usr/bin/incident-tui", "demo"), True),
        (("python3", "-m", "incident_tui"), True),
        (("python3", "-u", "-m", "incident_tui"), True),
        (("vim", "notes", "incident-tui"), False),
        (("python3", "-m", "http.server"), False),
        (("tail", "-f", "incident_tui"), False),
    ],
)
def test_only_a_process_of_this_program_is_named(
    tmp_path: Path, lock: Path, words: tuple[str, ...], ours: bool
) -> None:
    proc = tmp_path / "proc"
    process(proc, 4711, words, lock)
    (proc / "locks").write_text("1: FLOCK  ADVISORY  WRITE 4711 08:01:131090 0 EOF\n")
    assert holder(lock, proc) == (4711 if ours else None)


@pytest.mark.parametrize(
    "row",
    [
        "1: POSIX  ADVISORY  WRITE 4711 08:01:131090 0 EOF",
        "1: -> FLOCK  ADVISORY  WRITE 4711 08:01:131090 0 EOF",  # it only waits
        "1: FLOCK  ADVISORY  WRITE -1 08:01:131090 0 EOF",
        "1: FLOCK  ADVISORY  WRITE 12 08:01:131090 0 EOF",  # which has another file open
        "1: FLOCK  ADVISORY  WRITE 13 08:01:131090 0 EOF",  # which has ended meanwhile
        "",
    ],
)
def test_who_waits_or_holds_another_file_is_not_named(tmp_path: Path, lock: Path, row: str) -> None:
    proc, other = tmp_path / "proc", tmp_path / "other.lock"
    other.touch()
    process(proc, 4711, ("incident-tui",), lock)
    process(proc, 12, ("incident-tui",), other)
    (proc / "locks").write_text(row)
    assert holder(lock, proc) is None


def test_the_first_of_several_that_fits_is_named(tmp_path: Path, lock: Path) -> None:
    proc = tmp_path / "proc"
    process(proc, 12, ("vim",), lock)
    process(proc, 4711, ("incident-tui",), tmp_path / "gone", lock)
    rows = [f"{n}: FLOCK  ADVISORY  WRITE {pid} 08:01:1 0 EOF" for n, pid in ((1, 12), (2, 4711))]
    (proc / "locks").write_text("\n".join(rows))
    assert holder(lock, proc) == 4711


def test_where_the_system_says_nothing_nobody_is_named(tmp_path: Path, lock: Path) -> None:
    assert holder(lock, tmp_path / "no proc") is None
    assert holder(tmp_path / "none.lock") is None
