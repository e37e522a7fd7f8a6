"""The user's state folder: whose it is, which home is meant, and what makes it unusable."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.store.console.machine_state import (
    CONSOLES,
    NoState,
    State,
    identity_of,
)


class Place:
    def __init__(self, base: Path) -> None:
        self.root = base / "state" / "incident-tui"
        self.repository = base / "repository"
        self.home = self.repository / "incidents"
        (self.repository / ".git").mkdir(parents=True)
        self.home.mkdir()

    def state(self, home: Path | None = None) -> State:
        return State(self.root, home or self.home)

    def left(self, home: Path | None = None) -> Path:
        """What a dead console left there."""
        folder = self.state(home).make(CONSOLES, "x", "0123")
        (folder / "aside.jsonl").touch()
        return folder


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_git_may_remove_and_make_again_the_folder_of_the_home(place: Place) -> None:
    place.left()
    place.home.rename(place.home.with_name("away"))
    place.home.mkdir()
    assert len(place.state().consoles("x")) == 1


def test_what_a_console_left_last_comes_first(place: Place) -> None:
    for name, changed in (("a", 100), ("b", 300), ("c", 200)):
        os.utime(place.state().make(CONSOLES, "x", name), (changed, changed))
    assert [path.name for path in place.state().consoles("x")] == ["b", "c", "a"]


def test_another_repository_in_the_same_place_is_another_home(place: Place, tmp_path: Path) -> None:
    place.left()
    place.repository.rename(tmp_path / "moved")
    (place.repository / ".git").mkdir(parents=True)
    place.home.mkdir()
    assert place.state().consoles("x") == []
    (former,) = place.state().former()
    assert former.side_files == 1


def test_a_home_that_was_moved_is_asked_about_and_taken_over_once(
    place: Place, tmp_path: Path
) -> None:
    place.left()
    place.repository.rename(tmp_path / "moved")
    moved = place.state(tmp_path / "moved" / "incidents")
    assert moved.consoles("x") == []
    (former,) = moved.former()
    moved.adopt(former)
    assert [path.name for path in moved.consoles("x")] == ["0123"]
    assert moved.former() == []


def test_a_second_home_in_the_repository_is_not_the_first_one_moved(
    place: Place, tmp_path: Path
) -> None:
    place.left()
    second = place.home.with_name("drills")
    second.mkdir()
    assert place.state(second).former() == []
    place.home.rmdir()
    assert len(place.state(second).former()) == 1


def test_a_home_that_stays_hides_no_other_that_is_gone(place: Place) -> None:
    gone, stays, mine = (place.home.with_name(name) for name in ("gone", "stays", "mine"))
    for order, home in enumerate((gone, stays), 1):
        home.mkdir()
        place.left(home)
        folder = place.state(home).folder
        assert folder is not None
        os.utime(folder, (order, order))
    mine.mkdir()
    gone.rmdir()
    (former,) = place.state(mine).former()
    assert former.identity.path == str(gone)


def test_one_that_was_declined_is_not_asked_about_again(place: Place, tmp_path: Path) -> None:
    place.left()
    place.repository.rename(tmp_path / "moved")
    moved = place.state(tmp_path / "moved" / "incidents")
    (former,) = moved.former()
    moved.decline(former)
    assert moved.former() == []
    assert (former.folder / CONSOLES / "x" / "0123" / "aside.jsonl").exists()


def test_two_homes_share_nothing(place: Place, tmp_path: Path) -> None:
    place.left()
    other = tmp_path / "other"
    other.mkdir()
    assert place.state(other).consoles("x") == []
    assert place.state(other).former() == []


def test_what_was_kept_before_the_home_was_made_is_its_own(place: Place, tmp_path: Path) -> None:
    state = place.state(tmp_path / "new")
    state.make(CONSOLES, "-", "0123")
    (tmp_path / "new").mkdir()
    state.adopt_home()
    assert len(place.state(tmp_path / "new").consoles("-")) == 1


def test_a_home_that_was_made_again_is_known_as_the_next_console_knows_it(
    place: Place, tmp_path: Path
) -> None:
    home = tmp_path / "new"
    home.mkdir()
    state = place.state(home)
    state.make(CONSOLES, "-", "0123")
    home.rename(tmp_path / "away")
    home.mkdir()
    state.adopt_home()
    assert state.folder == place.state(home).folder


def _as_a_link(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir()
    root.symlink_to(elsewhere)


def _as_a_file(root: Path) -> None:
    root.touch()


def _as_a_pipe(root: Path) -> None:
    os.mkfifo(root)


def _open_to_others(root: Path) -> None:
    root.mkdir()
    root.chmod(0o777)


@pytest.mark.parametrize(
    ("plant", "reason"),
    [
        (_as_a_link, "is no folder"),
        (_as_a_file, "is no folder"),
        (_as_a_pipe, "is no folder"),
        (_open_to_others, "others may write into"),
    ],
)
def test_a_folder_that_somebody_else_may_have_planted_is_not_used(
    place: Place, plant: Callable[[Path], None], reason: str
) -> None:
    place.root.parent.mkdir(parents=True)
    plant(place.root)
    state = place.state()
    assert reason in state.trouble
    assert (state.folder, state.consoles("x"), state.former()) == (None, [], [])
    with pytest.raises(NoState, match=reason):
        state.make(CONSOLES)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_not_used(place: Place) -> None:
    place.root.mkdir(parents=True)
    os.chown(place.root, 12345, 12345)
    assert "belongs to another user" in place.state().trouble


@pytest.mark.parametrize("below", ["homes", "console"])
def test_a_link_below_it_is_not_followed(place: Place, tmp_path: Path, below: str) -> None:
    folder = place.left()
    target = place.root / "homes" if below == "homes" else folder
    target.rename(tmp_path / "taken")
    target.symlink_to(tmp_path / "taken")
    with pytest.raises(NoState, match="is no folder"):
        place.state().make(CONSOLES, "x", "0123")


def test_only_its_owner_may_look_into_it(place: Place) -> None:
    place.left()
    folders = [place.root, *(path for path in place.root.rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_a_folder_that_got_the_inode_of_a_removed_one_is_another_home(tmp_path: Path) -> None:
    """Some file systems give the number of a removed folder out at once."""
    home = tmp_path / "home"
    known = []
    for _ in range(2):
        home.mkdir()
        known.append(identity_of(home))
        home.rmdir()
    first, second = known
    assert first is not None
    assert second is not None
    if not first.generation:
        pytest.skip("this file system does not tell two uses of one inode apart")
    assert first != second
