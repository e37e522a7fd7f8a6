"""What landed in a repository within a span of time: commits and tags, with the files they touched.

Read are HEAD and what is known of the main branch of each remote: a clone is often behind what
runs.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from incident_tui.history.git import obstacles
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError

if TYPE_CHECKING:
    from incident_tui.history.git.reader import Reader

SECONDS = 20.0
MOST_COMMITS = 400
MOST_PATHS = 400
"""Files of one commit that are listed; the rest is counted."""
TIPS = ("refs/remotes/*/HEAD", "refs/remotes/*/main", "refs/remotes/*/master")
_TAG_FORMAT = "%(refname:strip=2)%00%(creatordate:unix)%00%(objectname)%00%(*objectname)" \
    "%00%(contents:subject)"  # fmt: skip


class Landed(msgspec.Struct, frozen=True):
    """A commit, by when it was committed: a rebase or a merge counts, not when it was written.

    `parents` tells a merge (2 or more) and the first of all (0). `paths` are the files in which it
    differs from its first parent, up to `MOST_PATHS` of `touched`.
    """

    sha: str
    at: datetime
    author: str
    subject: str
    parents: int
    paths: tuple[str, ...]
    touched: int


class Tagged(msgspec.Struct, frozen=True):
    """A tag, by when it was made; `sha` is the commit that it stands for."""

    name: str
    at: datetime
    subject: str
    sha: str


def landed(repository: GitHome, since: datetime, until: datetime) -> list[Landed]:
    """The commits of that span, both ends included, newest first, `MOST_COMMITS` at most.

    Raises GitUnavailableError when they cannot be read in time.
    """
    span = (int(since.timestamp()), int(until.timestamp()))

    def read(reader: "Reader") -> list[Landed]:
        return [
            _of(
                commit.name,
                commit.seconds,
                commit.author,
                commit.message,
                commit.parents,
                commit.paths,
            )
            for commit in reader.landed(span, most=MOST_COMMITS, tips=TIPS)
        ]

    return repository.read(read, lambda: list(_asked_of_git(repository, span)))


def tagged(repository: GitHome, since: datetime, until: datetime) -> list[Tagged]:
    """The tags that were made in that span, newest first. Raises GitUnavailableError."""
    printed = _git(repository, "for-each-ref", "--sort=-creatordate", f"--count={MOST_COMMITS}",
                f"--format={_TAG_FORMAT}", "refs/tags")  # fmt: skip
    tags = []
    for row in printed.splitlines():
        name, seconds, own, pointed, subject = [*row.split("\0"), "", "", "", ""][:5]
        at = _moment(seconds)
        if at is not None and since <= at <= until:
            tags.append(Tagged(name, at, subject if pointed else "", pointed or own))
    return tags


def _asked_of_git(repository: GitHome, span: tuple[int, int]) -> Iterator[Landed]:
    if repository.name("HEAD") is None:
        return
    globs = [f"--glob={tip}" for tip in TIPS]
    printed = _git(repository, "log", "-z", "--encoding=UTF-8", f"--max-age={span[0]}",
                f"--min-age={span[1]}", f"--max-count={MOST_COMMITS}",
                "--format=%H%x01%P%x01%ct%x01%an%x01%s", *globs, "HEAD", "--")  # fmt: skip
    rows = [row.split("\1", 4) for row in printed.split("\0") if row]
    paths = _paths(repository, [(row[0], row[1].split()) for row in rows])
    for sha, parents, seconds, author, subject in rows:
        yield _of(sha, int(seconds), author, subject, len(parents.split()), paths.get(sha, []))


def _paths(repository: GitHome, commits: list[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """The files in which each commit differs from its first parent."""
    asked = "".join(" ".join([sha, *parents[:1]]) + "\n" for sha, parents in commits)
    printed = _git(repository, "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames",
                "--no-ext-diff", "--name-status", stdin=asked).split("\0")  # fmt: skip
    by_commit: dict[str, list[str]] = {}
    names = {sha for sha, _ in commits}
    paths: list[str] = []
    rest = iter(printed)
    for word in rest:
        if word in names:
            paths = by_commit.setdefault(word, [])
        elif word:
            paths.append(next(rest, ""))
    return by_commit


def _git(repository: GitHome, *words: str, stdin: str | None = None) -> str:
    done = repository.runner.run(words, cwd=repository.top, timeout_seconds=SECONDS, stdin=stdin)
    if done.status != 0 or done.timed_out:
        reason = obstacles.explain(done, deed="read what changed", top=repository.top)
        raise GitUnavailableError(reason)
    return done.out


def _of(
    sha: str, seconds: int, author: str, message: str, parents: int, paths: list[str]
) -> Landed:
    at = _moment(str(seconds)) or datetime.max.replace(tzinfo=UTC)
    subject = " ".join(message.strip().split("\n\n")[0].split("\n"))
    kept = tuple(sorted(paths)[:MOST_PATHS])
    return Landed(sha, at, author, subject, parents, kept, len(paths))


def _moment(seconds: str) -> datetime | None:
    """None where git tells a time that Python cannot."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
