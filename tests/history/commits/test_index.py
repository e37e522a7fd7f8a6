"""The user's own work in the repository, staged or not, stays as it was to the byte."""

import os
from pathlib import Path

import pytest

from incident_tui.history import CommitOptions, Committed, Pending
from tests.history.sandbox import Sandbox


def outside(sandbox: Sandbox) -> dict[str, object]:
    """Everything of the repository but the incident folder and what a commit has to move."""
    mine = sandbox.folder.name
    files: dict[str, object] = {}
    for folder, folders, names in os.walk(sandbox.top):
        folders[:] = [name for name in folders if name not in (".git", mine)]
        for name in names:
            path = Path(folder, name)
            stat = path.lstat()
            content = os.readlink(path) if path.is_symlink() else path.read_bytes()
            files[str(path)] = (stat.st_mode, stat.st_mtime_ns, content)
    not_mine = ("--", ".", f":(exclude){mine}")
    git_dir = sandbox.top / ".git"
    return {
        "files": files,
        "index": sandbox.git("ls-files", "-s", "-v", "-z", *not_mine),
        "status": sandbox.git("status", "--porcelain=v2", "-z", "-uall", *not_mine),
        "staged": sandbox.git("diff", "--cached", "--binary", *not_mine),
        "unstaged": sandbox.git("diff", "--binary", *not_mine),
        "stash": sandbox.git("stash", "list"),
        "config": (git_dir / "config").read_bytes(),
        "tags": sandbox.git("for-each-ref", "refs/tags", "refs/stash"),
    }


def users_work(sandbox: Sandbox) -> None:
    """One of each: staged, partly staged, unstaged, untracked, deleted, renamed, intent to add."""
    top = sandbox.top
    for name in ("staged", "partly", "unstaged", "removed", "gone", "old", "mode"):
        (top / name).write_text(f"{name}\n" * 5)
    sandbox.git("add", ".", f":(exclude){sandbox.folder.name}")
    sandbox.git("commit", "--quiet", "-m", "the user's")
    (top / "stashed").write_text("stash me")
    sandbox.git("add", "stashed")
    sandbox.git("stash", "--quiet")
    (top / "staged").write_text("staged change\n")
    (top / "partly").write_text("staged half\n")
    (top / "added").write_text("new and staged\n")
    sandbox.git("add", "staged", "partly", "added")
    (top / "partly").write_text("staged half\nand more\n")
    (top / "unstaged").write_text("unstaged change\n")
    (top / "untracked").write_bytes(b"\x00\r\n")
    (top / "intended").write_text("later\n")
    sandbox.git("add", "-N", "intended")
    sandbox.git("rm", "--quiet", "--cached", "removed")
    (top / "gone").unlink()
    sandbox.git("mv", "old", "renamed")
    (top / "mode").chmod(0o755)


def test_everything_outside_the_folder_is_untouched(sandbox: Sandbox) -> None:
    users_work(sandbox)
    before = outside(sandbox)
    outcome = sandbox.commit()
    assert isinstance(outcome, Committed)
    assert outside(sandbox) == before
    changed = sandbox.git("show", "--name-only", "--format=", "HEAD").splitlines()
    assert changed == [f"{sandbox.folder.name}/README.md", f"{sandbox.folder.name}/incident.json"]


def test_a_commit_that_fails_leaves_the_users_work_too(sandbox: Sandbox) -> None:
    users_work(sandbox)
    sandbox.settings.write_text("")
    before = outside(sandbox)
    assert isinstance(sandbox.commit(), Pending)
    assert outside(sandbox) == before


def test_staged_work_in_an_unborn_repository_stays_staged(sandbox: Sandbox) -> None:
    (sandbox.top / "staged").write_text("mine")
    sandbox.git("add", "staged")
    before = outside(sandbox)
    assert isinstance(sandbox.commit(), Committed)
    assert outside(sandbox) == before
    assert "staged" not in sandbox.files_in_head()


def test_a_conflict_of_the_users_own_stays_a_conflict(sandbox: Sandbox) -> None:
    """`git stash pop` can leave one without any operation that would have to end first."""
    sandbox.first_commit()
    code = sandbox.top / "code.py"
    code.write_text("print('stashed')\n")
    sandbox.git("stash", "--quiet")
    code.write_text("print('committed')\n")
    sandbox.git("commit", "--quiet", "-am", "meanwhile")
    sandbox.git("stash", "pop", ok=(1,))
    conflict = sandbox.git("ls-files", "--unmerged")
    before = outside(sandbox)
    assert isinstance(sandbox.commit(), Committed)
    assert outside(sandbox) == before
    assert sandbox.git("ls-files", "--unmerged") == conflict != ""


HOOKS = (
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "post-index-change",
    "reference-transaction",
)


@pytest.mark.parametrize("where", ["repository", "settings"])
@pytest.mark.parametrize(
    "lines", ["exit 1", "sleep 60", "echo chatter; echo noise >&2; git add -A ."]
)
def test_the_users_hooks_are_not_run(sandbox: Sandbox, lines: str, where: str) -> None:
    users_work(sandbox)
    ran = sandbox.base / "hook-ran"
    place = sandbox.top / ".git" / "hooks"
    if where == "settings":
        place = sandbox.base / "hooks"
        place.mkdir()
        sandbox.configure(f"[core]\n\thooksPath = {place}\n")
    before = outside(sandbox)
    for name in HOOKS:
        hook = place / name
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n{lines}\n")
        hook.chmod(0o755)
    outcome = sandbox.commit(options=CommitOptions(timeout_seconds=10))
    for name in HOOKS:
        (place / name).unlink()
    assert isinstance(outcome, Committed)
    assert not ran.exists()
    assert outside(sandbox) == before


def test_a_file_system_monitor_is_not_asked(sandbox: Sandbox) -> None:
    """It is a program of the user's that git would wait for, like a hook."""
    monitor = sandbox.base / "monitor"
    ran = sandbox.base / "monitor-ran"
    monitor.write_text(f"#!/bin/sh\ntouch {ran}\nexit 1\n")
    monitor.chmod(0o755)
    sandbox.configure(f"[core]\n\tfsmonitor = {monitor}\n")
    assert isinstance(sandbox.commit(), Committed)
    assert not ran.exists()


def test_hooks_run_when_the_home_turns_them_on(sandbox: Sandbox) -> None:
    hook = sandbox.top / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'lint: README too short' >&2\nexit 1\n")
    hook.chmod(0o755)
    reason = sandbox.reason(options=CommitOptions(hooks=True))
    assert "lint: README too short" in reason
    hook.write_text("#!/bin/sh\necho fine\n")
    assert isinstance(sandbox.commit(options=CommitOptions(hooks=True)), Committed)
