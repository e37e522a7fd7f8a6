"""What commits still hold of redacted words, and how their history is rid of them.

Nothing of it is run here: it rewrites commits that others may have.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from shlex import quote

import msgspec

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.redactions import EntryRedacted, Redactions
from incident_tui.domain.core.events import Incident
from incident_tui.domain.values.text import counted
from incident_tui.history import GitHome, GitUnavailableError, last_position
from incident_tui.history.commits.plumbing import Plumbing
from incident_tui.history.versions.file_versions import blob
from incident_tui.history.versions.other_places import (
    Worktree,
    commit_count,
    commits_with,
    named_after,
    worktrees,
)
from incident_tui.service.confidential.log_copies import Unredacted, histories, known_as, log_inside


def reached(folder: Path, number: int, env: Mapping[str, str]) -> bool:
    """Whether a commit reaches as far as that entry; False where git cannot tell.

    A protected incident has a history in its folder, and an older one in the repository around it.
    """
    return any(_reaches(repository, folder, number) for repository in histories(folder, env))


def _reaches(repository: GitHome, folder: Path, number: int) -> bool:
    with suppress(GitUnavailableError):
        position = last_position(repository, known_as(repository, folder))
        return position is not None and number <= position
    return False


def is_mentioned(folder: Path, entry_id: str, env: Mapping[str, str]) -> bool:
    """Whether anything that git still reaches holds an entry; False where git cannot tell."""
    try:
        return any(
            commits_with(repository, log_inside(repository, folder), entry_id)
            for repository in histories(folder, env)
        )
    except GitUnavailableError:
        return False


def _holds(repository: GitHome, incident: Incident, folder: Path, lowest: int) -> bool:
    """Whether commits of a repository reach the entry `lowest`, or any has redacted words."""
    if _reaches(repository, folder, lowest):
        return True
    unredacted, inside = Unredacted(incident), log_inside(repository, folder)
    return any(
        unredacted.numbers(blob(repository, commit, inside) or b"")
        for mark in incident.of(Redactions).in_git
        if isinstance(mark.event, EntryRedacted)
        for commit in commits_with(repository, inside, mark.event.target)
    )


def purge(incident: Incident, folder: Path, env: Mapping[str, str]) -> list[str]:
    """The commands that rid each history of what was redacted, or of what was protected later.

    Empty where no history holds anything of either.
    """
    protected = incident.of(Protection).protected
    numbers = [incident.number(mark.event.target) for mark in incident.of(Redactions).in_git
               if hasattr(mark.event, "target")]  # fmt: skip
    steps: list[str] = []
    real = folder.resolve()
    for repository in histories(folder, env):
        own = repository.top == real
        lowest = 1 if protected and not own else min(numbers, default=0)
        if not (lowest and _holds(repository, incident, real, lowest)):
            continue
        if own:
            steps += _own_steps(real)
            continue
        if protected:
            steps += _named(repository, known_as(repository, real))
        trees = worktrees(repository)
        steps += purge_steps(
            repository.top, known_as(repository, real), _remotes(repository), protected, trees
        )
    return [*FIRST, *steps] if steps else []


def _named(repository: GitHome, folder: Path) -> list[str]:
    """Where the name of an incident that was protected later still can be read."""
    inside = PurePosixPath(folder.relative_to(repository.top))
    commits = commit_count(repository, inside, folder.name)
    lines = [f"Its name, and so its title, stands in {counted(commits, 'commit')} as well."]
    for ref in named_after(repository, folder.name):
        kind, _, short = ref.removeprefix("refs/").partition("/")
        name = quote(short)
        remote, _, branch = short.partition("/")
        match kind:
            case "heads":
                lines.append(f"    git -C {quote(str(repository.top))} branch -D {name}")
            case "tags":
                lines.append(f"    git -C {quote(str(repository.top))} tag -d {name}")
            case "remotes":
                lines.append(
                    f"    git -C {quote(str(repository.top))} push {quote(remote)} "
                    f"--delete {quote(branch)}"
                )
            case _:
                lines.append(f"    git -C {quote(str(repository.top))} update-ref -d {quote(ref)}")
    return lines


class Remote(msgspec.Struct, frozen=True):
    """What a repository is pushed to. `branches` it has that are here as well, `foreign` others."""

    name: str
    url: str
    branches: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def _remotes(repository: GitHome) -> list[Remote]:
    git = Plumbing(repository)
    config = git.attempt("config", "--get-regexp", r"^remote\..*\.url$")
    rows = [line.partition(" ") for line in config.out.splitlines()] if config.status == 0 else []
    here = _branches(git, "refs/heads/")
    remotes = []
    for key, _, url in rows:
        name = key.removeprefix("remote.").removesuffix(".url")
        there = _branches(git, f"refs/remotes/{name}/") - {"HEAD"}
        both, foreign = sorted(there & here), sorted(there - here)
        remotes.append(Remote(name, url, tuple(both), tuple(foreign)))
    return remotes


def _branches(git: Plumbing, prefix: str) -> set[str]:
    refs = git.attempt("for-each-ref", "--format=%(refname)", prefix)
    return {line.removeprefix(prefix) for line in refs.out.splitlines()}


FIRST = (
    "Whoever has a clone, a fork or a mirror must be told to clone anew; a token that was",
    "committed is known to them: have it revoked first.",
)


def _own_steps(folder: Path) -> list[str]:
    return [
        "The incident has a repository of its own; the next commit makes it anew:",
        f"    rm -rf {quote(str(folder / '.git'))}",
    ]


def purge_steps(
    top: Path,
    folder: Path,
    remotes: Sequence[Remote] = (),
    withdrawn: bool = False,
    trees: Sequence[Worktree] = (),
) -> list[str]:
    """How the history of the repository at `top` is rid of all that it held of `folder`.

    The folder itself stays as it is now, in a commit without a past; where it was `withdrawn`,
    since it has a repository of its own, in none. Damaged copies of its log go. Only what `remotes`
    have is pushed; other worktrees, `trees`, are brought to what their branches are then.
    """
    where = folder.relative_to(top).as_posix() if folder.is_relative_to(top) else folder.name
    path = quote(where)
    files = f"{path} {quote(f':(exclude){where}/incident.json.damaged-*')}"
    aside = [
        "Then commit the folder as it is, without the damaged copies of its log, and put it aside:",
        f"    git add --force -- {files}",
        f"    git commit --quiet --allow-empty -m 'Before the redaction' -- {files}",
        f"    rm -f {path}/incident.json.damaged-*",
        f'    keep=$(mktemp -d) && cp -a {path}/. "$keep"',
    ]
    back = [
        f'    mkdir -p {path} && cp -a "$keep"/. {path} && rm -rf "$keep"',
        f"    git add --force -- {files}",
        f"    git commit --quiet -m 'Redacted' -- {files}",
    ]
    pushes = [line for remote in remotes for line in _pushed(remote)]
    return [
        "All of the listings must be empty, or you lose what is in them: commit the one, apply",
        "and drop the other. What a stash holds is lost with it.",
        f"    cd {quote(str(top))}",
        f"    git status --short --untracked-files=no -- . {quote(f':(exclude){where}')}",
        "    git stash list",
        *(f"    git -C {quote(str(tree.path))} status --short" for tree in trees),
        *([] if withdrawn else aside),
        "With git filter-repo:",
        f"    git filter-repo --force --invert-paths --path {quote(f'{where}/')}",
        *(
            f"    git remote add origin {quote(remote.url)}   # which it removes"
            for remote in remotes
            if remote.name == "origin"
        ),
        "Without it, with git alone:",
        "    export FILTER_BRANCH_SQUELCH_WARNING=1",
        "    git filter-branch --force --prune-empty --index-filter "
        f"{quote(f'git rm -r --cached --ignore-unmatch -q -- {path}')} "
        f"{_renamed(folder.name) if withdrawn else ''}"
        "--tag-name-filter cat -- --all",
        "    # `Not a valid object name HEAD` at its end: nothing else was in there. Go on.",
        "    git for-each-ref --format='delete %(refname)' refs/original | git update-ref --stdin",
        "Then, either way:",
        *([] if withdrawn else back),
        *(_brought_up(tree) for tree in trees),
        "    git reflog expire --expire=now --expire-unreachable=now --all",
        "    git gc --quiet --prune=now",
        *pushes,
    ]


def _renamed(name: str) -> str:
    """What keeps the name of an incident out of messages that other commits keep."""
    pattern = name.replace(".", r"\.")
    script = f"s/{pattern}/a-protected-incident/g"
    return f"--msg-filter {quote(f'sed {quote(script)}')} "


def _brought_up(tree: Worktree) -> str:
    """What gives another worktree the files and the index of its rewritten branch."""
    git = f"    git -C {quote(str(tree.path))}"
    if tree.branch:
        return f"{git} reset --quiet --hard"
    return f'{git} checkout --quiet --force --detach "$(git rev-parse HEAD)"'


def _pushed(remote: Remote) -> list[str]:
    lines = []
    if remote.branches:
        names = " ".join(map(quote, remote.branches))
        lines.append(f"    git push --force {quote(remote.name)} {names}")
    lines.append(
        f"And whoever runs {remote.name} has to collect garbage there; tags that were pushed, and"
    )
    foreign = ", ".join(remote.foreign) or "none is known"
    lines.append(f"branches that are only there ({foreign}), have to be replaced as well.")
    return lines
