"""Purging: the commands that are printed, typed as they are, rid the history of the words."""

import subprocess
from pathlib import Path

import pytest

from incident_tui.history import Committed
from incident_tui.service import Declaration, IncidentSession
from incident_tui.service.confidential.history_rewrite import purge, purge_steps
from incident_tui.service.git.commits import committer_for
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.home import Home
from tests.service.conftest import Bench

WORDS = "the customer is called Brezhnova"


def commit(bench: Bench, session: IncidentSession) -> None:
    assert isinstance(committer_for(session, bench.home, bench.env)(), Committed)


def in_history(bench: Bench, top: Path) -> bool:
    """Whether any object that git still has there holds the words."""
    done = subprocess.run(
        "git cat-file --batch-all-objects --batch --unordered",
        shell=True, cwd=top, env=bench.env, capture_output=True, check=True,
    )  # fmt: skip
    return b"Brezhnova" in done.stdout


def typed(bench: Bench, steps: list[str]) -> None:
    """Type the indented lines one after the other, without those for git filter-repo."""
    wanted, lines = True, []
    for step in steps:
        if not step.startswith("    "):
            wanted = step != "With git filter-repo:"
        elif wanted:
            lines.append(step.strip())
    done = subprocess.run(
        ["sh", "-c", "\n".join(lines)],
        cwd=bench.base, env=bench.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def cleanup(session: IncidentSession) -> list[str]:
    return purge(session.incident, session.folder, session.world.env)


def redacted(bench: Bench) -> IncidentSession:
    """An incident of which title, notes and commit messages were redacted after a commit."""
    session = bench.declared("Brezhnova's order is lost")
    session.enter(WORDS)
    session.enter("/sev SEV2 Brezhnova called")
    commit(bench, session)
    for number in (2, 3, 1):
        session.enter(f"/redact {number}")
    commit(bench, session)
    session.enter("noted since, in no commit")
    return session


class TestTyped:
    def test_a_home_with_nothing_else_in_it_is_rid_of_them(self, git_bench: Bench) -> None:
        session = redacted(git_bench)
        assert in_history(git_bench, git_bench.home.path)
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, git_bench.home.path)
        assert "in no commit" in git_bench.git("show", f"HEAD:{session.id}/incident.json")
        assert verify(git_bench.home, session.id).well
        assert cleanup(session) == []

    def test_a_repository_around_it_keeps_everything_else_and_so_do_its_remotes(
        self, git_bench: Bench
    ) -> None:
        top = git_bench.base / "it's code"
        git_bench.git("init", "-q", "-b", "main", str(top), cwd=git_bench.base)
        git_bench.git("init", "-q", "--bare", "-b", "main", "there.git", cwd=git_bench.base)
        git_bench.git("remote", "add", "origin", "../there.git", cwd=top)
        (top / "code.py").write_text("print()\n")
        git_bench.git("add", "code.py", cwd=top)
        git_bench.git("commit", "-qm", "code", cwd=top)
        git_bench.git("branch", "mine", cwd=top)
        git_bench.home = Home(top / "incidents")
        git_bench.service.home = git_bench.home
        session = redacted(git_bench)
        (top / "untracked").write_text("mine")
        git_bench.git("push", "-q", "origin", "main", cwd=top)
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, top)
        assert git_bench.git("show", "HEAD:code.py", cwd=top) == "print()\n"
        assert (top / "untracked").read_text() == "mine"
        there = git_bench.base / "there.git"
        branches = git_bench.git("for-each-ref", "--format=%(refname:short)", cwd=there)
        assert branches == "main\n"  # what was never pushed is not pushed now
        assert "Brezhnova" not in git_bench.git("log", "-p", "main", cwd=there)

    def test_what_was_committed_by_hand_goes_though_a_later_commit_has_it_no_more(
        self, git_bench: Bench
    ) -> None:
        top = in_repository(git_bench)
        session = git_bench.declared()
        session.enter(WORDS)
        for subject in ("with the words", "without them"):
            git_bench.git("add", "--all", cwd=top)
            git_bench.git("commit", "-qm", subject, cwd=top)
            if subject == "with the words":
                session.enter("/redact 2")
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, top)

    def test_a_protected_incident_loses_its_own_history(self, git_bench: Bench) -> None:
        session = git_bench.service.declare(Declaration("Leak", protected=True))
        session.enter(WORDS)
        commit(git_bench, session)
        session.enter("/redact 2")
        assert "(earlier commits still hold it)" in session.incident.recorded[-1].event.tell(
            session.incident.recorded[-1], session.incident
        )
        assert in_history(git_bench, session.folder)
        typed(git_bench, cleanup(session))
        commit(git_bench, session)
        assert not in_history(git_bench, session.folder)

    def test_what_the_home_had_before_it_was_protected_goes_without_a_redaction(
        self, git_bench: Bench
    ) -> None:
        session = git_bench.declared()
        session.enter(WORDS)
        commit(git_bench, session)
        session.enter("/protect a person is named")
        commit(git_bench, session)
        assert in_history(git_bench, git_bench.home.path)
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, git_bench.home.path)
        assert in_history(git_bench, session.folder)
        assert git_bench.git("ls-files", cwd=git_bench.home.path) == ""


def in_repository(bench: Bench) -> Path:
    """A home in a repository with code of its own."""
    top = bench.base / "code"
    bench.git("init", "-q", "-b", "main", str(top), cwd=bench.base)
    (top / "code.py").write_text("print()\n")
    bench.git("add", "code.py", cwd=top)
    bench.git("commit", "-qm", "code", cwd=top)
    bench.home = Home(top / "incidents", bench.home.state.root)
    bench.service.home = bench.home
    return top


class TestElsewhere:
    """What other worktrees, stashes and the reflog hold."""

    @pytest.mark.parametrize("detached", [False, True])
    def test_other_worktrees_lose_the_words_too(self, git_bench: Bench, detached: bool) -> None:
        top = in_repository(git_bench)
        session = git_bench.declared("Checkout returns 5xx")
        session.enter(WORDS)
        session.enter("/sev SEV2")
        commit(git_bench, session)
        where = ["--detach"] if detached else ["-b", "other"]
        other = git_bench.base / "it's other"
        git_bench.git("worktree", "add", "-q", *where, str(other), cwd=top)
        session.enter("/redact 2")
        commit(git_bench, session)
        assert [copy.of for copy in session.search.copies] == ["worktree"]
        assert not verify(git_bench.home, session.id, git_bench.env).well
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, top)
        assert not [
            path
            for path in other.rglob("*")
            if path.is_file() and b"Brezhnova" in path.read_bytes()
        ]
        assert (other / "code.py").exists()
        assert verify(git_bench.home, session.id, git_bench.env).well

    def test_a_stash_is_named_with_what_drops_it(self, git_bench: Bench) -> None:
        top = in_repository(git_bench)
        session = git_bench.declared("Checkout returns 5xx")
        session.enter("/sev SEV2")
        commit(git_bench, session)
        session.enter(WORDS)
        git_bench.git("stash", "-q", cwd=top)
        git_bench.git("stash", "apply", "-q", cwd=top)
        session = git_bench.service.open(session.id)
        number = next(n for n in (3, 4) if "Brezhnova" in repr(session.incident.by_number(n)))
        receipt = session.enter(f"/redact {number}")
        assert "commits still hold it" in receipt.summary
        (copy,) = session.search.copies
        assert "stash@{0}" in copy.text
        assert "stash drop" in copy.mend
        assert not verify(git_bench.home, session.id, git_bench.env).well
        git_bench.git("stash", "drop", "-q", cwd=top)
        commit(git_bench, session)
        assert verify(git_bench.home, session.id, git_bench.env).well
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, top)
        assert cleanup(session) == []

    def test_what_only_the_reflog_reaches_goes_as_well(self, git_bench: Bench) -> None:
        top = in_repository(git_bench)
        session = git_bench.declared("Checkout returns 5xx")
        session.enter("/sev SEV2")
        commit(git_bench, session)
        session.enter(WORDS)
        session.enter("/sev SEV3")
        commit(git_bench, session)
        git_bench.git("reset", "-q", "--soft", "HEAD~1", cwd=top)
        session = git_bench.service.open(session.id)
        session.enter("/redact 3")
        assert in_history(git_bench, top)
        commit(git_bench, session)
        typed(git_bench, cleanup(session))
        assert not in_history(git_bench, top)


def test_the_name_of_what_was_protected_later_is_gone_from_branches_and_messages(
    git_bench: Bench,
) -> None:
    top = in_repository(git_bench)
    session = git_bench.declared("Brezhnova's order is lost")
    session.enter("/sev SEV2")
    commit(git_bench, session)
    name = session.id
    git_bench.git("branch", f"incident/{name}", cwd=top)
    git_bench.git("tag", f"seen-{name}", cwd=top)
    git_bench.git("update-ref", f"refs/kept/{name}", "HEAD", cwd=top)
    git_bench.git("commit", "-q", "--allow-empty", "-m", f"Look at {name}", cwd=top)
    session.enter("/protect a person is named")
    commit(git_bench, session)
    session = git_bench.service.open(git_bench.home.folders()[0].name)
    steps = cleanup(session)
    assert [step for step in steps if f"branch -D incident/{name}" in step]
    assert [step for step in steps if f"tag -d seen-{name}" in step]
    assert [step for step in steps if f"update-ref -d refs/kept/{name}" in step]
    typed(git_bench, steps)
    for words in (["log", "--all", "--format=%B"], ["for-each-ref"], ["ls-files"]):
        assert "brezhnova" not in git_bench.git(*words, cwd=top).lower()
    assert not in_history(git_bench, top)


def test_without_git_there_is_nothing_to_say(session: IncidentSession) -> None:
    session.enter(WORDS)
    session.enter("/redact 2")
    assert cleanup(session) == []


def test_filter_repo_is_named_and_gets_back_the_remote_that_it_removes(git_bench: Bench) -> None:
    session = redacted(git_bench)
    git_bench.git("remote", "add", "origin", "https://git.example.org/x", cwd=git_bench.home.path)
    steps = cleanup(session)
    assert f"    git filter-repo --force --invert-paths --path {session.id}/" in steps
    assert any(
        step.startswith("    git remote add origin https://git.example.org/x") for step in steps
    )
    assert not [step for step in steps if "git push" in step]  # nothing of it was ever pushed


def test_clones_and_tokens_are_thought_of_and_names_are_quoted(tmp_path: Path) -> None:
    steps = "\n".join(purge_steps(tmp_path, tmp_path / "it's here"))
    assert "'it'\"'\"'s here'" in steps
    assert "git stash list" in steps


def test_damaged_copies_of_the_log_do_not_get_into_the_new_commit(git_bench: Bench) -> None:
    session = redacted(git_bench)
    (session.folder / "incident.json.damaged-1").write_text(WORDS)
    typed(git_bench, cleanup(session))
    assert not in_history(git_bench, git_bench.home.path)


@pytest.mark.parametrize("numbers", [(2,), (2, 3)])
def test_it_says_whom_to_tell_once(git_bench: Bench, numbers: tuple[int, ...]) -> None:
    session = git_bench.declared()
    session.enter(WORDS)
    session.enter(WORDS)
    commit(git_bench, session)
    for number in numbers:
        session.enter(f"/redact {number}")
    assert "\n".join(cleanup(session)).count("revoked") == 1
