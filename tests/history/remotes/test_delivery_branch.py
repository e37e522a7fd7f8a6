"""An incident is delivered on a branch of its own, and nothing of the user's moves for it."""

import hashlib
import os
import shutil
from pathlib import Path

import msgspec
import pytest

from incident_tui.history import CommitOptions
from incident_tui.history.commits.plumbing import DeliveryError, Plumbing, folder_tree
from incident_tui.history.remotes.delivery_branch import Delivered, DeliveryRequest, deliver
from incident_tui.history.remotes.merge_state import Standing, standing
from tests.history.commits.test_index import users_work
from tests.history.sandbox import MOMENT, Sandbox
from tests.support.git import start

BRANCH = "incident/2026-11-20-checkout-5xx"


class Remotes:
    """A sandbox whose `main` is pushed to a bare repository called origin."""

    def __init__(self, sandbox: Sandbox, *, empty: bool = False) -> None:
        self.sandbox = sandbox
        self.bare = sandbox.base / "origin.git"
        start(self.bare, bare=True)
        sandbox.first_commit()
        mine = sandbox.top / ".git"
        with (mine / "config").open("a") as file:
            file.write(f'[remote "origin"]\n\turl = {self.bare}\n')
            file.write("\tfetch = +refs/heads/*:refs/remotes/origin/*\n")
        if not empty:  # as a push leaves both, without its six processes
            shutil.copytree(mine / "objects", self.bare / "objects", dirs_exist_ok=True)
            for kept in (self.bare / "refs/heads", mine / "refs/remotes/origin"):
                kept.mkdir(parents=True, exist_ok=True)
                shutil.copy2(mine / "refs/heads/main", kept)

    def there(self, *arguments: str, ok: tuple[int, ...] = (0,)) -> str:
        """What git prints in the remote repository."""
        return self.sandbox.git(*arguments, cwd=self.bare, ok=ok).strip()

    def clone(self, name: str, *identity: str) -> Path:
        """Somebody else's clone of origin."""
        place = self.sandbox.base / name
        who = (f"user.name={identity[0] if identity else 'Ben'}", f"user.email={name}@example.org")
        words = ("clone", "--quiet", *(word for each in who for word in ("--config", each)))
        self.sandbox.git(*words, str(self.bare), str(place), cwd=self.sandbox.base)
        return place

    def plumbing(self, **options: object) -> Plumbing:
        return Plumbing(self.sandbox.open(), msgspec.convert(options, CommitOptions))

    def deliver(self, *, remote: str = "origin", by: str = "ana", **options: object) -> Delivered:
        git = self.plumbing(**options)
        return deliver(
            git,
            DeliveryRequest(
                folder=self.sandbox.folder,
                tree=folder_tree(git, self.sandbox.folder),
                remote=remote,
                subject="Incident 2026-11-20-checkout-5xx: Checkout 5xx",
                moment=MOMENT,
                trailers=(("Incident", "2026-11-20-checkout-5xx"), ("Delivered-by", by)),
            ),
        )

    def refused(self, **options: object) -> str:
        """Why a delivery came to nothing."""
        with pytest.raises(DeliveryError) as caught:
            self.deliver(**options)  # type: ignore[arg-type]
        return caught.value.reason

    def standing(self) -> Standing:
        git = self.plumbing()
        tree = folder_tree(git, self.sandbox.folder)
        return standing(git, self.sandbox.folder, "origin", tree)

    def merge(self, how: str) -> None:
        """Have Ben merge the branch in origin."""
        place = self.clone("ben")

        def git(*arguments: str) -> None:
            self.sandbox.git(*arguments, cwd=place)

        if how == "merge":
            git("merge", "--quiet", "--no-ff", "-m", "Merge it", f"origin/{BRANCH}")
        elif how == "squash":
            git("merge", "--quiet", "--squash", f"origin/{BRANCH}")
            git("commit", "--quiet", "-m", "Squashed")
        elif how == "rebase":
            (place / "other").write_text("1")
            git("add", "other")
            git("commit", "--quiet", "-m", "other")
            git("cherry-pick", f"origin/{BRANCH}")
        else:
            git("merge", "--quiet", "--ff-only", f"origin/{BRANCH}")
        git("push", "--quiet", "origin", "main")


@pytest.fixture
def remotes(sandbox: Sandbox) -> Remotes:
    return Remotes(sandbox)


def everything(top: Path) -> dict[str, str]:
    """The hash of each file of a repository and its git folder, but for what may move.

    New objects and the names of what was fetched and delivered may come, and nothing else.
    """
    moves = (".git/objects", ".git/refs/incident-tui", ".git/refs/remotes/origin/incident")
    hashes = {}
    for folder, _, names in os.walk(top):
        for name in names:
            path = Path(folder, name)
            inside = path.relative_to(top).as_posix()
            if not inside.startswith(moves) and not inside.startswith(".git/logs/refs/remotes"):
                hashes[inside] = hashlib.sha256(path.read_bytes()).hexdigest()
    return hashes


# --- what is delivered ---------------------------------------------------------------------------


def test_the_branch_holds_the_folder_on_top_of_the_default_branch_and_nothing_else(
    remotes: Remotes,
) -> None:
    remotes.sandbox.write("artifacts/1-brief.md", "# Brief\n")
    delivered = remotes.deliver()
    assert (delivered.standing, delivered.branch, delivered.base) == ("pushed", BRANCH, "main")
    assert remotes.there("rev-parse", BRANCH) == delivered.commit
    assert remotes.there("rev-parse", f"{BRANCH}^") == remotes.there("rev-parse", "main")
    changed = remotes.there("diff", "--name-status", "main", BRANCH).splitlines()
    assert changed == [
        f"A\t2026-11-20-checkout-5xx/{name}"
        for name in ("README.md", "artifacts/1-brief.md", "incident.json")
    ]


def test_commits_of_the_user_that_were_never_pushed_are_not_delivered(remotes: Remotes) -> None:
    (remotes.sandbox.top / "secret.py").write_text("not yet\n")
    remotes.sandbox.git("add", "secret.py")
    remotes.sandbox.git("commit", "--quiet", "-m", "local only")
    remotes.deliver()
    assert "secret.py" not in remotes.there("ls-tree", "-r", "--name-only", BRANCH)
    assert "local only" not in remotes.there("log", "--format=%s", BRANCH)


def test_the_commit_carries_its_subject_date_and_trailers(remotes: Remotes) -> None:
    remotes.deliver()
    printed = remotes.there("show", "-s", "--format=%s|%at|%an|%(trailers:unfold)", BRANCH)
    assert printed == (
        f"Incident 2026-11-20-checkout-5xx: Checkout 5xx|{int(MOMENT.timestamp())}|Ana Ops|"
        "Incident: 2026-11-20-checkout-5xx\nDelivered-by: ana"
    )


def test_nothing_of_the_user_moves(remotes: Remotes) -> None:
    """Index, files, HEAD, branches, stash, configuration: the same bytes before and after."""
    users_work(remotes.sandbox)
    remotes.clone("ben")  # something new to be fetched
    (remotes.sandbox.base / "ben" / "new").write_text("1")
    remotes.sandbox.git("add", "new", cwd=remotes.sandbox.base / "ben")
    remotes.sandbox.git("commit", "--quiet", "-m", "new", cwd=remotes.sandbox.base / "ben")
    remotes.sandbox.git("push", "--quiet", cwd=remotes.sandbox.base / "ben")
    before = everything(remotes.sandbox.top)
    assert ".git/index" in before
    assert ".git/refs/remotes/origin/main" in before
    remotes.deliver()
    remotes.standing()
    assert everything(remotes.sandbox.top) == before
    assert remotes.there("log", "-1", "--format=%s", f"{BRANCH}^") == "new"


@pytest.mark.parametrize("state", ["merge under way", "detached", "unborn", "index locked"])
def test_whatever_the_user_is_in_the_middle_of_does_not_matter(
    remotes: Remotes, state: str
) -> None:
    box = remotes.sandbox
    if state == "merge under way":
        (box.top / ".git" / "MERGE_HEAD").write_text(box.git("rev-parse", "HEAD"))
    elif state == "detached":
        box.git("checkout", "--quiet", "--detach")
    elif state == "unborn":
        box.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    else:
        (box.top / ".git" / "index.lock").touch()
    before = everything(box.top)
    assert remotes.deliver().standing == "pushed"
    assert everything(box.top) == before


def test_the_users_hooks_are_not_run(remotes: Remotes) -> None:
    ran = remotes.sandbox.base / "ran"
    for name in ("pre-push", "reference-transaction", "post-index-change"):
        hook = remotes.sandbox.top / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {ran}\nexit 1\n")
        hook.chmod(0o755)
    assert remotes.deliver().standing == "pushed"
    assert not ran.exists()


def test_hooks_run_where_the_home_turns_them_on(remotes: Remotes) -> None:
    hook = remotes.sandbox.top / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\necho 'error: not on a friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "not on a friday" in remotes.refused(hooks=True)


# --- delivering again ----------------------------------------------------------------------------


def test_delivering_the_same_again_pushes_nothing(remotes: Remotes) -> None:
    first = remotes.deliver()
    again = remotes.deliver()
    assert (again.standing, again.commit) == ("unchanged", first.commit)


def test_delivering_again_replaces_the_branch_by_what_the_folder_is_now(remotes: Remotes) -> None:
    remotes.deliver()
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    (remotes.sandbox.folder / "README.md").unlink()
    again = remotes.deliver()
    assert again.standing == "pushed"
    assert remotes.there("rev-list", "--count", f"main..{BRANCH}") == "1"
    names = remotes.there("ls-tree", "-r", "--name-only", BRANCH).splitlines()
    assert names == ["2026-11-20-checkout-5xx/incident.json", "code.py"]


def test_what_the_default_branch_holds_already_is_not_delivered_again(remotes: Remotes) -> None:
    remotes.deliver()
    remotes.merge("squash")
    remotes.there("branch", "-D", BRANCH)
    assert remotes.deliver().standing == "merged"
    assert remotes.there("branch", "--list", BRANCH) == ""


def test_after_a_merge_the_next_delivery_stands_on_it(remotes: Remotes) -> None:
    remotes.deliver()
    remotes.merge("squash")
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    assert remotes.deliver().standing == "pushed"
    changed = remotes.there("diff", "--name-only", "main", BRANCH).splitlines()
    assert changed == ["2026-11-20-checkout-5xx/incident.json"]


def test_a_branch_with_the_work_of_somebody_else_is_left_as_it_is(remotes: Remotes) -> None:
    remotes.deliver()
    place = remotes.clone("ben")
    remotes.sandbox.git("checkout", "--quiet", BRANCH, cwd=place)
    (place / "2026-11-20-checkout-5xx" / "README.md").write_text("better\n")
    remotes.sandbox.git("commit", "--quiet", "-am", "wording", cwd=place)
    remotes.sandbox.git("push", "--quiet", "origin", BRANCH, cwd=place)
    theirs = remotes.there("rev-parse", BRANCH)
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    reason = remotes.refused()
    assert f"{theirs[:12]} by Ben" in reason
    assert f"git push origin --delete {BRANCH}" in reason
    assert remotes.there("rev-parse", BRANCH) == theirs


@pytest.mark.parametrize("extra", [False, True], ids=["only ours", "with a file of theirs"])
def test_what_is_there_already_becomes_ours_only_where_nothing_else_came_with_it(
    remotes: Remotes, extra: bool
) -> None:
    remotes.deliver()
    remotes.sandbox.git("update-ref", "-d", f"refs/incident-tui/origin/delivered/{BRANCH}")
    if extra:
        place = remotes.clone("ben")
        remotes.sandbox.git("checkout", "--quiet", BRANCH, cwd=place)
        (place / "fix.py").write_text("fixed\n")
        remotes.sandbox.git("add", "fix.py", cwd=place)
        remotes.sandbox.git("commit", "--quiet", "--amend", "--no-edit", cwd=place)
        remotes.sandbox.git("push", "--quiet", "--force", "origin", BRANCH, cwd=place)
    assert remotes.deliver().standing == "unchanged"
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    if extra:
        assert "this clone did not deliver" in remotes.refused()
    else:
        assert remotes.deliver().standing == "pushed"


def test_a_delivery_stands_anew_on_a_folder_that_changed_in_the_default_branch(
    remotes: Remotes,
) -> None:
    remotes.deliver()
    place = remotes.clone("ben")
    (place / "2026-11-20-checkout-5xx").mkdir()
    (place / "2026-11-20-checkout-5xx" / "README.md").write_text("typed by hand\n")
    remotes.sandbox.git("add", ".", cwd=place)
    remotes.sandbox.git("commit", "--quiet", "-m", "by hand", cwd=place)
    remotes.sandbox.git("push", "--quiet", "origin", "main", cwd=place)
    assert remotes.deliver().standing == "pushed"
    assert remotes.there("rev-parse", f"{BRANCH}^") == remotes.there("rev-parse", "main")


def test_a_delivery_from_another_clone_is_replaced_once_its_log_is_part_of_ours(
    remotes: Remotes,
) -> None:
    """Ana delivered on one machine, and goes on with a clone on another."""
    remotes.sandbox.commit()
    remotes.deliver()
    remotes.sandbox.git("update-ref", "-d", f"refs/incident-tui/origin/delivered/{BRANCH}")
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    assert remotes.deliver().standing == "pushed"


def test_a_delivery_from_another_clone_whose_log_is_unknown_here_is_left(remotes: Remotes) -> None:
    remotes.deliver()
    remotes.sandbox.git("update-ref", "-d", f"refs/incident-tui/origin/delivered/{BRANCH}")
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    assert "this clone did not deliver" in remotes.refused()


def test_a_push_that_comes_between_is_not_overwritten(remotes: Remotes) -> None:
    """The branch moves after it was looked at, and before it is pushed."""
    remotes.deliver()
    remotes.sandbox.write("incident.json", '{"entries": 2}\n')
    moved = remotes.there("rev-parse", "main")
    remotes.sandbox.fake_git(
        "push", f'"$REAL" --git-dir="{remotes.bare}" update-ref refs/heads/{BRANCH} {moved}'
    )
    assert "changed in origin meanwhile" in remotes.refused()
    assert remotes.there("rev-parse", BRANCH) == moved


# --- the remote ----------------------------------------------------------------------------------


def test_the_default_branch_is_the_one_the_remote_names(remotes: Remotes) -> None:
    remotes.sandbox.git("push", "--quiet", "origin", "main:trunk")
    remotes.there("symbolic-ref", "HEAD", "refs/heads/trunk")
    assert remotes.deliver().base == "trunk"


@pytest.mark.parametrize(
    ("branches", "remembered", "base"),
    [
        (["develop", "main"], "", "main"),
        (["develop"], "", "develop"),
        (["develop", "release"], "release", "release"),
    ],
)
def test_where_the_remote_names_none_the_clone_knows_or_it_is_obvious(
    remotes: Remotes, branches: list[str], remembered: str, base: str
) -> None:
    remotes.there("symbolic-ref", "HEAD", "refs/heads/unborn")
    for name in branches:
        remotes.there("branch", "--force", name, "main")
    if "main" not in branches:
        remotes.there("update-ref", "-d", "refs/heads/main")
    if remembered:
        ref = f"refs/remotes/origin/{remembered}"
        remotes.sandbox.git("symbolic-ref", "refs/remotes/origin/HEAD", ref)
    assert remotes.deliver().base == base


def test_a_remote_of_another_name_is_delivered_to(remotes: Remotes) -> None:
    remotes.sandbox.git("remote", "rename", "origin", "upstream")
    assert remotes.deliver(remote="upstream").standing == "pushed"


@pytest.mark.parametrize("trouble", ["no remote", "other name", "empty", "missing", "undecided"])
def test_a_remote_that_cannot_be_used_is_told_with_what_to_do(
    sandbox: Sandbox, trouble: str
) -> None:
    remotes = Remotes(sandbox, empty=trouble == "empty")
    says = {
        "no remote": "has no remote to deliver to: add one with `git remote add origin URL`",
        "other name": "has no remote 'origin', only backup: name one of these",
        "empty": "is empty, so there is no branch to stand on: push yours there first",
        "missing": "there is no repository at",
        "undecided": "tell this clone with `git remote set-head origin BRANCH`",
    }[trouble]
    if trouble == "no remote":
        sandbox.git("remote", "remove", "origin")
    elif trouble == "other name":
        sandbox.git("remote", "rename", "origin", "backup")
    elif trouble == "missing":
        shutil.rmtree(remotes.bare)
    elif trouble == "undecided":
        remotes.there("symbolic-ref", "HEAD", "refs/heads/unborn")
        remotes.there("branch", "one", "main")
        remotes.there("branch", "two", "main")
        remotes.there("update-ref", "-d", "refs/heads/main")
    assert says in remotes.refused()


AUTH = "fatal: could not read Username for 'https://example.org': terminal prompts disabled"


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        (AUTH, "does not let you in"),
        ("git@example.org: Permission denied (publickey).", "does not let you in"),
        ("fatal: Authentication failed for 'https://a:b@example.org/x/'", "does not let you in"),
        ("Host key verification failed.", "ssh does not know the host"),
        (
            "fatal: unable to access 'https://example.org/': Could not resolve host: example.org",
            "cannot be reached",
        ),
        ("ssh: connect to host example.org port 22: Connection refused", "cannot be reached"),
        ("remote: Repository not found.", "there is no repository at"),
        ("fatal: the moon is in the way", "the moon is in the way. Try `git fetch origin` by hand"),
    ],
)
def test_what_git_says_of_a_remote_becomes_a_plain_sentence(
    remotes: Remotes, printed: str, says: str
) -> None:
    remotes.sandbox.fake_git("ls-remote", f'echo "{printed}" >&2; exit 128')
    reason = remotes.refused()
    assert says in reason
    assert "a:b@" not in reason
    assert "\n" not in reason


@pytest.mark.parametrize("command", ["ls-remote", "fetch", "push"])
def test_a_remote_that_hangs_is_given_up(
    remotes: Remotes, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.history.remotes.remote.NETWORK_SECONDS", 0.5)
    remotes.sandbox.fake_git(command, "exec sleep 60")
    assert "did not answer within 0.5 s" in remotes.refused()
    assert remotes.there("branch", "--list", BRANCH) == ""


def test_a_server_that_takes_no_such_branch_is_told_with_its_reason(remotes: Remotes) -> None:
    hook = remotes.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert "does not take the branch" in remotes.refused()


def test_a_branch_that_is_called_incident_is_in_the_way(remotes: Remotes) -> None:
    remotes.there("branch", "incident", "main")
    assert "origin has a branch incident" in remotes.refused()


def test_without_an_identity_nothing_is_pushed(remotes: Remotes) -> None:
    remotes.sandbox.settings.write_text("")
    assert "git does not know who commits" in remotes.refused()
    assert remotes.there("branch", "--list", BRANCH) == ""


def test_a_password_in_the_address_is_shown_nowhere(remotes: Remotes) -> None:
    remotes.sandbox.git("remote", "set-url", "--push", "origin", "https://ana:pw@example.org/x")
    remotes.sandbox.fake_git("push", 'echo "fatal: https://ana:pw@example.org/x" >&2; exit 1')
    reason = remotes.refused()
    assert "https://example.org/x" in reason
    assert "pw" not in reason


def test_a_folder_that_has_gone_is_told(remotes: Remotes) -> None:
    shutil.rmtree(remotes.sandbox.folder)
    with pytest.raises(DeliveryError, match="is gone: bring it back"):
        folder_tree(remotes.plumbing(), remotes.sandbox.folder)


# --- whether it was merged -----------------------------------------------------------------------


def test_what_was_never_delivered_is_not_merged(remotes: Remotes) -> None:
    standing = remotes.standing()
    assert (standing.delivered, standing.merge) == (None, None)


def test_a_delivery_that_is_still_open_is_not_merged(remotes: Remotes) -> None:
    delivered = remotes.deliver()
    standing = remotes.standing()
    assert (standing.delivered, standing.merge) == (delivered.commit, None)


@pytest.mark.parametrize("gone", [False, True], ids=["branch kept", "branch removed"])
@pytest.mark.parametrize(
    ("merged", "how", "author"),
    [
        ("merge", "merge", "Ben"),
        ("squash", "same content", "Ben"),
        ("rebase", "same content", "Ana Ops"),
        ("fast-forward", "fast-forward", "Ana Ops"),
    ],
)
def test_a_merge_is_found_with_who_made_it(
    remotes: Remotes, merged: str, how: str, author: str, gone: bool
) -> None:
    delivered = remotes.deliver()
    remotes.merge(merged)
    if gone:
        remotes.there("branch", "-D", BRANCH)
    standing = remotes.standing()
    assert standing.merge is not None
    assert (standing.merge.how, standing.merge.author.name) == (how, author)
    assert (standing.delivered, standing.by) == (delivered.commit, "ana")
    assert standing.overview == "# Checkout 5xx\n"


def test_the_merge_is_the_one_into_the_default_branch_and_not_one_before_or_after(
    remotes: Remotes,
) -> None:
    remotes.deliver()
    place = remotes.clone("ben")
    git = remotes.sandbox.git
    git("checkout", "--quiet", "-b", "dev", cwd=place)
    git("commit", "--quiet", "--allow-empty", "-m", "dev", cwd=place)
    git("merge", "--quiet", "--no-ff", "-m", "into dev", f"origin/{BRANCH}", cwd=place)
    git("checkout", "--quiet", "main", cwd=place)
    git("merge", "--quiet", "--no-ff", "-m", "into main", "dev", cwd=place)
    git("commit", "--quiet", "--allow-empty", "-m", "afterwards", cwd=place)
    git("push", "--quiet", "origin", "main", cwd=place)
    standing = remotes.standing()
    assert standing.merge is not None
    assert remotes.there("show", "-s", "--format=%s", standing.merge.commit) == "into main"


def test_a_later_change_in_the_default_branch_does_not_hide_a_squash(remotes: Remotes) -> None:
    remotes.deliver()
    remotes.merge("squash")
    place = remotes.sandbox.base / "ben"
    (place / "2026-11-20-checkout-5xx" / "README.md").write_text("later\n")
    remotes.sandbox.git("commit", "--quiet", "-am", "later", cwd=place)
    remotes.sandbox.git("push", "--quiet", "origin", "main", cwd=place)
    standing = remotes.standing()
    assert standing.merge is not None
    assert remotes.there("show", "-s", "--format=%s", standing.merge.commit) == "Squashed"


def test_a_clone_that_delivered_nothing_sees_that_the_folder_is_there(remotes: Remotes) -> None:
    remotes.deliver()
    remotes.merge("squash")
    remotes.there("branch", "-D", BRANCH)
    remotes.sandbox.git("update-ref", "-d", f"refs/incident-tui/origin/delivered/{BRANCH}")
    standing = remotes.standing()
    assert standing.delivered is None
    assert standing.merge is not None
    assert standing.merge.how == "same content"
