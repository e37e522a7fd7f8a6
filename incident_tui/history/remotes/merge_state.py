"""Whether a delivery was merged into the remote's default branch, by which commit of whom.

What follows from a merge is decided elsewhere.
"""

from pathlib import Path
from typing import Literal

import msgspec

from incident_tui.history.commits.message import POSITION_TRAILER
from incident_tui.history.commits.plumbing import Plumbing
from incident_tui.history.remotes.commit_people import Person, people, trailer
from incident_tui.history.remotes.delivery_branch import DELIVERED_BY, checked_branch, look
from incident_tui.history.remotes.remote import Remote, our_ref

_FEW = 200
How = Literal["merge", "fast-forward", "same content", "pushed"]


class Merge(msgspec.Struct, frozen=True):
    """How a delivery came into the default branch, by the commit that brought it.

    After a "fast-forward" git does not know who did it; with "same content" (a squash, a rebase,
    a copy) the commit is another one than was delivered; one that was "pushed" is an ordinary
    commit of the incident, which nobody had to look at.
    """

    commit: str
    how: How
    author: Person
    committer: Person


class Standing(msgspec.Struct, frozen=True):
    """Where a delivery stands. `merge` is None while the default branch does not hold it.

    `by` delivered it, with `deliverer` as git's name; `overview` is the README that was merged.
    """

    remote: str
    url: str
    base: str
    branch: str
    delivered: str | None
    merge: Merge | None = None
    deliverer: Person | None = None
    by: str = ""
    overview: str = ""


def standing(git: Plumbing, folder: Path, remote_name: str, tree: str) -> Standing:
    """Ask the remote whether its default branch holds what was delivered.

    `tree` is the folder as it is now, for a delivery that this clone knows nothing of. Raises
    DeliveryError and GitUnavailableError.
    """
    inside = git.inside(folder)
    branch = checked_branch(git, folder)
    remote = look(git, remote_name, branch)
    known = [remote.heads.get(branch), git.resolve(our_ref(remote, "delivered", branch))]
    candidates = list(dict.fromkeys(commit for commit in known if commit is not None))
    answer = Standing(
        remote=remote.name,
        url=remote.url,
        base=remote.base,
        branch=branch,
        delivered=candidates[0] if candidates else None,
    )
    for commit in candidates:
        at_commit = git.resolve(f"{commit}:{inside}") or ""
        merge = _merge_of(git, remote, commit) or _same_content(git, remote, inside, at_commit)
        if merge is not None:
            deliverer, _ = people(git, commit)
            return msgspec.structs.replace(
                answer,
                delivered=commit,
                merge=merge,
                deliverer=deliverer,
                by=trailer(git, commit, DELIVERED_BY),
                overview=_overview(git, f"{commit}:{inside}"),
            )
    merge = _same_content(git, remote, inside, tree)
    if merge is None:
        return answer
    overview = _overview(git, f"{merge.commit}:{inside}")
    return msgspec.structs.replace(answer, merge=merge, overview=overview)


def _merge_of(git: Plumbing, remote: Remote, commit: str) -> Merge | None:
    """How the default branch came to contain that very commit."""
    if not git.is_ancestor(commit, remote.base_tip):
        return None
    since = f"{commit}..{remote.base_tip}"
    chain = _lines(git, "rev-list", "--first-parent", since)
    descendants = set(_lines(git, "rev-list", "--ancestry-path", since))
    mainline = [each for each in chain if each in descendants]
    if not mainline or git.resolve(f"{mainline[-1]}^1") == commit:
        return _merge(git, commit, "fast-forward")
    return _merge(git, mainline[-1], "merge")


def _same_content(git: Plumbing, remote: Remote, inside: str, tree: str) -> Merge | None:
    """The commit of the default branch after which the folder was `tree`, the first if several."""
    where = f":(top,literal){inside}"
    commits = _lines(
        git, "rev-list", "--first-parent", f"--max-count={_FEW}", remote.base_tip, "--", where
    )
    for commit in reversed(commits):
        if git.resolve(f"{commit}:{inside}") == tree:
            delivered = trailer(git, commit, DELIVERED_BY) != ""
            ordinary = not delivered and trailer(git, commit, POSITION_TRAILER) != ""
            return _merge(git, commit, "pushed" if ordinary else "same content")
    return None


def _merge(git: Plumbing, commit: str, how: How) -> Merge:
    author, committer = people(git, commit)
    return Merge(commit=commit, how=how, author=author, committer=committer)


def _overview(git: Plumbing, tree: str) -> str:
    return git.attempt("cat-file", "blob", f"{tree}/README.md").out


def _lines(git: Plumbing, *arguments: str) -> list[str]:
    return git.must(*arguments, deed="read the history of the remote").split()
