"""Where git keeps versions of a file beside the branches: other worktrees, stashes, the reflog.

What is looked for in them is decided elsewhere.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from incident_tui.history.git.repository import GitHome
from incident_tui.history.versions.file_versions import blob

_SECONDS = 30.0
_STASHED = ("", "^2", "^3")
"""A stash, what was staged in it, and what was untracked; see git-stash(1)."""


class Worktree(msgspec.Struct, frozen=True):
    """Another worktree of a repository; `branch` is empty where its HEAD is detached."""

    path: Path
    branch: str = ""


def worktrees(repository: GitHome) -> list[Worktree]:
    """The worktrees of a repository but the one at its `top`, those that still are there."""
    printed = _out(repository, "worktree", "list", "--porcelain")
    trees = []
    for block in printed.split("\n\n"):
        rows = dict(line.partition(" ")[::2] for line in block.splitlines())
        path = Path(rows.get("worktree", ""))
        if "bare" in rows or not path.is_dir() or path.resolve() == repository.top:
            continue
        trees.append(Worktree(path, rows.get("branch", "").removeprefix("refs/heads/")))
    return trees


def stashed(repository: GitHome, path: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    """Each stash that holds a file, by its name, with what it holds; path relative to the top."""
    names = _out(repository, "stash", "list", "--format=%gd").split()
    for name in names:
        for part in _STASHED:
            data = blob(repository, f"{name}{part}", path)
            if data is not None:
                yield name, data


def commits_with(repository: GitHome, path: PurePosixPath, text: str) -> list[str]:
    """The commits that git still reaches and that put `text` into a file, or took it out.

    Those that only a stash or the reflog knows are among them.
    """
    asked = ("log", "--all", "--reflog", "-m", "--format=%H", f"-S{text}")
    return sorted(set(_out(repository, *asked, "--", f":(top,literal){path}").split()))


def branches(repository: GitHome) -> list[str]:
    """The branches here and those that remotes are known to have."""
    asked = ("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes")
    return [name for name in _out(repository, *asked).split() if not name.endswith("/HEAD")]


def named_after(repository: GitHome, name: str) -> list[str]:
    """Branches, remote branches and tags (as refs) with `name` in theirs."""
    refs = _out(repository, "for-each-ref", "--format=%(refname)").split()
    return [ref for ref in refs if name in ref]


def commit_count(repository: GitHome, path: PurePosixPath, name: str) -> int:
    """How many commits changed what is at `path`, or have `name` in their message."""
    commits = _out(repository, "rev-list", "--all", "--", f":(top,literal){path}").split()
    asked = ("rev-list", "--all", "--fixed-strings", f"--grep={name}")
    return len({*commits, *_out(repository, *asked).split()})


def _out(repository: GitHome, *arguments: str) -> str:
    done = repository.runner.run(arguments, cwd=repository.top, timeout_seconds=_SECONDS)
    return done.out if done.status == 0 else ""
