"""Versions of one file in the history, to the byte: for recovering a log, and for merging pages.

What is read from them is decided elsewhere.
"""

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from incident_tui.history import obstacles
from incident_tui.history.repository import GitHome
from incident_tui.history.runner import GitUnavailableError

_SECONDS = 30.0


def versions_of(repository: GitHome, path: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    """The commits that changed a file, and what it held then: of HEAD first, newest first.

    `path` is relative to the top. Raises GitUnavailableError when the history cannot be read.
    """
    seen: set[str] = set()
    for where in ("HEAD", "--all"):
        done = repository.runner.run(
            ["log", "--format=%H", where, "--", f":(top,literal){path}"],
            cwd=repository.top,
            timeout_seconds=_SECONDS,
        )
        if where == "HEAD" and done.status != 0:
            continue  # no commit yet on this branch; another may have some
        if done.status != 0 or done.timed_out:
            doing = f"read the history of {path}"
            raise GitUnavailableError(obstacles.explain(done, doing=doing, top=repository.top))
        for sha in done.out.split():
            if sha not in seen:
                seen.add(sha)
                data = blob(repository, sha, path)
                if data is not None:
                    yield sha, data


def blob(repository: GitHome, commit: str, path: PurePosixPath) -> bytes | None:
    """What a file held in a commit; None where it was not there, or is no text.

    Raises GitUnavailableError when git cannot be started.
    """
    spec = f"{commit}:{path}"
    named = repository.runner.run(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", spec],
        cwd=repository.top,
        timeout_seconds=_SECONDS,
    )
    found = repository.runner.run(
        ["cat-file", "blob", spec], cwd=repository.top, timeout_seconds=_SECONDS
    )
    data = found.out.encode()
    # What git prints is taken as text; where that is not what it stored, the name of it differs.
    return data if found.status == 0 and _name(data, named.out.strip()) else None


def common(repository: GitHome, one: str, other: str) -> str | None:
    """The commit that two commits come from; None where there is none."""
    done = repository.runner.run(
        ["merge-base", one, other], cwd=repository.top, timeout_seconds=_SECONDS
    )
    return done.out.strip() or None


def _name(data: bytes, wanted: str) -> bool:
    made = hashlib.sha256() if len(wanted) == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(b"blob %d\0" % len(data))
    made.update(data)
    return made.hexdigest() == wanted
