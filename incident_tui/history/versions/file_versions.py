"""Versions of one file in the history, to the byte: for recovering a log, and for merging pages.

What is read from them is decided elsewhere.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from incident_tui.history.git import obstacles
from incident_tui.history.git.objects import algorithm_of, name_of
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError

if TYPE_CHECKING:
    from incident_tui.history.git.reader import Reader

_SECONDS = 30.0


def versions_of(repository: GitHome, path: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    """The commits that changed a file, and what it held then: of HEAD first, newest first.

    `path` is relative to the top. Raises GitUnavailableError when the history cannot be read.
    """
    seen: set[str] = set()
    for everywhere in (False, True):
        for sha in _commits_at(repository, path, everywhere):
            if sha not in seen:
                seen.add(sha)
                data = blob(repository, sha, path)
                if data is not None:
                    yield sha, data


def _commits_at(repository: GitHome, path: PurePosixPath, everywhere: bool) -> list[str]:
    return repository.read(
        lambda reader: reader.history(path, everywhere=everywhere),
        lambda: _ask_git_for_commits(repository, path, everywhere),
    )


def _ask_git_for_commits(repository: GitHome, path: PurePosixPath, everywhere: bool) -> list[str]:
    where = "--all" if everywhere else "HEAD"
    done = repository.runner.run(
        ["log", "--format=%H", "--exclude=refs/replace/*", where, "--", f":(top,literal){path}"],
        cwd=repository.top,
        timeout_seconds=_SECONDS,
    )
    if not everywhere and done.status != 0:
        return []  # no commit yet on this branch; another may have some
    if done.status != 0 or done.timed_out:
        deed = f"read the history of {path}"
        raise GitUnavailableError(obstacles.explain(done, deed=deed, top=repository.top))
    return done.out.split()


def blob(repository: GitHome, commit: str, path: PurePosixPath) -> bytes | None:
    """What a file held in a commit, to the byte; None where it was not there.

    Raises GitUnavailableError when git cannot be started.
    """
    spec = f"{commit}:{path}"

    def read(reader: "Reader") -> tuple[str, bytes] | None:
        content = reader.object(spec)
        return (content.name, content.data) if content and content.kind == "blob" else None

    name, data = repository.read(read, lambda: _ask_git(repository, spec)) or ("", b"")
    # What lies in the repository under a wrong name is damaged, or was put there.
    return data if name and _is_named(data, name) else None


def _ask_git(repository: GitHome, spec: str) -> tuple[str, bytes] | None:
    """Name and content of a blob."""
    name = repository.name(spec, timeout_seconds=_SECONDS)
    if name is None:
        return None
    answer = repository.runner.run(
        ["cat-file", "blob", name], cwd=repository.top, timeout_seconds=_SECONDS
    )
    return (name, answer.data) if answer.status == 0 and not answer.timed_out else None


def commons(repository: GitHome, one: str, other: str) -> list[str]:
    """The commits that two commits come from: more than one where they were merged criss-cross."""
    done = repository.runner.run(
        ["merge-base", "--all", one, other], cwd=repository.top, timeout_seconds=_SECONDS
    )
    return sorted(done.out.split()) if done.status == 0 else []


def _is_named(data: bytes, wanted: str) -> bool:
    return name_of("blob", data, algorithm_of(wanted)) == wanted
