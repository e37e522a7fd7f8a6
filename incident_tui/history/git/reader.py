"""Reading a repository through GitPython, for work that goes on: console, delivery, recovery.

References, remotes and HEAD are read from their files; objects by one git that keeps answering,
where the runner would start a process for each question. It is started as the runner starts its
own. (GitPython can also read objects without git, and advises against that for security's sake.)
Only imported where it is wanted: importing GitPython costs 80 ms, and runs git without a limit.
What it cannot read, or not for certain, is left to the runner (`NotReadError`): reference tables,
objects named by SHA-256, names with line breaks, encodings that Python does not know.
"""

import os
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EINVAL
from pathlib import Path, PurePosixPath
from threading import RLock, Timer
from typing import Any, TypeVar

import msgspec
from git import Commit, Git, GitConfigParser, IndexObject, Reference, Remote, Repo, Tree
from git.db import GitCmdObjectDB
from git.exc import GitError, ODBError

from incident_tui.history.git.runner import GitRunner, GitUnavailableError

SECONDS = 30.0
_LONGEST = 2**20
T = TypeVar("T")


class NotReadError(Exception):
    """GitPython cannot answer this; git itself may."""


class GitObject(msgspec.Struct, frozen=True):
    """An object by its full name, with its kind ("blob", "tree", "commit", "tag") and bytes."""

    name: str
    kind: str
    data: bytes


class CommitFacts(msgspec.Struct, frozen=True):
    """Who wrote and who made a commit (name, address), and its whole message."""

    author: tuple[str, str]
    committer: tuple[str, str]
    message: str


class CommitChanges(msgspec.Struct, frozen=True):
    """A commit as it landed: when it was committed, in seconds since 1970, and its files.

    `paths` are those in which it differs from the first of its `parents`.
    """

    name: str
    seconds: int
    author: str
    message: str
    parents: int
    paths: list[str]


class _RunnersGit(Git):
    """GitPython's way to git, by way of the runner: its environment, settings and time limit."""

    def __init__(self, runner: GitRunner, top: Path, seconds: float) -> None:
        super().__init__(str(top))
        self._runner = runner
        self._top = top
        self._seconds = seconds
        self._processes: list[subprocess.Popen[bytes]] = []

    # Narrower than GitPython's, which has an overload for each thing that may be wanted of a git.
    def execute(self, command: Any, *_: Any, as_process: bool = False, **__: Any) -> Any:
        if not as_process:
            raise NotReadError("nothing here waits for a git to end")
        process = self._runner.start([str(word) for word in command[1:]], cwd=self._top)
        self._processes.append(process)
        return self.AutoInterrupt(process, command)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """End what was started where an answer does not come in time; it holds no lock."""
        timer = Timer(self._seconds, self.end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def end(self) -> None:
        """End the git that answers."""
        while self._processes:
            process = self._processes.pop()
            process.kill()
            process.wait()


class _AcceptedRepo(Repo):
    """A repository that git has accepted, at the places that git names."""

    def __init__(self, top: Path, git_dir: Path, common_dir: Path, git: _RunnersGit) -> None:
        self._common = str(common_dir)
        super().__init__(str(top), expand_vars=False)
        # The environment of this process may name others, left by a hook or an alias.
        self.git_dir = str(git_dir)
        self.git = git
        self.odb = GitCmdObjectDB(os.path.join(self._common, "objects"), git)

    @property
    def common_dir(self) -> str:
        return self._common

    def config_reader(self, config_level: object = None) -> GitConfigParser:
        """What stands in its own file; what that includes may be a device or a pipe."""
        path = Path(self._common) / "config"
        if not path.is_file() or path.stat().st_size > _LONGEST:
            raise OSError(EINVAL, "not an ordinary configuration", str(path))
        return GitConfigParser(str(path), read_only=True, merge_includes=False)


class Reader:
    """Answers about one repository; `seconds` is how long one of them may take.

    May be used from several threads. Each method raises `NotReadError`.
    """

    def __init__(
        self,
        *,
        top: Path,
        git_dir: Path,
        common_dir: Path,
        runner: GitRunner,
        seconds: float = SECONDS,
    ) -> None:
        self._git_dir = git_dir
        self._common_dir = common_dir
        self._place = _identity(git_dir)
        self._git = _RunnersGit(runner, top, seconds)
        self._lock = RLock()
        self._repo = self._asked(lambda: _AcceptedRepo(top, git_dir, common_dir, self._git))

    def close(self) -> None:
        """End the git that answers."""
        with self._lock:
            self._git.end()
            self._git.clear_cache()

    def is_detached(self) -> bool:
        """Whether HEAD names a commit and no branch. Raises `NotReadError`."""
        return self._asked(lambda: bool(self._repo.head.is_detached), self._git_dir / "HEAD")

    def tip(self) -> str:
        """The commit that HEAD is at. Raises `NotReadError`."""
        return self._asked(lambda: self._resolved("HEAD"), self._git_dir / "HEAD")

    def references(self) -> list[tuple[str, str]]:
        """Object and name of each branch, remote branch, tag and other reference, in order.

        Raises `NotReadError`.
        """

        def read() -> list[tuple[str, str]]:
            each = Reference.iter_items(self._repo, "refs")
            return [(self._resolved(str(one.path)), str(one.path)) for one in each]

        own = [names for _, _, names in os.walk(self._git_dir / "refs") if names]
        if own and self._git_dir != self._common_dir:
            raise NotReadError("this worktree has references of its own")
        refs = self._common_dir / "refs"
        files = [Path(place, name) for place, _, names in os.walk(refs) for name in names]
        return self._asked(read, self._common_dir / "packed-refs", *files)

    def remotes(self) -> list[str]:
        """The remotes that the repository's own configuration has, in alphabetical order.

        Raises `NotReadError`.
        """
        return self._asked(lambda: sorted({one.name for one in Remote.iter_items(self._repo)}))

    def name(self, spec: str) -> str | None:
        """The object that ``<commit>:<path>`` or the like stands for; None where there is none.

        Raises `NotReadError`.
        """
        return self._looked_up(lambda asked: _text(self._git.get_object_header(asked)[0]), spec)

    def object(self, spec: str) -> GitObject | None:
        """The object that a name stands for, with its content; None where there is none.

        Raises `NotReadError`.
        """

        def read(asked: str) -> GitObject:
            name, kind, _, data = self._git.get_object_data(asked)
            return GitObject(_text(name), _text(kind), data)

        return self._looked_up(read, spec)

    def history(self, path: PurePosixPath, *, everywhere: bool = False) -> list[str]:
        """The commits that changed a file, newest first: those of HEAD, or those of any reference.

        `path` is relative to the top. Raises `NotReadError`.
        """
        chosen: dict[str, Any] = {"exclude": "refs/replace/*", "all": True} if everywhere else {}
        where = f":(top,literal){path}"
        return self._asked(
            lambda: [
                each.hexsha for each in self._repo.iter_commits("HEAD", paths=[where], **chosen)
            ]
        )

    def commit(self, name: str) -> CommitFacts:
        """What a commit says, by its full name. Raises `NotReadError`."""

        def read() -> CommitFacts:
            commit_object: Commit = Commit(self._repo, bytes.fromhex(name))
            message = commit_object.message
            if not isinstance(message, str) or "\0" in message:
                raise NotReadError(f"the message of {name} is no text")
            who = [
                (each.name or "", each.email or "")
                for each in (commit_object.author, commit_object.committer)
            ]
            return CommitFacts(who[0], who[1], message)

        return self._asked(read)

    def landed(
        self, span: tuple[int, int], *, most: int, tips: Sequence[str]
    ) -> list[CommitChanges]:
        """The commits of a span of time, of HEAD and of the references that match `tips`.

        The span is in seconds since 1970; of more than `most` it is the newest. Raises
        `NotReadError`.
        """
        # What GitPython hands on as options of git rev-list.
        chosen: dict[str, Any] = {"max_age": span[0], "min_age": span[1], "glob": list(tips)}

        def read() -> list[CommitChanges]:
            commits = self._repo.iter_commits("HEAD", max_count=most, **chosen)
            return [_changes_of(each) for each in commits]

        return self._asked(read, self._git_dir / "HEAD")

    def _resolved(self, path: str) -> str:
        return str(Reference.dereference_recursive(self._repo, path))

    def _looked_up(self, ask: Callable[[str], T], spec: str) -> T | None:
        if "\n" in spec:
            raise NotReadError("a question is one line")
        try:
            return self._asked(lambda: ask(spec))
        except _MissingError:
            return None

    def _asked(self, ask: Callable[[], T], *files: Path) -> T:
        """Ask GitPython, of what is in ordinary files: a pipe in their place would never end."""
        with self._lock:
            try:
                _check_files(files)
                if _identity(self._git_dir) != self._place:
                    raise NotReadError(f"{self._git_dir} is another one now")
                with self._git.in_time():
                    return ask()
            except (
                NotReadError,
                GitError,
                ODBError,
                GitUnavailableError,
                OSError,
                *_BROKEN,
            ) as error:
                if _says_missing(error):
                    raise _MissingError from error
                self.close()  # what it had still to say is no answer to the next question
                raise NotReadError(str(error)) from error


def _changes_of(commit: Commit) -> CommitChanges:
    # GitPython takes every commit for UTF-8; git knows what it says of its own encoding.
    if b"\nencoding " in commit.data_stream.read().partition(b"\n\n")[0]:
        raise NotReadError(f"{commit.hexsha} is in another encoding")
    before = commit.parents[0].tree if commit.parents else None
    message = commit.message
    return CommitChanges(
        name=commit.hexsha,
        seconds=commit.committed_date,
        author=commit.author.name or "",
        message=message if isinstance(message, str) else message.decode("utf-8", "replace"),
        parents=len(commit.parents),
        paths=list(_differences(before, commit.tree)),
    )


def _differences(before: Tree | None, after: Tree | None) -> Iterator[str]:
    """The files that two trees do not have alike; trees that are the same are not looked into."""
    if before == after:
        return
    sides = [{each.name: each for each in tree} if tree else {} for tree in (before, after)]
    for name in sorted({*sides[0], *sides[1]}):
        old, new = (side.get(name) for side in sides)
        if old is not None and new is not None and _alike(old, new):
            continue
        file = next((each for each in (new, old) if each and not isinstance(each, Tree)), None)
        if file is not None:
            yield str(file.path)
        trees = [each if isinstance(each, Tree) else None for each in (old, new)]
        yield from _differences(trees[0], trees[1])


def _alike(old: IndexObject, new: IndexObject) -> bool:
    return (old.binsha, old.mode) == (new.binsha, new.mode)


class _MissingError(NotReadError):
    """Git knows no object of that name."""


def _says_missing(error: Exception) -> bool:
    """Whether git answered "<object> SP missing LF" (git-cat-file(1)), which GitPython quotes."""
    quoted = str(error).rstrip("'\"").removesuffix("\\n")
    return isinstance(error, ValueError) and quoted.endswith(" missing")


# What GitPython raises on what it does not understand, beside its own errors.
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, AssertionError)


def _text(word: object) -> str:
    # GitPython says that it gives text, and gives the bytes that git printed.
    return word.decode("ascii") if isinstance(word, bytes) else str(word)


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _check_files(files: Sequence[Path]) -> None:
    for path in files:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(path.lstat().st_mode):
                raise NotReadError(f"{path} is no ordinary file")
