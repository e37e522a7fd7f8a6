"""An entry keeps the number that it was told by, whatever git puts in the place of the log."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.core.events import Entry
from incident_tui.domain.findings.corrections import EntryRetracted
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.service.session.receipts import Receipt, Result
from incident_tui.service.session.spooler import Spooler
from incident_tui.service.upkeep.log_merge import read_copy, united
from tests.support.homes import Kitchen
from tests.support.state import side_file

Numbers = dict[str, int]


class Colleagues:
    """A kitchen with one open console, the versions its file has had, and the numbers given out."""

    def __init__(self, base: Path) -> None:
        self.kitchen = Kitchen(base)
        self.path = self.kitchen.folder / "incident.json"
        self.aside = base / "aside.jsonl"
        self.versions = [self.path.read_bytes()]
        self.spooler = self.console()
        for line in ("smoke", "? gas", "flames", "heat", "ashes"):
            self.spooler.enter(line)
            self.versions.append(self.path.read_bytes())
        self.given = dict(self.spooler.session.incident.numbers)

    def console(self, actor: str = "ana") -> Spooler:
        return Spooler(self.kitchen.open(actor), side_file(self.aside))

    def clone(self, base: int) -> tuple[bytes, Numbers]:
        """Another clone's log, which went on from a version of ours, and the numbers it gave."""
        now = self.path.read_bytes()
        self.path.write_bytes(self.versions[base])
        there = self.kitchen.open("ben")
        there.enter_group(["rain", "wind"])
        log = self.path.read_bytes()
        self.path.write_bytes(now)
        return log, dict(there.incident.numbers)

    def in_file(self) -> list[Entry]:
        return self.kitchen.file().read().entries

    def numbers(self) -> Numbers:
        """The numbers that somebody else sees, who opens the incident now."""
        return self.kitchen.open().incident.numbers


@pytest.fixture
def colleagues(tmp_path: Path) -> Colleagues:
    return Colleagues(tmp_path)


def older(colleagues: Colleagues) -> None:
    colleagues.path.write_bytes(colleagues.versions[3])


def declaration(colleagues: Colleagues) -> None:
    colleagues.path.write_bytes(colleagues.versions[0])


def newest_but_one(colleagues: Colleagues) -> None:
    colleagues.path.write_bytes(colleagues.versions[-2])


def back_and_forth(colleagues: Colleagues) -> None:
    older(colleagues)
    colleagues.path.write_bytes(colleagues.versions[-1])


def seen_and_older_still(colleagues: Colleagues) -> None:
    newest_but_one(colleagues)
    colleagues.spooler.session.file.refresh()
    older(colleagues)


def nothing(colleagues: Colleagues) -> None:
    """The log as it is."""


def fact(spooler: Spooler) -> list[Result]:
    return [spooler.enter("rain")]


def transition(spooler: Spooler) -> list[Result]:
    return [spooler.enter("/sev HIGH")]


def several(spooler: Spooler) -> list[Result]:
    return spooler.enter_group(["rain", "/nonsense", "wind", "/sev HIGH"])


def polled(spooler: Spooler) -> list[Result]:
    spooler.refresh()
    return [spooler.enter("rain")]


def only_polled(spooler: Spooler) -> list[Result]:
    spooler.refresh()
    return []


def imported(spooler: Spooler) -> list[Result]:
    drafts = [PendingEvent(FactRecorded(text="rain")), PendingEvent(FactRecorded(text="wind"))]
    return [spooler.session.record(lambda incident: drafts)]


def command_line(spooler: Spooler) -> list[Result]:
    """As `log -` does, which reads a line, records it, and waits for the next."""
    return [*spooler.session.enter_group(["rain"]), spooler.session.enter("wind")]


def redaction(spooler: Spooler) -> list[Result]:
    return [spooler.enter("/redact 6 it held a name")]


def retraction(spooler: Spooler) -> list[Result]:
    return [spooler.enter("/retract 6 it was dust")]


NEXT = [fact, transition, several, polled, only_polled, imported, command_line, redaction,
        retraction]  # fmt: skip
GIT = [nothing, older, declaration, newest_but_one, back_and_forth, seen_and_older_still]


def entries_of(results: Iterable[Result]) -> dict[str, int]:
    """The numbers that were told of new entries, by their ids."""
    receipts = [result for result in results if isinstance(result, Receipt)]
    assert not any(receipt.aside for receipt in receipts)
    return {
        entry.id: number
        for receipt in receipts
        for entry, number in zip(receipt.entries, receipt.numbers, strict=True)
    }


def assert_whole(colleagues: Colleagues) -> None:
    """Each entry stands in the file once, and everybody gives it the same number."""
    ids = [entry.id for entry in colleagues.in_file()]
    assert len(ids) == len(set(ids))
    assert colleagues.numbers() == colleagues.spooler.session.incident.numbers
    assert colleagues.spooler.spooled == 0
    assert not colleagues.aside.exists()


@pytest.mark.parametrize("then", NEXT)
@pytest.mark.parametrize("git", GIT)
def test_what_was_told_keeps_its_number(
    colleagues: Colleagues,
    git: Callable[[Colleagues], None],
    then: Callable[[Spooler], list[Result]],
) -> None:
    """Also when the next line is typed before the console has looked at the file."""
    git(colleagues)
    new = entries_of(then(colleagues.spooler))
    for _ in range(2):  # as it is recorded, and after the poll
        assert colleagues.numbers() == colleagues.given | new
        assert_whole(colleagues)
        colleagues.spooler.refresh()
    assert min(new.values(), default=7) == 7


@pytest.mark.parametrize("git", GIT)
@pytest.mark.parametrize(
    ("then", "kind"), [(redaction, EntryRedacted), (retraction, EntryRetracted)]
)
def test_a_number_that_is_typed_means_the_entry_it_was_told_for(
    colleagues: Colleagues,
    git: Callable[[Colleagues], None],
    then: Callable[[Spooler], list[Result]],
    kind: type[EntryRedacted | EntryRetracted],
) -> None:
    git(colleagues)
    then(colleagues.spooler)
    event = colleagues.in_file()[-1].event
    assert isinstance(event, kind)
    assert colleagues.given[event.target] == 6


@pytest.mark.parametrize("then", [fact, transition, several, polled, only_polled, imported])
def test_what_others_recorded_meanwhile_keeps_its_number(
    colleagues: Colleagues, then: Callable[[Spooler], list[Result]]
) -> None:
    """Somebody's command line took the older version for the log; ours moves up behind it."""
    older(colleagues)
    theirs = entries_of(colleagues.kitchen.open("ben").enter_group(["rain", "wind"]))
    assert sorted(theirs.values()) == [5, 6]
    new = entries_of(then(colleagues.spooler))
    moved = {entry: number + 2 for entry, number in colleagues.given.items() if number > 4}
    assert colleagues.numbers() == colleagues.given | theirs | moved | new
    assert min(new.values(), default=9) == 9
    assert_whole(colleagues)


@pytest.mark.parametrize("then", NEXT)
def test_in_a_merged_log_nothing_is_lacking(
    colleagues: Colleagues, then: Callable[[Spooler], list[Result]]
) -> None:
    """Every entry of either side once, as the merge left it; what is new comes after them."""
    log, theirs = colleagues.clone(base=3)
    ours = read_copy(colleagues.path.read_bytes(), colleagues.path)
    merged = united([], ours, read_copy(log, colleagues.path), colleagues.path)
    colleagues.path.write_bytes(merged)
    expected = colleagues.numbers()
    assert expected.keys() == colleagues.given.keys() | theirs.keys()
    new = entries_of(then(colleagues.spooler))
    assert colleagues.numbers() == expected | new
    assert min(new.values(), default=9) == 9
    assert_whole(colleagues)


@pytest.mark.parametrize("then", [fact, transition, several, polled, only_polled, imported])
def test_the_log_of_another_clone_in_the_place_of_ours_keeps_its_numbers(
    colleagues: Colleagues, then: Callable[[Spooler], list[Result]]
) -> None:
    """A forced checkout of what somebody pushed: ours comes after it, in its order."""
    log, theirs = colleagues.clone(base=4)
    colleagues.path.write_bytes(log)
    new = entries_of(then(colleagues.spooler))
    moved = {entry: number + 2 for entry, number in colleagues.given.items() if number > 5}
    assert colleagues.numbers() == theirs | colleagues.given | moved | new
    assert_whole(colleagues)


@pytest.mark.parametrize("then", NEXT)
def test_numbers_after_a_merge_outlast_an_older_version_too(
    colleagues: Colleagues, then: Callable[[Spooler], list[Result]]
) -> None:
    """A merge leaves two entries at one place; put back, they stand as they stood."""
    log, _ = colleagues.clone(base=3)
    ours = read_copy(colleagues.path.read_bytes(), colleagues.path)
    colleagues.path.write_bytes(united([], ours, read_copy(log, colleagues.path), colleagues.path))
    colleagues.spooler.refresh()
    before = dict(colleagues.numbers())
    colleagues.path.write_bytes(log)
    new = entries_of(then(colleagues.spooler))
    assert colleagues.numbers() == before | new
    assert_whole(colleagues)


def test_what_moved_up_stays_there_when_its_old_place_returns(
    colleagues: Colleagues,
) -> None:
    newest = colleagues.versions[-1]
    older(colleagues)
    theirs = entries_of([colleagues.kitchen.open("ben").enter("rain")])
    colleagues.spooler.refresh()
    before = dict(colleagues.numbers())
    assert sorted(theirs.values()) == [5]
    colleagues.path.write_bytes(newest)
    new = entries_of(fact(colleagues.spooler))
    assert colleagues.numbers() == before | new
    assert_whole(colleagues)
