"""What commits still hold of redacted words, and how their history is rid of them.

Nothing of it is run here: it rewrites commits that others may have.
"""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from incident_tui.domain.kernel import Incident
from incident_tui.domain.protection import Protection
from incident_tui.domain.redactions import Redactions
from incident_tui.history import GitHome, GitUnavailableError, last_position
from incident_tui.history.own import around, holding
from incident_tui.history.plumbing import Plumbing


def reached(folder: Path, number: int, env: Mapping[str, str]) -> list[GitHome]:
    """The repositories in which a commit reaches as far as that entry; none where git cannot tell.

    A protected incident has one in its folder, and an older history in the one around it.
    """
    found = []
    for repository in _histories(folder, env):
        try:
            position = last_position(repository, folder)
        except GitUnavailableError:
            continue
        if position is not None and number <= position:
            found.append(repository)
    return found


def _histories(folder: Path, env: Mapping[str, str]) -> list[GitHome]:
    outer = around(folder, env)
    found = [outer] if outer else []
    if (folder / ".git").is_dir():
        try:
            found.append(holding(folder, env))
        except GitUnavailableError:
            return found
    return found


def purge(incident: Incident, folder: Path, env: Mapping[str, str]) -> list[str]:
    """The commands that rid each history of what was redacted, or of what was protected later.

    Empty where no history holds anything of either.
    """
    protected = incident.of(Protection).protected
    numbers = [incident.number(mark.event.target) for mark in incident.of(Redactions).in_git
               if hasattr(mark.event, "target")]  # fmt: skip
    steps: list[str] = []
    real = folder.resolve()
    for repository in _histories(folder, env):
        own = repository.top == real
        lowest = 1 if protected and not own else min(numbers, default=0)
        if lowest and repository.top in {each.top for each in reached(folder, lowest, env)}:
            if own:
                steps += _own_steps(real)
            else:
                steps += purge_steps(repository.top, real, _remotes(repository), protected)
    return [*FIRST, *steps] if steps else []


class Remote(msgspec.Struct, frozen=True):
    """What a repository is pushed to. `branches` it has that are here as well, `foreign` others."""

    name: str
    url: str
    branches: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def _remotes(repository: GitHome) -> list[Remote]:
    git = Plumbing(repository)
    told = git.attempt("config", "--get-regexp", r"^remote\..*\.url$")
    rows = [line.partition(" ") for line in told.out.splitlines()] if told.status == 0 else []
    here = _branches(git, "refs/heads/")
    remotes = []
    for key, _, url in rows:
        name = key.removeprefix("remote.").removesuffix(".url")
        there = _branches(git, f"refs/remotes/{name}/") - {"HEAD"}
        both, foreign = sorted(there & here), sorted(there - here)
        remotes.append(Remote(name, url, tuple(both), tuple(foreign)))
    return remotes


def _branches(git: Plumbing, prefix: str) -> set[str]:
    told = git.attempt("for-each-ref", "--format=%(refname)", prefix)
    return {line.removeprefix(prefix) for line in told.out.splitlines()}


FIRST = (
    "Whoever has a clone, a fork or a mirror must be told to clone anew; a token that was",
    "committed is known to them: have it revoked first.",
)


def _own_steps(folder: Path) -> list[str]:
    return [
        "The incident has a repository of its own; the next commit makes it anew:",
        f"    rm -rf {shlex.quote(str(folder / '.git'))}",
    ]


def purge_steps(
    top: Path, folder: Path, remotes: Sequence[Remote] = (), withdrawn: bool = False
) -> list[str]:
    """How the history of the repository at `top` is rid of all that it held of `folder`.

    The folder itself stays as it is now, in a commit without a past; where it was `withdrawn`,
    since it has a repository of its own, in none. Only what `remotes` have is pushed.
    """
    where = folder.relative_to(top).as_posix() if folder.is_relative_to(top) else folder.name
    path = _quoted(where)
    files = f"{path} {_quoted(f':(exclude){where}/incident.json.damaged-*')}"
    aside = [
        "Then commit the folder as it is, and put a copy of it aside:",
        f"    git add --force -- {files}",
        f"    git commit --quiet --allow-empty -m 'Before the redaction' -- {files}",
        f'    keep=$(mktemp -d) && cp -a {path}/. "$keep"',
    ]
    back = [
        f'    mkdir -p {path} && cp -a "$keep"/. {path} && rm -rf "$keep"',
        f"    git add --force -- {files}",
        f"    git commit --quiet -m 'Redacted' -- {files}",
    ]
    pushes = [line for remote in remotes for line in _pushed(remote)]
    return [
        "Both of the listings must be empty, or you lose what is in them: commit the one, apply",
        "and drop the other.",
        f"    cd {_quoted(str(top))}",
        f"    git status --short --untracked-files=no -- . {_quoted(f':(exclude){where}')}",
        "    git stash list",
        *([] if withdrawn else aside),
        "With git filter-repo:",
        f"    git filter-repo --force --invert-paths --path {_quoted(f'{where}/')}",
        *(
            f"    git remote add origin {_quoted(remote.url)}   # which it removes"
            for remote in remotes
            if remote.name == "origin"
        ),
        "Without it, with git alone:",
        "    export FILTER_BRANCH_SQUELCH_WARNING=1",
        "    git filter-branch --force --prune-empty --index-filter "
        f"{_quoted(f'git rm -r --cached --ignore-unmatch -q -- {path}')} "
        "--tag-name-filter cat -- --all",
        "    # `Not a valid object name HEAD` at its end: nothing else was in there. Go on.",
        "    git for-each-ref --format='delete %(refname)' refs/original | git update-ref --stdin",
        "Then, either way:",
        *([] if withdrawn else back),
        "    git reflog expire --expire=now --expire-unreachable=now --all",
        "    git gc --quiet --prune=now",
        *pushes,
    ]


def _pushed(remote: Remote) -> list[str]:
    lines = []
    if remote.branches:
        names = " ".join(map(_quoted, remote.branches))
        lines.append(f"    git push --force {_quoted(remote.name)} {names}")
    lines.append(
        f"And whoever runs {remote.name} has to collect garbage there; tags that were pushed, and"
    )
    foreign = ", ".join(remote.foreign) or "none is known"
    lines.append(f"branches that are only there ({foreign}), have to be replaced as well.")
    return lines


def _quoted(text: str) -> str:
    return shlex.quote(text)
