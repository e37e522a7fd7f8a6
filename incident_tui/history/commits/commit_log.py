"""What the history holds of a folder: its commits, and how far into the log they reach.

What is still to be committed follows from this and the log; no file keeps it.
"""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from incident_tui.domain.values.text import clean_line, whole_number
from incident_tui.history.commits.committer import pathspecs
from incident_tui.history.commits.message import POSITION_TRAILER, trailer_values
from incident_tui.history.git import obstacles
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError

_TIMEOUT_SECONDS = 30.0
_LATEST = int(datetime.max.replace(tzinfo=UTC).timestamp()) - 1
"""Seconds since 1970 that Python can tell; git takes later ones."""
_FORMAT = "%H%x00%ct%x00%s%x00%B"


class Commit(msgspec.Struct, frozen=True):
    """One commit that touched the folder; ``position`` is the log position it was made from."""

    sha: str
    at: datetime
    subject: str
    position: int | None


def commits_of(repository: GitHome, folder: Path, *, limit: int = 200) -> list[Commit]:
    """The commits that touched ``folder``, newest first, at most ``limit``; times in UTC.

    The folder itself may be gone. Raises GitUnavailableError when the history cannot be read.
    """
    return _read(repository, folder, f"--max-count={limit}")


def last_position(repository: GitHome, folder: Path, *, at: str = "") -> int | None:
    """The log position of the newest commit of ``folder`` that names one; None without any.

    ``at`` is the commit from which is looked back, else that of HEAD.

    Raises GitUnavailableError when the history cannot be read.
    """
    named = _read(
        repository,
        folder,
        "--max-count=1",
        "--extended-regexp",
        f"--grep=^{POSITION_TRAILER}: [0-9]+$",
        *([at] if at else []),
    )
    return named[0].position if named else None


class Reach(msgspec.Struct, frozen=True):
    """How far git has the log of a folder at one commit; an empty ``tip`` has no commit yet.

    ``position`` is None where no commit of the folder names one.
    """

    tip: str = ""
    position: int | None = None


def reach_of(repository: GitHome, folder: Path, known: Reach | None = None) -> Reach:
    """How far the history reaches now; ``known`` where the branch has not moved since.

    Raises GitUnavailableError when the history cannot be read.
    """
    tip = repository.tip()
    if known is not None and known.tip == tip:
        return known
    return Reach(tip, last_position(repository, folder, at=tip) if tip else None)


def _read(repository: GitHome, folder: Path, *choice: str) -> list[Commit]:
    path = folder.resolve()
    if not path.is_relative_to(repository.top):
        raise GitUnavailableError(f"{path} is not inside {repository.top}: move it there")
    where = pathspecs(path.relative_to(repository.top))
    read = repository.runner.run(
        ["log", "-z", "--encoding=UTF-8", f"--format={_FORMAT}", *choice, "--", *where],
        cwd=repository.top,
        timeout_seconds=_TIMEOUT_SECONDS,
    )
    if "does not have any commits yet" in read.err:
        return []
    if read.status != 0 or read.timed_out:
        raise GitUnavailableError(
            obstacles.explain(read, deed=f"read the history of {path.name}", top=repository.top)
        )
    fields = iter(read.out.split("\0"))
    # Four fields a commit; what follows the last separator is no commit.
    return [_commit(*four) for four in zip(fields, fields, fields, fields, strict=False)]


def _commit(sha: str, seconds: str, subject: str, message: str) -> Commit:
    positions = trailer_values(message, POSITION_TRAILER)
    return Commit(
        sha=sha,
        at=datetime.fromtimestamp(min(int(seconds), _LATEST), UTC),
        subject=clean_line(subject),
        position=whole_number(positions[0]) if len(positions) == 1 else None,
    )
