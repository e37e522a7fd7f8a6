"""What was typed and not sent, and what was sent and could not be written: neither is lost."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from incident_tui.domain.kernel import Entry
from incident_tui.store.aside import Aside
from incident_tui.store.atomic import SYSTEM, System
from incident_tui.store.drafts import Drafts
from incident_tui.store.errors import NotSaved

MakeEntry = Callable[..., Entry]


def failing(call: str, time: int, error: int) -> System:
    """The system, where `call` does its work but then answers `error`, the given time round."""
    calls = 0
    real: Callable[..., object] = getattr(SYSTEM, call)

    def faulty(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        done = real(*arguments)
        if calls == time:
            raise OSError(error, os.strerror(error))
        return done

    changes: dict[str, Callable[..., object]] = {call: faulty}
    return replace(SYSTEM, **changes)


def full_disk() -> System:
    def write(descriptor: int, data: memoryview) -> int:
        if len(data) <= 20:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, data[:20])

    return replace(SYSTEM, write=write)


# --- drafts -------------------------------------------------------------------------------------


def test_a_draft_survives_a_restart_until_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "drafts" / "x.json"
    assert Drafts(path).get("log-line") == ""
    assert Drafts(path).put("log-line", "p95 is\n4.2 s [/] ✓")
    assert Drafts(path).put("update", "We are")
    assert Drafts(path).get("log-line") == "p95 is\n4.2 s [/] ✓"
    assert Drafts(path).clear("log-line")
    assert Drafts(path).get("log-line") == ""
    assert Drafts(path).get("update") == "We are"
    Drafts(path).clear("update")
    assert list(path.parent.iterdir()) == []


def test_a_draft_that_only_memory_holds_is_written_once_the_disk_has_room(tmp_path: Path) -> None:
    """Nobody has to type another letter for it."""
    path, full = tmp_path / "drafts" / "x.json", [True]

    def write(descriptor: int, data: memoryview) -> int:
        if full[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, data)

    drafts = Drafts(path, system=replace(SYSTEM, write=write))
    assert not drafts.keep("update", "We are")
    assert not drafts.keep("update", "We are")
    full[0] = False
    assert drafts.keep("update", "We are")
    assert Drafts(path).get("update") == "We are"


def test_a_draft_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "drafts" / "x.json"
    drafts = Drafts(path)
    drafts.keep("update", "We are")
    before = path.stat().st_ino
    assert drafts.keep("update", "We are")
    assert path.stat().st_ino == before


@settings(max_examples=30)
@given(texts=st.dictionaries(st.text("abc-", min_size=1), st.text(min_size=1), min_size=1))
def test_any_text_can_be_a_draft(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("drafts") / "x.json"
    for place, text in texts.items():
        Drafts(path).put(place, text)
    assert {place: Drafts(path).get(place) for place in texts} == texts


def test_half_a_character_does_not_cost_the_rest_of_a_draft(tmp_path: Path) -> None:
    assert Drafts(tmp_path / "x.json").put("update", "before \ud800 after")
    assert Drafts(tmp_path / "x.json").get("update") == "before ? after"


def test_two_consoles_keep_their_drafts_of_different_places(tmp_path: Path) -> None:
    one, other = Drafts(tmp_path / "x.json"), Drafts(tmp_path / "x.json")
    one.put("log-line", "a")
    other.put("update", "b")
    one.put("log-line", "aa")
    assert (other.get("log-line"), one.get("update")) == ("aa", "b")


@pytest.mark.parametrize("content", [b"", b'{"log-line": ', b"[]", b'{"a": 7}', b'{"a": "\xff"}'])
def test_a_file_of_drafts_that_cannot_be_read_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert Drafts(path).get("log-line") == ""
    assert (tmp_path / "x.unreadable").read_bytes() == content
    assert Drafts(path).put("log-line", "new")
    assert Drafts(path).get("log-line") == "new"


def test_with_a_full_disk_a_draft_is_kept_in_memory_and_written_when_it_can_be(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.json"
    Drafts(path).put("update", "older")
    drafts = Drafts(path, system=full_disk())
    assert not drafts.put("log-line", "a text")
    assert (drafts.get("log-line"), drafts.get("update")) == ("a text", "older")
    assert Drafts(path).get("update") == "older"
    assert list(tmp_path.iterdir()) == [path]


# --- entries aside ------------------------------------------------------------------------------


def test_entries_aside_survive_until_they_are_written_back(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path = tmp_path / ".incident-tui" / "aside" / "x.jsonl"
    assert Aside(path).entries() == []
    assert Aside(path).append([entry(1), entry(2, "größer\n[/]")]) == path
    Aside(path).append([entry(2, "größer\n[/]"), entry(3)])
    assert Aside(path).entries() == [entry(1), entry(2, "größer\n[/]"), entry(3)]
    Aside(path).clear()
    Aside(path).clear()
    assert Aside(path).entries() == []
    assert (tmp_path / ".incident-tui" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    ("call", "time", "error"),
    [
        ("open", 1, errno.EROFS),
        ("open", 1, errno.EACCES),
        ("fchmod", 1, errno.EPERM),
        ("fstat", 1, errno.EIO),
        ("write", 1, errno.ENOSPC),
        ("write", 1, errno.EDQUOT),
        ("fsync", 1, errno.EIO),
        ("open", 2, errno.EMFILE),
        ("fsync", 2, errno.EIO),
    ],
)
def test_an_entry_that_is_refused_is_not_in_the_side_file_either(
    tmp_path: Path, entry: MakeEntry, call: str, time: int, error: int
) -> None:
    """Its line stays in the log line: entered again, it must not be there twice."""
    path = tmp_path / "x.jsonl"
    Aside(path).append([entry(1)])
    aside = Aside(path, system=failing(call, time, error), private=lambda: True)
    with pytest.raises(NotSaved):
        aside.append([entry(2)])
    assert Aside(path).entries() == [entry(1)]
    assert Aside(path).append([entry(2)]) == path
    assert Aside(path).entries() == [entry(1), entry(2)]


def test_an_error_while_closing_does_not_refuse_what_is_durable(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path = tmp_path / "x.jsonl"
    Aside(path, system=failing("close", 2, errno.EIO)).append([entry(1)])
    assert Aside(path).entries() == [entry(1)]


def test_a_line_that_was_cut_off_costs_no_other_and_is_not_thrown_away(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path = tmp_path / "x.jsonl"
    Aside(path).append([entry(1)])
    with path.open("ab") as file:
        file.write(b'{"id": "half')
    Aside(path).append([entry(2)])
    assert Aside(path).entries() == [entry(1), entry(2)]
    Aside(path).clear()
    assert Aside(path).entries() == []
    assert b'{"id": "half\n' in (tmp_path / "x.unreadable").read_bytes()


def test_a_disk_that_is_full_leaves_no_half_line_and_the_other_place_is_taken(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path, fallback = tmp_path / "x.jsonl", tmp_path / "elsewhere" / "x.jsonl"
    Aside(path).append([entry(1)])
    whole = path.read_bytes()
    with pytest.raises(NotSaved, match="the disk is full"):
        Aside(path, system=full_disk()).append([entry(2)])
    assert path.read_bytes() == whole
    path.unlink()
    path.mkdir()
    aside = Aside(path, fallback)
    assert aside.append([entry(1), entry(2)]) == fallback
    assert aside.entries() == [entry(1), entry(2)]
    aside.clear()
    assert not fallback.exists()


def test_without_any_place_it_is_told(tmp_path: Path, entry: MakeEntry) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSaved, match="a file, not a folder"):
        Aside(tmp_path / "file" / "x.jsonl").append([entry(1)])
