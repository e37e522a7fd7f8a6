"""One commit of one incident folder, and of nothing else in the repository.

Trouble with git is an answer here, never an exception: an entry must not be lost over it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from incident_tui.history.commits.folder_objects import folders_in, store
from incident_tui.history.commits.index import own_index, stage
from incident_tui.history.commits.message import POSITION_TRAILER, commit_message
from incident_tui.history.commits.one_at_a_time import alone
from incident_tui.history.commits.outcome import (
    CommitOptions,
    CommitRequest,
    Committed,
    NothingToCommit,
    Outcome,
    Pending,
)
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import Finished, GitUnavailableError
from incident_tui.history.git.signature_programs import signature_words
from incident_tui.history.git.trees import Trees, read_trees

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


def lazy_commit(
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
    with alone(repository.git_dir, options.timeout_seconds):
        return _commit_alone(repository, request, options)


def _commit_alone(repository: GitHome, request: CommitRequest, options: CommitOptions) -> Outcome:
    folder = request.folder.resolve()
    in_the_way = repository.obstacle() or _unfit(folder, repository.top)
    if in_the_way is not None:
        return Pending(in_the_way)
    inside = path_inside(folder, repository.top)
    seconds = options.timeout_seconds
    trees = read_trees(repository, "HEAD", inside, folders_in(folder), timeout_seconds=seconds)
    if request.parent is not None and request.parent != (trees.commit or ""):
        return Pending(f"the branch in {repository.top} has moved meanwhile: try again", True)
    stored = store(
        repository, folder, trees, leave_out=request.leave_out, on_top=True, timeout_seconds=seconds
    )
    if stored.top is None:
        return NothingToCommit()
    # Before the branch moves: the user's next commit would otherwise undo this one.
    stage(repository, trees, stored, request.leave_out, timeout_seconds=seconds)
    trailers = (
        *_without_author(repository, request, seconds),
        (POSITION_TRAILER, str(request.mark)),
    )
    message = commit_message(request.subject, request.body, trailers)
    commit_tree = _by_porcelain if options.hooks else _by_plumbing
    sha = commit_tree(repository, trees, stored.top, message, request, options)
    return Committed(sha=sha, subject=message.partition("\n")[0])


def _without_author(
    repository: GitHome, request: CommitRequest, timeout_seconds: float
) -> list[tuple[str, str]]:
    """The trailers, but for the one that names as a co-author whom git names as the author."""
    done = repository.must(
        ("var", "GIT_AUTHOR_IDENT"),
        deed=f"commit {request.folder.name}",
        timeout_seconds=timeout_seconds,
        person=request.person,
    )
    author = done.out.rpartition(" <")[0].casefold()
    return [
        (key, value)
        for key, value in request.trailers
        if key != "Co-authored-by" or value.rpartition(" <")[0].casefold() != author
    ]


def _by_plumbing(
    repository: GitHome,
    trees: Trees,
    top: str,
    message: str,
    request: CommitRequest,
    options: CommitOptions,
) -> str:
    """A commit of the tree ``top``, to which the branch moves unless it has moved meanwhile."""
    deed, seconds = f"commit {request.folder.name}", options.timeout_seconds
    parent = () if trees.commit is None else ("-p", trees.commit)
    sign = ("-S",) if options.sign else ()
    program = signature_words(repository, timeout_seconds=seconds) if options.sign else ()
    made = repository.must(
        (*program, "commit-tree", *sign, *parent, "-F", "-", top),
        deed=deed,
        stdin=message,
        extra_env=_dates(request),
        timeout_seconds=seconds,
        person=request.person,
    ).out.strip()
    subject = message.partition("\n")[0]
    before = trees.commit or "0" * len(made)
    repository.must(
        ("update-ref", "-m", f"commit: {subject}", "HEAD", made, before),
        deed=deed,
        extra_env=_dates(request),
        timeout_seconds=seconds,
    )
    return made


def _by_porcelain(
    repository: GitHome,
    trees: Trees,
    top: str,
    message: str,
    request: CommitRequest,
    options: CommitOptions,
) -> str:
    """The same by way of `git commit`, which runs the hooks of the repository.

    It is shown an index of its own, so that it neither adds files nor takes what the user staged.
    """
    deed, seconds = f"commit {request.folder.name}", options.timeout_seconds
    sign = "--gpg-sign" if options.sign else "--no-gpg-sign"
    program = signature_words(repository, timeout_seconds=seconds) if options.sign else ()
    # Verbatim, or git drops lines that begin with its comment sign.
    words = (*program, "commit", "--file=-", "--cleanup=verbatim", "--untracked-files=no", sign)
    with own_index() as env:
        repository.must(("read-tree", top), deed=deed, extra_env=env, timeout_seconds=seconds)
        done = repository.must(
            words,
            deed=deed,
            stdin=message,
            extra_env={**env, **_dates(request)},
            timeout_seconds=seconds,
            hooks=True,
            person=request.person,
        )
    return _sha(done, repository)


def outside(folder: Path, top: Path) -> str | None:
    """Why the folder is none of that repository, as a sentence; None when it is one."""
    if not folder.is_dir():
        return f"the folder {folder} is gone: bring it back, or switch to the branch that has it"
    if not folder.is_relative_to(top):
        return f"{folder} is not a folder inside {top}: move it there"
    return None


def path_inside(folder: Path, top: Path) -> str:
    """The path of a folder in the repository; empty for the top itself."""
    return "" if folder == top else folder.relative_to(top).as_posix()


def _unfit(folder: Path, top: Path) -> str | None:
    """Why git cannot take the folder, as a sentence; None when it can."""
    reason = outside(folder, top)
    if reason is None and folder != top and (folder / ".git").exists():
        return f"{folder} is a git repository of its own: remove {folder / '.git'}"
    return reason


def pathspecs(folder: Path, leave_out: Sequence[str] = ()) -> list[str]:
    """What names the folder, relative to the top, and nothing of it that is left out."""
    whole = folder == Path()  # the repository is the folder's own
    escaped = re.sub(r"([\\*?\[\]])", r"\\\1", folder.as_posix())
    inside = "" if whole else f"{escaped}/"
    return [
        ":(top)" if whole else f":(top,literal){folder.as_posix()}",
        *(f":(top,exclude,glob){inside}**/{pattern}" for pattern in leave_out),
    ]


def _dates(request: CommitRequest) -> Mapping[str, str]:
    moment = git_date(request.moment)
    return {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}


def git_date(moment: datetime) -> str:
    """Seconds since 1970 in UTC, which git takes from the first second on (git-commit, DATES)."""
    return f"@{max(0, int(moment.timestamp()))} +0000"


def _sha(done: Finished, repository: GitHome) -> str:
    match = _SUMMARY.search(done.out)
    if match:
        return match[1]
    # The commit stands; a hook or a wrapper has only swallowed what git printed about it.
    head = repository.runner.run(
        ["rev-parse", "--verify", "HEAD"], cwd=repository.top, timeout_seconds=10.0
    )
    return head.out.strip()
