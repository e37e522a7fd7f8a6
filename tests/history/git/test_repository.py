"""The home finds its repository, or becomes one, and leaves everything else alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from incident_tui.history import Committed, GitUnavailableError, commit, open_or_create
from tests.history.sandbox import Sandbox


def test_importing_the_package_does_not_import_gitpython() -> None:
    """`import git` costs 80 ms, which a command that only logs must not pay."""
    code = "import incident_tui.history, sys; sys.exit('git' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_home_in_no_repository_becomes_one(sandbox: Sandbox) -> None:
    home = sandbox.base / "elsewhere"
    home.mkdir()
    (home / "kept.txt").write_text("kept")
    opened = open_or_create(home, create=True, env=sandbox.env)
    assert opened.top == home
    assert sorted(path.name for path in home.iterdir()) == [".git", "kept.txt"]
    assert sandbox.git("symbolic-ref", "HEAD", cwd=home) == "refs/heads/main\n"


def test_a_home_in_no_repository_stays_as_it_is_unless_told(sandbox: Sandbox) -> None:
    home = sandbox.base / "elsewhere"
    home.mkdir()
    with pytest.raises(GitUnavailableError, match="is in no git repository: run git init there"):
        open_or_create(home, create=False, env=sandbox.env)
    assert list(home.iterdir()) == []


def test_a_home_deep_in_a_repository_uses_that_one(sandbox: Sandbox) -> None:
    home = sandbox.top / "docs" / "$HOME incidents [1]"
    home.mkdir(parents=True)
    assert open_or_create(home, create=True, env=sandbox.env).top == sandbox.top
    assert list(home.iterdir()) == []


def test_a_home_reached_by_a_link_is_the_same_home(sandbox: Sandbox) -> None:
    link = sandbox.base / "link"
    link.symlink_to(sandbox.top)
    opened = open_or_create(link, create=False, env=sandbox.env)
    outcome = commit(opened, sandbox.request(folder=link / sandbox.folder.name))
    assert isinstance(outcome, Committed)


def test_the_search_respects_the_ceiling(sandbox: Sandbox) -> None:
    """GIT_CEILING_DIRECTORIES keeps a home from joining a repository far above it."""
    home = sandbox.top / "deep" / "home"
    home.mkdir(parents=True)
    env = sandbox.env | {"GIT_CEILING_DIRECTORIES": str(sandbox.top)}
    assert open_or_create(home, create=True, env=env).top == home


def test_a_bare_repository_is_refused(sandbox: Sandbox) -> None:
    bare = sandbox.base / "bare.git"
    sandbox.git("init", "--quiet", "--bare", str(bare))
    with pytest.raises(GitUnavailableError, match=r"bare repository.*choose another home"):
        open_or_create(bare, create=True, env=sandbox.env)


def test_a_broken_link_to_a_repository_is_refused(sandbox: Sandbox) -> None:
    home = sandbox.base / "broken"
    home.mkdir()
    (home / ".git").write_text("gitdir: /nowhere/at/all\n")
    with pytest.raises(GitUnavailableError, match="points to no repository"):
        open_or_create(home, create=True, env=sandbox.env)


def test_a_missing_home_is_named(sandbox: Sandbox) -> None:
    with pytest.raises(GitUnavailableError, match="nowhere is gone"):
        open_or_create(sandbox.base / "nowhere", create=True, env=sandbox.env)


def test_no_git_on_the_path_is_said(sandbox: Sandbox) -> None:
    with pytest.raises(GitUnavailableError, match="git is not installed or not on the PATH"):
        sandbox.open(sandbox.env | {"PATH": str(sandbox.base)})


def test_a_git_that_does_not_answer_is_said(sandbox: Sandbox) -> None:
    sandbox.fake_git("--version", "echo 'fatal: licence not accepted' >&2; exit 69")
    with pytest.raises(GitUnavailableError, match=r"could not start .*licence not accepted"):
        sandbox.open()


def test_what_a_surrounding_git_left_in_the_environment_is_not_followed(sandbox: Sandbox) -> None:
    """Started from a hook or an alias, the commit still goes where the home is."""
    other = sandbox.base / "other"
    sandbox.git("init", "--quiet", str(other))
    sandbox.first_commit()
    env = sandbox.env | {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_PREFIX": "x/",
    }
    outcome = commit(sandbox.open(env), sandbox.request())
    assert isinstance(outcome, Committed)
    assert sandbox.git("rev-parse", "HEAD").strip() == outcome.sha
    assert not (other / ".git" / "index").exists()


@pytest.mark.parametrize("kind", ["worktree", "submodule"])
def test_a_home_in_a_worktree_or_submodule_commits_there(sandbox: Sandbox, kind: str) -> None:
    sandbox.first_commit()
    place = sandbox.base / "wt"
    if kind == "worktree":
        sandbox.git("worktree", "add", "--quiet", "-b", "side", str(place))
    else:
        outer = sandbox.base / "outer"
        sandbox.git("init", "--quiet", str(outer))
        sandbox.git(
            *("-c", "protocol.file.allow=always", "submodule", "--quiet", "add"),
            *(str(sandbox.top), "sub"),
            cwd=outer,
        )
        place = outer / "sub"
    folder = place / "incident"
    folder.mkdir()
    (folder / "incident.json").write_text("{}")
    opened = open_or_create(place, create=False, env=sandbox.env)
    outcome = commit(opened, sandbox.request(folder=folder))
    assert isinstance(outcome, Committed)
    assert sandbox.git("rev-parse", "HEAD", cwd=place).strip() == outcome.sha
    assert os.path.samefile(opened.top, place)
    assert sandbox.git("rev-parse", "main").strip() != outcome.sha


def test_a_missing_folder_in_the_home_is_no_matter_when_opening(sandbox: Sandbox) -> None:
    assert sandbox.open().git_dir == Path(sandbox.top / ".git")
