"""Finding playbooks by name or path, and what is said of those that cannot be used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.playbook.playbook_data import Vocabulary
from incident_tui.store import playbook_files
from incident_tui.store.files.errors import NoSuchPlaybook
from incident_tui.store.files.toml_text import read_toml
from incident_tui.store.playbook_files import (
    BUILT_IN,
    PlaybookRef,
    available,
    find,
    load,
    read_before,
)

SMALL = """
id = "small"
title = "Small"
purpose = "For tests."
law = "Test first."
severities = [{ id = "high", title = "H", criteria = "c", example = "e", respond-within = "now" }]
hats = [{ id = "lead", title = "Lead", duty = "leads", commands = true }]
mitigation-kinds = [{ id = "rollback", title = "Roll back" }]
layers = [{ id = "code", title = "Code" }]
action-classes = [{ id = "prevent", title = "Prevent" }]
messages = { initial = "i", update = "u", resolution = "r" }

[[stages]]
id = "work"
title = "Work"
purpose = "Do it."
review = "auto"
checks = [{ id = "small.done" }]
"""


def vocabulary() -> Vocabulary:
    def takes_nothing(args: dict[str, int | str]) -> str | None:
        return "takes no arguments" if args else None

    return Vocabulary(
        checks={"small.done": takes_nothing},
        sources=frozenset(),
        flags=frozenset(),
        statuses=frozenset(),
    )


@pytest.fixture
def built_in(tmp_path: Path) -> Path:
    folder = tmp_path / "built-in"
    folder.mkdir()
    (folder / "small.toml").write_text(SMALL)
    (folder / "other.toml").write_text('title = "Other"')
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "playbooks").mkdir(parents=True)
    (folder / "playbooks" / "small.toml").write_text('title = "Our small"')
    (folder / "playbooks" / "broken.toml").write_text("title = \n")
    (folder / "playbooks" / "nameless.toml").write_text('law = "x"')
    return folder


def test_a_playbook_is_read_with_the_names_that_the_rooms_declare(built_in: Path) -> None:
    playbook = load(built_in / "small.toml", vocabulary)
    assert (playbook.id, playbook.stages[0].checks[0].id) == ("small", "small.done")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('law = "', "law = "), r"line 5, column \d+: "),
        (lambda text: text + "x = {", r"line \d+, column \d+|end of document"),
        (lambda text: text.replace("law =", "lore ="), "unknown field `lore`"),
        (lambda text: text.replace('"small.done"', '"small.doen"'), "unknown check 'small.doen'"),
        (lambda text: text.replace('title = "H"', "title = 7"), r"severities\[0\].title"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_place(
    tmp_path: Path, change: Callable[[str], str], says: str
) -> None:
    path = tmp_path / "playbook.toml"
    path.write_text(change(SMALL))
    with pytest.raises(PlaybookError, match=says) as caught:
        load(path, vocabulary)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff", "not UTF-8"),
        (None, "cannot be read: No such file"),
        (b"x = " + b"[" * 3000, "nested too deeply"),
        (b"x = " + b"1" * 5000, "too many digits"),
    ],
    ids=["no text", "not there", "deep", "a long number"],
)
def test_what_is_no_text_or_not_there_is_told(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "playbook.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PlaybookError, match=says):
        load(path, vocabulary)


def test_the_homes_playbooks_come_before_those_built_in(built_in: Path, home: Path) -> None:
    own = home / "playbooks"
    assert available(home, built_in=built_in) == [
        PlaybookRef("broken", "", own / "broken.toml", "home", "line 1, column 9: Invalid value"),
        PlaybookRef("nameless", "", own / "nameless.toml", "home", "it has no title"),
        PlaybookRef("other", "Other", built_in / "other.toml", "built in"),
        PlaybookRef("small", "Our small", own / "small.toml", "home"),
    ]
    assert [ref.id for ref in available(None, built_in=built_in)] == ["other", "small"]


def test_playbooks_behind_a_link_out_of_the_home_are_not_read(
    built_in: Path, home: Path, tmp_path: Path
) -> None:
    (home / "playbooks").rename(tmp_path / "elsewhere")
    (home / "playbooks").symlink_to(tmp_path / "elsewhere")
    own = [ref for ref in available(home, built_in=built_in) if ref.origin == "home"]
    assert [ref.title for ref in own] == ["", "", ""]
    assert all("cannot be read" in ref.problem for ref in own)


def test_a_playbook_is_found_by_name_or_by_path(built_in: Path, home: Path, tmp_path: Path) -> None:
    assert find("small", None, cwd=tmp_path, built_in=built_in) == built_in / "small.toml"
    assert find("small", home, cwd=tmp_path, built_in=built_in) == home / "playbooks" / "small.toml"
    path = built_in / "other.toml"
    for typed in (str(path), "built-in/other.toml", "./built-in/other.toml"):
        playbook = find(typed, home, cwd=tmp_path, built_in=built_in)
        assert playbook.samefile(path)
    assert find("other.toml", None, cwd=built_in, built_in=home) == path


@pytest.mark.parametrize("typed", ["smal", "SMALL"])
def test_a_misspelt_name_is_answered_with_the_nearest(
    built_in: Path, tmp_path: Path, typed: str
) -> None:
    with pytest.raises(NoSuchPlaybook, match="Did you mean small") as caught:
        find(typed, None, cwd=tmp_path, built_in=built_in)
    assert caught.value.nearest == ["small"]


def test_a_name_between_two_is_answered_with_both(built_in: Path, tmp_path: Path) -> None:
    (built_in / "smile.toml").write_bytes((built_in / "small.toml").read_bytes())
    with pytest.raises(NoSuchPlaybook) as caught:
        find("smill", None, cwd=tmp_path, built_in=built_in)
    assert sorted(caught.value.nearest) == ["small", "smile"]


@pytest.mark.parametrize("typed", ["", "nowhere/x.toml", "zzz", "..", "."])
def test_a_name_that_is_nowhere_is_answered_with_all(
    built_in: Path, tmp_path: Path, typed: str
) -> None:
    with pytest.raises(NoSuchPlaybook, match="Known: other, small"):
        find(typed, None, cwd=tmp_path, built_in=built_in)


def test_those_that_ship_are_found(tmp_path: Path) -> None:
    refs = available(None)
    assert "war-room" in {ref.id for ref in refs}
    assert [ref.problem for ref in refs] == [""] * len(refs)


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.toml")), ids=lambda path: path.stem)
def test_a_built_in_playbook_says_without_its_toml_what_it_says_with_it(path: Path) -> None:
    content = path.read_bytes()
    assert read_before(content) == read_toml(content)


def test_a_playbook_that_differs_from_those_built_in_is_read_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (BUILT_IN / "war-room.toml").read_bytes()
    assert read_before(content + b"\n") == {}
    for damaged in (tmp_path / "missing.json", tmp_path):
        monkeypatch.setattr(playbook_files, "READ_BEFORE", damaged)
        assert read_before(content) == {}
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    monkeypatch.setattr(playbook_files, "READ_BEFORE", broken)
    assert read_before(content) == {}
