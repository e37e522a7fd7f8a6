"""The index: the user's own, in which only the entries of one folder may change, and passing ones.

See gitformat-index(5); no file is looked at here, so no attribute and no filter counts.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from incident_tui.history.commits.folder_objects import Stored, is_left_out
from incident_tui.history.git import obstacles
from incident_tui.history.git.objects import DIRECTORY
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import Finished, GitUnavailableError
from incident_tui.history.git.trees import Trees


@contextmanager
def own_index() -> Iterator[Mapping[str, str]]:
    """The environment in which git has an index that nobody else sees."""
    with TemporaryDirectory(prefix="incident-tui-") as place:
        yield {"GIT_INDEX_FILE": os.path.join(place, "index")}


def stage(
    repository: GitHome,
    trees: Trees,
    stored: Stored,
    leave_out: Sequence[str],
    *,
    timeout_seconds: float,
) -> None:
    """Have the user's index hold the folder as it was stored; nothing else of it changes.

    What is left out stays as it is. Raises GitUnavailableError.
    """
    inside = os.fsencode(trees.inside)
    prefix = inside + b"/" if inside else b""
    deed = f"add {trees.inside.rpartition('/')[2] or repository.top.name}"
    where = f":(top,literal){trees.inside}" if inside else ":(top)"
    listed = repository.must(
        ("ls-files", "--stage", "-z", "--", where), deed=deed, timeout_seconds=timeout_seconds
    )
    here = _entries(listed.data, prefix)
    before = _committed(trees, prefix)
    zeros = "0" * (64 if trees.algorithm == "sha256" else 40)
    gone = [
        path
        for path, entries in here.items()
        if len(entries) > 1 or (path not in stored.files and not is_left_out(path, leave_out))
    ]
    # What is only "intended to be added" looks like an empty file; not so if it is put anew.
    new = {
        path: entry
        for path, entry in stored.files.items()
        if here.get(path) != [(*entry, "0")] or before.get(path) != entry
    }
    lines = [_line("0", zeros, prefix + path) for path in gone]
    lines += [_line(mode, name, prefix + path) for path, (mode, name) in new.items()]
    if lines:
        words = ("-z", "--add", "--replace", "--index-info")
        edit(repository, words, b"".join(lines), deed=deed, timeout_seconds=timeout_seconds)


def edit(
    repository: GitHome, words: Sequence[str], stdin: bytes, *, deed: str, timeout_seconds: float
) -> None:
    """Run `git update-index` on the user's index, without a look at any of their files.

    Git compares a file with the index again when both were written in the same second
    (git's Documentation/technical/racy-git.txt), and asks filters for that. So it is given a copy
    of the index, and no files; the new index keeps the time of the old one, so that the user's next
    git compares what this one did not. Git's own lock is held meanwhile. Raises
    GitUnavailableError.
    """
    index = repository.git_dir / "index"
    lock = repository.git_dir / "index.lock"
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    except OSError as error:
        raise GitUnavailableError(_explained(repository, lock, error, deed)) from error
    try:
        with TemporaryDirectory(prefix="incident-tui-", dir=repository.git_dir) as place:
            nothing, copy = Path(place, "nothing"), Path(place, "index")
            nothing.mkdir()
            with suppress(FileNotFoundError):
                shutil.copy2(index, copy)
            before = copy.stat() if copy.exists() else None
            repository.must(
                ("update-index", *words),
                deed=deed,
                stdin=stdin,
                extra_env={
                    "GIT_DIR": str(repository.git_dir),
                    "GIT_INDEX_FILE": str(copy),
                    "GIT_WORK_TREE": str(nothing),
                },
                cwd=nothing,
                timeout_seconds=timeout_seconds,
            )
            if before is not None:
                os.utime(copy, ns=(before.st_atime_ns, before.st_mtime_ns))
            os.replace(copy, lock)
        os.replace(lock, index)
    except OSError as error:
        raise GitUnavailableError(_explained(repository, index, error, deed)) from error
    finally:
        lock.unlink(missing_ok=True)


def _explained(repository: GitHome, path: Path, error: OSError, deed: str) -> str:
    printed = f"fatal: Unable to create '{path}': {error.strerror or error}"
    return obstacles.explain(Finished(128, b"", printed), deed=deed, top=repository.top)


def _entries(listed: bytes, prefix: bytes) -> dict[bytes, list[tuple[str, str, str]]]:
    """Mode, object and stage of what the index holds, by the path in the folder."""
    entries: dict[bytes, list[tuple[str, str, str]]] = {}
    for line in listed.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab and path.startswith(prefix):
            mode, name, stage_number = about.decode("ascii").split(" ")
            entries.setdefault(path.removeprefix(prefix), []).append((mode, name, stage_number))
    return entries


def _committed(trees: Trees, prefix: bytes) -> dict[bytes, tuple[str, str]]:
    """Mode and object of the files in the commit before, by the path in the folder."""
    committed = {}
    for place, rows in trees.rows.items():
        whole = place + b"/" if place else b""
        if whole.startswith(prefix):
            for row in rows:
                if row.mode != DIRECTORY:
                    committed[whole.removeprefix(prefix) + row.name] = (row.mode, row.id)
    return committed


def _line(mode: str, name: str, path: bytes) -> bytes:
    return f"{mode} {name}\t".encode() + path + b"\0"
