"""Versions of one file in the history, to the byte: for recovering a log, and for merging pages.

What is read from them is decided elsewhere.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from incident_tui.history.git import obstacles
from incident_tui.history.git.objects import algorithm_of, name_of
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError

_SECONDS = 30.0


def versions_of(repository: GitHome, path: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    """The commits that changed a file, and what it held then: of HEAD first, newest first.

    `path` is relative to the top. Raises GitUnavailableError when the history cannot be read.
    """
    seen: set[str] = set()
    for where in ("HEAD", "--all"):
        done = repository.runner.run(
            [
                "log",
                "--format=%H",
                "--exclude=refs/replace/*",
                where,
                "--",
                f":(top,literal){path}",
            ],
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
    """What a file held in a commit, to the byte; None where it was not there.

    Raises GitUnavailableError when git cannot be started.
    """
    spec = f"{commit}:{path}"
    named = repository.runner.run(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", spec],
        cwd=repository.top,
        timeout_seconds=_SECONDS,
    )
    found = repository.runner.run(
        ["cat-file", "blob", named.out.strip() or spec],
        cwd=repository.top,
        timeout_seconds=_SECONDS,
    )
    # What lies in the repository under a wrong name is damaged, or was put there.
    whole = found.status == 0 and not found.timed_out
    return found.data if whole and _is_named(found.data, named.out.strip()) else None


def commons(repository: GitHome, one: str, other: str) -> list[str]:
    """The commits that two commits come from: more than one where they were merged criss-cross."""
    done = repository.runner.run(
        ["merge-base", "--all", one, other], cwd=repository.top, timeout_seconds=_SECONDS
    )
    return sorted(done.out.split()) if done.status == 0 else []


def _is_named(data: bytes, wanted: str) -> bool:
    return name_of("blob", data, algorithm_of(wanted)) == wanted
