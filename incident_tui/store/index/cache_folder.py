"""The folder that an index lies in, below the user's cache folder: for its owner alone.

Everything in it can be made again from the logs, and may be deleted at any time.
"""

import os
import stat
from pathlib import Path

from incident_tui.store.index.unusable import Unusable


def make_private(root: Path, folder: Path) -> None:
    """Make `folder`, at or below `root`, for its owner alone. Raises `Unusable`.

    Each folder from `root` on has to be ours, no link, and closed to others: words of incidents
    lie in it, and whoever could put a file there could say what incidents hold.
    """
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        at = root
        for part in ("", *folder.relative_to(root).parts):
            at = at / part
            if not os.path.lexists(at):
                at.mkdir(mode=0o700, exist_ok=True)
            status = os.lstat(at)
            if not stat.S_ISDIR(status.st_mode):
                raise Unusable(f"{at} is no folder")
            if status.st_uid != os.geteuid():
                raise Unusable(f"{at} belongs to another user")
            if status.st_mode & 0o077:
                raise Unusable(f"others may enter {at}")
    except OSError as error:
        raise Unusable(f"{folder} cannot be used: {error.strerror or error}") from error
