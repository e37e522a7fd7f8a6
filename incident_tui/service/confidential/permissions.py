"""What keeps a protected incident from others: permissions of its folder, and git around it.

Which incident is protected is the domain's.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from incident_tui.door import read_file
from incident_tui.store.files.atomic import is_private, replace_file

if TYPE_CHECKING:
    from incident_tui.history import GitHome

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


def hide_from_git(outer: "GitHome", folder: Path) -> None:
    """Have git leave the folder alone where somebody adds all there is, for this clone only.

    It has a repository of its own, which would become an entry with its name in the repository
    around it. Never raises: a commit is not to fail because of that.
    """
    from incident_tui.history import GitUnavailableError
    from incident_tui.history.commits.plumbing import Plumbing

    with suppress(OSError, GitUnavailableError):
        answer = Plumbing(outer).attempt("rev-parse", "--git-path", "info/exclude")
        path = outer.top / answer.out.strip()
        line = _pattern(folder.resolve().relative_to(outer.top).as_posix()).encode()
        path.parent.mkdir(exist_ok=True)
        known = b""
        with suppress(FileNotFoundError):
            known = read_file(path, below=path.parent)
        if line not in known.splitlines():
            replace_file(path, known + b"\n" * (not known.endswith(b"\n") and known != b"")
                         + line + b"\n")  # fmt: skip


def _pattern(inside: str) -> str:
    """The line of gitignore(5) for one folder and nothing else."""
    return "/" + re.sub(r"([\\*?\[\]!# ])", r"\\\1", inside) + "/"
