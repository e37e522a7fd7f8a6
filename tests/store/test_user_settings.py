"""Who a user is, kept for every home of a machine in a file that they may write themselves."""

from pathlib import Path

import pytest

from incident_tui.store.files.errors import BadConfig, NotSaved
from incident_tui.store.user_settings import UserSettings


@pytest.mark.parametrize("name", ["Ana Roe", 'Ana "The Pager" Roe', "Зоя", "a\\b", "[/x]"])
def test_a_name_is_there_at_the_next_start(tmp_path: Path, name: str) -> None:
    path = UserSettings(tmp_path / "new").remember("me", name)
    assert path == tmp_path / "new" / "config.toml"
    assert UserSettings(tmp_path / "new").read().me == name


def test_the_last_name_counts_and_what_else_stands_in_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('# mine\nme = "ana"  # once\n# and more\n')
    UserSettings(tmp_path).remember("me", "Ana Roe")
    assert (tmp_path / "config.toml").read_text() == '# mine\n# and more\nme = "Ana Roe"\n'


def test_a_theme_is_kept_beside_the_name(tmp_path: Path) -> None:
    UserSettings(tmp_path).remember("me", "ana")
    UserSettings(tmp_path).remember("theme", "incident-light")
    kept = UserSettings(tmp_path).read()
    assert (kept.me, kept.theme, kept.notify) == ("ana", "incident-light", "auto")


def test_a_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").write_text("")
    (tmp_path / "config.toml").symlink_to(tmp_path / "dotfiles")
    UserSettings(tmp_path).remember("me", "ana")
    assert (tmp_path / "config.toml").is_symlink()
    assert UserSettings(tmp_path).read().me == "ana"


@pytest.mark.parametrize("folder", [None, Path("/nowhere/at/all")])
def test_without_a_file_nobody_has_said_anything(folder: Path | None) -> None:
    assert UserSettings(folder).read().me == ""


def test_without_a_folder_nothing_is_kept() -> None:
    assert UserSettings(None).remember("me", "ana") is None


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSaved, match=r"config\.toml was not saved"):
        UserSettings(tmp_path / "file").remember("me", "ana")


@pytest.mark.parametrize("text", ["me = ", "me = 3", 'you = "ben"', 'notify = "loud"'])
def test_a_file_that_is_wrong_is_named_with_what_is_wrong(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(BadConfig, match=r"config\.toml"):
        UserSettings(tmp_path).read()


def test_keys_are_a_table_behind_which_no_other_setting_gets(tmp_path: Path) -> None:
    before = 'me = "ana"\n\n[keys]\nroom.zoom = "shift+f9"\ntheme = "f6"\n'
    (tmp_path / "config.toml").write_text(before)
    UserSettings(tmp_path).remember("theme", "incident-light")
    kept = UserSettings(tmp_path).read()
    assert (kept.me, kept.theme) == ("ana", "incident-light")
    assert kept.keys == {"room": {"zoom": "shift+f9"}, "theme": "f6"}
