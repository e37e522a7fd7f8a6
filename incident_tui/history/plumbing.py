"""Trees and commits made beside the user's work: no checkout, no index, no branch is touched.

Each step has an index of its own in a temporary folder. What is sent where is `delivery`'s.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from incident_tui.history import obstacles
from incident_tui.history.committer import git_date, outside, pathspecs
from incident_tui.history.outcome import CommitOptions
from incident_tui.history.repository import GitHome
from incident_tui.history.runner import Finished

# As in a commit: the user's settings may not change what is stored, ask, or outlive the command.
_SETTINGS = (
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.splitIndex=false",
    "core.untrackedCache=false",
    "add.ignoreErrors=false",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    "push.followTags=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "submodule.recurse=false",
    "user.useConfigOnly=true",
)
_AS_COMMITTED = CommitOptions()
_WITHOUT_HOOKS = (f"core.hooksPath={os.devnull}", "core.fsmonitor=false")


class DeliveryError(Exception):
    """Something could not be delivered or looked up; ``reason`` says what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Plumbing:
    """Git in one repository, with settings that keep it from changing anything by itself."""

    repository: GitHome
    options: CommitOptions = _AS_COMMITTED

    def attempt(
        self,
        *arguments: str,
        stdin: str | None = None,
        extra_env: Mapping[str, str] | None = None,
        timeout_seconds: float | None = None,
    ) -> Finished:
        """Run git and say how it ended. Raises GitUnavailableError."""
        chosen = (*_SETTINGS, *(() if self.options.hooks else _WITHOUT_HOOKS))
        settings = [word for setting in chosen for word in ("-c", setting)]
        return self.repository.runner.run(
            [*settings, *arguments],
            cwd=self.repository.top,
            timeout_seconds=timeout_seconds or self.options.timeout_seconds,
            stdin=stdin,
            extra_env=extra_env,
        )

    def must(
        self,
        *arguments: str,
        doing: str,
        stdin: str | None = None,
        extra_env: Mapping[str, str] | None = None,
    ) -> str:
        """What git prints. Raises DeliveryError when it fails, GitUnavailableError."""
        done = self.attempt(*arguments, stdin=stdin, extra_env=extra_env)
        if done.status != 0 or done.timed_out:
            raise DeliveryError(obstacles.explain(done, doing=doing, top=self.repository.top))
        return done.out

    def resolve(self, name: str) -> str | None:
        """The object of that name, such as ``<commit>:<path>``; None when there is none."""
        done = self.attempt("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return done.out.strip() if done.status == 0 else None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether ``newer`` contains the commit ``older``."""
        return self.attempt("merge-base", "--is-ancestor", older, newer).status == 0

    def inside(self, folder: Path) -> str:
        """The path of a folder of this repository. Raises DeliveryError where it is none."""
        path = folder.resolve()
        problem = outside(path, self.repository.top)
        if problem is not None:
            raise DeliveryError(problem)
        return path.relative_to(self.repository.top).as_posix()


def folder_tree(git: Plumbing, folder: Path, leave_out: Sequence[str] = ()) -> str:
    """Store the folder as it is on disk; returns its tree.

    Names that match ``leave_out`` are not in it. Raises DeliveryError and GitUnavailableError.
    """
    inside = git.inside(folder)
    doing = f"read {folder.name}"
    add = ("add", "--force", "--all", "--")
    with _own_index() as env:
        if (folder / ".git").exists():
            # Git would store a folder with a repository of its own as a reference to that.
            files = ("-C", str(folder.resolve()), f"--git-dir={git.repository.git_dir}")
            where = pathspecs(Path(), leave_out)
            git.must(*files, "--work-tree=.", *add, *where, doing=doing, extra_env=env)
            return git.must("write-tree", doing=doing, extra_env=env).strip()
        where = pathspecs(Path(inside), leave_out)
        git.must(*add, *where, doing=doing, extra_env=env)
        return git.must("write-tree", f"--prefix={inside}/", doing=doing, extra_env=env).strip()


def tree_without(git: Plumbing, base: str, inside: str) -> str:
    """The tree of the commit ``base`` without what is at the path ``inside``.

    Raises DeliveryError and GitUnavailableError.
    """
    doing = f"leave out {inside}"
    with _own_index() as env:
        _read_without(git, base, inside, doing, env)
        return git.must("write-tree", doing=doing, extra_env=env).strip()


def tree_on_top(git: Plumbing, base: str, inside: str, tree: str) -> str:
    """The tree of the commit ``base`` with ``tree`` at the path ``inside``, and nothing else new.

    Raises DeliveryError and GitUnavailableError.
    """
    doing = f"put {inside} on top of what the remote has"
    with _own_index() as env:
        _read_without(git, base, inside, doing, env)
        git.must("read-tree", "-i", f"--prefix={inside}/", tree, doing=doing, extra_env=env)
        return git.must("write-tree", doing=doing, extra_env=env).strip()


def _read_without(
    git: Plumbing, base: str, inside: str, doing: str, env: Mapping[str, str]
) -> None:
    git.must("read-tree", base, doing=doing, extra_env=env)
    there = f":(top,literal){inside}"
    listed = git.must("ls-files", "-z", "--", there, doing=doing, extra_env=env)
    remove = ("update-index", "-z", "--force-remove", "--stdin")
    git.must(*remove, doing=doing, stdin=listed, extra_env=env)


def commit_of(git: Plumbing, tree: str, parent: str, message: str, moment: datetime) -> str:
    """A commit that no branch points to, dated ``moment``; returns its name.

    Raises DeliveryError, also when git does not know who commits, and GitUnavailableError.
    """
    date = git_date(moment)
    sign = ("-S",) if git.options.sign else ()
    return git.must(
        *("commit-tree", *sign, "-p", parent, "-F", "-", tree),
        doing="make the commit",
        stdin=message,
        extra_env={"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
    ).strip()


@contextmanager
def _own_index() -> Iterator[Mapping[str, str]]:
    with TemporaryDirectory(prefix="incident-tui-") as place:
        yield {"GIT_INDEX_FILE": os.path.join(place, "index")}
