"""Permissions of a protected incident's folder. Which incident is protected is the domain's."""

from contextlib import suppress
from pathlib import Path

from incident_tui.store.atomic import is_private

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def make_private_to_owner(folder: Path) -> list[Path]:
    """Give the folder and all that is in it to its owner alone; returns what could not be changed.

    Links are left alone: what they point to does not belong to the incident. What git keeps in
    there has permissions of git's own.
    """
    refused = []
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink() or ".git" in path.relative_to(folder).parts:
            continue
        mode = FOLDER_MODE if path.is_dir() else FILE_MODE
        try:
            if path.stat().st_mode & 0o777 != mode:
                path.chmod(mode)
        except FileNotFoundError:
            continue
        except OSError:
            refused.append(path)
    return refused


def keep_private(folder: Path) -> None:
    """`make_private_to_owner` where others can enter: a checkout by git forgets permissions."""
    with suppress(OSError):
        if not is_private(folder):
            make_private_to_owner(folder)
