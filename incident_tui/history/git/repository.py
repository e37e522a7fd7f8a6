"""Finding the repository that holds the home, or making one; reading its state from its files.

GitPython does the finding; it is imported on first use, since that costs 80 ms and needs git.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import IO, TYPE_CHECKING

from incident_tui.history.git import obstacles
from incident_tui.history.git.guard import version_in
from incident_tui.history.git.runner import Finished, GitRunner, GitUnavailableError

if TYPE_CHECKING:
    from git import Repo

_QUICK_SECONDS = 10.0
_LONGEST = 2**20
# Nothing that git writes can be read by others, and no template puts a hook into it.
_CLOSED = ("--shared=0600", "--template=")


@dataclass(frozen=True)
class GitHome:
    """The repository around the home.

    ``top`` is its working folder with links resolved, ``git_dir`` what git keeps for this
    worktree, ``runner`` how git is run here.
    """

    top: Path
    git_dir: Path
    runner: GitRunner
    repo: "Repo"

    def obstacle(self) -> str | None:
        """A sentence on what must end before anything may be committed here; None when nothing."""
        try:
            detached = self.repo.head.is_detached
        except (OSError, ValueError):
            return obstacles.UNREADABLE_HEAD.format(top=self.top)
        found = obstacles.obstacle(self.top, self.git_dir)
        if found is None and detached:
            return obstacles.DETACHED.format(top=self.top)
        return found

    def tip(self) -> str:
        """The commit that HEAD is at, from the files of the references; empty before the first."""
        try:
            return str(self.repo.head.dereference_recursive(self.repo, "HEAD"))
        except (OSError, ValueError):
            # References may be kept otherwise than in files that GitPython knows.
            words = ["rev-parse", "--verify", "--quiet", "HEAD"]
            named = self.runner.run(words, cwd=self.top, timeout_seconds=_QUICK_SECONDS)
            return named.out.strip() if named.status == 0 else ""

    def must(
        self,
        words: Sequence[str],
        *,
        doing: str,
        timeout_seconds: float,
        stdin: str | bytes | IO[bytes] | None = None,
        extra_env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        hooks: bool = False,
    ) -> Finished:
        """Run git at the top, or in ``cwd``. Raises GitUnavailableError, with why it failed."""
        done = self.runner.run(
            words,
            cwd=cwd or self.top,
            timeout_seconds=timeout_seconds,
            stdin=stdin,
            extra_env=extra_env,
            hooks=hooks,
        )
        if done.status != 0 or done.timed_out:
            raise GitUnavailableError(obstacles.explain(done, doing=doing, top=self.top))
        return done


def open_or_create(
    home: Path, *, create: bool, env: Mapping[str, str], own: bool = False
) -> GitHome:
    """The repository that encloses ``home``, or with ``create`` a new one made there.

    ``env`` is the whole environment git runs with. Nothing outside a new repository is touched.
    With ``own`` only a repository of that very folder counts, and a new one is closed to others.

    Raises GitUnavailableError when there is no usable git, no such folder, no repository and none
    is to be made, or only a bare one.
    """
    if not home.is_dir():
        raise GitUnavailableError(f"the folder {home} is gone: bring it back")
    home = home.resolve()
    runner = GitRunner(env)
    # Importing GitPython runs git without a time limit, so git must have shown that it answers.
    answer = runner.run(["--version"], cwd=home, timeout_seconds=_QUICK_SECONDS)
    if answer.status != 0 or answer.timed_out:
        raise GitUnavailableError(obstacles.explain(answer, doing="start", top=home))

    def find() -> "Repo | None":
        return _repository((home,)) if own else _enclosing(home, _ceilings(env))

    found = find()
    if found is None:
        if not create:
            raise GitUnavailableError(f"{home} is in no git repository: run git init there")
        made = runner.run(
            # The configuration key, since `init -b` is unknown to git before 2.28.
            ["-c", "init.defaultBranch=main", "init", "--quiet", *(_CLOSED if own else ())],
            cwd=home,
            timeout_seconds=_QUICK_SECONDS,
        )
        if made.status != 0 or made.timed_out:
            raise GitUnavailableError(obstacles.explain(made, doing="make a repository", top=home))
        _synchronise(home / ".git")
        found = find()
    if found is None:
        raise GitUnavailableError(f"git made no repository in {home}: run git init there")
    if found.working_tree_dir is None:
        raise GitUnavailableError(
            f"a bare repository has no files to commit: choose another home than {home}"
        )
    top = Path(found.working_tree_dir).resolve()
    return GitHome(
        top=top,
        git_dir=Path(found.git_dir).resolve(),
        runner=GitRunner(env, version=version_in(answer.out), work_tree=top),
        repo=found,
    )


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


def _enclosing(home: Path, ceilings: frozenset[Path]) -> "Repo | None":
    repo = _repository((home, *home.parents))
    if repo is None:
        return None
    top = Path(repo.working_tree_dir or repo.git_dir)
    beyond = any(limit in home.parents and limit.is_relative_to(top) for limit in ceilings)
    return None if beyond else repo


def _repository(folders: Sequence[Path]) -> "Repo | None":
    """The repository of a folder: of the first one, or of those above it that are named too."""
    try:
        from git import GitConfigParser, Repo
        from git.exc import InvalidGitRepositoryError
    except ImportError as error:
        raise GitUnavailableError(f"GitPython cannot be used ({error}): reinstall it") from error

    class Found(Repo):
        """Knows of its configuration what stands in its own file.

        What that includes may be a device or a pipe, and is read by git, which has a time limit.
        """

        def config_reader(self, config_level: object = None) -> GitConfigParser:
            path = Path(self.common_dir) / "config"
            if not path.is_file() or path.stat().st_size > _LONGEST:
                raise OSError(EINVAL, "not an ordinary configuration", str(path))
            return GitConfigParser(str(path), read_only=True, merge_includes=False)

    try:
        return Found(folders[0], search_parent_directories=len(folders) > 1, expand_vars=False)
    except InvalidGitRepositoryError as error:
        for folder in folders:
            # Git stops at such a file as well; a repository made below it would be a surprise.
            if (folder / ".git").is_file():
                raise GitUnavailableError(
                    f"{folder / '.git'} points to no repository: repair or remove it"
                ) from error
        return None


def _ceilings(env: Mapping[str, str]) -> frozenset[Path]:
    """Folders that the search may not reach from below (GIT_CEILING_DIRECTORIES in git(1))."""
    named = env.get("GIT_CEILING_DIRECTORIES", "").split(":")
    return frozenset(Path(name).resolve() for name in named if name.startswith("/"))
