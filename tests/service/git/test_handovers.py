"""Handovers are committed, and documents can be written between two commits."""

import subprocess

import pytest

from incident_tui.history import Committed, NothingToCommit
from incident_tui.service.git.commit_message import write_documents
from incident_tui.service.git.commits import committer_for
from tests.service.conftest import Bench


def last_subject(bench: Bench) -> str:
    done = subprocess.run(
        ["git", "log", "-1", "--format=%s"],
        cwd=bench.home.path, env=bench.env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_checkpoint_and_its_reading_back_are_commits_of_their_own(git_bench: Bench) -> None:
    room = git_bench.declared()
    commit = committer_for(room, git_bench.home, git_bench.env)
    commit()
    for lines, subject in (
        (["/checkpoint ben one\ntwo"], "Checkpoint for ben"),
        (["/me ben", "/ack it is active, in triage"], "Checkpoint read back by ben"),
    ):
        receipts = [room.enter(line) for line in lines]
        assert receipts[-1].is_transition
        assert isinstance(commit(), Committed)
        assert last_subject(git_bench) == f"{room.id}: {subject}"
    assert "it is active, in triage" in (room.folder / "checkpoints" / "1.md").read_text()


def test_an_update_can_be_pasted_before_anything_is_committed(git_bench: Bench) -> None:
    room = git_bench.declared()
    commit = committer_for(room, git_bench.home, git_bench.env)
    commit()
    room.enter("/update We look into it.\nKnown: nothing next:+30m")
    write_documents(room)
    assert (room.folder / "updates" / "1-initial.txt").is_file()
    assert "• *Known:* nothing" in (room.folder / "updates" / "1-initial.chat.txt").read_text()
    assert commit() == NothingToCommit()


def test_a_folder_that_is_not_there_is_not_made_again(git_bench: Bench) -> None:
    """A branch may have been switched: nothing is put where the folder was."""
    room = git_bench.declared()
    away = room.folder.with_name("away")
    room.folder.rename(away)
    with pytest.raises(FileNotFoundError, match="the incident folder is not there"):
        write_documents(room)
    assert not room.folder.exists()
