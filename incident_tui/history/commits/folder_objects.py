"""A folder as it lies on the disk, stored as git objects: its bytes, and nothing made of them.

`git add` would ask attributes and filters what to store, and they are the repository's.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

import msgspec

from incident_tui.history.git.objects import (
    DIRECTORY,
    FILE,
    LINK,
    PROGRAM,
    Object,
    Row,
    encode_tree,
    name_of,
    pack,
    splice,
)
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError
from incident_tui.history.git.trees import Trees

_AT_ONCE = 16 * 2**20
"""Bytes that are held in memory; a larger file is read by git itself, from the open file."""
_GIT = ".git"


class Stored(msgspec.Struct, frozen=True):
    """What a folder is in git: its tree, and mode and object of each file, by its path in it.

    ``tree`` is None where the folder holds nothing that git could know. ``top`` is the tree of the
    commit before with the folder in its place; None where it was not asked for, or is the same.
    """

    tree: str | None
    top: str | None
    files: dict[bytes, tuple[str, str]]


def folders_in(folder: Path) -> list[bytes]:
    """The folders below a folder, by their paths in it. Raises OSError."""
    top = os.fsencode(folder)
    folders = []
    for place, names, _ in os.walk(top, onerror=_raise):
        names[:] = [name for name in names if name != os.fsencode(_GIT)]
        folders += [os.path.relpath(os.path.join(place, name), top) for name in names]
    return folders


def is_left_out(path: bytes, patterns: Sequence[str]) -> bool:
    """Whether a part of the path has a name that is never committed."""
    names = os.fsdecode(path).split("/")
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def store(
    repository: GitHome,
    folder: Path,
    trees: Trees,
    *,
    leave_out: Sequence[str] = (),
    on_top: bool = False,
    timeout_seconds: float,
) -> Stored:
    """Store what of the folder is not stored yet.

    Links are stored as links; pipes and devices are not. ``trees`` are those of the commit that
    goes before; with ``on_top`` the folder is stored in its place in that, where what is left out
    stays as it is. Raises OSError, and
    GitUnavailableError where git cannot store it, or something in there is a repository.
    """
    writer = _Writer(repository, folder, trees, leave_out, on_top, timeout_seconds)
    tree = writer.folder(os.open(folder, os.O_RDONLY | os.O_DIRECTORY), b"")
    top = writer.top(tree) if on_top and tree != trees.tree else None
    writer.flush()
    return Stored(tree, top, writer.files)


class _Writer:
    """Names every file and folder, and hands to git what the commit before does not have."""

    def __init__(
        self,
        repository: GitHome,
        folder: Path,
        trees: Trees,
        leave_out: Sequence[str],
        keep: bool,
        timeout_seconds: float,
    ) -> None:
        self.files: dict[bytes, tuple[str, str]] = {}
        self._repository = repository
        self._folder = folder
        self._trees = trees
        self._leave_out = leave_out
        self._keep = keep
        self._timeout = timeout_seconds
        self._inside = os.fsencode(trees.inside)
        self._known = {row.id for rows in trees.rows.values() for row in rows}
        self._new: dict[str, Object] = {}
        self._waits = 0

    def folder(self, descriptor: int, path: bytes) -> str | None:
        """The tree of a folder, whose descriptor is closed; None where it holds nothing."""
        try:
            names = sorted(os.listdir(descriptor))
            rows = [row for name in names if (row := self._row(descriptor, name, path))]
        finally:
            os.close(descriptor)
        if self._keep:
            here = b"/".join(part for part in (self._inside, path) if part)
            before = self._trees.rows.get(here, ())
            rows += [row for row in before if is_left_out(row.name, self._leave_out)]
        return self._object("tree", encode_tree(rows)) if rows else None

    def top(self, tree: str | None) -> str:
        """The top tree with that tree as the folder's."""
        made, new = splice(self._trees.rows, self._inside, tree, self._trees.algorithm)
        for each in new:
            self._object(each.kind, each.data)
        return made

    def _row(self, parent: int, name: str, place: bytes) -> Row | None:
        if is_left_out(os.fsencode(name), self._leave_out):
            return None
        path = place + b"/" + os.fsencode(name) if place else os.fsencode(name)
        if name.casefold() == _GIT:
            if not place and name == _GIT:
                return None  # a repository of the folder's own, which is not a part of itself
            where = self._folder / os.fsdecode(path)
            raise GitUnavailableError(f"git cannot take {where} into a commit: move it away")
        try:
            row = self._leaf_or_folder(parent, name, path)
        except FileNotFoundError:
            return None  # it has gone meanwhile
        if row is None:
            return None
        mode, made = row
        if mode != DIRECTORY:
            self.files[path] = row
        return Row(mode, os.fsencode(name), made)

    def _leaf_or_folder(self, parent: int, name: str, path: bytes) -> tuple[str, str] | None:
        kind = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
        if stat.S_ISLNK(kind):
            target = os.fsencode(os.readlink(name, dir_fd=parent))
            return LINK, self._object("blob", target)
        if stat.S_ISDIR(kind):
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            tree = self.folder(os.open(name, flags, dir_fd=parent), path)
            return (DIRECTORY, tree) if tree else None
        if not stat.S_ISREG(kind):
            return None
        with _opened(parent, name) as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                return None
            mode = PROGRAM if about.st_mode & stat.S_IXUSR else FILE
            large = about.st_size > _AT_ONCE
            return mode, self._large(file) if large else self._object("blob", file.read())

    def _object(self, kind: str, data: bytes) -> str:
        made = name_of(kind, data, self._trees.algorithm)
        if made not in self._known:
            self._known.add(made)
            self._new[made] = Object(kind, data)
            self._waits += len(data)
            if self._waits > _AT_ONCE:
                self.flush()
        return made

    def _large(self, file: BinaryIO) -> str:
        size = os.fstat(file.fileno()).st_size
        start = b"blob %d\0" % size
        made = hashlib.new(self._trees.algorithm, start, usedforsecurity=False)
        while part := file.read(_AT_ONCE):
            made.update(part)
        if made.hexdigest() in self._known:
            return made.hexdigest()
        file.seek(0)
        words = ("hash-object", "-w", "--no-filters", "--stdin")
        return self._git(*words, stdin=file).decode("ascii").strip()

    def flush(self) -> None:
        """Store what is new so far."""
        if self._new:
            objects = list(self._new.values())
            self._git("unpack-objects", "-q", stdin=pack(objects, self._trees.algorithm))
        self._new.clear()
        self._waits = 0

    def _git(self, *words: str, stdin: bytes | BinaryIO) -> bytes:
        deed = f"add {self._folder.name}"
        return self._repository.must(
            words, deed=deed, stdin=stdin, timeout_seconds=self._timeout
        ).data


@contextmanager
def _opened(parent: int, name: str) -> Iterator[BinaryIO]:
    # Without waiting, should it have become a pipe meanwhile.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with open(os.open(name, flags, dir_fd=parent), "rb", buffering=0) as raw:
        yield raw


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
