"""The `.incident-tui` folder of a home: locks, drafts, side files; never part of a commit.

What lies in it is named here; what is written to it is not.
"""

from contextlib import suppress
from pathlib import Path

NAME = ".incident-tui"


def make_private(folder: Path) -> None:
    """Make `folder` below a `.incident-tui`, which tells git to leave all of it alone.

    Raises OSError.
    """
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for parent in (folder, *folder.parents):
        if parent.name == NAME:
            with suppress(FileExistsError), (parent / ".gitignore").open("x") as ignore:
                ignore.write("*\n")
            return
