"""When git cannot commit, the answer says why and what to do, and the next try succeeds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.history import CommitOptions, Committed, Pending, lazy_commit, open_or_create
from tests.history.sandbox import Sandbox
from tests.support.git import IDENTITY
from tests.support.patience import ended, wait_until

HASTY = CommitOptions(timeout_seconds=2)
"""Gives up on a git that hangs, yet waits long enough for one on a busy machine."""


def branches_that_conflict(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    sandbox.git("checkout", "--quiet", "-b", "side")
    (sandbox.top / "code.py").write_text("print('side')\n")
    sandbox.git("commit", "--quiet", "-am", "side")
    sandbox.git("checkout", "--quiet", "main")
    (sandbox.top / "code.py").write_text("print('main')\n")
    sandbox.git("commit", "--quiet", "-am", "main")


def merge(sandbox: Sandbox) -> None:
    branches_that_conflict(sandbox)
    sandbox.git("merge", "side", ok=(1,))


def rebase(sandbox: Sandbox) -> None:
    branches_that_conflict(sandbox)
    sandbox.git("rebase", "side", ok=(1,))


def cherry_pick(sandbox: Sandbox) -> None:
    branches_that_conflict(sandbox)
    sandbox.git("cherry-pick", "side", ok=(1,))


def revert(sandbox: Sandbox) -> None:
    branches_that_conflict(sandbox)
    (sandbox.top / "code.py").write_text("print('later')\n")
    sandbox.git("commit", "--quiet", "-am", "later")
    sandbox.git("revert", "HEAD~1", ok=(1,))


def bisect(sandbox: Sandbox) -> None:
    branches_that_conflict(sandbox)
    sandbox.git("bisect", "start", "HEAD", "HEAD~1")


def detached(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    sandbox.git("checkout", "--quiet", "--detach")


def index_lock(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    (sandbox.top / ".git" / "index.lock").touch()


def branch_lock(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    (sandbox.top / ".git" / "refs" / "heads" / "main.lock").touch()


def branch_broken(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    main = sandbox.top / ".git" / "refs" / "heads" / "main"
    (sandbox.base / "main").write_text(main.read_text())
    main.write_text("garbage\n")


def no_identity(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    sandbox.settings.write_text("")


def folder_gone(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    sandbox.commit()
    sandbox.folder.rename(sandbox.base / "away")


def head_gone(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    (sandbox.top / ".git" / "HEAD").rename(sandbox.base / "HEAD")


def nested(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    sandbox.git("init", "--quiet", str(sandbox.folder))


CAUSES: list[tuple[Callable[[Sandbox], None], str, Callable[[Sandbox], object]]] = [
    (merge, "a merge is under way in {top}", lambda s: s.git("merge", "--abort")),
    (rebase, "a rebase is under way in {top}", lambda s: s.git("rebase", "--abort")),
    (cherry_pick, "a cherry-pick is under way", lambda s: s.git("cherry-pick", "--abort")),
    (revert, "a revert is under way in {top}", lambda s: s.git("revert", "--abort")),
    (bisect, "end it with git bisect reset", lambda s: s.git("bisect", "reset")),
    (detached, "check out a branch", lambda s: s.git("checkout", "--quiet", "main")),
    (
        index_lock,
        "holds {top}/.git/index.lock",
        lambda s: (s.top / ".git" / "index.lock").unlink(),
    ),
    (
        branch_lock,
        "holds a lock in {top}",
        lambda s: (s.top / ".git" / "refs" / "heads" / "main.lock").unlink(),
    ),
    (
        branch_broken,
        "the branch checked out in {top} is broken",
        lambda s: (s.base / "main").rename(s.top / ".git" / "refs" / "heads" / "main"),
    ),
    (
        no_identity,
        "run git config --global user.name",
        lambda s: s.settings.write_text(IDENTITY),
    ),
    (
        folder_gone,
        "the folder {folder} is gone",
        lambda s: ((s.base / "away").rename(s.folder), s.write("README.md", "back")),
    ),
    (
        head_gone,
        "no readable HEAD",
        lambda s: (s.base / "HEAD").rename(s.top / ".git" / "HEAD"),
    ),
    (
        nested,
        "is a git repository of its own: remove {folder}/.git",
        lambda s: (s.folder / ".git").rename(s.base / "nested"),
    ),
]


@pytest.mark.parametrize(
    ("cause", "says", "mend"), CAUSES, ids=[cause.__name__ for cause, _, _ in CAUSES]
)
def test_the_reason_is_said_and_mending_it_is_enough(
    sandbox: Sandbox,
    cause: Callable[[Sandbox], None],
    says: str,
    mend: Callable[[Sandbox], object],
) -> None:
    home = sandbox.open()
    perform = lazy_commit(lambda: home)
    cause(sandbox)
    before = sandbox.git("rev-parse", "main", ok=(0, 128))
    outcome = perform(sandbox.request())
    assert isinstance(outcome, Pending), outcome
    assert says.format(top=sandbox.top, folder=sandbox.folder) in outcome.reason
    assert sandbox.git("rev-parse", "main", ok=(0, 128)) == before
    mend(sandbox)
    assert isinstance(perform(sandbox.request()), Committed)


def test_an_identity_is_never_guessed(sandbox: Sandbox) -> None:
    """Git would make one up from the user's login and the host, or from EMAIL."""
    sandbox.settings.write_text("")
    sandbox.env["EMAIL"] = "login@example.org"
    assert "git config --global user.email" in sandbox.reason()


def test_an_identity_from_the_environment_is_enough(sandbox: Sandbox) -> None:
    sandbox.settings.write_text("")
    for who in ("AUTHOR", "COMMITTER"):
        sandbox.env |= {f"GIT_{who}_NAME": "Bo", f"GIT_{who}_EMAIL": "bo@example.org"}
    assert isinstance(sandbox.commit(), Committed)


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        (
            "error: unable to write file: No space left on device",
            "no space is left on the disk of {top}: free some",
        ),
        ("fatal: Unable to create '.git/index.lock': Read-only file system", "make it writable"),
        (
            "fatal: Unable to create '/x/.git/index.lock': Operation not permitted",
            "git may not write in {top} (Unable to create '/x/.git/index.lock': Operation not",
        ),
        (
            "error: insufficient permission for adding an object to repository database",
            "git may not write in {top} (insufficient permission",
        ),
        (
            "fatal: detected dubious ownership in repository at '/x'",
            "--add safe.directory '{top}'",
        ),
        ("hint: x\nfatal: something\x1b[2J odd\nhint: y", "something␛[2J odd"),
        ("", "it printed no reason"),
    ],
)
@pytest.mark.parametrize(
    "command", ["cat-file", "unpack-objects", "update-index", "commit-tree", "update-ref"]
)
def test_what_git_complains_of_is_put_in_plain_words(
    sandbox: Sandbox, command: str, printed: str, says: str
) -> None:
    text = sandbox.base / "complaint"
    text.write_text(printed)
    sandbox.fake_git(command, f"cat {text} >&2; exit 128")
    assert says.format(top=sandbox.top) in sandbox.reason()


@pytest.mark.parametrize(
    ("command", "deed"),
    [("unpack-objects", "add"), ("update-index", "add"), ("commit-tree", "commit")],
)
def test_a_git_that_hangs_is_ended_with_all_it_started(
    sandbox: Sandbox, command: str, deed: str
) -> None:
    alive, over = sandbox.base / "alive", sandbox.base / "over"
    sandbox.fake_git(command, f"sleep 60 & echo $! > {alive}; sleep 60; touch {over}")
    reason = sandbox.reason(options=HASTY)
    assert f"took too long to {deed}" in reason
    assert not over.exists()
    pid = int(alive.read_text())
    wait_until(lambda: ended(pid), "all that the hanging git started is over")


def test_a_git_that_is_ended_leaves_no_lock_behind(sandbox: Sandbox) -> None:
    """One that waits for its input has taken the lock of the index already."""
    sandbox.fake_git("update-index", 'sleep 60 | "$REAL" "$@"; exit 1')
    reason = sandbox.reason(options=HASTY)
    assert "took too long to add" in reason
    assert not (sandbox.top / ".git" / "index.lock").exists()


def test_what_a_hook_leaves_running_does_not_undo_the_commit(sandbox: Sandbox) -> None:
    hook = sandbox.top / ".git" / "hooks" / "post-commit"
    hook.write_text("#!/bin/sh\nsleep 60 &\n")
    hook.chmod(0o755)
    options = CommitOptions(hooks=True, timeout_seconds=HASTY.timeout_seconds)
    assert isinstance(sandbox.commit(options=options), Committed)


def test_git_that_goes_missing_is_pending_until_it_returns(sandbox: Sandbox) -> None:
    paths = iter([str(sandbox.base), sandbox.env["PATH"]])
    perform = lazy_commit(lambda: sandbox.open(sandbox.env | {"PATH": next(paths)}))
    outcome = perform(sandbox.request())
    assert isinstance(outcome, Pending)
    assert "git is not installed" in outcome.reason
    assert isinstance(perform(sandbox.request()), Committed)


def test_a_folder_outside_the_home_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    outcome = sandbox.commit(sandbox.request(folder=elsewhere))
    assert isinstance(outcome, Pending)
    assert "is not a folder inside" in outcome.reason


def test_a_home_made_by_us_takes_its_first_commit(sandbox: Sandbox) -> None:
    home = sandbox.base / "fresh"
    (home / "incident").mkdir(parents=True)
    (home / "incident" / "incident.json").write_text("{}")
    perform = lazy_commit(lambda: open_or_create(home, create=True, env=sandbox.env))
    assert isinstance(perform(sandbox.request(folder=home / "incident")), Committed)


def test_a_branch_that_moves_meanwhile_keeps_what_moved_it(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    sandbox.fake_git(
        "update-ref",
        f'echo "print(2)" > {sandbox.top}/code.py;'
        ' "$REAL" commit --quiet -m theirs -- code.py >&2; exec "$REAL" "$@"',
    )
    perform = lazy_commit(sandbox.open)
    assert isinstance(perform(sandbox.request()), Pending)
    assert sandbox.git("log", "--format=%s").splitlines() == ["theirs", "code"]
    sandbox.env["PATH"] = sandbox.env["PATH"].partition(":")[2]
    assert isinstance(perform(sandbox.request()), Committed)
