"""Telling git how the files of a home are merged: the drivers of a clone, and the attributes.

What the drivers do is `log_merge`'s. See gitattributes(5), "Defining a custom merge driver".
"""

import os
import stat
from errno import EINVAL
from pathlib import Path

from incident_tui.history.git import obstacles
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError

ATTRIBUTES = ".gitattributes"
LINES = (
    # So that the user's own git sees the bytes that are committed, whatever else is filtered here.
    "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]-*/** -text -filter -ident !working-tree-encoding",
    "*/incident.json merge=incident-log",
    *(
        f"*/{page} merge=incident-page"
        for page in (
            "README.md",
            "timeline.md",
            "actions.md",
            "postmortem.md",
            "next-time.md",
            "artifacts/*.md",
            "updates/*.md",
            "checkpoints/*.md",
        )
    ),
)
"""In the home: nothing is converted, the log is united, a rendered document is made anew."""
_HEAD = "# Incidents are merged by incident-tui; `incident-tui init` tells a clone how."
_SECONDS = 10.0
_LONGEST = 2**20


def set_up_merges(repository: GitHome, home: Path, program: str) -> bool:
    """Make this clone merge the incidents of `home`; returns whether its attributes changed.

    `program` is how git starts this program. Other lines of the attributes stay as they are.
    Raises GitUnavailableError and OSError.
    """
    for name, does in (("log", "unite two incident logs"), ("page", "render an incident anew")):
        driver = f"merge.incident-{name}"
        for key, value in (
            (f"{driver}.name", does),
            (f"{driver}.driver", f"{program} merge-log %O %A %B %P"),
        ):
            done = repository.runner.run(
                ["config", "--local", key, value],
                cwd=repository.top,
                timeout_seconds=_SECONDS,
            )
            if done.status != 0 or done.timed_out:
                deed = "set up the merge driver"
                raise GitUnavailableError(obstacles.explain(done, deed=deed, top=repository.top))
    return _add_attributes(home / ATTRIBUTES)


def _add_attributes(path: Path) -> bool:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    with open(os.open(path, flags, 0o666), "r+b", buffering=0) as file:
        about = os.fstat(file.fileno())
        # A clone may bring a link or a pipe of this name, and what it leads to is somebody else's.
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LONGEST:
            raise OSError(EINVAL, "not an ordinary file of attributes: move it away", str(path))
        data = file.read()
        added = _missing(data.decode("utf-8", "surrogateescape"))
        if added:
            # In place, since the file is the user's; at its end, so that nothing of it is at risk.
            file.write(added.encode())
            os.fsync(file.fileno())
    return bool(added)


def _missing(text: str) -> str:
    known = text.splitlines()
    missing = [line for line in LINES if line not in known]
    if not missing:
        return ""
    end = "\n" if text and not text.endswith("\n") else ""
    head = [] if _HEAD in known else [_HEAD]
    return end + "\n".join([*head, *missing]) + "\n"
