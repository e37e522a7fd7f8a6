"""Handovers are committed, and documents can be written between two commits."""

import pytest

from incident_tui.history import Committed, NothingToCommit
from incident_tui.service.git.commit_message import write_documents
from incident_tui.service.git.commits import committer_for
from tests.service.conftest import Bench


def test_a_checkpoint_and_its_reading_back_are_commits_of_their_own(git_bench: Bench) -> None:
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    commit()
    for lines, subject in (
        (["/checkpoint ben one\ntwo"], "Checkpoint for ben"),
        (["/me ben", "/ack it is active, in triage"], "Checkpoint read back by ben"),
    ):
        receipts = [session.enter(line) for line in lines]
        assert receipts[-1].is_transition
        assert isinstance(commit(), Committed)
        assert git_bench.git("log", "-1", "--format=%s").strip() == f"{session.id}: {subject}"
    assert "it is active, in triage" in (session.folder / "checkpoints" / "1.md").read_text()


def test_an_update_can_be_pasted_before_anything_is_committed(git_bench: Bench) -> None:
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    commit()
    session.enter("/update We look into it.\nKnown: nothing next:+30m")
    write_documents(session)
    assert (session.folder / "updates" / "1-initial.txt").is_file()
    assert "• *Known:* nothing" in (session.folder / "updates" / "1-initial.chat.txt").read_text()
    assert commit() == NothingToCommit()


def test_a_folder_that_is_not_there_is_not_made_again(git_bench: Bench) -> None:
    """A branch may have been switched: nothing is put where the folder was."""
    session = git_bench.declared()
    away = session.folder.with_name("away")
    session.folder.rename(away)
    with pytest.raises(FileNotFoundError, match="the incident folder is not there"):
        write_documents(session)
    assert not session.folder.exists()
