"""Delivering an incident folder on a branch of its own.

What the commit says is decided elsewhere; whether it was merged is `merge_state`'s.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from incident_tui.history.commits.message import commit_message
from incident_tui.history.commits.plumbing import (
    DeliveryError,
    Plumbing,
    commit_of,
    tree_on_top,
)
from incident_tui.history.remotes.commit_people import people, trailer
from incident_tui.history.remotes.remote import Remote, ask, fetch, our_ref, push

DELIVERED_BY = "Delivered-by"
LOG = "incident.json"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")
"""Names that git allows for branches without being asked, as nearly every incident has one."""


class DeliveryRequest(msgspec.Struct, frozen=True):
    """One delivery. `tree` is what `folder_tree` gave; `moment` has a time zone."""

    folder: Path
    tree: str
    remote: str
    subject: str
    moment: datetime
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()


class Delivered(msgspec.Struct, frozen=True):
    """What the remote holds now; `told` is what its server printed.

    `standing` is "merged" where the default branch holds the folder already, "unchanged" where
    the branch did; nothing was pushed then. `commit` is empty for "merged".
    """

    remote: str
    url: str
    base: str
    branch: str
    inside: str
    commit: str
    standing: Literal["pushed", "unchanged", "merged"]
    remote_output: str = ""


def branch_of(folder: Path) -> str:
    """The branch that an incident is delivered on."""
    return f"incident/{folder.name}"


def deliver(git: Plumbing, request: DeliveryRequest) -> Delivered:
    """Push a commit that holds only the folder, on top of the remote's default branch.

    The branch is replaced only where it is known to be ours. Raises DeliveryError and
    GitUnavailableError; nothing was pushed then.
    """
    inside = git.inside(request.folder)
    branch = checked_branch(git, request.folder)
    remote = look(git, request.remote, branch)
    answer = Delivered(
        remote=remote.name,
        url=remote.url,
        base=remote.base,
        branch=branch,
        inside=inside,
        commit="",
        standing="merged",
    )
    at_base = git.resolve(f"{remote.base_tip}:{inside}")
    if at_base == request.tree:
        return answer
    tip = remote.heads.get(branch)
    if tip is not None:
        root = git.attempt("merge-base", tip, remote.base_tip).out.strip()
        # Where the folder changed in the default branch since, the delivery has to stand on that.
        current = git.resolve(f"{root}:{inside}") == at_base
        if current and git.resolve(f"{tip}:{inside}") == request.tree:
            if trailer(git, tip, DELIVERED_BY) and _only_the_folder(git, root, tip, inside):
                _remember(git, remote, branch, tip)
            return msgspec.structs.replace(answer, commit=tip, standing="unchanged")
        _refuse_the_work_of_others(git, remote, branch, tip, inside)
    tree = tree_on_top(git, remote.base_tip, inside, request.tree)
    message = commit_message(request.subject, request.body, request.trailers)
    commit = commit_of(git, tree, remote.base_tip, message, request.moment)
    remote_output = push(git, remote, branch, commit)
    _remember(git, remote, branch, commit)
    return msgspec.structs.replace(
        answer, commit=commit, standing="pushed", remote_output=remote_output
    )


def checked_branch(git: Plumbing, folder: Path) -> str:
    """`branch_of`. Raises DeliveryError where git allows no such name."""
    branch = branch_of(folder)
    if _PLAIN.fullmatch(folder.name):
        return branch
    if git.attempt("check-ref-format", f"refs/heads/{branch}").status != 0:
        raise DeliveryError(f"git allows no branch called {branch}: rename the folder {folder}")
    return branch


def look(git: Plumbing, name: str, branch: str) -> Remote:
    """The remote, with the commits of its default branch and of ours at hand.

    Raises DeliveryError and GitUnavailableError.
    """
    remote = ask(git, name)
    fetch(git, remote, remote.base, *([branch] if branch in remote.heads else []))
    # Somebody may have pushed between asking and fetching: what was fetched is what counts.
    heads = dict(remote.heads)
    for each in {remote.base, branch} & set(heads):
        heads[each] = git.resolve(our_ref(remote, "seen", each)) or heads[each]
    return msgspec.structs.replace(remote, heads=heads)


def _only_the_folder(git: Plumbing, root: str, tip: str, inside: str) -> bool:
    """Whether nothing but the folder differs between two commits."""
    outside = ("--", ":(top)", f":(top,exclude,literal){inside}")
    return git.attempt("diff-tree", "-r", "--quiet", root, tip, *outside).status == 0


def _remember(git: Plumbing, remote: Remote, branch: str, commit: str) -> None:
    ref = our_ref(remote, "delivered", branch)
    git.must("update-ref", ref, commit, deed="remember what was delivered")


def _refuse_the_work_of_others(
    git: Plumbing, remote: Remote, branch: str, tip: str, inside: str
) -> None:
    """Raise DeliveryError unless the branch holds nothing but what came from here.

    It does when it is what this clone delivered, or when its log is one that our history went
    through: delivered from another clone, and merged here since.
    """
    if tip == git.resolve(our_ref(remote, "delivered", branch)):
        return
    log = git.resolve(f"{tip}:{inside}/{LOG}")
    listed = git.attempt("rev-list", "--objects", "HEAD", "--", f":(top,literal){inside}/{LOG}")
    ours = trailer(git, tip, DELIVERED_BY) != ""
    if ours and log is not None and any(line.startswith(log) for line in listed.out.splitlines()):
        return
    author, _ = people(git, tip)
    raise DeliveryError(
        f"the branch {branch} in {remote.name} has a commit that this clone did not deliver"
        f" ({tip[:12]} by {author.name}), and was left as it is: take over what it changes (`git"
        f" fetch {remote.name} {branch}`, then `git show FETCH_HEAD`), remove the branch with `git"
        f" push {remote.name} --delete {branch}`, and deliver again"
    )
