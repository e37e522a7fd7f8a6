"""The `.incident-tui` folder of a home: locks, drafts, side files; never part of a commit.

What lies in it is named here; what is written to it is not.
"""

from contextlib import suppress
from errno import ENOENT
from os import strerror
from pathlib import Path

NAME = ".incident-tui"


def make_private(folder: Path, *, new_home: bool = False) -> None:
    """Make `folder` below a `.incident-tui`, which tells git to leave all of it alone.

    Raises OSError, also where the home is not there, unless it is a `new_home`: one that was moved
    away, or whose disk is not mounted, must find its place free when it returns.
    """
    if folder.is_dir():
        return
    for parent in (folder, *folder.parents):
        if parent.name == NAME and not new_home and not parent.parent.is_dir():
            raise FileNotFoundError(ENOENT, strerror(ENOENT), str(parent.parent))
    folder.mkdir(parents=True, exist_ok=True)
    for parent in (folder, *folder.parents):
        if parent.name == NAME:
            with suppress(FileExistsError), (parent / ".gitignore").open("x") as ignore:
                ignore.write("*\n")
            return
