"""What is typed while the incident file cannot take it is durable beside it, and returns to it."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.service.session.incident_session import Receipt
from incident_tui.service.session.spooling import Keeper
from incident_tui.store.console.side_file import FILE, Aside
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.files.errors import Busy, Gone, NotSaved
from incident_tui.store.log.lock import locked
from tests.support.homes import UNSYNCED, Kitchen
from tests.support.incidents import counting
from tests.support.state import side_file


class Bench:
    """A kitchen whose file can be lost, and the side file of its incident."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.place = base / "home"
        self.place.mkdir()
        self.kitchen = Kitchen(self.place)
        self.failing = ""
        self.path = base / "aside"

    def system(self) -> System:
        """System calls, of which the one called `failing` fails as a full disk does."""

        def full(name: str) -> Callable[..., int]:
            def call(*arguments: object) -> int:
                if self.failing == name:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                done: int = getattr(UNSYNCED, name)(*arguments)
                return done

            return call

        return replace(UNSYNCED, write=full("write"), open=full("open"))

    def keeper(self, actor: str = "ana", aside: Aside | None = None) -> Keeper:
        session = self.kitchen.open(actor, system=self.system())
        return Keeper(session, aside or side_file(self.path))

    def away(self) -> None:
        self.kitchen.folder.rename(self.base / "away")

    def back(self) -> None:
        (self.base / "away").rename(self.kitchen.folder)

    def facts(self) -> list[str]:
        """What the file holds, as somebody else reads it."""
        incident = self.kitchen.open().incident
        return [getattr(entry.event, "text", "") for entry in counting(incident, FactRecorded)]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def shown(keeper: Keeper) -> list[str]:
    return [getattr(e.event, "text", "") for e in counting(keeper.session.incident, FactRecorded)]


def test_as_long_as_nothing_fails_nothing_is_kept_aside(bench: Bench) -> None:
    keeper = bench.keeper()
    assert not keeper.enter("smoke").aside
    keeper.refresh()
    assert (keeper.trouble, keeper.spooled, (bench.path / FILE).exists()) == ("", 0, False)


def test_a_line_typed_while_the_folder_is_away_is_shown_and_returns_with_it(bench: Bench) -> None:
    keeper = bench.keeper()
    keeper.enter("smoke")
    bench.away()
    receipt = keeper.enter("flames")
    assert (receipt.aside, receipt.numbers) == (True, (3,))
    assert receipt.summary == "kept aside: fact flames"
    assert shown(keeper) == ["smoke", "flames"]
    assert "1 entry kept aside" in keeper.trouble
    bench.back()
    keeper.refresh()
    assert (keeper.trouble, keeper.spooled) == ("", 0)
    assert bench.facts() == shown(keeper) == ["smoke", "flames"]
    assert not (bench.path / FILE).exists()


def test_once_the_folder_is_missed_the_side_file_holds_the_whole_log(bench: Bench) -> None:
    keeper = bench.keeper()
    keeper.enter("smoke")
    bench.away()
    keeper.refresh()
    assert side_file(bench.path).entries() == keeper.session.incident.recorded
    assert "is not there" in keeper.trouble


def test_a_console_that_dies_meanwhile_leaves_it_to_the_next(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.away()
    keeper.enter("flames")
    bench.back()
    following = bench.keeper("ben")
    following.refresh()
    assert bench.facts() == shown(following) == ["flames"]
    assert not (bench.path / FILE).exists()


def test_transitions_are_kept_too(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.away()
    results = keeper.enter_group(["/sev HIGH", "! bake again", "/advance", "/advance"])
    assert [isinstance(result, Receipt) and result.aside for result in results[:3]] == [True] * 3
    assert isinstance(results[3], Refused)
    bench.back()
    keeper.refresh()
    assert bench.kitchen.open().incident.recorded == keeper.session.incident.recorded
    assert len(keeper.session.incident.recorded) == 4


def test_the_reason_stands_where_a_narrow_strip_still_shows_it(bench: Bench) -> None:
    """Paths are long; what is cut off of one line must not be why."""
    keeper = bench.keeper()
    bench.failing = "write"
    keeper.enter("smoke")
    assert keeper.trouble[:60].startswith("1 entry kept aside: the disk is full. Free some space")
    assert str(bench.base) not in keeper.trouble


@pytest.mark.parametrize("call", ["write", "open"])
def test_a_full_disk_costs_nothing(bench: Bench, call: str) -> None:
    keeper = bench.keeper()
    bench.failing = call
    assert keeper.enter("smoke").aside
    assert keeper.enter("flames").aside
    keeper.refresh()
    assert "the disk is full" in keeper.trouble
    assert keeper.trouble.startswith("2 entries kept aside")
    bench.failing = ""
    keeper.refresh()
    assert (keeper.trouble, bench.facts()) == ("", ["smoke", "flames"])


def test_an_entry_that_reached_the_file_before_the_error_is_not_there_twice(
    tmp_path: Path,
) -> None:
    """The rename happens, and then the folder cannot be synchronised: nobody knows what holds."""
    bench = Bench(tmp_path)
    failing = [False]

    def fsync(descriptor: int) -> None:
        if failing[0] and os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    session = bench.kitchen.open(system=replace(SYSTEM, fsync=fsync))
    keeper = Keeper(session, side_file(bench.path))
    failing[0] = True
    assert keeper.enter("smoke").aside
    results = keeper.enter_group(["heat", "/nonsense", "flames"])
    assert isinstance(results[1], LineError)
    failing[0] = False
    keeper.refresh()
    assert bench.facts() == shown(keeper) == ["smoke", "heat", "flames"]


def test_what_can_be_kept_nowhere_is_refused_with_the_reason(bench: Bench) -> None:
    (bench.base / "aside").write_text("a file in the way")
    keeper = bench.keeper()
    bench.away()
    with pytest.raises(Gone):
        keeper.enter("smoke")
    assert shown(keeper) == []
    assert "is not there" in keeper.trouble


def test_a_home_that_is_away_finds_its_place_free_when_it_returns(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.place.rename(bench.base / "elsewhere")
    assert keeper.enter("smoke").aside
    assert not bench.place.exists()
    (bench.base / "elsewhere").rename(bench.place)
    keeper.refresh()
    assert bench.facts() == ["smoke"]


def test_a_side_file_that_vanished_is_whole_again_before_the_next_acknowledgement(
    bench: Bench,
) -> None:
    """So it is after `git clean -fdx`, or when somebody tidies up."""
    keeper = bench.keeper()
    bench.away()
    keeper.enter("smoke")
    shutil.rmtree(bench.path)
    keeper.enter("flames")
    assert {"smoke", "flames"} <= {
        getattr(entry.event, "text", "") for entry in side_file(bench.path).entries()
    }
    shutil.rmtree(bench.path)
    keeper.refresh()
    bench.back()
    bench.keeper("ben").refresh()
    assert bench.facts() == ["smoke", "flames"]


def test_numbers_told_elsewhere_meanwhile_stay(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.away()
    keeper.enter("flames")
    keeper.enter("ashes")
    bench.back()
    other = bench.kitchen.open("ben").enter("rain")
    keeper.refresh()
    incident = keeper.session.incident
    assert shown(keeper) == bench.facts() == ["rain", "flames", "ashes"]
    assert incident.number(other.entries[0].id) == other.numbers[0]
    assert [entry.order for entry in incident.recorded] == [1, 2, 3, 4]


def test_an_older_version_put_in_its_place_loses_nothing(bench: Bench) -> None:
    """Somebody stashes, or checks out an older commit, under the open console."""
    keeper = bench.keeper()
    path = bench.kitchen.folder / "incident.json"
    keeper.enter("smoke")
    older = path.read_bytes()
    keeper.enter("flames")
    keeper.enter("ashes")
    path.write_bytes(older)
    keeper.refresh()
    assert bench.facts() == shown(keeper) == ["smoke", "flames", "ashes"]
    path.write_bytes(older)
    assert keeper.enter("rain").entries
    keeper.refresh()
    assert set(bench.facts()) == set(shown(keeper)) == {"smoke", "flames", "ashes", "rain"}


def test_what_was_put_back_by_an_entry_is_due_for_a_commit(bench: Bench) -> None:
    """Git took the documents back as well, and the entry alone would not have them written."""
    keeper = bench.keeper()
    path = bench.kitchen.folder / "incident.json"
    older = path.read_bytes()
    keeper.enter("smoke")
    assert not keeper.refresh()
    path.write_bytes(older)
    keeper.enter("flames")
    assert keeper.refresh()
    assert not keeper.refresh()


def test_what_cannot_be_put_back_yet_waits_with_what_is_typed(bench: Bench) -> None:
    """The disk is full when git has put the older version there: the numbers stand all the same."""
    keeper = bench.keeper()
    path = bench.kitchen.folder / "incident.json"
    older = path.read_bytes()
    keeper.enter("smoke")
    path.write_bytes(older)
    bench.failing = "write"
    receipt = keeper.enter("flames")
    assert (receipt.aside, receipt.numbers, keeper.spooled) == (True, (3,), 2)
    assert shown(keeper) == ["smoke", "flames"]
    bench.failing = ""
    assert keeper.enter("ashes").numbers == (4,)
    assert bench.facts() == shown(keeper) == ["smoke", "flames", "ashes"]
    assert not (bench.path / FILE).exists()


def test_a_damaged_file_does_not_stop_the_typing(bench: Bench) -> None:
    keeper = bench.keeper()
    path = bench.kitchen.folder / "incident.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert keeper.enter("smoke").aside
    keeper.refresh()
    assert "line" in keeper.trouble
    path.write_bytes(whole)
    keeper.refresh()
    assert bench.facts() == ["smoke"]


@pytest.mark.parametrize(("line", "error"), [("/advance", Refused), ("@14:99 x", LineError)])
def test_rules_hold_while_the_file_is_away(bench: Bench, line: str, error: type[Exception]) -> None:
    keeper = bench.keeper()
    bench.away()
    with pytest.raises(error):
        keeper.enter(line)
    assert keeper.spooled == 0


def test_who_types_can_change_while_the_file_is_away(bench: Bench) -> None:
    keeper = bench.keeper()
    bench.away()
    assert keeper.enter("/me ben").summary == "typing as ben"
    assert keeper.enter("smoke").entries[0].actor == "ben"


def test_a_line_waits_for_a_lock_and_is_refused_rather_than_kept(bench: Bench) -> None:
    keeper = bench.keeper()
    keeper.session.file._wait = 0.05
    lock = bench.place / ".locks" / "bread.lock"
    with locked(lock, guards=lock, wait=1), pytest.raises(Busy):
        keeper.enter("smoke")
    assert keeper.spooled == 0


def test_the_command_line_is_told_at_once(bench: Bench) -> None:
    session = bench.kitchen.open(system=bench.system())
    bench.failing = "write"
    with pytest.raises(NotSaved, match="the disk is full"):
        session.enter("smoke")
    assert len(session.incident.recorded) == 1


def test_an_evidence_file_is_not_taken_where_it_cannot_be_put(bench: Bench) -> None:
    (bench.place / "log.txt").write_text("x")
    keeper = bench.keeper()
    bench.away()
    with pytest.raises((NotSaved, Gone)):
        keeper.enter("/evidence log.txt")
    assert keeper.spooled == 0
