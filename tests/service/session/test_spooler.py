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
from incident_tui.service.session.receipts import Receipt
from incident_tui.service.session.spooler import Spooler
from incident_tui.store.console.side_file import FILE, Aside
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.files.errors import Busy, Gone, NotSaved
from incident_tui.store.log.lock import locked
from tests.support.homes import UNSYNCED, Kitchen
from tests.support.incidents import counted
from tests.support.state import side_file


class Bench:
    """A kitchen whose file can be lost, and the side file of its incident."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.place = base / "home"
        self.place.mkdir()
        self.kitchen = Kitchen(self.place)
        self.fails = ""
        self.path = base / "aside"

    def system(self) -> System:
        """System calls, of which the one called `fails` fails as a full disk does."""

        def full(name: str) -> Callable[..., int]:
            def call(*arguments: object) -> int:
                if self.fails == name:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                done: int = getattr(UNSYNCED, name)(*arguments)
                return done

            return call

        return replace(UNSYNCED, write=full("write"), open=full("open"))

    def spooler(self, actor: str = "ana", aside: Aside | None = None) -> Spooler:
        session = self.kitchen.open(actor, system=self.system())
        return Spooler(session, aside or side_file(self.path))

    def away(self) -> None:
        self.kitchen.folder.rename(self.base / "away")

    def back(self) -> None:
        (self.base / "away").rename(self.kitchen.folder)

    def facts(self) -> list[str]:
        """What the file holds, as somebody else reads it."""
        incident = self.kitchen.open().incident
        return [getattr(entry.event, "text", "") for entry in counted(incident, FactRecorded)]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def shown(spooler: Spooler) -> list[str]:
    return [getattr(e.event, "text", "") for e in counted(spooler.session.incident, FactRecorded)]


@pytest.fixture
def spooler(bench: Bench) -> Spooler:
    """What spools entries there."""
    return bench.spooler()


def test_as_long_as_nothing_fails_nothing_is_kept_aside(spooler: Spooler, bench: Bench) -> None:
    assert not spooler.enter("smoke").aside
    spooler.refresh()
    assert (spooler.trouble, spooler.spooled, (bench.path / FILE).exists()) == ("", 0, False)


def test_a_line_typed_while_the_folder_is_away_is_shown_and_returns_with_it(bench: Bench) -> None:
    spooler = bench.spooler()
    spooler.enter("smoke")
    bench.away()
    receipt = spooler.enter("flames")
    assert (receipt.aside, receipt.numbers) == (True, (3,))
    assert receipt.summary == "kept aside: fact flames"
    assert [entry.batch for entry in receipt.entries] == [""], "it was typed, and not pasted"
    assert shown(spooler) == ["smoke", "flames"]
    assert "1 entry kept aside" in spooler.trouble
    bench.back()
    spooler.refresh()
    assert (spooler.trouble, spooler.spooled) == ("", 0)
    assert bench.facts() == shown(spooler) == ["smoke", "flames"]
    assert not (bench.path / FILE).exists()


def test_once_the_folder_is_missed_the_side_file_holds_the_whole_log(bench: Bench) -> None:
    spooler = bench.spooler()
    spooler.enter("smoke")
    bench.away()
    spooler.refresh()
    assert side_file(bench.path).entries() == spooler.session.incident.recorded
    assert "is not there" in spooler.trouble


def test_a_console_that_dies_meanwhile_leaves_it_to_the_next(bench: Bench) -> None:
    spooler = bench.spooler()
    bench.away()
    spooler.enter("flames")
    bench.back()
    second = bench.spooler("ben")
    second.refresh()
    assert bench.facts() == shown(second) == ["flames"]
    assert not (bench.path / FILE).exists()


def test_what_a_console_left_stands_before_what_the_next_one_is_told_first(bench: Bench) -> None:
    spooler = bench.spooler()
    bench.away()
    spooler.enter("flames")
    bench.back()
    second = bench.spooler("ben")
    bench.away()
    receipt = second.enter("smoke")
    assert shown(second) == ["flames", "smoke"]
    assert receipt.numbers == (3,)
    bench.back()
    second.refresh()
    assert bench.facts() == ["flames", "smoke"]


def test_what_an_earlier_console_left_is_shown_while_the_folder_is_away_again(
    bench: Bench,
) -> None:
    spooler = bench.spooler()
    bench.away()
    spooler.enter("flames")
    bench.back()
    second = bench.spooler("ben")
    bench.away()
    second.refresh()
    assert shown(second) == ["flames"]


def test_one_undo_takes_back_all_of_a_paste_that_was_kept_aside(bench: Bench) -> None:
    spooler = bench.spooler()
    bench.away()
    spooler.enter_group(["smoke", "flames"])
    bench.back()
    spooler.enter("/undo")
    assert bench.facts() == shown(spooler) == []


def test_transitions_are_kept_too(spooler: Spooler, bench: Bench) -> None:
    bench.away()
    results = spooler.enter_group(["/sev HIGH", "! bake again", "/advance", "/advance"])
    assert [isinstance(result, Receipt) and result.aside for result in results[:3]] == [True] * 3
    assert isinstance(results[3], Refused)
    bench.back()
    spooler.refresh()
    assert bench.kitchen.open().incident.recorded == spooler.session.incident.recorded
    assert len(spooler.session.incident.recorded) == 4


def test_the_reason_stands_where_a_narrow_strip_still_shows_it(bench: Bench) -> None:
    """Paths are long; what is cut off of one line must not be why."""
    spooler = bench.spooler()
    bench.fails = "write"
    spooler.enter("smoke")
    assert spooler.trouble[:60].startswith("1 entry kept aside: the disk is full. Free some space")
    assert str(bench.base) not in spooler.trouble


@pytest.mark.parametrize("call", ["write", "open"])
def test_a_full_disk_costs_nothing(spooler: Spooler, bench: Bench, call: str) -> None:
    bench.fails = call
    assert spooler.enter("smoke").aside
    assert spooler.enter("flames").aside
    spooler.refresh()
    assert "the disk is full" in spooler.trouble
    assert spooler.trouble.startswith("2 entries kept aside")
    bench.fails = ""
    spooler.refresh()
    assert (spooler.trouble, bench.facts()) == ("", ["smoke", "flames"])


def test_an_entry_that_reached_the_file_before_the_error_is_not_there_twice(
    tmp_path: Path,
) -> None:
    """The rename happens, and then the folder cannot be synchronised: nobody knows what holds."""
    bench = Bench(tmp_path)
    fails = [False]

    def fsync(descriptor: int) -> None:
        if fails[0] and os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    session = bench.kitchen.open(system=replace(SYSTEM, fsync=fsync))
    spooler = Spooler(session, side_file(bench.path))
    fails[0] = True
    assert spooler.enter("smoke").aside
    results = spooler.enter_group(["heat", "/nonsense", "flames"])
    assert isinstance(results[1], LineError)
    fails[0] = False
    spooler.refresh()
    assert bench.facts() == shown(spooler) == ["smoke", "heat", "flames"]


def test_what_can_be_kept_nowhere_is_refused_with_the_reason(bench: Bench) -> None:
    (bench.base / "aside").write_text("a file in the way")
    spooler = bench.spooler()
    bench.away()
    with pytest.raises(Gone):
        spooler.enter("smoke")
    assert shown(spooler) == []
    assert "is not there" in spooler.trouble


def test_a_home_that_is_away_finds_its_place_free_when_it_returns(bench: Bench) -> None:
    spooler = bench.spooler()
    bench.place.rename(bench.base / "elsewhere")
    assert spooler.enter("smoke").aside
    assert not bench.place.exists()
    (bench.base / "elsewhere").rename(bench.place)
    spooler.refresh()
    assert bench.facts() == ["smoke"]


def test_a_side_file_that_vanished_is_whole_again_before_the_next_acknowledgement(
    spooler: Spooler,
    bench: Bench,
) -> None:
    """So it is after `git clean -fdx`, or when somebody tidies up."""
    bench.away()
    spooler.enter("smoke")
    shutil.rmtree(bench.path)
    spooler.enter("flames")
    assert {"smoke", "flames"} <= {
        getattr(entry.event, "text", "") for entry in side_file(bench.path).entries()
    }
    shutil.rmtree(bench.path)
    spooler.refresh()
    bench.back()
    bench.spooler("ben").refresh()
    assert bench.facts() == ["smoke", "flames"]


def test_numbers_told_elsewhere_meanwhile_stay(spooler: Spooler, bench: Bench) -> None:
    bench.away()
    spooler.enter("flames")
    spooler.enter("ashes")
    bench.back()
    other = bench.kitchen.open("ben").enter("rain")
    spooler.refresh()
    incident = spooler.session.incident
    assert shown(spooler) == bench.facts() == ["rain", "flames", "ashes"]
    assert incident.number(other.entries[0].id) == other.numbers[0]
    assert [entry.order for entry in incident.recorded] == [1, 2, 3, 4]


def test_an_older_version_put_in_its_place_loses_nothing(spooler: Spooler, bench: Bench) -> None:
    """Somebody stashes, or checks out an older commit, under the open console."""
    path = bench.kitchen.folder / "incident.json"
    spooler.enter("smoke")
    older = path.read_bytes()
    spooler.enter("flames")
    spooler.enter("ashes")
    path.write_bytes(older)
    spooler.refresh()
    assert bench.facts() == shown(spooler) == ["smoke", "flames", "ashes"]
    path.write_bytes(older)
    assert spooler.enter("rain").entries
    spooler.refresh()
    assert set(bench.facts()) == set(shown(spooler)) == {"smoke", "flames", "ashes", "rain"}


def test_what_was_put_back_by_an_entry_is_due_for_a_commit(spooler: Spooler, bench: Bench) -> None:
    """Git took the documents back as well, and the entry alone would not have them written."""
    path = bench.kitchen.folder / "incident.json"
    older = path.read_bytes()
    spooler.enter("smoke")
    assert not spooler.refresh()
    path.write_bytes(older)
    spooler.enter("flames")
    assert spooler.refresh()
    assert not spooler.refresh()


def test_what_cannot_be_put_back_yet_waits_with_what_is_typed(bench: Bench) -> None:
    """The disk is full when git has put the older version there: the numbers stand all the same."""
    spooler = bench.spooler()
    path = bench.kitchen.folder / "incident.json"
    older = path.read_bytes()
    spooler.enter("smoke")
    path.write_bytes(older)
    bench.fails = "write"
    receipt = spooler.enter("flames")
    assert (receipt.aside, receipt.numbers, spooler.spooled) == (True, (3,), 2)
    assert shown(spooler) == ["smoke", "flames"]
    bench.fails = ""
    assert spooler.enter("ashes").numbers == (4,)
    assert bench.facts() == shown(spooler) == ["smoke", "flames", "ashes"]
    assert not (bench.path / FILE).exists()


def test_what_is_seen_to_be_missing_by_whoever_reads_on_is_put_back_next(bench: Bench) -> None:
    spooler = bench.spooler()
    path = bench.kitchen.folder / "incident.json"
    older = path.read_bytes()
    spooler.enter("smoke")
    spooler.refresh()
    path.write_bytes(older)
    spooler.session.refresh()
    assert spooler.due
    spooler.refresh()
    assert bench.facts() == ["smoke"]


def test_a_damaged_file_does_not_stop_the_typing(spooler: Spooler, bench: Bench) -> None:
    path = bench.kitchen.folder / "incident.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert spooler.enter("smoke").aside
    spooler.refresh()
    assert "line" in spooler.trouble
    path.write_bytes(whole)
    spooler.refresh()
    assert bench.facts() == ["smoke"]


@pytest.mark.parametrize(("line", "error"), [("/advance", Refused), ("@14:99 x", LineError)])
def test_rules_hold_while_the_file_is_away(bench: Bench, line: str, error: type[Exception]) -> None:
    spooler = bench.spooler()
    bench.away()
    with pytest.raises(error):
        spooler.enter(line)
    assert spooler.spooled == 0


def test_who_types_can_change_while_the_file_is_away(spooler: Spooler, bench: Bench) -> None:
    bench.away()
    assert spooler.enter("/me ben").summary == "typing as ben"
    assert spooler.enter("smoke").entries[0].actor == "ben"


def test_a_line_waits_for_a_lock_and_is_refused_rather_than_kept(bench: Bench) -> None:
    spooler = bench.spooler()
    spooler.session.file._wait = 0.05
    lock = bench.place / ".locks" / "bread.lock"
    with locked(lock, guards=lock, wait=1), pytest.raises(Busy):
        spooler.enter("smoke")
    assert spooler.spooled == 0


def test_the_command_line_is_told_at_once(bench: Bench) -> None:
    session = bench.kitchen.open(system=bench.system())
    bench.fails = "write"
    with pytest.raises(NotSaved, match="the disk is full"):
        session.enter("smoke")
    assert len(session.incident.recorded) == 1


def test_an_evidence_file_is_not_taken_where_it_cannot_be_put(bench: Bench) -> None:
    (bench.place / "log.txt").write_text("x")
    spooler = bench.spooler()
    bench.away()
    with pytest.raises((NotSaved, Gone)):
        spooler.enter("/evidence log.txt")
    assert spooler.spooled == 0
