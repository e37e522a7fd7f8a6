"""What goes into a commit and what may come out of trying: plain values, without git."""

from datetime import datetime
from pathlib import Path

import msgspec


class CommitRequest(msgspec.Struct, frozen=True):
    """One commit of one incident folder.

    ``moment`` (with a time zone) becomes the date of author and committer. ``mark`` is the
    position in the log that the folder was rendered from; it is kept as a trailer and read back
    by `history.log`. ``person`` is (name, email) of who commits where git knows nobody.
    ``parent`` is the commit that the request was made after, empty before the first one; where the
    branch is at another one, the request is not performed. None fits to all.
    ``leave_out`` are patterns of file names that are never committed: locks, half-written files.
    """

    folder: Path
    subject: str
    moment: datetime
    mark: int
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()
    person: tuple[str, str] | None = None
    leave_out: tuple[str, ...] = ()
    parent: str | None = None

    def __post_init__(self) -> None:
        """Raises ValueError when the moment has no time zone."""
        if self.moment.tzinfo is None:
            raise ValueError("the moment of a commit needs a time zone")


class CommitOptions(msgspec.Struct, frozen=True):
    """What the home's configuration may turn on; the limit holds for each git process."""

    hooks: bool = False
    sign: bool = False
    timeout_seconds: float = 30.0


class Committed(msgspec.Struct, frozen=True, tag=True):
    """The folder is in the history."""

    sha: str
    subject: str


class NothingToCommit(msgspec.Struct, frozen=True, tag=True):
    """The history already holds the folder as it is."""


class Pending(msgspec.Struct, frozen=True, tag=True):
    """No commit yet; ``reason`` says what stands in the way, of what, and what to do.

    ``outdated`` when the branch has moved since the request was made: it has to be made anew.
    """

    reason: str
    outdated: bool = False


Outcome = Committed | NothingToCommit | Pending
