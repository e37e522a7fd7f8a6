"""Trees and commits made beside the user's work: no checkout, no index, no branch is touched.

What is sent where is `delivery`'s.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from incident_tui.history.commits.committer import git_date, outside, path_inside
from incident_tui.history.commits.folder_objects import folders_in, store
from incident_tui.history.commits.outcome import CommitOptions
from incident_tui.history.git import obstacles
from incident_tui.history.git.objects import Object, name_of, pack, splice
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import Finished, GitUnavailableError
from incident_tui.history.git.signature_programs import signature_words
from incident_tui.history.git.trees import read_trees

_AS_COMMITTED = CommitOptions()


class DeliveryError(Exception):
    """Something could not be delivered or looked up; ``reason`` says what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Plumbing:
    """Git in one repository, below what people call for."""

    repository: GitHome
    options: CommitOptions = _AS_COMMITTED

    def attempt(
        self,
        *arguments: str,
        stdin: str | bytes | None = None,
        extra_env: Mapping[str, str] | None = None,
        timeout_seconds: float | None = None,
        network: bool = False,
    ) -> Finished:
        """Run git and say how it ended; no hook but the one before a push can run.

        Raises GitUnavailableError.
        """
        return self.repository.runner.run(
            arguments,
            cwd=self.repository.top,
            timeout_seconds=timeout_seconds or self.options.timeout_seconds,
            stdin=stdin,
            extra_env=extra_env,
            hooks=network and self.options.hooks,
            network=network,
        )

    def must(
        self,
        *arguments: str,
        deed: str,
        stdin: str | bytes | None = None,
        extra_env: Mapping[str, str] | None = None,
    ) -> str:
        """What git prints. Raises DeliveryError when it fails, GitUnavailableError."""
        done = self.attempt(*arguments, stdin=stdin, extra_env=extra_env)
        if done.status != 0 or done.timed_out:
            raise DeliveryError(obstacles.explain(done, deed=deed, top=self.repository.top))
        return done.out

    def resolve(self, name: str) -> str | None:
        """The object of that name, such as ``<commit>:<path>``; None when there is none."""
        return self.repository.name(name, timeout_seconds=self.options.timeout_seconds)

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether ``newer`` contains the commit ``older``."""
        return self.attempt("merge-base", "--is-ancestor", older, newer).status == 0

    def inside(self, folder: Path) -> str:
        """The path of a folder of this repository. Raises DeliveryError where it is none."""
        path = folder.resolve()
        problem = outside(path, self.repository.top)
        if problem is not None:
            raise DeliveryError(problem)
        return path_inside(path, self.repository.top)


def folder_tree(git: Plumbing, folder: Path, leave_out: Sequence[str] = ()) -> str:
    """Store the folder as it is on disk; returns its tree.

    Names that match ``leave_out`` are not in it. Raises DeliveryError and GitUnavailableError.
    """
    inside, seconds = git.inside(folder), git.options.timeout_seconds
    place = folder.resolve()
    try:
        trees = read_trees(
            git.repository, "HEAD", inside, folders_in(place), timeout_seconds=seconds
        )
        stored = store(git.repository, place, trees, leave_out=leave_out, timeout_seconds=seconds)
    except OSError as error:
        why = error.strerror or error
        raise DeliveryError(f"{place} cannot be read ({why}): make it readable") from error
    return stored.tree or _stored(git, [Object("tree", b"")], trees.algorithm, f"read {inside}")


def tree_without(git: Plumbing, base: str, inside: str) -> str:
    """The tree of the commit ``base`` without what is at the path ``inside``.

    Raises DeliveryError and GitUnavailableError.
    """
    return _spliced(git, base, inside, None, f"leave out {inside}")


def tree_on_top(git: Plumbing, base: str, inside: str, tree: str) -> str:
    """The tree of the commit ``base`` with ``tree`` at the path ``inside``, and nothing else new.

    Raises DeliveryError and GitUnavailableError.
    """
    return _spliced(git, base, inside, tree, f"put {inside} on top of what the remote has")


def _spliced(git: Plumbing, base: str, inside: str, tree: str | None, deed: str) -> str:
    trees = read_trees(git.repository, base, inside, timeout_seconds=git.options.timeout_seconds)
    top, new = splice(trees.rows, os.fsencode(inside), tree, trees.algorithm)
    if new:
        _stored(git, new, trees.algorithm, deed)
    return top


def _stored(git: Plumbing, objects: Sequence[Object], algorithm: str, deed: str) -> str:
    """Store objects; returns the name of the last one."""
    git.must("unpack-objects", "-q", deed=deed, stdin=pack(objects, algorithm))
    return name_of(objects[-1].kind, objects[-1].data, algorithm)


def commit_of(
    git: Plumbing,
    tree: str,
    parent: str,
    message: str,
    moment: datetime,
    person: tuple[str, str] | None = None,
) -> str:
    """A commit that no branch points to, dated ``moment``; returns its name.

    ``person`` commits where git knows nobody who does. Raises DeliveryError.
    """
    date = git_date(moment)
    sign, seconds = ("-S",) if git.options.sign else (), git.options.timeout_seconds
    program = signature_words(git.repository, timeout_seconds=seconds) if git.options.sign else ()
    try:
        made = git.repository.must(
            (*program, "commit-tree", *sign, "-p", parent, "-F", "-", tree),
            deed="make the commit",
            stdin=message,
            extra_env={"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
            timeout_seconds=seconds,
            person=person,
        )
    except GitUnavailableError as unavailable:
        raise DeliveryError(unavailable.reason) from unavailable
    return made.out.strip()
