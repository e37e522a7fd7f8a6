"""Corrections append: what was said stays in the log, and the state really goes back."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Projection, fold
from incident_tui.domain.findings.corrections import (
    EntryAmended,
    EntryRestored,
    EntryRetracted,
    correcting_line,
    effect,
)
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.timeline import FactRecorded, in_reading_order
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.people.hats import Hats
from incident_tui.domain.report import row
from incident_tui.domain.values.text import clean_line
from tests.support.incidents import Story, counted
from tests.support.playbooks.engine import (
    LOOKED,
    baking,
    contents,
    lifecycle,
    mends,
    refusal,
    states,
)


def facts(story: Story) -> list[str]:
    return [
        entry.event.tell(entry, story.incident) for entry in counted(story.incident, FactRecorded)
    ]


class TestRetract:
    def test_the_entry_no_longer_counts_and_stays_readable(self) -> None:
        story = baking("smoke", "fire", "/retract 2 wrong oven")
        assert facts(story) == ["fire"]
        assert story.entries[-1].event == EntryRetracted(target="e00002", why="wrong oven")
        shown = row(story.incident, story.incident.entries[1])
        assert (shown["text"], shown["retracted"]) == ("smoke", True)
        retraction = story.incident.entries[-1]
        assert retraction.event.tell(retraction, story.incident) == "#2: wrong oven"

    def test_anybody_may_retract(self) -> None:
        story = baking("smoke")
        story.say("/retract 2 wrong oven", actor="ben")
        assert facts(story) == []

    @pytest.mark.parametrize("line", ["/retract 2 twice", "/amend 2 anew"])
    def test_what_does_not_count_is_not_corrected_again(self, line: str) -> None:
        story = baking("smoke", "/retract 2 wrong oven")
        refused = refusal(story, line)
        assert refused.message == "#2 does not count any more: #3 took it back"
        assert mends(refused) == []

    def test_a_correction_itself_stays(self) -> None:
        story = baking("smoke", "/retract 2 wrong oven")
        assert "stays as it is" in refusal(story, "/retract 3 no").message

    def test_the_declaration_stays(self) -> None:
        assert mends(refusal(baking(), "/retract 1 no")) == []

    def test_a_transition_says_how_it_is_taken_back(self) -> None:
        story = baking(*LOOKED)
        assert mends(refusal(story, "/retract 4 no")) == ["/reopen look WHY"]
        story.say("/state mitigated")
        assert mends(refusal(story, "/retract 5 no")) == ["/state active WHY"]

    def test_an_entry_that_is_not_there_is_told_with_where_the_timeline_ends(self) -> None:
        assert refusal(baking(), "/retract 7 no").message == ("there is no entry 7: they go to 1")

    def test_a_retraction_of_nothing_that_is_known_changes_nothing(self) -> None:
        story = baking("smoke")
        story.record([EntryRetracted(target="elsewhere")])
        assert facts(story) == ["smoke"]


class TestAmend:
    def test_the_text_counts_as_corrected(self) -> None:
        story = baking("smoke", "/amend 2 steam")
        assert facts(story) == ["steam"]
        assert row(story.incident, story.incident.entries[1])["amended"]
        assert story.incident.recorded[1].event.tell(story.entries[1], story.incident) == "smoke"

    def test_the_time_counts_as_corrected(self) -> None:
        story = baking("smoke", "fire", "/amend 3 @14:05")
        moved = story.incident.entries[2]
        assert moved.at == datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
        assert moved.recorded_at > moved.at
        assert [entry.id for entry in in_reading_order(story.incident)][:2] == ["e00001", "e00003"]

    def test_text_that_starts_with_a_sign_is_escaped(self) -> None:
        assert facts(baking("smoke", r"/amend 2 \@home")) == ["@home"]

    def test_a_later_amendment_wins(self) -> None:
        story = baking("smoke", "/amend 2 steam", "/amend 2 fog")
        assert facts(story) == ["fog"]
        assert len(story.incident.amended["e00002"]) == 2

    def test_a_time_that_cannot_be_is_refused(self) -> None:
        assert "24:10" in refusal(baking("smoke"), "/amend 2 @24:10").message

    def test_what_has_no_text_of_its_own_is_entered_again(self) -> None:
        assert mends(refusal(baking("/sev HIGH"), "/amend 2 LOW")) == ["/retract 2 WHY"]

    def test_amending_does_not_bring_a_retracted_entry_back(self) -> None:
        """As when two people correct it at the same time, one this way and one that way."""
        story = baking("smoke", "/retract 2 wrong oven")
        story.record([EntryAmended(target="e00002", text="steam")])
        assert facts(story) == []
        story.record([EntryRestored(target="e00002")])
        assert facts(story) == ["steam"]


GONE: list[tuple[str, type[Projection]]] = [
    ("/sev HIGH", SeverityState),
    ("/impact users all", Impact),
    ("/role taster ben", Hats),
    ("? gas", Hypotheses),
    ("> flour", Mitigations),
    ("/milestone detected smoke", Milestones),
]


class TestUndo:
    @pytest.mark.parametrize(("line", "projection"), GONE)
    def test_the_state_is_what_it_was(self, line: str, projection: type[Projection]) -> None:
        story = baking()
        before = contents(story.incident.of(projection))
        story.say(line)
        assert contents(story.incident.of(projection)) != before
        story.say("/undo")
        assert contents(story.incident.of(projection)) == before

    def test_it_takes_back_the_whole_line(self) -> None:
        story = baking("/role all ana", "/undo")
        assert story.incident.of(Hats).worn == {}

    def test_it_goes_back_line_by_line(self) -> None:
        story = baking("one", "two", "three", "/undo", "/undo")
        assert facts(story) == ["one"]

    def test_it_touches_only_what_the_same_person_typed(self) -> None:
        story = baking("mine")
        story.say("theirs", actor="ben")
        story.say("/undo")
        assert facts(story) == ["theirs"]
        assert "carl has no entry" in refusal(story, "/undo", actor="carl").message

    def test_it_skips_what_was_retracted_already(self) -> None:
        story = baking("one", "two", "/retract 3 wrong", "/undo")
        assert facts(story) == []

    @pytest.mark.parametrize(
        ("lines", "mend"),
        [
            ([], []),
            (LOOKED, ["/reopen look WHY"]),
            (["smoke", "/state mitigated"], ["/state active WHY"]),
            (["/close merged elsewhere"], []),
        ],
    )
    def test_a_transition_is_never_undone_nor_reached_past(
        self, lines: list[str], mend: list[str]
    ) -> None:
        story = baking(*lines)
        before = (states(story), lifecycle(story).status)
        assert mends(refusal(story, "/undo")) == mend
        assert (states(story), lifecycle(story).status) == before

    def test_somebody_elses_transition_does_not_stand_in_the_way(self) -> None:
        story = baking("smoke")
        story.say("/state mitigated", actor="ben")
        story.say("/undo")
        assert facts(story) == []


class TestUndoOfAPaste:
    """Lines that were pasted together are taken back together; nothing leaves the log."""

    @staticmethod
    def paste(story: Story, *lines: str) -> Story:
        """Say lines as pasted ones are recorded: each knows the first of them."""
        first = len(story.entries) + 1
        story.tell(lines)
        batch = story.entries[first - 1].id
        entries = [
            msgspec.structs.replace(entry, batch=batch) if number >= first else entry
            for number, entry in enumerate(story.entries, 1)
        ]
        story.incident = fold(entries, story.incident.playbook)
        return story

    def test_one_undo_takes_back_all_and_one_redo_brings_all_back(self) -> None:
        lines = [f"line {number}" for number in range(30)]
        story = self.paste(baking("before"), *lines)
        done = story.say("/undo")
        assert facts(story) == ["before"]
        assert len(story.entries) == 2 + 30 + 30
        words = effect(story.incident, [entry.event for entry in done])
        assert words == "takes back a paste of 30 lines, #3-32: line 0 … line 29"
        done = story.say("/redo")
        assert facts(story) == ["before", *lines]
        words = effect(story.incident, [entry.event for entry in done])
        assert words == "brings back a paste of 30 lines, #3-32: line 0 … line 29"

    def test_what_was_typed_after_it_is_taken_back_first(self) -> None:
        story = self.paste(baking("before"), "one", "two").tell(["after", "/undo"])
        assert facts(story) == ["before", "one", "two"]
        story.say("/undo")
        assert facts(story) == ["before"]

    def test_a_line_of_it_that_does_not_count_any_more_is_left_out(self) -> None:
        story = self.paste(baking(), "one", "two", "three").tell(["/retract 3 wrong"])
        done = story.say("/undo")
        assert "2 lines, #2, #4: one … three" in effect(story.incident, [e.event for e in done])

    def test_lines_of_several_entries_count_as_lines(self) -> None:
        story = self.paste(baking(), "/role all ana", "smoke")
        done = story.say("/undo")
        assert "a paste of 2 lines, #2-4" in effect(story.incident, [e.event for e in done])

    def test_it_does_not_reach_past_a_transition(self) -> None:
        story = self.paste(baking("smoke"), "one", "/state mitigated", "two")
        story.say("/undo")
        assert facts(story) == ["smoke", "one"]
        assert mends(refusal(story, "/undo")) == ["/state active WHY"]

    def test_it_leaves_alone_what_somebody_else_pasted(self) -> None:
        story = self.paste(baking(), "one", "two")
        assert "ben has no entry" in refusal(story, "/undo", actor="ben").message


class TestRedo:
    def test_what_was_undone_last_counts_again(self) -> None:
        story = baking("one", "two", "/undo", "/undo", "/redo")
        assert facts(story) == ["one"]
        story.say("/redo")
        assert facts(story) == ["one", "two"]

    def test_a_line_comes_back_whole(self) -> None:
        story = baking("/role all ana", "/undo", "/redo")
        assert set(story.incident.of(Hats).worn) == {"lead", "speaker"}

    def test_only_ones_own_undoing_is_redone(self) -> None:
        story = baking("one", "/undo")
        assert "ben has nothing to redo" in refusal(story, "/redo", actor="ben").message

    def test_a_retraction_is_no_undoing(self) -> None:
        story = baking("one", "/retract 2 wrong")
        assert "nothing to redo" in refusal(story, "/redo").message

    def test_it_can_be_undone_again(self) -> None:
        assert facts(baking("one", "/undo", "/redo", "/undo")) == []


def test_what_hangs_on_a_retracted_entry_does_no_harm() -> None:
    story = baking("? gas", "/hyp 1 test sniff", "/hyp 1 confirm smells", "/retract 2 no")
    assert story.incident.of(Hypotheses).items == []
    sentences = [entry.event.tell(entry, story.incident) for entry in story.incident.entries[2:4]]
    assert sentences == ["hypothesis 0: sniff", "hypothesis 0: smells"]


@given(st.text(max_size=30))
def test_the_line_that_corrects_an_entry_says_what_the_entry_says(text: str) -> None:
    """Entered as it is, it changes nothing: no sign in it is taken for a time or a command."""
    story = Story()
    story.record([FactRecorded(text=clean_line(text) or "x")])
    entry = story.incident.entries[-1]
    story.say(correcting_line(story.incident, entry))
    assert story.incident.entries[1].event == entry.event


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["/sev SEV2 it is bad"], "no text of its own"),
        (["/role commander ana"], "no text of its own"),
        (["pool is full", "/retract 2 wrong panel"], "does not count"),
        (["/state mitigated"], "stays as it is"),
    ],
)
def test_an_entry_that_has_no_text_to_correct_says_so(lines: list[str], reason: str) -> None:
    story = Story().tell(lines)
    entry = story.incident.by_number(2)
    assert entry is not None
    with pytest.raises(Refused, match=reason):
        correcting_line(story.incident, entry)


def test_several_lines_are_not_corrected_into_one() -> None:
    story = Story()
    story.record([FactRecorded(text="one\ntwo")])
    with pytest.raises(Refused, match="several lines"):
        correcting_line(story.incident, story.incident.entries[-1])


def test_a_title_is_corrected_by_the_line_that_gives_another() -> None:
    story = Story().tell(["/title Checkout is slow"])
    first = story.incident.by_number(1)
    assert first is not None
    assert correcting_line(story.incident, first) == "/title Checkout is slow"
    with pytest.raises(Refused) as refused:
        story.say("/amend 1 Checkout is slow")
    assert ("its title can be changed", "/title TEXT") in refused.value.reasons
