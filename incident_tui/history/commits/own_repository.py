"""The repository of its own that a protected incident has, inside of its folder.

What is pushed from the repository around the home then never holds it. Which incident is protected
is decided elsewhere.
"""

import stat
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from incident_tui.history.commits.index import edit
from incident_tui.history.commits.message import commit_message
from incident_tui.history.commits.outcome import CommitOptions, Pending
from incident_tui.history.commits.plumbing import DeliveryError, Plumbing, commit_of, tree_without
from incident_tui.history.git.repository import GitHome, open_or_create
from incident_tui.history.git.runner import GitUnavailableError

# Who commits, and how it is signed, may be set for the repository around the home alone.
_TAKEN_OVER = ("user.name", "user.email", "user.signingKey", "gpg.format")


def repository_of(folder: Path, env: Mapping[str, str], *, long_lived: bool = False) -> GitHome:
    """The repository that has the commits of an incident folder, which itself may be gone.

    One that is `long_lived` is read through GitPython. Raises GitUnavailableError where there is
    none.
    """
    if _has_own(folder):
        return open_or_create(folder, create=False, env=env, own=True, long_lived=long_lived)
    return open_or_create(folder.parent, create=False, env=env, long_lived=long_lived)


def own_repository(folder: Path, env: Mapping[str, str], *, long_lived: bool = False) -> GitHome:
    """The repository of the folder's own, made where it is not there yet.

    Raises GitUnavailableError.
    """
    made = not _has_own(folder)
    repository = open_or_create(folder, create=True, env=env, own=True, long_lived=long_lived)
    if made:
        _take_over_settings(repository, around(folder, env))
    return repository


def _has_own(folder: Path) -> bool:
    """Whether there is a repository in the folder itself.

    Raises GitUnavailableError where something else stands in its place: a link, or a file that
    names a repository elsewhere, would have what is need-to-know committed there.
    """
    git = folder / ".git"
    try:
        status = git.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        raise GitUnavailableError(f"{git} is no repository of its own: take it away")
    return True


def around(folder: Path, env: Mapping[str, str]) -> GitHome | None:
    """The repository that the folder's home is in; None without one."""
    try:
        return open_or_create(folder.parent, create=False, env=env)
    except GitUnavailableError:
        return None


def _take_over_settings(repository: GitHome, outer: GitHome | None) -> None:
    if outer is None:
        return
    own, theirs = Plumbing(repository), Plumbing(outer)
    for key in _TAKEN_OVER:
        known = theirs.attempt("config", "--local", "--get", key)
        if known.status == 0:
            own.attempt("config", "--local", key, known.out.removesuffix("\n"))


def withdraw(
    outer: GitHome,
    folder: Path,
    subject: str,
    moment: datetime,
    options: CommitOptions,
    person: tuple[str, str] | None = None,
) -> Pending | None:
    """Commit that the folder is no longer in the repository around it; its files stay.

    `person` commits where git knows nobody who does. Nothing is done where it is not in there.
    Gives what stands in the way, if something does.
    """
    git = Plumbing(outer, options)
    inside = folder.resolve().relative_to(outer.top).as_posix()
    there = f":(top,literal){inside}"
    deed = f"take {folder.name} out"
    try:
        listed = outer.must(
            ("ls-files", "-z", "--", there), deed=deed, timeout_seconds=options.timeout_seconds
        ).data
        head = git.resolve("HEAD")
        held = head is not None and git.resolve(f"{head}:{inside}") is not None
        if not held and not listed:
            return None
        obstacle = outer.obstacle()
        if obstacle is not None:
            return Pending(obstacle)
        if head is not None and held:
            tree = tree_without(git, head, inside)
            commit = commit_of(git, tree, head, commit_message(subject, "", ()), moment, person)
            git.must("update-ref", "-m", subject, "HEAD", commit, head, deed=deed)
        # Not `git rm`: it wants to know whether the files differ, and they may.
        edit(
            outer,
            ("-z", "--force-remove", "--stdin"),
            listed,
            deed=deed,
            timeout_seconds=options.timeout_seconds,
        )
    except DeliveryError as error:
        return Pending(error.reason)
    except GitUnavailableError as unavailable:
        return Pending(unavailable.reason)
    return None
