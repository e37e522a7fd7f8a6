"""The one door to the files of a home: what may have come with a clone is looked at before use."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.door import NotAFile, check_file, open_file, read_file


def _link(path: Path) -> None:
    target = path.parent.parent.parent / "outside"
    target.write_text("secret of the user")
    path.symlink_to(target)


def _dead_link(path: Path) -> None:
    path.symlink_to(path.parent.parent.parent / "not-there")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the whole path is too long for a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


PLANTED: list[tuple[Callable[[Path], object], str]] = [
    (_link, "a link, not a file"),
    (_dead_link, "a link, not a file"),
    (_device, "a link, not a file"),
    (os.mkfifo, "a pipe, not a file"),
    (os.mkdir, "a folder, not a file"),
    (_socket, "a socket, not a file"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "incident").mkdir(parents=True)
    return tmp_path / "home"


@pytest.mark.parametrize(("plant", "reason"), PLANTED)
def test_only_an_ordinary_file_is_read_made_or_replaced(
    home: Path, plant: Callable[[Path], object], reason: str
) -> None:
    path = home / "incident" / "file"
    plant(path)
    for use in (
        lambda: read_file(path, below=home),
        lambda: open_file(path, os.O_WRONLY | os.O_CREAT, below=home),
        lambda: check_file(path, home),
    ):
        with pytest.raises(NotAFile, match=reason):
            use()
    assert not (home.parent / "not-there").exists()


def test_nothing_goes_through_a_folder_that_is_a_link(home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("of the user")
    (home / "incident" / "evidence").symlink_to(tmp_path / "elsewhere")
    path = home / "incident" / "evidence" / "file"
    for use in (lambda: read_file(path, below=home), lambda: check_file(path, home)):
        with pytest.raises(NotAFile, match="evidence is a link, and nothing goes through it"):
            use()


def test_links_in_the_path_to_the_home_are_the_users_business(home: Path, tmp_path: Path) -> None:
    (home / "incident" / "file").write_text("x")
    (tmp_path / "link").symlink_to(home)
    path = tmp_path / "link" / "incident" / "file"
    assert read_file(path, below=tmp_path / "link") == b"x"


def test_a_file_that_is_too_large_is_not_read(home: Path) -> None:
    path = home / "file"
    path.write_bytes(b"x" * 2048)
    assert len(read_file(path, below=home, limit=2048)) == 2048
    with pytest.raises(NotAFile, match="larger than 1 KiB"):
        read_file(path, below=home, limit=1024)


def test_what_is_missing_is_missing(home: Path) -> None:
    check_file(home / "nothing" / "file", home)
    with pytest.raises(FileNotFoundError):
        read_file(home / "nothing" / "file", below=home)
