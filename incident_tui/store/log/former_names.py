"""Former names of the folder of a protected incident, kept inside of it, for those who may read it.

Protecting an incident later gives its folder a name that tells nothing; the old one still finds it.
"""

import os
from contextlib import suppress
from pathlib import Path

from incident_tui.door import read_file
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.log.folder_names import is_neutral, is_safe

FILE = ".former-names"
_LARGEST = 64 * 1024


def former_names(folder: Path) -> list[str]:
    """The names that a folder had, oldest first; none where nobody may know."""
    if not is_neutral(folder.name):
        return []
    try:
        text = read_file(folder / FILE, below=folder, limit=_LARGEST).decode(errors="replace")
    except OSError:
        return []
    return [name for name in text.splitlines() if is_safe(name) and name != folder.name]


def add_former_name(folder: Path, name: str) -> None:
    """Remember a name in the folder itself; durable on return. Raises OSError."""
    known = b""
    with suppress(FileNotFoundError):
        known = read_file(folder / FILE, below=folder, limit=_LARGEST)
    if name.encode() not in known.splitlines():
        replace_file(folder / FILE, known + name.encode() + b"\n", mode=0o600)


def moved_to(folder: Path) -> Path | None:
    """Where the folder is that had this path; None where no folder beside it had this name."""
    try:
        beside = [entry.path for entry in os.scandir(folder.parent) if is_neutral(entry.name)]
    except OSError:
        return None
    for path in map(Path, sorted(beside)):
        if folder.name in former_names(path):
            return path
    return None


def known_before(folder: Path) -> Path:
    """The path by which a repository around it knew the folder, before it was protected."""
    names = former_names(folder)
    return folder.with_name(names[0]) if names else folder
