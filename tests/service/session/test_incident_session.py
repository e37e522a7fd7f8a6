"""Lines go in and are durable; two who have the same incident open see each other."""

import errno
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from msgspec.structs import replace

from incident_tui.domain import line_plan
from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.commands import LineError, PendingEvent, Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.help_line import UnknownCommand
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.findings.decisions import Decisions
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.people.identity import Identity
from incident_tui.domain.process.lifecycle import Lifecycle, StagePassed
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.session.receipts import Receipt
from incident_tui.store.files.errors import Gone, NotSaved
from tests.support.homes import UNSYNCED, Kitchen
from tests.support.incidents import DECLARED_AT, counted
from tests.support.playbooks.engine import ACTED, LOOKED


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path)


def words_in(session: IncidentSession) -> list[str]:
    facts = counted(session.incident, FactRecorded)
    return [entry.event.tell(entry, session.incident) for entry in facts]


class TestEntering:
    def test_a_line_is_in_the_file_when_it_is_acknowledged(self, kitchen: Kitchen) -> None:
        receipt = kitchen.open().enter("smoke")
        assert kitchen.file().read().entries[-1] == receipt.entries[0]
        assert (receipt.numbers, receipt.summary) == ((2,), "fact smoke")

    def test_it_carries_the_moment_the_author_and_the_hat(self, kitchen: Kitchen) -> None:
        session = kitchen.open()
        session.enter("/role lead ana")
        (entry,) = session.enter("smoke").entries
        assert (entry.actor, entry.hat) == ("ana", "lead")
        assert entry.at == entry.recorded_at == kitchen.clock.now

    def test_everything_of_one_line_hangs_together(self, kitchen: Kitchen) -> None:
        first, second = kitchen.open().enter("/role all ana").entries
        assert (first.part_of, second.part_of) == ("", first.id)
        assert second.order == first.order + 1

    def test_a_late_entry_has_both_times(self, kitchen: Kitchen) -> None:
        kitchen.clock.forward(10)
        (entry,) = kitchen.open().enter("@-5m smoke").entries
        assert entry.at == kitchen.clock.now - timedelta(minutes=5)
        assert entry.recorded_at == kitchen.clock.now
        assert entry.late

    def test_times_are_those_of_the_zone_of_the_incident(self, tmp_path: Path) -> None:
        (entry,) = Kitchen(tmp_path, zone="Europe/Berlin").open().enter("@15:01 smoke").entries
        assert entry.at == datetime(2026, 11, 20, 14, 1, tzinfo=UTC)

    def test_every_entry_of_a_line_names_its_source(self, kitchen: Kitchen) -> None:
        (entry,) = kitchen.open().enter("= heat 20 -> 200 src:the big dial").entries
        assert entry.source == "the big dial"

    @pytest.mark.parametrize(
        ("line", "column"), [("@14:99 smoke", 4), ('@"14:99" smoke', 5), ("  @23:59Z smoke", 3)]
    )
    def test_a_time_that_cannot_be_is_told_at_its_column(
        self, kitchen: Kitchen, line: str, column: int
    ) -> None:
        with pytest.raises(LineError) as caught:
            kitchen.open().enter(line)
        assert caught.value.column == column

    def test_a_refused_line_leaves_the_file_to_the_byte(self, kitchen: Kitchen) -> None:
        before = (kitchen.folder / "incident.json").read_bytes()
        session = kitchen.open()
        for line in ("/advance", "/sev AWFUL", "@14:99 x", "/svr", ""):
            with pytest.raises((Refused, LineError)):
                session.enter(line)
        assert (kitchen.folder / "incident.json").read_bytes() == before

    def test_a_line_that_records_nothing_does_not_write(self, kitchen: Kitchen) -> None:
        before = (kitchen.folder / "incident.json").stat().st_ino
        session = kitchen.open()
        assert session.enter("/gate") == Receipt((), (), "")
        assert session.enter("/me ben").entries == ()
        assert (kitchen.folder / "incident.json").stat().st_ino == before

    def test_whoever_is_introduced_types_from_then_on(self, kitchen: Kitchen) -> None:
        session = kitchen.open()
        assert session.enter("/me ben").summary == "typing as ben"
        session.enter("/hat taster")
        (entry,) = session.enter("smoke").entries
        assert (entry.actor, entry.hat) == ("ben", "taster")

    def test_it_says_until_when_it_is_quiet_and_that_it_no_longer_is(
        self, kitchen: Kitchen
    ) -> None:
        session = kitchen.open()
        assert session.enter("/quiet 30m").summary == "quiet until 14:36, here"
        assert session.enter("/quiet off").summary == "the bell and notifications are back"
        assert session.quiet_until is None

    def test_planning_records_nothing(self, kitchen: Kitchen) -> None:
        session = kitchen.open()
        plan = session.plan("@14:05 smoke src:nose")
        (pending,) = plan.events
        assert (plan.line.command.name, pending.event) == ("fact", FactRecorded(text="smoke"))
        assert (pending.source, plan.context.moment) == ("nose", DECLARED_AT)
        assert session.plan("/me ben").events == ()
        assert session.identity == Identity("ana")
        assert len(kitchen.file().read().entries) == 1

    @pytest.mark.parametrize("together", [False, True])
    @pytest.mark.parametrize("line", ["smoke", "/evidence note.txt", "no /run here"])
    def test_a_line_is_parsed_once(
        self, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch, line: str, together: bool
    ) -> None:
        (kitchen.world.cwd / "note.txt").write_text("smoke")
        session, texts = kitchen.open(), list[str]()
        parse = line_grammar.parse

        def counted(text: str) -> line_grammar.Line:
            texts.append(text)
            return parse(text)

        monkeypatch.setattr(line_grammar, "parse", counted)
        session.enter_group([line]) if together else session.enter(line)
        assert texts == [line]

    def test_transitions_are_told_apart(self, kitchen: Kitchen) -> None:
        session = kitchen.open()
        marks = [
            session.enter(line).is_transition for line in ("smoke", "/sev HIGH", "! x", "/advance")
        ]
        assert marks == [False, True, False, True]

    def test_listeners_hear_of_a_change_where_its_readers_are(self, kitchen: Kitchen) -> None:
        calls: list[str] = []

        def there(change: object) -> None:
            calls.append("there")
            assert callable(change)
            change()

        session = kitchen.open(apply_on=there)
        session.listeners.append(lambda: calls.append("heard"))
        session.enter("smoke")
        assert calls == ["there", "heard"]

    def test_an_id_that_is_taken_is_not_used_again(self, kitchen: Kitchen) -> None:
        given = iter(["id0000", "id0000", "fresh"])
        kitchen.world = type(kitchen.world)(
            kitchen.clock, lambda: next(given), kitchen.world.env, kitchen.path
        )
        (entry,) = kitchen.open().enter("smoke").entries
        assert entry.id == "fresh"


class TestTwoAtOnce:
    def test_each_sees_what_the_other_recorded(self, kitchen: Kitchen) -> None:
        ours, theirs = kitchen.open("ana"), kitchen.open("ben")
        ours.enter("smoke")
        assert [entry.actor for entry in theirs.refresh()] == ["ana"]
        theirs.enter("fire")
        ours.refresh()
        assert words_in(ours) == words_in(theirs) == ["smoke", "fire"]
        assert ours.refresh() == []

    def test_entering_takes_in_what_the_other_recorded(self, kitchen: Kitchen) -> None:
        ours, theirs = kitchen.open("ana"), kitchen.open("ben")
        ours.enter("? gas")
        receipt = theirs.enter("/hyp 1 test sniff")
        assert receipt.numbers == (3,)

    def test_a_stage_is_passed_once(self, kitchen: Kitchen) -> None:
        ours, theirs = kitchen.open("ana"), kitchen.open("ben")
        ours.enter_group(LOOKED[:2])
        theirs.refresh()
        ours.enter("/advance", seen_stage="look")
        with pytest.raises(Refused, match="not the current stage any more"):
            theirs.enter("/advance", seen_stage="look")
        passed = [e for e in kitchen.file().read().entries if isinstance(e.event, StagePassed)]
        assert len(passed) == 1

    def test_a_review_is_approved_once(self, kitchen: Kitchen) -> None:
        ours, theirs = kitchen.open("ana"), kitchen.open("ben")
        ours.enter_group([*LOOKED, *ACTED[:-1]])
        theirs.enter('/approve why:"it smells of bread again"')
        with pytest.raises(Refused, match="nothing waits for approval"):
            ours.enter("/approve")
        assert ours.incident.of(Lifecycle).current.stage.id == "tell"

    @pytest.mark.parametrize("together", [False, True])
    @pytest.mark.parametrize("put_there", ["newer", "older"])
    def test_what_is_written_without_the_lock_changes_no_number(
        self, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch, put_there: str, together: bool
    ) -> None:
        """As git or plain TinyDB may do, in the middle of our own entry."""
        ours, theirs = kitchen.open("ana"), kitchen.open("ben")
        path = kitchen.folder / "incident.json"
        versions = {"older": path.read_bytes()}
        theirs.enter("fire")
        if put_there == "older":
            ours.refresh()
        versions["newer"] = path.read_bytes()
        path.write_bytes(versions["older" if put_there == "newer" else "newer"])

        def planned(*arguments: Any, **named: Any) -> line_plan.Plan:
            path.write_bytes(versions[put_there])
            return line_plan.planned(*arguments, **named)

        monkeypatch.setattr("incident_tui.service.session.incident_session.planned", planned)
        (receipt,) = ours.enter_group(["smoke"]) if together else [ours.enter("smoke")]
        assert isinstance(receipt, Receipt)
        assert receipt.numbers == (3,)
        assert words_in(ours) == words_in(kitchen.open()) == ["fire", "smoke"]
        assert ours.refresh() == []

    @pytest.mark.parametrize("noticed_by", ["refresh", "enter", "group"])
    def test_an_entry_that_was_redacted_elsewhere_is_read_anew(
        self, kitchen: Kitchen, noticed_by: str
    ) -> None:
        ours = kitchen.open("ana")
        (secret,) = ours.enter("the key is 1234").entries
        with kitchen.file().transaction() as transaction:
            transaction.replace(replace(secret, event=FactRecorded(text="(removed)")))
        if noticed_by == "refresh":
            ours.refresh()
        elif noticed_by == "enter":
            ours.enter("smoke")
        else:
            ours.enter_group(["smoke"])
        assert words_in(ours)[0] == "(removed)"
        assert words_in(ours)[1:] == ([] if noticed_by == "refresh" else ["smoke"])


class TestFailingWrites:
    def broken(self) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    def test_the_state_and_the_file_stay_as_they_were(self, kitchen: Kitchen) -> None:
        full = replace(UNSYNCED, write=lambda descriptor, data: self.broken())
        session = kitchen.open(system=full)
        before = (kitchen.folder / "incident.json").read_bytes()
        with pytest.raises(NotSaved, match="the disk is full"):
            session.enter("smoke")
        with pytest.raises(NotSaved):
            session.enter_group(["/me ben", "smoke", "fire"])
        assert (kitchen.folder / "incident.json").read_bytes() == before
        assert words_in(session) == []
        assert session.identity == Identity("ana")

    def test_afterwards_the_same_line_can_be_entered(self, kitchen: Kitchen) -> None:
        times = iter([True])

        def once(old: str, new: str) -> None:
            if next(times, False):
                self.broken()
            UNSYNCED.replace(old, new)

        session = kitchen.open(system=replace(UNSYNCED, replace=once))
        with pytest.raises(NotSaved):
            session.enter("smoke")
        session.enter("smoke")
        assert words_in(session) == words_in(kitchen.open()) == ["smoke"]

    def test_what_an_older_version_lacks_is_not_forgotten_while_it_cannot_be_put_back(
        self, kitchen: Kitchen
    ) -> None:
        full = [False]

        def write(descriptor: int, data: memoryview) -> int:
            if full[0]:
                self.broken()
            return UNSYNCED.write(descriptor, data)

        session = kitchen.open(system=replace(UNSYNCED, write=write))
        older = (kitchen.folder / "incident.json").read_bytes()
        session.enter("smoke")
        (kitchen.folder / "incident.json").write_bytes(older)
        full[0] = True
        with pytest.raises(NotSaved):
            session.enter("fire")
        assert words_in(session) == ["smoke"]
        full[0] = False
        assert session.enter("fire").numbers == (3,)
        assert words_in(kitchen.open()) == ["smoke", "fire"]

    def test_a_folder_that_is_gone_is_told_and_nothing_forgotten(self, kitchen: Kitchen) -> None:
        session = kitchen.open()
        session.enter("smoke")
        kitchen.folder.rename(kitchen.path / "elsewhere")
        with pytest.raises(Gone):
            session.enter("fire")
        assert words_in(session) == ["smoke"]
        (kitchen.path / "elsewhere").rename(kitchen.folder)
        session.enter("fire")
        assert words_in(session) == ["smoke", "fire"]


class TestGroups:
    def test_several_lines_become_durable_together(self, kitchen: Kitchen) -> None:
        writes: list[int] = []

        def replaced(old: str, new: str) -> None:
            writes.append(1)
            UNSYNCED.replace(old, new)

        session = kitchen.open(system=replace(UNSYNCED, replace=replaced))
        results = session.enter_group(["smoke", "? gas", "/hyp 1 test sniff"])
        assert [r.numbers for r in results if isinstance(r, Receipt)] == [(2,), (3,), (4,)]
        assert len(writes) == 1
        assert len(kitchen.file().read().entries) == 4

    def test_a_bad_line_does_not_keep_the_others_out(self, kitchen: Kitchen) -> None:
        results = kitchen.open().enter_group(
            ["smoke", "/svr", "/advance", "/evidence no.png", "/run nothing", "fire"]
        )
        kinds = [type(result) for result in results]
        assert kinds == [Receipt, UnknownCommand, Refused, Refused, Refused, Receipt]
        assert words_in(kitchen.open()) == ["smoke", "fire"]

    def test_it_can_stop_at_a_bad_line(self, kitchen: Kitchen) -> None:
        results = kitchen.open().enter_group(["smoke", "/svr", "fire"], keep_going=False)
        assert [type(result) for result in results] == [Receipt, UnknownCommand]
        assert words_in(kitchen.open()) == ["smoke"]

    def test_it_can_stop_after_a_line(self, kitchen: Kitchen) -> None:
        lines = [*LOOKED, "after"]
        results = kitchen.open().enter_group(lines, stop=lambda receipt: receipt.is_transition)
        assert len(results) == 1  # the severity is a transition already
        assert kitchen.open().incident.of(SeverityState).level == "HIGH"
        assert kitchen.open().incident.of(Decisions).items == []

    @pytest.mark.parametrize("pasted", [True, False])
    def test_one_undo_takes_back_a_paste_of_30_lines_and_says_so(
        self, kitchen: Kitchen, pasted: bool
    ) -> None:
        session = kitchen.open()
        lines = [f"line {number}" for number in range(30)]
        session.enter_group(lines, pasted=True) if pasted else session.enter_group(lines)
        receipt = kitchen.open().enter("/undo")
        if pasted:
            assert receipt.summary == "takes back a paste of 30 lines, #2-31: line 0 … line 29"
        else:
            assert receipt.summary == "retracted #31 undone"
        assert words_in(kitchen.open())[-1:] == ([] if pasted else ["line 28"])
        assert len(kitchen.open().incident.recorded) == 1 + 30 + (30 if pasted else 1)

    def test_people_can_change_within_it(self, kitchen: Kitchen) -> None:
        kitchen.open().enter_group(["/me ben", "/role all ben", "smoke"])
        entries = kitchen.open().incident.entries[1:]
        assert {entry.actor for entry in entries} == {"ben"}
        assert entries[-1].hat == "lead"

    def test_nothing_shows_before_it_is_durable(self, kitchen: Kitchen) -> None:
        session = kitchen.open()
        seen: list[int] = []
        session.listeners.append(lambda: seen.append(len(session.incident.entries)))
        session.enter_group(["one", "two"], stop=lambda receipt: bool(words_in(session)))
        assert seen == [3]

    def test_an_empty_group_is_no_work(self, kitchen: Kitchen) -> None:
        assert kitchen.open().enter_group([]) == []


def test_undo_takes_back_a_line_that_recorded_several(kitchen: Kitchen) -> None:
    session = kitchen.open()
    session.enter("/role all ana")
    session.enter("/undo")
    assert kitchen.open().incident.of(Hats).worn == {}


def test_what_is_in_the_file_is_what_was_entered(kitchen: Kitchen) -> None:
    session = kitchen.open()
    session.enter_group(LOOKED)
    stored = [encode(entry) for entry in kitchen.file().read().entries]
    assert stored == [encode(entry) for entry in session.incident.recorded]


def test_an_entry_comes_after_what_git_put_into_the_file_while_the_line_was_read(
    kitchen: Kitchen,
) -> None:
    """Git and plain TinyDB know nothing of the lock; no two entries may have one place."""
    session = kitchen.open()
    session.enter("smoke")
    before = session.file.path.read_bytes()
    kitchen.open("ben").enter_group(["rain", "wind"])
    theirs = session.file.path.read_bytes()
    session.file.path.write_bytes(before)
    session.refresh()

    def drafts(incident: Incident) -> list[PendingEvent]:
        session.file.path.write_bytes(theirs)
        return [PendingEvent(FactRecorded(text="heat")), PendingEvent(FactRecorded(text="ashes"))]

    receipt = session.record(drafts)
    assert [entry.order for entry in kitchen.file().read().entries] == [1, 2, 3, 4, 5, 6]
    assert receipt.numbers == (5, 6)
    assert words_in(session)[-4:] == ["rain", "wind", "heat", "ashes"]


@pytest.mark.parametrize(
    ("line", "committed"),
    [
        ("heat", False),
        ("/redact 2 it held a name", True),
        ("/keep-secret 2 revoked years ago", True),
        ("/protect", True),
        ("/checkpoint ben", True),
    ],
)
def test_what_decides_who_may_read_it_is_committed_at_once(
    kitchen: Kitchen, line: str, committed: bool
) -> None:
    session = kitchen.open()
    session.enter("token ghp_" + "a1B2" * 9)
    assert session.enter(line).is_transition is committed
