"""Rendered documents on disk: writing what differs, and saying what differs.

Only documents are touched; the log, the playbook and the evidence never are.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from errno import ELOOP
from pathlib import Path

from incident_tui.door import NotAFile, read_file

FOLDERS = ("artifacts", "updates", "checkpoints")
"""Folders that hold numbered documents only."""
_NUMBERED = re.compile(
    r"[0-9]+(?:-[a-z0-9-]+)?\.md|[0-9]+-(?:initial|update|resolution)(?:\.chat)?\.txt"
)
"""What documents are called there; a file with any other name is somebody's own."""
_KEPT = ("incident.json", "playbook.toml", "evidence")


def write_folder(folder: Path, documents: dict[str, str]) -> list[str]:
    """Make the documents in `folder` those of `documents`; returns the paths that changed.

    Each file is replaced at once, and only where its bytes differ. Numbered documents that are no
    longer rendered are removed. Raises OSError where the folder cannot be written or leads out of
    itself, ValueError for a path that is no document's.
    """
    for name in FOLDERS:
        # It may have come with a clone, and what it leads to is none of ours.
        if (folder / name).is_symlink():
            raise OSError(ELOOP, f"{name} is a link to somewhere else", str(folder / name))
    changed = []
    for path, text in documents.items():
        target = _target(folder, path)
        data = text.encode()
        if _read(folder, target) == data:
            continue
        target.parent.mkdir(mode=_folder_mode(folder), parents=True, exist_ok=True)
        _replace(target, data)
        changed.append(path)
    for path in _left_over(folder, documents):
        (folder / path).unlink()
        changed.append(path)
    return sorted(changed)


def differences(folder: Path, documents: dict[str, str]) -> list[str]:
    """What `write_folder` would change, as a sentence for each document; empty when nothing.

    Raises ValueError for a path that no document can have.
    """
    changed = []
    for path, text in documents.items():
        data = _read(folder, _target(folder, path))
        if data is None:
            there = os.path.lexists(_target(folder, path))
            changed.append(f"{path} is no file of ours" if there else f"{path} is missing")
        elif data != text.encode():
            changed.append(f"{path} differs from what the log says")
    for path in _left_over(folder, documents):
        changed.append(f"{path} is extra: the log does not call for it")
    return sorted(changed)


def _target(folder: Path, path: str) -> Path:
    parts = path.split("/")
    if parts[0] in _KEPT or any(part in ("", ".", "..") for part in parts) or "\\" in path:
        raise ValueError(f"{path!r} is not the path of a document")
    return folder.joinpath(*parts)


def _read(folder: Path, target: Path) -> bytes | None:
    """What stands there; None where that is nothing, or no file: then a document replaces it."""
    try:
        return read_file(target, below=folder.parent)
    except (FileNotFoundError, NotADirectoryError, NotAFile):
        return None


def _left_over(folder: Path, documents: dict[str, str]) -> Iterator[str]:
    """Numbered documents in the folder that are not among `documents`."""
    for name in FOLDERS:
        try:
            entries = sorted(os.listdir(folder / name))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            path = f"{name}/{entry}"
            if _NUMBERED.fullmatch(entry) and path not in documents and (folder / path).is_file():
                yield path


def _folder_mode(folder: Path) -> int:
    """The mode of what is made in `folder`: its owner's alone where the folder is."""
    return 0o700 if folder.is_dir() and folder.stat().st_mode & 0o077 == 0 else 0o777


def _replace(target: Path, data: bytes) -> None:
    """Put `data` at `target` so that a reader sees the old text or the new."""
    temporary = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    try:
        # Not synchronised: a document that a power failure takes is rendered again from the log.
        mode = _folder_mode(target.parent) & 0o666
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
