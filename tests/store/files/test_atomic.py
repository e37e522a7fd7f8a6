"""Whatever the system answers, a file holds its old content or its new one."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from incident_tui.store.files.atomic import (
    SYSTEM,
    System,
    is_private,
    make_folder,
    replace_file,
    sweep,
)


def faulty(call: str, time: int, error: int) -> System:
    """The system, where `call` does its work but then answers `error`, the given time round."""
    calls = 0
    real: Callable[..., object] = getattr(SYSTEM, call)

    def faulty(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls != time:
            return real(*arguments)
        if call == "close":
            real(*arguments)
        raise OSError(error, os.strerror(error))

    changes: dict[str, Callable[..., object]] = {call: faulty}
    return replace(SYSTEM, **changes)


BEFORE_THE_RENAME = [
    ("open", 1, errno.ENOSPC),
    ("open", 1, errno.EROFS),
    ("open", 1, errno.EACCES),
    ("fchmod", 1, errno.EPERM),
    ("write", 1, errno.ENOSPC),
    ("write", 1, errno.EDQUOT),
    ("fsync", 1, errno.EIO),
    ("fstat", 1, errno.EIO),
    ("close", 1, errno.EIO),
    ("replace", 1, errno.EACCES),
]
AFTER_THE_RENAME = [("open", 2, errno.EMFILE), ("fsync", 2, errno.EIO), ("close", 2, errno.EIO)]


@pytest.mark.parametrize(
    ("call", "time", "error", "holds"),
    [
        *((*fault, b"old") for fault in BEFORE_THE_RENAME),
        *((*fault, b"new") for fault in AFTER_THE_RENAME),
    ],
)
def test_a_failing_call_is_told_and_leaves_a_whole_file_and_no_litter(
    tmp_path: Path, call: str, time: int, error: int, holds: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(OSError, match=os.strerror(error)):
        replace_file(path, b"new", system=faulty(call, time, error))
    assert path.read_bytes() == holds
    assert list(tmp_path.iterdir()) == [path]


def test_the_disk_fills_up_half_way(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def write(descriptor: int, data: memoryview) -> int:
        if len(data) <= 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, data[:3])

    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"0123456789", system=replace(SYSTEM, write=write))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_system_that_takes_few_bytes_at_a_time_still_gets_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    few = replace(SYSTEM, write=lambda descriptor, data: os.write(descriptor, data[:3]))
    replace_file(path, b"0123456789", system=few)
    assert path.read_bytes() == b"0123456789"


def test_a_system_that_takes_nothing_is_an_error_and_no_endless_loop(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="takes no more"):
        replace_file(tmp_path / "file", b"x", system=replace(SYSTEM, write=lambda fd, data: 0))


def test_a_file_system_that_cannot_synchronise_folders_is_good_enough(tmp_path: Path) -> None:
    replace_file(tmp_path / "file", b"new", system=faulty("fsync", 2, errno.EINVAL))
    assert (tmp_path / "file").read_bytes() == b"new"


def test_content_and_name_are_synchronised_in_the_order_that_makes_them_durable(
    tmp_path: Path,
) -> None:
    calls = []

    def fsync(descriptor: int) -> None:
        calls.append("fsync")
        os.fsync(descriptor)

    def rename(old: str, new: str) -> None:
        calls.append("rename")
        os.replace(old, new)

    replace_file(tmp_path / "file", b"x", system=replace(SYSTEM, fsync=fsync, replace=rename))
    assert calls == ["fsync", "rename", "fsync"]


@pytest.mark.parametrize("private", [True, False])
def test_a_folder_is_as_private_as_the_one_around_it(tmp_path: Path, private: bool) -> None:
    around = tmp_path / "around"
    around.mkdir()
    around.chmod(0o700 if private else 0o755)
    make_folder(around / "inside")
    assert is_private(around / "inside") is private


def test_the_mode_survives(tmp_path: Path) -> None:
    real = tmp_path / "file"
    real.write_bytes(b"old")
    real.chmod(0o640)
    replace_file(real, b"new")
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_a_link_points_to_is_left_alone(tmp_path: Path) -> None:
    """It may have come with a clone."""
    real = tmp_path / "elsewhere"
    real.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(real)
    replace_file(link, b"new")
    assert (real.read_bytes(), link.read_bytes()) == (b"old", b"new")
    assert not link.is_symlink()


def test_what_it_returns_is_the_version_that_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    written = replace_file(path, b"x")
    standing = path.stat()
    assert (written.st_ino, written.st_size) == (standing.st_ino, standing.st_size)
    assert written.st_mtime_ns == standing.st_mtime_ns


def test_only_the_leftovers_of_this_file_are_swept(tmp_path: Path) -> None:
    for name in (".file.0a1b.tmp", ".other.0a1b.tmp", "file", "file.tmp"):
        (tmp_path / name).touch()
    sweep(tmp_path / "file")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".other.0a1b.tmp",
        "file",
        "file.tmp",
    ]
