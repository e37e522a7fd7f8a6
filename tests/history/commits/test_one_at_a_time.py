"""Commits of one repository take turns, and none waits for ever."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from incident_tui.history.commits.one_at_a_time import alone

MODULE = "incident_tui.history.commits.one_at_a_time"
PATIENCE = 60.0
LOCK = "incident-tui.lock"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[int]:
    """Another process's descriptor of the lock file."""
    descriptor = os.open(tmp_path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    yield descriptor
    os.close(descriptor)


def held(descriptor: int) -> bool:
    """Whether somebody else has the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False


def test_nobody_else_commits_meanwhile(tmp_path: Path, other: int) -> None:
    with alone(tmp_path, PATIENCE):
        assert held(other)
    assert not held(other)


def test_an_error_gives_the_turn_back(tmp_path: Path, other: int) -> None:
    with pytest.raises(ValueError, match="no"), alone(tmp_path, PATIENCE):
        raise ValueError("no")
    assert not held(other)


def test_it_waits_until_the_other_has_done(
    tmp_path: Path, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl.flock(other, fcntl.LOCK_EX)
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            fcntl.flock(other, fcntl.LOCK_UN)

    monkeypatch.setattr(f"{MODULE}.time.sleep", sleep)
    with alone(tmp_path, PATIENCE):
        assert held(other)
    assert pauses == [0.02] * 3


def test_it_goes_on_without_a_turn_when_the_time_is_over(
    tmp_path: Path, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl.flock(other, fcntl.LOCK_EX)
    now = [100.0]
    monkeypatch.setattr(f"{MODULE}.time.monotonic", lambda: now[0])
    monkeypatch.setattr(f"{MODULE}.time.sleep", lambda seconds: now.append(now.pop() + 1))
    with alone(tmp_path, 5):
        assert now == [105.0]


@pytest.mark.parametrize("place", ["nowhere", "file"])
def test_where_no_lock_can_be_made_it_goes_on(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with alone(tmp_path / place, PATIENCE):
        pass
    assert not (tmp_path / place / LOCK).exists()


def test_where_files_cannot_be_locked_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(f"{MODULE}.fcntl.flock", no_locks)
    with alone(tmp_path, PATIENCE):
        pass


def test_a_link_that_somebody_laid_there_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / LOCK).symlink_to(tmp_path / "elsewhere")
    with alone(tmp_path, PATIENCE):
        assert not (tmp_path / "elsewhere").exists()
