"""One commit of one incident folder, and of nothing else in the repository.

Trouble with git is an answer here, never an exception: an entry must not be lost over it.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from incident_tui.domain.text import clean_line
from incident_tui.history import obstacles
from incident_tui.history.message import POSITION_TRAILER, commit_message
from incident_tui.history.outcome import (
    CommitOptions,
    CommitRequest,
    Committed,
    NothingToCommit,
    Outcome,
    Pending,
)
from incident_tui.history.repository import GitHome
from incident_tui.history.runner import Finished, GitUnavailableError

# Nothing of the user's settings may change what is stored, ask a question, or outlive the commit.
_ALWAYS = (
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.abbrev=40",
    "add.ignoreErrors=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    # An identity guessed from user and host name would be an invented one.
    "user.useConfigOnly=true",
)
_WITHOUT_HOOKS = (f"core.hooksPath={os.devnull}", "core.fsmonitor=false")
_UNSIGNED = ("commit.gpgSign=false",)
_NOTHING = re.compile(r"nothing (added )?to commit|no changes added to commit")
_SUMMARY = re.compile(r"^\[\S+ (?:\(root-commit\) )?([0-9a-f]{40,64})\]", re.MULTILINE)


def commit(
    repository: GitHome, request: CommitRequest, *, options: CommitOptions | None = None
) -> Outcome:
    """Commit the folder as it is on disk; everything else staged or changed stays as it was."""
    try:
        return _commit(repository, request, options or CommitOptions())
    except GitUnavailableError as unavailable:
        return Pending(unavailable.reason)
    except OSError as error:
        return Pending(
            f"{request.folder} cannot be read ({error.strerror or error}): make it readable"
        )


def committing(
    open_home: Callable[[], GitHome], *, options: CommitOptions | None = None
) -> Callable[[CommitRequest], Outcome]:
    """`commit` on a repository that is opened when it is first needed.

    After each failure it is opened anew, so that a git or a repository that was missing is found
    once it is there. The function that is given back is meant for one thread.
    """
    opened: list[GitHome] = []

    def perform(request: CommitRequest) -> Outcome:
        try:
            home = opened.pop() if opened else open_home()
        except GitUnavailableError as unavailable:
            return Pending(unavailable.reason)
        outcome = commit(home, request, options=options)
        if not isinstance(outcome, Pending):
            opened.append(home)
        return outcome

    return perform


def _commit(repository: GitHome, request: CommitRequest, options: CommitOptions) -> Outcome:
    folder = request.folder.resolve()
    in_the_way = repository.obstacle() or _unfit(folder, repository.top)
    if in_the_way is not None:
        return Pending(in_the_way)
    where = pathspecs(folder.relative_to(repository.top), request.leave_out)

    def git(*arguments: str, stdin: str | None = None) -> Finished:
        return repository.runner.run(
            [*_settings(options), *arguments, "--", *where],
            cwd=repository.top,
            timeout_seconds=options.timeout_seconds,
            stdin=stdin,
            extra_env=_who_and_when(request),
        )

    # Forced, since a home may well be ignored by the repository around it.
    added = git("add", "--force", "--all")
    if added.status != 0 or added.timed_out:
        return Pending(obstacles.explain(added, doing=f"add {folder.name}", top=repository.top))

    message = commit_message(
        request.subject, request.body, (*request.trailers, (POSITION_TRAILER, str(request.mark)))
    )
    done = git(*_commit_command(options), stdin=message)
    if done.status != 0 or done.timed_out:
        if done.status == 1 and _NOTHING.search(done.out):
            return NothingToCommit()
        if "did not match any file" in done.err and folder.is_dir():
            return NothingToCommit()  # an empty folder has nothing that git could know
        return Pending(obstacles.explain(done, doing=f"commit {folder.name}", top=repository.top))
    return Committed(sha=_sha(done, repository), subject=message.partition("\n")[0])


def outside(folder: Path, top: Path) -> str | None:
    """Why the folder is none of that repository, as a sentence; None when it is one."""
    if not folder.is_dir():
        return f"the folder {folder} is gone: bring it back, or switch to the branch that has it"
    if not folder.is_relative_to(top):
        return f"{folder} is not a folder inside {top}: move it there"
    return None


def _unfit(folder: Path, top: Path) -> str | None:
    """Why git cannot take the folder, as a sentence; None when it can."""
    found = outside(folder, top)
    if found is None and folder != top and (folder / ".git").exists():
        return f"{folder} is a git repository of its own: remove {folder / '.git'}"
    return found


def pathspecs(folder: Path, leave_out: Sequence[str] = ()) -> list[str]:
    """What names the folder, relative to the top, and nothing of it that is left out."""
    whole = folder == Path()  # the repository is the folder's own
    escaped = re.sub(r"([\\*?\[\]])", r"\\\1", folder.as_posix())
    inside = "" if whole else f"{escaped}/"
    return [
        ":(top)" if whole else f":(top,literal){folder.as_posix()}",
        *(f":(top,exclude,glob){inside}**/{pattern}" for pattern in leave_out),
    ]


def _settings(options: CommitOptions) -> list[str]:
    chosen = [
        *_ALWAYS,
        *(() if options.hooks else _WITHOUT_HOOKS),
        *(() if options.sign else _UNSIGNED),
    ]
    return [word for setting in chosen for word in ("-c", setting)]


def _commit_command(options: CommitOptions) -> list[str]:
    return [
        "commit",
        "--only",
        "--file=-",
        # The message is clean already; otherwise git drops lines that begin with its comment sign.
        "--cleanup=verbatim",
        # Only matters when there is nothing to commit: git then lists what it sees.
        "--untracked-files=no",
        *(() if options.hooks else ("--no-verify",)),
        *(("--gpg-sign",) if options.sign else ()),
    ]


def _who_and_when(request: CommitRequest) -> Mapping[str, str]:
    moment = git_date(request.moment)
    env = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    if request.author is not None:
        name, email = (re.sub(r"[<>]", "", clean_line(part)).strip() for part in request.author)
        # Git refuses a name of punctuation only; then the committer is the author.
        if any(character.isalnum() for character in name):
            env |= {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}
    return env


def git_date(moment: datetime) -> str:
    """Seconds since 1970 in UTC, which git takes from the first second on (git-commit, DATES)."""
    return f"@{max(0, int(moment.timestamp()))} +0000"


def _sha(done: Finished, repository: GitHome) -> str:
    found = _SUMMARY.search(done.out)
    if found:
        return found[1]
    # The commit stands; a hook or a wrapper has only swallowed what git printed about it.
    head = repository.runner.run(
        ["rev-parse", "--verify", "HEAD"], cwd=repository.top, timeout_seconds=10.0
    )
    return head.out.strip()
