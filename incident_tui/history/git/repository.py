"""Finding the repository that holds the home, or making one; what is asked of it most often.

Git itself finds it, and so says whether it accepts it: its owner, its format. GitPython then reads
it for work that goes on (`reader`), and is imported only there.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import IO, TYPE_CHECKING, TypeVar

from incident_tui.domain.values.text import clean_line
from incident_tui.history.git import obstacles
from incident_tui.history.git.guard import Version, version_in
from incident_tui.history.git.runner import Finished, GitRunner, GitUnavailableError

if TYPE_CHECKING:
    from incident_tui.history.git.reader import Reader

T = TypeVar("T")
_QUICK_SECONDS = 10.0
# Nothing that git writes can be read by others, and no template puts a hook into it.
_CLOSED = ("--shared=0600", "--template=")
_LONGEST_POINTER = 64 * 1024
_NO_REPOSITORY = re.compile(r"not a git repository|invalid gitfile")
_versions: dict[tuple[str | int, ...], Version] = {}
"""Of each git that was run, by its place and what is known of its file."""
# Mounts in between do not part a home from the repository that it is in.
_ACROSS = {"GIT_DISCOVERY_ACROSS_FILESYSTEM": "1"}


@dataclass(frozen=True)
class GitHome:
    """The repository around the home.

    ``top`` is its working folder with links resolved, ``git_dir`` what git keeps for this
    worktree, ``common_dir`` what it keeps for all of them, ``runner`` how git is run here.
    ``reader`` is there for work that goes on.
    """

    top: Path
    git_dir: Path
    common_dir: Path
    runner: GitRunner
    reader: "Reader | None" = None

    def read(self, ask: "Callable[[Reader], T]", otherwise: Callable[[], T]) -> T:
        """What the reader answers; or, without one and where it cannot, what git is asked for."""
        if self.reader is None:
            return otherwise()
        from incident_tui.history.git.reader import NotReadError

        try:
            return ask(self.reader)
        except NotReadError:
            return otherwise()

    def rest(self) -> None:
        """Leave no git running here, so that the disk can be taken away; the next question may."""
        if self.reader is not None:
            self.reader.close()

    def obstacle(self) -> str | None:
        """A sentence on what must end before anything may be committed here; None when nothing.

        Raises GitUnavailableError.
        """
        detached = self.read(lambda reader: reader.is_detached(), self._is_detached)
        if detached is None:
            return obstacles.UNREADABLE_HEAD.format(top=self.top)
        obstacle_there = obstacles.obstacle(self.top, self.git_dir)
        if obstacle_there is None and detached:
            return obstacles.DETACHED.format(top=self.top)
        return obstacle_there

    def tip(self) -> str:
        """The commit that HEAD is at; empty before the first."""
        return self.read(lambda reader: reader.tip(), lambda: self.name("HEAD") or "")

    def _is_detached(self) -> bool | None:
        """None where there is no HEAD that can be read."""
        words = ["symbolic-ref", "--quiet", "HEAD"]
        answer = self.runner.run(words, cwd=self.top, timeout_seconds=_QUICK_SECONDS)
        if answer.timed_out:
            raise GitUnavailableError(obstacles.explain(answer, deed="read HEAD", top=self.top))
        if answer.status in (0, 1):
            return answer.status == 1
        # Git calls a HEAD unknown whose branch is broken, and that is another trouble.
        with suppress(OSError, ValueError):
            head = self.git_dir / "HEAD"
            if head.is_file() and head.read_text("utf-8").startswith("ref: refs/"):
                return False
        return None

    def name(self, spec: str, *, timeout_seconds: float = _QUICK_SECONDS) -> str | None:
        """The object that a name such as ``<commit>:<path>`` stands for; None where there is none.

        Raises GitUnavailableError when git cannot be started.
        """

        def otherwise() -> str | None:
            named = self.runner.run(
                ["rev-parse", "--verify", "--quiet", "--end-of-options", spec],
                cwd=self.top,
                timeout_seconds=timeout_seconds,
            )
            return named.out.strip() if named.status == 0 else None

        return self.read(lambda reader: reader.name(spec), otherwise)

    def must(
        self,
        words: Sequence[str],
        *,
        deed: str,
        timeout_seconds: float,
        stdin: str | bytes | IO[bytes] | None = None,
        extra_env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        hooks: bool = False,
        person: tuple[str, str] | None = None,
    ) -> Finished:
        """Run git at the top, or in ``cwd``. Raises GitUnavailableError, with why it failed.

        Where git does not know who commits, it is told that ``person`` does: name and address.
        """

        def run(env: Mapping[str, str] | None) -> Finished:
            return self.runner.run(
                words,
                cwd=cwd or self.top,
                timeout_seconds=timeout_seconds,
                stdin=stdin,
                extra_env=env,
                hooks=hooks,
            )

        done = run(extra_env)
        if person is not None and obstacles.knows_nobody(done):
            done = run({**(extra_env or {}), **_identity(person)})
        if done.status != 0 or done.timed_out:
            raise GitUnavailableError(obstacles.explain(done, deed=deed, top=self.top))
        return done


def _identity(person: tuple[str, str]) -> Mapping[str, str]:
    name, email = (re.sub(r"[<>]", "", clean_line(part)).strip() for part in person)
    if not any(character.isalnum() for character in name):
        name = email.partition("@")[0]  # git refuses a name of punctuation only
    return {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": email,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": email,
    }


def open_or_create(
    home: Path,
    *,
    create: bool,
    env: Mapping[str, str],
    own: bool = False,
    long_lived: bool = False,
) -> GitHome:
    """The repository that encloses ``home``, or with ``create`` a new one made there.

    ``env`` is the whole environment git runs with. Nothing outside a new repository is touched.
    With ``own`` only a repository of that very folder counts, and a new one is closed to others.
    One that is ``long_lived`` is read through GitPython.

    Raises GitUnavailableError when there is no usable git, no such folder, no repository and none
    is to be made, only a bare one, or one that git does not accept.
    """
    if not home.is_dir():
        raise GitUnavailableError(f"the folder {home} is gone: bring it back")
    home = home.resolve()
    runner = GitRunner(env)
    version = _version(home, runner, env)
    location = _find(home, runner, own=own)
    if location is None:
        if not create:
            raise GitUnavailableError(f"{home} is in no git repository: run git init there")
        made = runner.run(
            # The configuration key, since `init -b` is unknown to git before 2.28.
            ["-c", "init.defaultBranch=main", "init", "--quiet", *(_CLOSED if own else ())],
            cwd=home,
            timeout_seconds=_QUICK_SECONDS,
        )
        if made.status != 0 or made.timed_out:
            raise GitUnavailableError(obstacles.explain(made, deed="make a repository", top=home))
        _synchronise(home / ".git")
        location = _find(home, runner, own=own)
    if location is None:
        raise GitUnavailableError(f"git made no repository in {home}: run git init there")
    top, git_dir = location
    common_dir = _common_dir(git_dir)
    own_runner = GitRunner(env, version=version, work_tree=top)
    reader = _reader(top, git_dir, common_dir, own_runner) if long_lived else None
    return GitHome(top, git_dir, common_dir, own_runner, reader)


def _version(home: Path, runner: GitRunner, env: Mapping[str, str]) -> Version:
    """The version of git, which is asked for it once. Raises GitUnavailableError where it fails."""
    program = _program(env)
    if program in _versions:
        return _versions[program]
    answer = runner.run(["--version"], cwd=home, timeout_seconds=_QUICK_SECONDS)
    if answer.status != 0 or answer.timed_out:
        raise GitUnavailableError(obstacles.explain(answer, deed="start", top=home))
    version = version_in(answer.out)
    if program:
        _versions[program] = version
    return version


def _program(env: Mapping[str, str]) -> tuple[str | int, ...]:
    """What tells the git that is run from another one; empty where that is not known."""
    path = which("git", path=env.get("PATH")) or ""
    if not os.path.isabs(path):
        return ()
    try:
        file = os.stat(path)
    except OSError:
        return ()
    return (path, file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns)


def _reader(top: Path, git_dir: Path, common_dir: Path, runner: GitRunner) -> "Reader | None":
    """None where GitPython cannot be used: the runner can do all that it does."""
    try:
        from incident_tui.history.git.reader import NotReadError, Reader
    except ImportError:
        return None
    try:
        return Reader(top=top, git_dir=git_dir, common_dir=common_dir, runner=runner)
    except NotReadError:
        return None


def _synchronise(git_dir: Path) -> None:
    """Have a new repository on the disk before anything is committed there; git does not."""
    for folder, folders, names in os.walk(git_dir):
        folders[:] = [name for name in folders if name != "hooks"]
        for path in (*(os.path.join(folder, name) for name in names), folder):
            with suppress(OSError):  # the commits say so where the disk takes nothing
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)


def _find(home: Path, runner: GitRunner, *, own: bool) -> tuple[Path, Path] | None:
    """The working folder and the git directory of the repository that git finds around a folder.

    Raises GitUnavailableError where git does not accept it, or where it has no files.
    """
    folders = (home,) if own else (home, *home.parents)
    if own and not os.path.exists(home / ".git"):
        return None
    answer = runner.run(
        ["rev-parse", "--is-bare-repository", "--absolute-git-dir"],
        cwd=home,
        timeout_seconds=_QUICK_SECONDS,
        extra_env=_ACROSS,
    )
    if answer.status != 0 or answer.timed_out:
        if not answer.timed_out and _NO_REPOSITORY.search(answer.err):
            _refuse_broken_pointers(folders)
            return None
        around = next((each for each in folders if os.path.exists(each / ".git")), home)
        raise GitUnavailableError(obstacles.explain(answer, deed="open the repository", top=around))
    bare, _, place = os.fsdecode(answer.data).removesuffix("\n").partition("\n")
    git_dir = Path(place).resolve()
    top = next((each for each in folders if _git_dir_of(each) == git_dir), None)
    if bare == "true" or (top is None and not own):
        raise GitUnavailableError(
            f"a bare repository has no files to commit: choose another home than {home}"
        )
    return None if top is None else (top, git_dir)


def _refuse_broken_pointers(folders: Sequence[Path]) -> None:
    for folder in folders:
        # Git stops at such a file as well; a repository made below it would be a surprise.
        if os.path.isfile(folder / ".git"):
            raise GitUnavailableError(
                f"{folder / '.git'} points to no repository: repair or remove it"
            )


def _git_dir_of(folder: Path) -> Path | None:
    """Where the repository is that a folder is the top of; see gitrepository-layout(5)."""
    git_dir = folder / ".git"
    if git_dir.is_file() and git_dir.stat().st_size <= _LONGEST_POINTER:
        pointed = os.fsdecode(git_dir.read_bytes()).removeprefix("gitdir: ").rstrip("\r\n")
        git_dir = folder / pointed
    return git_dir.resolve() if git_dir.is_dir() else None


def _common_dir(git_dir: Path) -> Path:
    """What all worktrees of a repository share; see gitrepository-layout(5), "commondir"."""
    named = git_dir / "commondir"
    if named.is_file() and named.stat().st_size <= _LONGEST_POINTER:
        return (git_dir / os.fsdecode(named.read_bytes()).rstrip("\r\n")).resolve()
    return git_dir
