"""The course of an incident through gates of every review mode, under an invented playbook."""

import pytest

from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.process.gates import gate, next_line
from incident_tui.domain.process.lifecycle import (
    EARLY_REASONS,
    RECORDED_FROM,
    STAGE_STATES,
    STATUSES,
    IncidentClosed,
    ReviewRequested,
    SentBack,
    StagePassed,
    StageReopened,
    StatusChanged,
)
from incident_tui.domain.process.transitions import final_step
from tests.support.incidents import Story
from tests.support.playbooks.engine import (
    ACTED,
    INFORMED,
    LEARNED,
    LOOKED,
    bakery_data,
    baking,
    lifecycle,
    mends,
    refusal,
    stage,
    states,
)


def passes(story: Story) -> list[StagePassed]:
    return [entry.event for entry in story.entries if isinstance(entry.event, StagePassed)]


def test_declaring_opens_the_first_stage() -> None:
    story = baking()
    assert states(story) == {
        "look": "open", "act": "ahead", "tell": "ahead", "learn": "ahead", "after": "ahead",
    }  # fmt: skip
    assert stage(story, "look").entered_at == story.now


class TestAutoReview:
    def test_a_shut_gate_names_each_missing_thing_with_its_mend(self) -> None:
        refused = refusal(baking(), "/advance")
        assert refused.message == "the gate of Look around is shut"
        assert mends(refused) == ["/sev HIGH|LOW", "! …"]

    def test_a_gate_that_passes_needs_nobody_to_confirm(self) -> None:
        story = baking(*LOOKED)
        assert states(story)["look"] == "passed"
        assert states(story)["act"] == "open"
        assert passes(story) == [StagePassed(stage="look", review="auto", cycle=1)]

    def test_nothing_can_be_approved(self) -> None:
        assert mends(refusal(baking(), "/approve")) == ["/advance"]

    def test_what_was_waived_is_named_in_the_transition(self) -> None:
        story = baking("/sev HIGH", "/waive decisions.made too early", "/advance")
        assert passes(story)[0].waived == {"decisions.made": "too early"}

    def test_a_waiver_of_something_that_then_happened_is_not_claimed(self) -> None:
        story = baking("/sev HIGH", "/waive decisions.made too early", "! bake", "/advance")
        assert passes(story)[0].waived == {}


class TestAskReview:
    WORK = ACTED[:3]

    def test_advance_shows_the_artifact_for_approval(self) -> None:
        story = baking(*LOOKED, *self.WORK, "/advance have a look")
        asked = story.entries[-1].event
        assert asked == ReviewRequested(stage="act", revision=1, text="have a look")
        assert states(story)["act"] == "review"
        assert lifecycle(story).current.stage.id == "act"

    def test_what_is_sent_back_is_open_again_and_every_revision_keeps_what_was_said(self) -> None:
        story = baking(
            *LOOKED, *self.WORK, "/advance", "/revise name the oven", "/set risk oven 2 may burn",
            "/attest calm", "/attest warm", "/advance", "/approve good",
        )  # fmt: skip
        first, second = stage(story, "act").revisions
        assert first.answer is not None
        assert first.answer.event == SentBack(
            stage="act", revision=1, text="name the oven", renews=True
        )
        assert second.answer is not None
        assert second.answer.event == StagePassed(
            stage="act", review="ask", revision=2, by="ana", text="good"
        )
        assert first.upto < second.upto
        assert states(story)["act"] == "passed"

    def test_a_revision_that_reads_as_the_one_sent_back_is_refused(self) -> None:
        story = baking(
            *LOOKED, *self.WORK, "/advance", "/revise which oven?", "/attest calm", "/attest warm",
        )  # fmt: skip
        refused = refusal(story, "/advance")
        assert refused.message == "Act reads as it did when ana sent it back: which oven?"
        assert mends(refused) == ["/set risk …"]  # and no field that the log fills by itself
        story.tell(["/set risk oven 2", "/advance", "/set risk it may burn"])
        assert "reads as it did" in refusal(story, "/approve").message

    def test_what_sent_it_back_is_the_note_of_the_stage_until_the_next_revision(self) -> None:
        story = baking(*LOOKED, *ACTED[:-1], "/revise which oven?")
        note = stage(story, "act").sent_back
        assert note is story.incident.entries[-1]
        story.tell(["/attest calm", "/attest warm", "/set risk oven 2", "/advance"])
        assert stage(story, "act").sent_back is None

    def test_advancing_while_it_waits_is_refused_with_both_ways_on(self) -> None:
        story = baking(*LOOKED, *self.WORK, "/advance")
        assert mends(refusal(story, "/advance")) == ["/approve", "/revise NOTE"]

    @pytest.mark.parametrize("line", ["/approve", "/revise more"])
    def test_what_does_not_wait_can_be_neither_approved_nor_sent_back(self, line: str) -> None:
        refused = refusal(baking(*LOOKED), line)
        assert refused.message == "nothing waits for approval: Act is still being worked on"

    def test_a_gate_that_shut_again_refuses_the_approval(self) -> None:
        story = baking(*LOOKED, *self.WORK, "/advance", "/set risk -")
        assert mends(refusal(story, "/approve")) == ["/set risk …"]

    def test_approving_twice_records_one_transition(self) -> None:
        story = baking(*LOOKED, *ACTED)
        refusal(story, "/approve")
        assert [event.stage for event in passes(story)] == ["look", "act"]

    def test_leaving_sets_the_state_that_the_stage_says(self) -> None:
        story = baking(*LOOKED, *ACTED)
        assert lifecycle(story).status == "mitigated"

    def test_a_later_state_is_not_set_back(self) -> None:
        story = baking(*LOOKED, "/state resolved", *ACTED)
        assert lifecycle(story).status == "resolved"


class TestNoReview:
    def test_the_stage_can_be_left_at_any_time(self) -> None:
        story = baking(*LOOKED, *ACTED, "/advance")
        assert states(story)["tell"] == "passed"
        assert passes(story)[-1].review == "none"


class TestExternalReview:
    def asked(self, *, self_review: bool = False) -> Story:
        return baking(
            *LOOKED, *ACTED, *INFORMED, "/factor oven too old", "/advance", self_review=self_review
        )

    @pytest.mark.parametrize("line", ["/approve", "/approve by:ana ref:x", "/approve by:Ana ref:x"])
    def test_an_author_cannot_approve(self, line: str) -> None:
        refused = refusal(self.asked(), line)
        assert "is an author of Learn" in refused.message
        assert mends(refused) == ["/approve by:NAME ref:…", "self-review = true"]

    def test_somebody_else_needs_a_reference(self) -> None:
        assert mends(refusal(self.asked(), "/approve by:ben")) == ["/approve by:ben ref:…"]

    def test_the_name_and_the_reference_are_recorded(self) -> None:
        story = self.asked()
        story.say("/approve by:ben ref:note-7 well told")
        assert passes(story)[-1] == StagePassed(
            stage="learn", review="external", revision=1, by="ben", ref="note-7 well told"
        )

    def test_a_reviewer_who_sent_it_back_is_no_author_by_that(self) -> None:
        story = self.asked()
        story.say("/revise which oven?", actor="ben")
        story.say("/factor plan no spare")
        story.say("/advance")
        story.say("/approve ref:note-7", actor="ben")
        assert passes(story)[-1].by == "ben"

    def test_whoever_typed_while_it_was_open_is_an_author(self) -> None:
        story = self.asked()
        story.say("/revise which oven?", actor="ben")
        story.say("/factor plan no spare", actor="ben")
        story.say("/advance")
        assert "ben is an author" in refusal(story, "/approve ref:note-7", actor="ben").message

    def test_the_home_may_allow_a_self_review_which_then_says_so(self) -> None:
        story = self.asked(self_review=True)
        story.say("/approve")
        passed = passes(story)[-1]
        assert passed.self_reviewed
        assert passed.by == "ana"
        assert passed.tell(story.entries[-1], story.incident).endswith("self-reviewed")

    def test_with_self_review_allowed_somebody_else_is_still_no_self_review(self) -> None:
        story = self.asked(self_review=True)
        story.say("/approve by:ben ref:note-7")
        assert not passes(story)[-1].self_reviewed


def test_a_key_that_passes_a_stage_or_closes_is_told_that_nobody_can_undo_it() -> None:
    story = baking()
    passed = StagePassed(stage="act", review="ask", cycle=1)
    for events, warning in (
        ([FactRecorded("cold")], ""),
        ([FactRecorded("cold"), passed], "passes Act, which nobody can undo"),
        ([passed, IncidentClosed()], "passes Act and closes the incident, which nobody can undo"),
    ):
        assert final_step(story.incident, events) == warning


class TestReopening:
    def test_a_passed_stage_opens_again_and_the_later_one_waits(self) -> None:
        story = baking(*LOOKED, *ACTED, "/reopen act it went cold")
        assert story.entries[-1].event == StageReopened(
            stage="act", text="it went cold", status="active"
        )
        assert states(story)["act"] == "open"
        assert states(story)["tell"] == "ahead"

    def test_a_log_from_before_says_why_it_was_reopened_and_no_state(self) -> None:
        story = baking(*LOOKED, *ACTED)
        [entry] = story.record([StageReopened(stage="act", text="it went cold")])
        assert entry.event.sentence(entry, story.incident) == "Act was reopened: it went cold"

    AGAIN = ("/attest calm", "/attest warm", "/advance", "/approve")

    def test_passing_again_counts_cycles_and_later_stages_have_to_be_passed_again(self) -> None:
        story = baking(*LOOKED, *ACTED, *INFORMED, "/reopen act it went cold")
        assert states(story)["tell"] == "stale"
        story.tell(self.AGAIN)
        assert passes(story)[-1].cycle == 2
        assert stage(story, "act").cycles == 2
        assert lifecycle(story).current.stage.id == "tell"

    def test_where_the_impact_is_not_back_it_goes_on_where_it_was(self) -> None:
        story = baking(*LOOKED, *ACTED, *INFORMED, "/reopen act a typing error state:mitigated")
        assert lifecycle(story).status == "mitigated"
        assert lifecycle(story).is_stale(stage(story, "tell"))
        story.tell(self.AGAIN)
        assert lifecycle(story).current.stage.id == "learn"
        assert states(story)["tell"] == "passed"

    def test_a_later_approval_is_withdrawn_where_its_document_reads_differently_now(self) -> None:
        story = baking(
            *LOOKED, *ACTED, *INFORMED, *LEARNED, "/reopen act a typing error state:resolved",
            "/set moral be early", *self.AGAIN,
        )  # fmt: skip
        assert passes(story)[-1].withdraws == {"learn": "Moral"}
        assert lifecycle(story).current.stage.id == "learn"
        assert stage(story, "learn").lapsed is story.incident.entries[-1]

    @pytest.mark.parametrize(
        ("lines", "opened", "state"),
        [
            ((*LOOKED, *ACTED, *INFORMED, *LEARNED), "act", "active"),
            ((*LOOKED, *ACTED, *INFORMED, *LEARNED), "look", "active"),
            ((*LOOKED, *ACTED, *INFORMED, *LEARNED), "learn", "mitigated"),
            ((*LOOKED, *ACTED, *INFORMED, "/state monitoring"), "tell", "monitoring"),
            ((*LOOKED, *ACTED, *INFORMED, "/state active back"), "look", "active"),
        ],
    )
    def test_the_state_falls_back_to_what_held_before_the_stage(
        self, lines: tuple[str, ...], opened: str, state: str
    ) -> None:
        assert lifecycle(baking(*lines, f"/reopen {opened} again")).status == state

    def test_a_stage_may_be_named_by_its_title(self) -> None:
        story = baking(*LOOKED)
        assert "nothing" in refusal(story, "/approve").message
        story.say('/reopen "look around" wrong day')
        assert states(story)["look"] == "open"

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("/reopen bake why", "there is no stage 'bake'"),
            ("/reopen act why", "Act is open already"),
            ("/reopen learn why", "Learn is still ahead"),
        ],
    )
    def test_what_was_not_passed_cannot_be_opened_again(self, line: str, says: str) -> None:
        assert says in refusal(baking(*LOOKED), line).message

    def test_a_closed_incident_goes_on_in_the_state_it_had(self) -> None:
        story = baking(*LOOKED, *ACTED, "/close duplicate of another", "/reopen tell not so")
        assert lifecycle(story).closed is None
        assert lifecycle(story).status == "mitigated"
        story.say("/state active")
        assert lifecycle(story).status == "active"

    def test_closed_early_in_the_first_stage_it_can_go_on_there(self) -> None:
        story = baking("/close false-positive no bread was late", "/reopen look it was late")
        assert lifecycle(story).closed is None
        assert states(story)["look"] == "open"
        assert stage(story, "look").cycles == 1


class TestStaleScreens:
    LINES = ("/advance", "/approve", "/revise no", "/close")

    @pytest.mark.parametrize("line", LINES)
    def test_a_line_from_a_screen_that_shows_another_stage_is_refused(self, line: str) -> None:
        refused = refusal(baking(*LOOKED), line, seen_stage="look")
        assert refused.message == "look is not the current stage any more: it is Act"

    def test_the_stage_that_is_shown_may_be_left(self) -> None:
        story = baking(*LOOKED[:2])
        story.say("/advance", seen_stage="look")
        assert states(story)["act"] == "open"


class TestClosing:
    DONE = (*LOOKED, *ACTED, *INFORMED, *LEARNED)

    def test_at_the_end_the_last_stage_is_left_with_it(self) -> None:
        story = baking(*self.DONE, "/attest swept", "/close")
        last, closed = story.entries[-2:]
        assert isinstance(last.event, StagePassed)
        assert closed.event == IncidentClosed()
        assert closed.part_of == last.id
        assert lifecycle(story).status == "closed"

    def test_every_stage_has_to_be_done(self) -> None:
        """What stands before the close is told, and the line that takes the first of it on."""
        story = baking(*LOOKED)
        first, *_, last = refusal(story, "/close").reasons
        left = "every stage is done: Act, Tell, Learn, Afterwards come first"
        assert first == (left, next_line(story.incident)) == (left, "/attest calm")
        assert last[0] == "or close early, with a reason"

    def test_a_last_stage_that_asks_for_a_review_is_approved_before_it(self) -> None:
        story = baking(
            *LOOKED, *ACTED[:-2], "/state resolved", "/attest swept",
            stages=bakery_data()["stages"][:2],
        )  # fmt: skip
        assert mends(refusal(story, "/close")) == ["/advance"]
        story.tell(["/advance", "/approve", "/close"])
        assert lifecycle(story).status == "closed"

    def test_early_it_is_of_no_record_whatever_its_reason_says(self) -> None:
        story = baking(f"/close merged {RECORDED_FROM}the other one")
        assert (lifecycle(story).is_history, lifecycle(story).origin) == (False, "")

    def test_its_own_gate_is_told(self) -> None:
        story = baking(*self.DONE, "/guardrail two bakers", "/state active")
        assert mends(refusal(story, "/close"))[:-1] == [
            "/attest calm",
            "/state resolved …",
            "/lift 1 WHY",
            "/attest swept",
        ]

    def test_its_waivers_are_recorded(self) -> None:
        story = baking(
            *self.DONE, "/guardrail two bakers", "/waive guardrails.lifted stays", "/attest swept",
            "/close",
        )  # fmt: skip
        assert story.entries[-1].event == IncidentClosed(waived={"guardrails.lifted": "stays"})

    @pytest.mark.parametrize("reason", EARLY_REASONS)
    def test_early_no_gate_is_claimed_as_passed(self, reason: str) -> None:
        story = baking(f"/close {reason} as it turned out")
        assert story.entries[-1].event == IncidentClosed(reason=reason, text="as it turned out")
        assert passes(story) == []
        assert states(story)["look"] == "open"
        assert not gate(story.incident).passes

    @pytest.mark.parametrize(
        ("line", "mend"),
        [("/close bored of it", "/close false-positive WHY"), ("/close merged", "…")],
    )
    def test_early_needs_a_known_reason_and_its_why(self, line: str, mend: str) -> None:
        assert mends(refusal(baking(), line))[0].endswith(mend)

    @pytest.mark.parametrize(
        "line", ["/advance", "/state active", "/close", "/approve", "/revise x"]
    )
    def test_afterwards_nothing_moves(self, line: str) -> None:
        assert "closed" in refusal(baking("/close merged into another"), line).message


class TestStates:
    @pytest.mark.parametrize("before", STATUSES)
    @pytest.mark.parametrize("after", STATUSES)
    def test_only_the_moves_of_the_table_are_allowed(self, before: str, after: str) -> None:
        story = baking()
        if before == "closed":
            story.say("/close merged elsewhere")
        elif before != "active":
            story.say(f"/state {before}")
        if after in STATUSES[before]:
            story.say(f"/state {after} as seen")
            changed = StatusChanged(
                status=after, before=before, text="as seen", recurs=after == "active"
            )
            assert story.entries[-1].event == changed
            assert lifecycle(story).status == after
        else:
            refusal(story, f"/state {after}")
            assert lifecycle(story).status == before

    @pytest.mark.parametrize(
        ("lines", "reached"),
        [
            (["/state mitigated"], {"mitigated"}),
            (["/state resolved"], {"mitigated", "resolved"}),
            (["/state postmortem-only"], {"mitigated", "resolved", "postmortem-only"}),
            (["/state monitoring"], {"mitigated", "monitoring"}),
            (["/state resolved", "/state monitoring"], {"mitigated", "monitoring"}),
            (["/state resolved", "/state mitigated"], {"mitigated"}),
            (["/state resolved", "/state active"], set()),
        ],
    )
    def test_going_back_forgets_that_it_was_further(
        self, lines: list[str], reached: set[str]
    ) -> None:
        assert set(lifecycle(baking(*lines)).reached) == reached

    def test_the_first_time_counts(self) -> None:
        story = baking("/state mitigated")
        first = story.now
        story.tell(["/state monitoring", "/state mitigated"])
        assert lifecycle(story).reached["mitigated"] == first


@pytest.mark.parametrize("state", STAGE_STATES)
@pytest.mark.parametrize("step", sorted({s for steps in STAGE_STATES.values() for s in steps}))
def test_a_stage_takes_only_the_steps_of_its_table(state: str, step: str) -> None:
    record = lifecycle(baking()).stages[0]
    record.state = state
    record.move(step)
    assert record.state == STAGE_STATES[state].get(step, state)
    assert record.state in STAGE_STATES


class TestTransitionsOfTwoCopies:
    """What two processes or two clones recorded without knowing of each other."""

    def test_a_stage_is_passed_once(self) -> None:
        story = baking(*LOOKED)
        story.record([StagePassed(stage="look", review="auto")], actor="ben")
        assert states(story)["act"] == "open"
        assert stage(story, "act").cycles == 1

    def test_a_review_is_asked_for_once(self) -> None:
        story = baking(*LOOKED, *ACTED[:3], "/advance")
        story.record([ReviewRequested(stage="act", revision=1)], actor="ben")
        assert len(stage(story, "act").revisions) == 1

    def test_sending_back_what_was_approved_changes_nothing(self) -> None:
        story = baking(*LOOKED, *ACTED)
        story.record([SentBack(stage="act", revision=1, text="late")], actor="ben")
        assert states(story)["act"] == "passed"
        answer = stage(story, "act").revisions[0].answer
        assert answer is not None
        assert isinstance(answer.event, StagePassed)

    def test_a_state_that_this_version_does_not_know_is_left_out(self) -> None:
        story = baking()
        story.record([StatusChanged(status="asleep", before="active")])
        assert lifecycle(story).status == "active"
        story.say("/state mitigated")
