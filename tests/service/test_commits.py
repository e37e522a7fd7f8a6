"""Commits that somebody waits for: one for each transition, and trouble is an answer."""

import subprocess
from pathlib import Path

from incident_tui.history import Committed, NothingToCommit, Pending
from incident_tui.service.commits import committer_for
from tests.service.conftest import Bench


def log(bench: Bench, form: str = "%s") -> list[str]:
    done = subprocess.run(
        ["git", "log", "--reverse", f"--format={form}"],
        cwd=bench.home.path, env=bench.env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_home_in_no_repository_becomes_one_and_the_folder_is_committed(git_bench: Bench) -> None:
    room = git_bench.declared()
    outcome = committer_for(room, git_bench.home, git_bench.env)()
    assert isinstance(outcome, Committed)
    assert (git_bench.home.path / ".git").is_dir()
    assert (room.folder / "README.md").is_file()
    assert log(git_bench) == [f"{room.id}: Declared: Checkout returns 5xx"]


def test_entries_between_transitions_wait_for_the_next_one(git_bench: Bench) -> None:
    room = git_bench.declared()
    commit = committer_for(room, git_bench.home, git_bench.env)
    commit()
    room.enter("error rate 14 %")
    assert commit() == NothingToCommit()
    room.enter("/sev SEV2")
    assert isinstance(commit(), Committed)
    assert len(log(git_bench)) == 2


def test_another_process_knows_from_git_what_is_committed(git_bench: Bench) -> None:
    room = git_bench.declared()
    committer_for(room, git_bench.home, git_bench.env)()
    assert committer_for(room, git_bench.home, git_bench.env)() == NothingToCommit()


def test_without_git_the_commit_is_pending_and_made_with_the_next(git_bench: Bench) -> None:
    path = git_bench.env["PATH"]
    room = git_bench.declared()
    commit = committer_for(room, git_bench.home, git_bench.env)
    git_bench.env["PATH"] = str(git_bench.base)
    outcome = commit()
    assert isinstance(outcome, Pending)
    assert "git is not installed" in outcome.reason
    git_bench.env["PATH"] = path
    room.enter("/sev SEV2")
    assert isinstance(commit(), Committed)
    assert log(git_bench) == [f"{room.id}: Declared: Checkout returns 5xx; severity → SEV2"]


def test_an_author_unknown_to_git_is_told_and_nothing_is_lost(bench: Bench) -> None:
    import os

    bench.env |= {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_AUTHOR")
    }
    room = bench.declared()
    outcome = committer_for(room, bench.home, bench.env)()
    assert isinstance(outcome, Pending)
    assert "user.name" in outcome.reason


def test_a_damaged_log_is_told_as_pending(git_bench: Bench) -> None:
    room = git_bench.declared()
    (room.folder / "incident.json").write_text("{")
    outcome = committer_for(room, git_bench.home, git_bench.env)()
    assert isinstance(outcome, Pending)
    assert "incident.json" in outcome.reason


def test_documents_that_cannot_be_written_are_told_as_pending(git_bench: Bench) -> None:
    room = git_bench.declared()
    (room.folder / "README.md").mkdir()
    outcome = committer_for(room, git_bench.home, git_bench.env)()
    assert isinstance(outcome, Pending)
    assert str(room.folder) in outcome.reason


def test_only_the_incident_is_committed(git_bench: Bench) -> None:
    room = git_bench.declared()
    commit = committer_for(room, git_bench.home, git_bench.env)
    commit()
    stray = Path(git_bench.home.path / "notes.txt")
    stray.write_text("mine\n")
    subprocess.run(
        ["git", "add", "notes.txt"], cwd=git_bench.home.path, env=git_bench.env, check=True
    )
    room.enter("/sev SEV2")
    commit()
    status = subprocess.run(
        ["git", "status", "--short"],
        cwd=git_bench.home.path, env=git_bench.env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "A  notes.txt" in status.stdout.splitlines()
