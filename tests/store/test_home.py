"""Where incidents are found, and how their folders are named."""

import os
from collections.abc import Callable
from datetime import date
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from incident_tui.store.config import MARKER, Config, GitConfig, default_zone
from incident_tui.store.files.errors import Ambiguous, BadConfig, NoSuchIncident, NotSaved
from incident_tui.store.home import Home, find_home, initialise, repository_top
from incident_tui.store.log.folder_names import is_safe, name_for, newest_first

DAY = date(2026, 11, 20)


@pytest.fixture
def with_incidents(tmp_path: Path) -> Callable[..., Home]:
    def make(*names: str) -> Home:
        for name in names:
            (tmp_path / name).mkdir()
            (tmp_path / name / "incident.json").touch()
        return Home(tmp_path)

    return make


# --- which folder is the home -------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a home made by init, and a folder three levels down."""
    top = tmp_path / "repo"
    (top / ".git").mkdir(parents=True)
    (top / "services" / "checkout" / "src").mkdir(parents=True)
    initialise(top)
    return top


@pytest.mark.parametrize(
    ("flag", "env", "cwd", "home"),
    [
        ("/elsewhere", {"INCIDENT_TUI_HOME": "/env"}, "repo", "/elsewhere"),
        ("here", {}, "repo", "repo/here"),
        (None, {"INCIDENT_TUI_HOME": "/env"}, "repo", "/env"),
        (None, {"INCIDENT_TUI_HOME": "~/inc", "HOME": "/home/ana"}, "repo", "/home/ana/inc"),
        (None, {"INCIDENT_TUI_HOME": ""}, "repo", "repo/incidents"),
        (None, {}, "repo/services/checkout/src", "repo/incidents"),
        (None, {}, "repo/incidents", "repo/incidents"),
        (None, {}, ".", "/data"),
    ],
)
def test_the_first_place_that_applies_is_the_home(
    tmp_path: Path, repository: Path, flag: str | None, env: dict[str, str], cwd: str, home: str
) -> None:
    place = find_home(flag=flag, env=env, cwd=tmp_path / cwd, data_dir=lambda: Path("/data"))
    assert place == tmp_path / home


def test_an_incidents_folder_that_init_did_not_make_is_not_taken(repository: Path) -> None:
    (repository / "incidents" / MARKER).unlink()
    home = find_home(flag=None, env={}, cwd=repository, data_dir=lambda: Path("/data"))
    assert home == Path("/data")


def test_the_search_ends_at_the_top_of_the_innermost_repository(repository: Path) -> None:
    inner = repository / "services" / "checkout"
    (inner / ".git").write_text("gitdir: elsewhere")
    home = find_home(flag=None, env={}, cwd=inner / "src", data_dir=lambda: Path("/data"))
    assert home == Path("/data")


# --- init and the configuration -----------------------------------------------------------------


def test_init_makes_a_configuration_of_commented_defaults_and_keeps_an_existing_one(
    tmp_path: Path,
) -> None:
    assert initialise(tmp_path).config == Config()
    marker = tmp_path / "incidents" / MARKER
    commented = marker.read_text()
    for setting in ("zone", "me", "playbook", "self-review", "hooks", "sign"):
        assert f"\n# {setting} = " in commented
    marker.write_text(
        commented.replace("# ", "#").replace("#zone", "zone").replace("#sign", "sign")
    )
    assert initialise(tmp_path).config == Config()
    assert marker.read_text() != commented


def test_init_does_not_write_over_a_file_called_incidents(tmp_path: Path) -> None:
    (tmp_path / "incidents").write_text("mine")
    with pytest.raises(NotSaved, match="there is a file of that name"):
        initialise(tmp_path)
    assert (tmp_path / "incidents").read_text() == "mine"


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text(
        'zone = "Europe/Berlin"\nme = "ana"\nplaybook = "swift"\nself-review = true\n'
        '[git]\nhooks = true\nsign = true\nremote = "upstream"\n'
    )
    assert Home(tmp_path).config == Config(
        "Europe/Berlin", "ana", "swift", self_review=True, git=GitConfig(True, True, "upstream")
    )


def test_folders_above_where_nobody_may_look_are_in_no_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of whoever became another user in a folder of root's."""
    here = tmp_path / "closed" / "here"
    here.mkdir(parents=True)
    real_stat, closed = os.stat, str(here.parent)

    def stat(path: str | os.PathLike[str], **options: Any) -> os.stat_result:
        if os.fspath(path) != closed and os.fspath(path).startswith(closed):
            raise PermissionError(EACCES, os.strerror(EACCES), os.fspath(path))
        return real_stat(path, **options)

    monkeypatch.setattr(os, "stat", stat)
    assert repository_top(here) is None
    assert find_home(flag=None, env={}, cwd=here, data_dir=lambda: tmp_path / "data") == (
        tmp_path / "data"
    )


def test_a_home_without_configuration_has_the_defaults(tmp_path: Path) -> None:
    assert Home(tmp_path / "new").config == Config(playbook="war-room")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('zoen = "UTC"', "zoen: there is no such setting. .*known here: zone, me, playbook"),
        ("[git]\nhook = true", r"git.hook: there is no such setting. .*known here: hooks, sign"),
        ("me = 7", "me: Expected `str`, got `int`"),
        ("git = 7", "git: Expected `object`, got `int`"),
        ("[git]\nsign = 1", "git.sign: Expected `bool`"),
        ('zone = "Berlin"', "zone: 'Berlin' is not a time zone"),
        ('zone = "/etc/passwd"', "zone: '/etc/passwd' is not a time zone"),
        ("me = ana\n", "line 1, column 6"),
        pytest.param("x = " + "[" * 3000, "nested too deeply", id="deep"),
        pytest.param("x = " + "1" * 5000, "too many digits", id="a long number"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file_and_key(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / MARKER).write_text(text)
    with pytest.raises(BadConfig, match=says) as caught:
        _ = Home(tmp_path).config
    assert str(tmp_path / MARKER) in str(caught.value)


def test_a_configuration_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_bytes(b"me = '\xff'")
    with pytest.raises(BadConfig, match="not UTF-8"):
        _ = Home(tmp_path).config
    (tmp_path / MARKER).unlink()
    (tmp_path / MARKER).mkdir()
    with pytest.raises(BadConfig, match="not a file"):
        _ = Home(tmp_path).config


@pytest.mark.parametrize(
    ("tz", "link", "zone"),
    [
        ("Europe/Berlin", "/usr/share/zoneinfo/Asia/Tokyo", "Europe/Berlin"),
        (":Europe/Berlin", None, "Europe/Berlin"),
        ("/usr/share/zoneinfo/Europe/Berlin", None, "Europe/Berlin"),
        (None, "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        (None, "../usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        (None, "/var/db/timezone/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        (None, "/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"),
        (None, "/usr/share/zoneinfo/Nowhere/Land", "UTC"),
        (None, None, "UTC"),
        ("", "/usr/share/zoneinfo/Asia/Tokyo", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "/usr/share/zoneinfo/Asia/Tokyo", "UTC"),
    ],
)
def test_the_zone_of_the_system(
    tmp_path: Path, tz: str | None, link: str | None, zone: str
) -> None:
    localtime = tmp_path / "localtime"
    if link:
        localtime.symlink_to(link)
    assert default_zone({} if tz is None else {"TZ": tz}, localtime) == zone


# --- names of incidents -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout 5xx", "2026-11-20-checkout-5xx"),
        ("../../etc/passwd", "2026-11-20-etc-passwd"),
        ("-rf", "2026-11-20-rf"),
        ("CON", "2026-11-20-con"),
        ("", "2026-11-20-incident"),
        ("...", "2026-11-20-incident"),
        ("日本語", "2026-11-20-ri-ben-yu"),
        ("🔥🔥", "2026-11-20-incident"),
        ("[/red] $(reboot)", "2026-11-20-red-reboot"),
    ],
)
def test_a_title_becomes_a_folder_name(tmp_path: Path, title: str, name: str) -> None:
    assert Home(tmp_path).new_id(DAY, title) == name


@given(st.text(max_size=300))
def test_no_title_makes_an_unsafe_name(title: str) -> None:
    name = name_for(DAY, title, lambda name: False)
    assert is_safe(name)
    assert len(name) <= 60


def test_a_taken_name_is_followed_by_a_number(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    made = [home.create_folder(DAY, "x").name for _ in range(3)]
    assert made == ["2026-11-20-x", "2026-11-20-x-2", "2026-11-20-x-3"]
    (home.path / "2026-11-20-x-4").symlink_to("nowhere")
    assert home.create_folder(DAY, "x").name == "2026-11-20-x-5"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(NotSaved, match="there is a file of that name"):
        Home(tmp_path / "home").create_folder(DAY, "x")
    with pytest.raises(NotSaved, match="a file, not a folder"):
        Home(tmp_path / "home" / "below").create_folder(DAY, "x")


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "a/b", "../x", "-rf", ".git", "CON", "nul.txt"),
        *("a.", "a..b", "a b", "x" * 101, "a\n", "ä", "a\x00"),
    ],
)
def test_unsafe_names_are_no_incidents(tmp_path: Path, name: str) -> None:
    assert not is_safe(name)
    home = Home(tmp_path)
    for use in (home.folder, home.file, home.aside, home.resolve):
        with pytest.raises(NoSuchIncident):
            use(name)


# --- finding incidents --------------------------------------------------------------------------


def test_incidents_are_listed_newest_first(with_incidents: Callable[..., Home]) -> None:
    names = ["2026-11-20-x", "2026-11-20-x-2", "2026-11-20-x-10", "2026-11-21-a", "2025-01-01-z"]
    home = with_incidents("older-naming", *names)
    (home.path / "no-incident").mkdir()
    assert [path.name for path in home.folders()] == [
        "2026-11-21-a",
        "2026-11-20-x-10",
        "2026-11-20-x-2",
        "2026-11-20-x",
        "2025-01-01-z",
        "older-naming",
    ]


def test_one_whose_name_tells_no_day_stands_where_its_log_says_that_it_was_declared(
    with_incidents: Callable[..., Home],
) -> None:
    home = with_incidents("2026-11-19-x", "0a1b2c3d", "2026-11-21-x")
    log = home.path / "0a1b2c3d" / "incident.json"
    log.write_text('{"events": {"1": {"recorded_at": "2026-11-20T14:02:00Z"}}}')
    assert [path.name for path in home.folders()] == ["2026-11-21-x", "0a1b2c3d", "2026-11-19-x"]


def test_a_home_that_is_not_there_yet_has_no_incidents(tmp_path: Path) -> None:
    assert Home(tmp_path / "new").folders() == []


@given(st.lists(st.text("0123456789-ab", max_size=14)))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names, key=newest_first)) == sorted(names)


def test_a_part_of_the_name_is_enough(with_incidents: Callable[..., Home]) -> None:
    home = with_incidents(
        "2026-11-20-x", "2026-11-20-x-2", "2026-10-01-checkout-5xx", "My incident"
    )
    assert home.resolve("2026-11-20-x").name == "2026-11-20-x", "the exact name comes first"
    assert home.resolve("CHECKOUT").name == "2026-10-01-checkout-5xx"
    assert home.folder(home.resolve("my inc").name) == home.path / "My incident"
    with pytest.raises(Ambiguous, match=r"2 incidents: 2026-11-20-x-2, 2026-11-20-x\. Type more"):
        home.resolve("2026-11")


def test_a_name_that_is_whole_behind_its_day_is_no_part_of_a_longer_one(
    with_incidents: Callable[..., Home],
) -> None:
    home = with_incidents("2026-11-20-lab-two", "2026-11-20-lab-two-again", "2026-11-20-x")
    assert home.resolve("lab-two").name == "2026-11-20-lab-two"
    with pytest.raises(Ambiguous):
        home.resolve("lab")
    home = with_incidents("2026-11-20-x-2", "2026-11-21-lab-two")
    assert home.resolve("x-2").name == "2026-11-20-x-2"
    for typed in ("x", "lab-two"):
        # Of two of one title nobody knows which is meant.
        with pytest.raises(Ambiguous):
            home.resolve(typed)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("chekout-5xx", ["2026-10-01-checkout-5xx"]),
        ("2026-10-01-chekcout", ["2026-10-01-checkout-5xx"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_a_name_that_is_nowhere_is_answered_with_the_nearest(
    with_incidents: Callable[..., Home], typed: str, nearest: list[str]
) -> None:
    home = with_incidents("2026-10-01-checkout-5xx", "2026-11-20-login")
    with pytest.raises(NoSuchIncident) as caught:
        home.resolve(typed)
    assert caught.value.nearest == nearest
    assert ("Did you mean" in caught.value.remedy) == bool(nearest)
