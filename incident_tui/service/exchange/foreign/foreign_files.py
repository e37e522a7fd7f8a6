"""Files that were written elsewhere, as text; what cannot be text is refused by name.

Standard input is one of them, under the name ``-``; a folder stands for the files in it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read; a timeline of people is a thousandth of it."""
STDIN = "-"
_LOOKED_AT = 65_536


class UnreadableFile(Exception):
    """A file that is no text to read; the message says what is wrong and what to do."""


def foreign_text(path: Path, shown: str) -> str:
    """The text of a file, called `shown`. Raises `UnreadableFile`."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large(shown, size)
        with path.open("rb") as stream:
            # What is not a regular file has no size: a pipe, a device.
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableFile(f"{shown} cannot be read: {error.strerror or error}") from error
    return decoded(data, shown)


def stream_text(stream: BinaryIO) -> str:
    """The text of standard input. Raises `UnreadableFile`."""
    return decoded(stream.read(LARGEST + 1), "standard input")


def decoded(data: bytes, shown: str) -> str:
    """Bytes as text: UTF-8, or UTF-16 where a mark says so. Raises `UnreadableFile`."""
    if len(data) > LARGEST:
        raise _too_large(shown, len(data))
    if not data.strip():
        raise UnreadableFile(f"{shown} is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{shown} is damaged UTF-16 text (byte {error.start})") from error
    if b"\0" in data[:_LOOKED_AT]:
        raise UnreadableFile(f"{shown} is a binary file, no text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{shown} is not UTF-8 text (byte {error.start}): convert it, as in "
            "iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def files_named(names: Iterable[str], cwd: Path) -> Iterator[tuple[Path | None, str]]:
    """Each file that is meant, with the name to tell it by; None stands for standard input."""
    for name in names:
        path = cwd / name
        if name == STDIN:
            yield None, STDIN
        elif not name:  # an unset variable of a script, and not the folder that one is in
            yield path, "'' (an empty name)"
        elif path.is_dir():
            inside = sorted(one for one in path.rglob("*") if _is_candidate(one, path))
            yield from ((one, str(Path(name) / one.relative_to(path))) for one in inside)
        else:
            yield path, name


def _is_candidate(path: Path, root: Path) -> bool:
    return path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)


def _too_large(shown: str, size: int) -> UnreadableFile:
    return UnreadableFile(
        f"{shown} has {size // 1_000_000} MB, and {LARGEST // 1_000_000} MB are read at most: "
        "cut out the part that tells the incident"
    )
