"""What was typed and not sent, and what was sent and could not be written: neither is lost."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from incident_tui.domain.core.events import Entry
from incident_tui.store.console.console_folder import ConsoleFolder
from incident_tui.store.console.drafts import Drafts, unsent
from incident_tui.store.console.machine_state import State
from incident_tui.store.console.side_file import FILE, Aside, aside_in
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.files.errors import NotSaved
from tests.support.state import side_file

MakeEntry = Callable[..., Entry]


def faulty(call: str, time: int, error: int) -> System:
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


class Colleagues:
    """A home, and consoles on an incident of it."""

    def __init__(self, base: Path) -> None:
        self.home = base / "home"
        self.home.mkdir()
        self.state = State(base / "state" / "incident-tui", self.home)

    def console(self, actor: str = "ana", *, system: System = SYSTEM) -> "Seat":
        return Seat(self.state, actor, system)

    def files(self) -> list[str]:
        root = self.state.root
        assert root is not None
        return sorted(path.name for path in root.rglob("*") if path.is_file())

    def kept(self) -> list[dict[str, str]]:
        return [kept.texts for _, kept in unsent(self.state, "x")]


class Seat:
    """One console; it ends properly, or dies."""

    def __init__(self, state: State, actor: str, system: System) -> None:
        self.folder = ConsoleFolder(state, "x")
        self.drafts = Drafts(self.folder, actor, system=system)

    def keep(self, place: str, text: str) -> None:
        self.drafts.keep(place, text)
        assert self.drafts.settle()

    def get(self, place: str) -> str:
        return self.drafts.get(place)

    def ends(self) -> None:
        self.drafts.close()
        self.folder.close()

    def dies(self) -> None:
        """The kernel gives its lock back; nothing else happens."""
        assert self.folder._lock is not None
        self.folder._lock.release()


@pytest.fixture
def colleagues(tmp_path: Path) -> Colleagues:
    return Colleagues(tmp_path)


@pytest.mark.parametrize("ending", [Seat.ends, Seat.dies])
def test_a_draft_survives_a_restart_until_it_is_sent(
    colleagues: Colleagues, ending: Callable[[Seat], None]
) -> None:
    first = colleagues.console()
    first.keep("log-line", "p95 is\n4.2 s [/] ✓")
    first.keep("update", "We are")
    ending(first)
    second = colleagues.console()
    assert (second.get("log-line"), second.get("update")) == ("p95 is\n4.2 s [/] ✓", "We are")
    second.keep("log-line", "")
    ending(second)
    third = colleagues.console()
    assert (third.get("log-line"), third.get("update")) == ("", "We are")
    third.keep("update", "")
    third.ends()
    assert colleagues.files() == ["home.json"]


def test_typing_does_not_wait_for_the_disk(colleagues: Colleagues) -> None:
    disk = Event()

    def fsync(descriptor: int) -> None:
        assert disk.wait(30)

    console = colleagues.console(system=replace(SYSTEM, fsync=fsync))
    for length in range(1, 9):
        console.drafts.keep("log-line", "checkout"[:length])
    assert console.get("log-line") == "checkout"
    assert colleagues.kept() == []
    disk.set()
    assert console.drafts.settle()
    assert colleagues.kept() == [{"log-line": "checkout"}]
    console.ends()


def test_two_people_never_see_each_others_drafts(colleagues: Colleagues) -> None:
    ana, ben = colleagues.console("ana"), colleagues.console("ben")
    ana.keep("log-line", "ana saw the pool run dry")
    ben.keep("log-line", "rolled back")
    ben.keep("log-line", "")
    assert (ana.get("log-line"), ben.get("log-line")) == ("ana saw the pool run dry", "")
    ana.dies()
    ben.dies()
    assert colleagues.console("ben").get("log-line") == ""
    assert colleagues.console("ana").get("log-line") == "ana saw the pool run dry"


def test_what_a_living_console_holds_is_not_offered_in_another_one(colleagues: Colleagues) -> None:
    one, other = colleagues.console(), colleagues.console()
    one.keep("update", "We are")
    assert colleagues.console().get("update") == ""
    one.ends()
    assert other.get("update") == ""
    assert colleagues.console().get("update") == "We are"


def test_of_two_texts_for_one_place_the_older_waits_for_the_next_console(
    colleagues: Colleagues,
) -> None:
    one, other = colleagues.console(), colleagues.console()
    one.keep("log-line", "first")
    one.keep("update", "We are")
    other.keep("log-line", "second")
    one.dies()
    other.dies()
    third = colleagues.console()
    assert third.drafts.settle()
    fourth = colleagues.console()
    assert {third.get("log-line"), fourth.get("log-line")} == {"first", "second"}
    assert third.get("update") == "We are"


def test_a_console_that_dies_while_it_takes_over_loses_nothing(colleagues: Colleagues) -> None:
    one = colleagues.console()
    one.keep("log-line", "first")
    one.dies()
    stuck = colleagues.console(system=full_disk())
    assert stuck.get("log-line") == "first"
    stuck.drafts.close()
    assert colleagues.console().get("log-line") == "first"


def test_what_an_outside_editor_saved_is_offered_once_its_console_died(
    colleagues: Colleagues,
) -> None:
    one = colleagues.console()
    one.keep("field story", "start of it")
    file = one.drafts.edit_file("field story")
    file.write_text("twenty minutes\nof typing\n")
    one.dies()
    second = colleagues.console()
    assert second.get("field story") == "twenty minutes\nof typing"
    assert second.drafts.settle()
    assert not file.exists()


def test_an_editor_that_was_left_leaves_no_file(colleagues: Colleagues) -> None:
    one = colleagues.console()
    file = one.drafts.edit_file("field story")
    file.write_text("x")
    one.drafts.edited(file)
    one.ends()
    assert colleagues.files() == ["home.json"]


def test_a_draft_that_only_memory_holds_is_written_once_the_disk_has_room(
    colleagues: Colleagues,
) -> None:
    """Nobody has to type another letter for it."""
    full = [True]

    def write(descriptor: int, data: memoryview) -> int:
        if full[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, data)

    drafts = colleagues.console(system=replace(SYSTEM, write=write)).drafts
    for _ in range(2):
        drafts.keep("update", "We are")
        assert not drafts.settle()
    assert drafts.trouble == os.strerror(errno.ENOSPC)
    full[0] = False
    drafts.keep("update", "We are")
    assert drafts.settle()
    assert (drafts.trouble, colleagues.kept()) == ("", [{"update": "We are"}])


def test_a_name_that_is_given_before_a_word_is_typed_makes_no_folder(
    colleagues: Colleagues,
) -> None:
    console = colleagues.console()
    assert console.drafts.settle(0)
    console.drafts.belong_to("ben")
    assert console.drafts.settle()
    console.ends()
    assert colleagues.state.root is not None
    assert not colleagues.state.root.exists()


def test_a_draft_that_did_not_change_is_not_written_again(colleagues: Colleagues) -> None:
    console = colleagues.console()
    console.keep("update", "We are")
    ((file, _),) = unsent(colleagues.state, "x")
    before = file.stat().st_ino
    console.keep("update", "We are")
    assert file.stat().st_ino == before


def test_a_state_folder_that_was_removed_is_made_anew(colleagues: Colleagues) -> None:
    console = colleagues.console()
    console.keep("update", "We are")
    assert colleagues.state.root is not None
    shutil.rmtree(colleagues.state.root)
    console.keep("update", "We are still")
    console.dies()
    assert colleagues.console().get("update") == "We are still"


@given(texts=st.dictionaries(st.text("abc-", min_size=1), st.text(min_size=1), min_size=1))
def test_any_text_can_be_a_draft(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]
) -> None:
    colleagues = Colleagues(tmp_path_factory.mktemp("desk"))
    console = colleagues.console()
    for place, text in texts.items():
        console.drafts.keep(place, text)
    console.ends()
    second = colleagues.console()
    assert {place: second.get(place) for place in texts} == texts
    second.ends()


def test_half_a_character_does_not_cost_the_rest_of_a_draft(colleagues: Colleagues) -> None:
    console = colleagues.console()
    console.keep("update", "before \ud800 after")
    console.ends()
    assert colleagues.console().get("update") == "before ? after"


@pytest.mark.parametrize("content", [b"", b'{"texts": ', b"[]", b'{"a": 7}', b'{"a": "\xff"}'])
def test_a_file_of_drafts_that_cannot_be_read_is_set_aside(
    colleagues: Colleagues, content: bytes
) -> None:
    console = colleagues.console()
    console.keep("update", "x")
    ((file, _),) = unsent(colleagues.state, "x")
    console.dies()
    file.write_bytes(content)
    assert colleagues.console().get("update") == ""
    assert file.with_suffix(".unreadable").read_bytes() == content


# --- entries aside ------------------------------------------------------------------------------


def at(path: Path, system: System = SYSTEM) -> Aside:
    """The side file at that path, or in that folder, as a console that starts now finds it."""
    folder = path.parent if path.name == FILE else path
    return side_file(folder, system)


def test_entries_aside_survive_until_they_are_written_back(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path = tmp_path / "console"
    assert at(path).entries() == []
    assert at(path).append([entry(1), entry(2, "größer\n[/]")]) == path / FILE
    at(path).append([entry(2, "größer\n[/]"), entry(3)])
    assert at(path).entries() == [entry(1), entry(2, "größer\n[/]"), entry(3)]
    at(path).clear()
    at(path).clear()
    assert at(path).entries() == []


@pytest.mark.parametrize(
    ("call", "time", "error"),
    [
        ("open", 1, errno.EROFS),
        ("open", 1, errno.EACCES),
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
    path = tmp_path / FILE
    at(path).append([entry(1)])
    aside = at(path, faulty(call, time, error))
    with pytest.raises(NotSaved):
        aside.append([entry(2)])
    assert at(path).entries() == [entry(1)]
    assert at(path).append([entry(2)]) == path
    assert at(path).entries() == [entry(1), entry(2)]


def test_an_error_while_closing_does_not_refuse_what_is_durable(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path = tmp_path / FILE
    at(path, faulty("close", 2, errno.EIO)).append([entry(1)])
    assert at(path).entries() == [entry(1)]


def test_a_line_that_was_cut_off_costs_no_other_and_is_not_thrown_away(
    tmp_path: Path, entry: MakeEntry
) -> None:
    path = tmp_path / FILE
    at(path).append([entry(1)])
    with path.open("ab") as file:
        file.write(b'{"id": "half')
    at(path).append([entry(2)])
    assert at(path).entries() == [entry(1), entry(2)]
    at(path).clear()
    assert at(path).entries() == []
    assert b'{"id": "half\n' in (tmp_path / FILE).with_suffix(".unreadable").read_bytes()


def test_a_disk_that_is_full_leaves_no_half_line(tmp_path: Path, entry: MakeEntry) -> None:
    path = tmp_path / FILE
    at(path).append([entry(1)])
    whole = path.read_bytes()
    with pytest.raises(NotSaved, match="the disk is full"):
        at(path, full_disk()).append([entry(2)])
    assert path.read_bytes() == whole


def test_what_a_file_holds_is_looked_up_on_the_disk(tmp_path: Path, entry: MakeEntry) -> None:
    aside = at(tmp_path / FILE)
    aside.keep([entry(1)])
    aside.keep([entry(1), entry(2)])
    assert aside.entries() == [entry(1), entry(2)]
    (tmp_path / FILE).unlink()
    aside.keep([entry(1), entry(2), entry(3)])
    assert at(tmp_path / FILE).entries() == [entry(1), entry(2), entry(3)]


def test_without_a_state_folder_it_is_told(tmp_path: Path, entry: MakeEntry) -> None:
    with pytest.raises(NotSaved, match="neither XDG_STATE_HOME nor HOME"):
        aside_in(ConsoleFolder(State(None, tmp_path), "x")).append([entry(1)])


def test_entries_of_a_living_console_are_left_to_it(tmp_path: Path, entry: MakeEntry) -> None:
    colleagues = Colleagues(tmp_path)
    one, other = colleagues.console(), colleagues.console()
    first, second = aside_in(one.folder), aside_in(other.folder)
    first.append([entry(1)])
    assert second.entries() == [entry(1)]
    second.clear()
    assert first.entries() == [entry(1)]
    one.dies()
    second.clear()
    assert first.entries() == []


@pytest.mark.parametrize(
    ("call", "time"),
    [
        ("open", 1),
        ("open", 2),
        ("fstat", 1),
        ("write", 1),
        ("fsync", 1),
        ("fsync", 2),
        ("close", 1),
        ("close", 2),
    ],
)
@pytest.mark.parametrize("way", ["its content", "the file", "its folder"])
def test_what_is_deleted_while_more_is_kept_is_kept_again_with_the_next(
    tmp_path: Path, entry: MakeEntry, call: str, time: int, way: str
) -> None:
    path = tmp_path / "console" / FILE
    deletions: dict[str, Callable[[], object]] = {
        "its content": lambda: path.write_bytes(b""),
        "the file": path.unlink,
        "its folder": lambda: shutil.rmtree(path.parent),
    }
    real: Callable[..., object] = getattr(SYSTEM, call)
    armed, calls = False, 0

    def deletion(*arguments: object) -> object:
        nonlocal calls
        calls += armed
        done = real(*arguments)
        if armed and calls == time and path.exists():
            deletions[way]()
        return done

    changes: dict[str, Callable[..., object]] = {call: deletion}
    aside = side_file(path.parent, replace(SYSTEM, **changes))
    aside.keep([entry(1)])
    armed = True
    with suppress(NotSaved):  # where the folder went, it is told
        aside.keep([entry(1), entry(2)])
    assert calls >= time
    armed = False
    aside.keep([entry(1), entry(2), entry(3)])
    assert {kept.id for kept in at(path).entries()} == {entry(n).id for n in (1, 2, 3)}
