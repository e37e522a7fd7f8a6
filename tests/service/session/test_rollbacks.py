"""Numbers that were told, with a log that git rolls back at any moment between entries."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.service.session.receipts import Receipt, Result
from incident_tui.service.session.spooler import Spooler
from tests.service.session.test_entry_numbers import Numbers, entries_of
from tests.support.homes import Kitchen
from tests.support.state import side_file


class Rollbacks(RuleBasedStateMachine):
    """Two consoles, a command line, and a git that puts any earlier version of the log back.

    Both consoles have looked at the file before git changes it, as they do each second.
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.kitchen = Kitchen(Path(self.place.name))
        self.path = self.kitchen.folder / "incident.json"
        self.consoles = [
            Spooler(self.kitchen.open(actor), side_file(Path(self.place.name) / "aside.jsonl"))
            for actor in ("ana", "ben")
        ]
        self.versions = [self.path.read_bytes()]
        self.given: Numbers = {"id0000": 1}
        self.behind = False
        """Whether the file may lack entries that nobody has put back yet."""

    def teardown(self) -> None:
        self.place.cleanup()

    def entered(self, results: list[Result]) -> None:
        new = entries_of(results)
        assert sorted(new.values()) == list(
            range(len(self.given) + 1, len(self.given) + len(new) + 1)
        )
        self.given |= new
        self.behind = False
        self.versions.append(self.path.read_bytes())

    @rule(who=st.integers(0, 1), line=st.sampled_from(["smoke", "? gas", "/sev HIGH", "/sev LOW"]))
    def types(self, who: int, line: str) -> None:
        self.entered(self.consoles[who].enter_group([line]))

    @rule(who=st.integers(0, 1))
    def types_several(self, who: int) -> None:
        self.entered(self.consoles[who].enter_group(["smoke", "flames"]))

    @precondition(lambda self: len(self.given) > 1)
    @rule(who=st.integers(0, 1), of=st.data())
    def redacts(self, who: int, of: st.DataObject) -> None:
        """By the number that was told; where it was a mark, that is refused."""
        name = of.draw(st.sampled_from(sorted(self.given)))
        results = self.consoles[who].enter_group([f"/redact {self.given[name]}"])
        if isinstance(results[0], Receipt):
            event = results[0].entries[0].event
            assert isinstance(event, EntryRedacted)
            assert event.target == name
        self.entered(results)

    @rule(who=st.integers(0, 1))
    def polls(self, who: int) -> None:
        self.consoles[who].refresh()
        self.behind = False

    @rule(which=st.data())
    def git(self, which: st.DataObject) -> None:
        for spooler in self.consoles:
            spooler.refresh()
        self.versions.append(self.path.read_bytes())
        self.path.write_bytes(which.draw(st.sampled_from(self.versions)))
        self.behind = True

    @rule()
    def somebody_else_types(self) -> None:
        """Their number stays; what the file lacked just then, and only that, moves up behind it."""
        other = self.kitchen.open("eve")
        theirs = entries_of([other.enter("rain")])
        for spooler in self.consoles:
            spooler.refresh()
        now = self.kitchen.open().incident.numbers
        assert now.keys() == self.given.keys() | theirs.keys()
        # Of what they were shown, nothing moves; the rest comes after it.
        shown = other.incident.numbers
        assert shown.items() <= now.items()
        assert all(number > len(shown) for name, number in now.items() if name not in shown)
        self.given = dict(now)
        self.behind = False
        self.versions.append(self.path.read_bytes())

    @invariant()
    def everybody_who_has_looked_sees_the_numbers_that_were_given(self) -> None:
        for spooler in self.consoles:
            seen = spooler.session.incident.numbers
            assert seen.items() <= self.given.items()
            assert spooler.spooled == 0
        if not self.behind:
            assert self.kitchen.open().incident.numbers == self.given
            assert len(self.kitchen.file().read().entries) == len(self.given)


class Unseen(RuleBasedStateMachine):
    """As above, with a git that is quicker than the consoles: none has looked at what it puts away.

    Then two may have been told one number. Which of them moves depends on who comes first; nothing
    is lost, everybody comes to the same, and nobody's own entries change their order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.kitchen = Kitchen(Path(self.place.name))
        self.path = self.kitchen.folder / "incident.json"
        self.consoles = [
            Spooler(self.kitchen.open(actor), side_file(Path(self.place.name) / "aside.jsonl"))
            for actor in ("ana", "ben")
        ]
        self.versions = [self.path.read_bytes()]
        self.entered: list[list[str]] = [[], []]

    def teardown(self) -> None:
        for spooler in [*self.consoles, *self.consoles]:
            spooler.refresh()
        everything = {"id0000", *self.entered[0], *self.entered[1]}
        numbers = self.kitchen.open().incident.numbers
        assert numbers.keys() == everything
        assert len(self.kitchen.file().read().entries) == len(everything)
        for spooler in self.consoles:
            assert spooler.session.incident.numbers == numbers
        for own in self.entered:
            assert sorted(own, key=numbers.__getitem__) == own
        self.place.cleanup()

    @rule(who=st.integers(0, 1), lines=st.integers(1, 2))
    def types(self, who: int, lines: int) -> None:
        self.entered[who] += entries_of(self.consoles[who].enter_group(["smoke"] * lines))
        self.versions.append(self.path.read_bytes())

    @rule(who=st.integers(0, 1))
    def polls(self, who: int) -> None:
        self.consoles[who].refresh()
        self.versions.append(self.path.read_bytes())

    @rule(which=st.data())
    def git(self, which: st.DataObject) -> None:
        self.path.write_bytes(which.draw(st.sampled_from(self.versions)))

    @invariant()
    def nobody_is_shown_fewer_than_were_given_here(self) -> None:
        for spooler, own in zip(self.consoles, self.entered, strict=True):
            assert spooler.session.incident.numbers.keys() >= set(own)


Rollbacks.TestCase.settings = settings(stateful_step_count=15)
Unseen.TestCase.settings = settings(stateful_step_count=15)
TestRollbacks = pytest.mark.slow(Rollbacks.TestCase)
TestUnseen = pytest.mark.slow(Unseen.TestCase)
