"""The history tells which commits an incident has and how far into its log they reach."""

import pytest

from incident_tui.history import (
    Commit,
    Committed,
    GitUnavailableError,
    commits_of,
    last_position,
)
from tests.history.sandbox import MOMENT, Sandbox


def test_a_repository_without_commits_has_none(sandbox: Sandbox) -> None:
    assert commits_of(sandbox.open(), sandbox.folder) == []
    assert last_position(sandbox.open(), sandbox.folder) is None


def test_commits_come_newest_first_with_their_positions(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    first = sandbox.commit(sandbox.request(subject="declared", mark=3))
    sandbox.write("README.md", "second")
    second = sandbox.commit(sandbox.request(subject="Triage → Mitigate", mark=9))
    assert isinstance(first, Committed)
    assert isinstance(second, Committed)
    home = sandbox.open()
    assert commits_of(home, sandbox.folder) == [
        Commit(sha=second.sha, at=MOMENT, subject="Triage → Mitigate", position=9),
        Commit(sha=first.sha, at=MOMENT, subject="declared", position=3),
    ]
    assert [entry.position for entry in commits_of(home, sandbox.folder, limit=1)] == [9]
    assert last_position(home, sandbox.folder) == 9


def test_each_folder_has_its_own_position(sandbox: Sandbox) -> None:
    sandbox.commit(sandbox.request(mark=3))
    other = sandbox.top / "other"
    other.mkdir()
    (other / "incident.json").write_text("{}")
    sandbox.commit(sandbox.request(folder=other, mark=8))
    assert last_position(sandbox.open(), sandbox.folder) == 3
    assert last_position(sandbox.open(), other) == 8


def test_a_commit_made_by_hand_does_not_hide_the_position(sandbox: Sandbox) -> None:
    sandbox.commit(sandbox.request(mark=3))
    sandbox.write("README.md", "by hand")
    sandbox.git("commit", "--quiet", "-am", "mended \x1b[31mby hand")
    newest, _ = commits_of(sandbox.open(), sandbox.folder)
    assert (newest.subject, newest.position) == ("mended ␛[31mby hand", None)
    assert last_position(sandbox.open(), sandbox.folder) == 3


def test_the_users_settings_do_not_change_what_is_read(sandbox: Sandbox) -> None:
    sandbox.commit(sandbox.request(mark=3))
    sandbox.configure(
        "[log]\n\tfollow = true\n\tshowSignature = true\n\tdate = relative\n"
        "[format]\n\tpretty = oneline\n[trailer]\n\tseparators = =\n[color]\n\tui = always\n"
    )
    assert last_position(sandbox.open(), sandbox.folder) == 3


def test_a_folder_that_is_gone_still_has_its_history(sandbox: Sandbox) -> None:
    sandbox.commit(sandbox.request(mark=3))
    sandbox.folder.rename(sandbox.base / "away")
    assert last_position(sandbox.open(), sandbox.folder) == 3


def test_an_unreadable_history_is_said(sandbox: Sandbox) -> None:
    home = sandbox.open()
    (sandbox.top / ".git" / "HEAD").unlink()
    with pytest.raises(GitUnavailableError, match="no readable HEAD"):
        commits_of(home, sandbox.folder)


def test_a_folder_outside_the_repository_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(GitUnavailableError, match="is not inside"):
        commits_of(sandbox.open(), sandbox.base)


def test_a_commit_of_a_far_future_with_a_position_beyond_all_numbers_is_read(
    sandbox: Sandbox,
) -> None:
    sandbox.env["GIT_COMMITTER_DATE"] = f"@{2**62} +0000"
    sandbox.git("add", "--all")
    sandbox.git("commit", "--quiet", "-m", "theirs", "-m", f"Log-Position: {'9' * 5000}")
    (commit,) = commits_of(sandbox.open(), sandbox.folder)
    assert (commit.at.year, commit.position) == (9999, None)
    assert last_position(sandbox.open(), sandbox.folder) is None
