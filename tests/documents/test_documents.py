"""What a colleague finds in the folder of an incident that went its whole way."""

import re
from collections.abc import Callable

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.process.artifacts import FieldSet
from tests.documents.reading import sections
from tests.support.incidents import TRIAGE, Story, story

Documents = dict[str, str]


def _report(documents: Documents) -> str:
    return documents["artifacts/2-mitigation-report.md"]


class TestReadme:
    def test_says_state_severity_stage_and_when_the_next_update_is_due(
        self, after: Callable[[int], Documents]
    ) -> None:
        readme = after(1)["README.md"]
        assert "- **State:** Active" in readme
        assert "- **Severity:** SEV2 (major feature broken)\n" in readme
        assert "- **Stage:** Mitigate (2 of 7)" in readme
        assert "- **Next update due:** 2026-11-20 14:48" in readme
        assert "- **Times are in:** UTC" in readme

    def test_says_what_the_gate_still_asks_and_the_line_that_mends_it(
        self, after: Callable[[int], Documents]
    ) -> None:
        asks = sections(after(1)["README.md"])["What the gate of Mitigate still asks"]
        assert "`/attest impact-reduced`" in asks
        assert "no change is left in flight" not in asks, "a check that passes asks for nothing"

    def test_names_who_wears_which_hat_and_which_is_not_needed_why(self) -> None:
        outage = Story().tell(["/role commander ana", "/role scribe not-needed ana types herself"])
        hats = sections(render_folder(outage.incident)["README.md"])["Hats"]
        assert "- **Incident commander:** ana, since 14:06" in hats
        assert "- **Scribe:** not needed, ana types herself" in hats

    def test_links_to_every_document_of_the_folder(self, closed: Documents) -> None:
        for path in closed:
            assert path == "README.md" or f"]({path})" in closed["README.md"]

    def test_owes_no_update_and_asks_nothing_once_closed(self, closed: Documents) -> None:
        assert "Next update due" not in closed["README.md"]
        assert "still asks" not in closed["README.md"]

    def test_says_that_a_drill_is_one_and_that_details_are_protected(self) -> None:
        readme = render_folder(Story(drill=True, protected=True).incident)["README.md"]
        assert "A drill" in readme
        assert "Protected" in readme

    def test_claims_no_stage_as_passed_when_closed_early(self) -> None:
        outage = Story().tell(["/close duplicate see 2026-11-19-checkout"])
        readme = render_folder(outage.incident)["README.md"]
        assert "Closed early as duplicate: see 2026-11-19-checkout." in readme
        assert "not passed" in readme


class TestTimeline:
    def test_is_grouped_by_day_in_the_incidents_zone_and_says_so(self) -> None:
        outage = Story(zone="Asia/Tokyo")
        outage.say("before midnight", at=outage.now.replace(hour=14, minute=50))
        outage.say("after midnight", at=outage.now.replace(hour=15, minute=10))
        timeline = render_folder(outage.incident)["timeline.md"]
        days = sections(timeline)
        assert list(days) == ["Friday 2026-11-20", "Saturday 2026-11-21"]
        assert "| 2 | 23:50 | fact | before midnight |" in days["Friday 2026-11-20"]
        assert "| 3 | 00:10 | fact | after midnight |" in days["Saturday 2026-11-21"]
        assert "Times are in Asia/Tokyo." in timeline

    def test_a_late_entry_stands_where_it_happened_with_both_clocks(self) -> None:
        outage = Story().tell(["seen now", "@13:58 deployed v42 src:deploys"])
        rows = render_folder(outage.incident)["timeline.md"].splitlines()
        late = next(at for at, row in enumerate(rows) if "deployed v42" in row)
        assert rows[late] == "| 3 | 13:58 (+9m) | fact | deployed v42 | ana | deploys |"
        assert "declared" in rows[late + 1]

    def test_a_retracted_entry_is_struck_through_with_the_reason(self) -> None:
        outage = Story().tell(["all is lost", "/retract 2 wrong dashboard"])
        timeline = render_folder(outage.incident)["timeline.md"]
        assert "~~all is lost~~ (retracted in #3: wrong dashboard)" in timeline

    def test_an_undone_entry_is_struck_through(self) -> None:
        outage = Story().tell(["typo", "/undo"])
        assert "~~typo~~ (undone in #3)" in render_folder(outage.incident)["timeline.md"]

    def test_an_amended_entry_shows_what_it_said_first(self) -> None:
        outage = Story().tell(["14 % of checkouts", "/amend 2 12 % of checkouts"])
        timeline = render_folder(outage.incident)["timeline.md"]
        assert '12 % of checkouts (amended in #3, first "14 % of checkouts")' in timeline

    def test_an_entry_moved_in_time_says_where_it_stood_first(self) -> None:
        outage = Story().tell(["page arrives", "/amend 2 @14:01"])
        timeline = render_folder(outage.incident)["timeline.md"]
        assert "| 2 | 14:01 (+5m) | fact | page arrives (amended in #3, first at 14:06)" in timeline

    def test_says_who_wrote_it_with_which_hat(self, closed: Documents) -> None:
        assert "| roll back to v41 | ana·commander |" in closed["timeline.md"]


class TestArtifacts:
    def test_each_stage_that_was_entered_has_one(self, after: Callable[[int], Documents]) -> None:
        paths = [path for path in after(1) if path.startswith("artifacts/")]
        assert paths == ["artifacts/1-incident-brief.md", "artifacts/2-mitigation-report.md"]

    def test_fields_are_written_by_type_and_empty_optional_ones_left_out(
        self, closed: Documents
    ) -> None:
        brief, report = closed["artifacts/1-incident-brief.md"], _report(closed)
        assert "**Users affected:** 12 % of checkouts in eu-west" in brief
        assert "**Services affected:**\n\n- checkout\n- payments" in brief
        assert "| 5xx | 0.2 % | 12 % | 2026-11-20 14:02 | pager |" in report
        assert (
            "| 12 more pods | failed: no effect after five minutes; undone: scaled back |" in report
        )
        assert "Deployment" not in closed["artifacts/5-resolution-summary.md"]

    def test_an_approved_artifact_stays_as_it_was_approved(self, closed: Documents) -> None:
        assert "(open)" in closed["artifacts/1-incident-brief.md"], "confirmed only later"

    def test_what_was_typed_after_approval_is_set_apart(self) -> None:
        outage = story(2)
        outage.say("/set residual-risk none any more")
        report = _report(render_folder(outage.incident))
        assert "only ana lifts the freeze" in report
        since = sections(report)["Changed since it was approved"]
        assert since == "- **Residual risk:** none any more"

    def test_a_revision_sent_back_keeps_what_it_said_and_what_was_said_about_it(
        self, closed: Documents
    ) -> None:
        revisions = sections(_report(closed))["Revisions"]
        assert 'Sent back by ana on 2026-11-20 14:33: "say who may lift' in revisions
        assert "before the pool is bounded" in revisions
        assert "**Revision 2.**" in revisions

    def test_the_gate_names_attestations_and_waivers_with_reasons(self, closed: Documents) -> None:
        gate = sections(closed["artifacts/5-resolution-summary.md"])["Gate"]
        assert "healthy (says ana: no alert for an hour)" in gate
        assert "waived (ana), ana is alone this week" in gate

    def test_a_self_review_is_in_plain_sight(self, closed: Documents) -> None:
        assert "**Self-reviewed:**" in closed["postmortem.md"]
        assert "self-reviewed" in closed["README.md"]

    def test_each_approval_of_ones_own_says_so_where_it_is_told_again(self) -> None:
        outage = story(6).tell(["/reopen postmortem one more lesson state:resolved"])
        outage.tell(["/set lessons look twice", "/advance", "/approve by:zoe ref:mail"])
        page = render_folder(outage.incident)["postmortem.md"]
        assert "ana (approved 2026-11-20 15:12, self-reviewed)" in page
        assert re.search(r"Approved by ana on [^.]+, self-reviewed\.", page)
        assert re.search(r"Approved by zoe on [^.]+ \(mail\), recorded by ana\.", page)

    def test_an_outside_approval_is_named_with_its_reference(self) -> None:
        outage = story(5)
        outage.say("/reopen postmortem one factor is missing")
        outage.tell(["/advance", "/approve by:ben ref:https://example.org/pull/7"])
        page = render_folder(outage.incident)["postmortem.md"]
        assert "Approved by ben on 2026-11-20" in page
        assert "(<https://example.org/pull/7>), recorded by ana." in page
        assert "passed twice" in page
        assert "Self-reviewed" not in page

    def test_a_stage_without_gate_says_so(self, closed: Documents) -> None:
        page = closed["artifacts/3-stakeholder-communication.md"]
        assert "this stage has no gate" in page
        assert "Gate" not in sections(page)

    def test_a_reopened_stage_says_why(self) -> None:
        outage = story(2)
        outage.say("/reopen mitigate the rollback did not hold")
        page = _report(render_folder(outage.incident))
        assert 'Reopened by ana on 2026-11-20 14:41: "the rollback did not hold"' in page

    def test_an_artifact_under_review_says_that_it_waits(self) -> None:
        outage = Story().tell(TRIAGE[:-1])
        page = render_folder(outage.incident)["artifacts/1-incident-brief.md"]
        assert "Revision 1 waits for approval." in page


def test_an_update_says_what_people_were_told_and_when_they_hear_more(closed: Documents) -> None:
    assert (
        closed["updates/1-initial.md"]
        == """\
# First message (1): Checkout returns 5xx in eu-west

Checkout fails for some users in eu-west; rolling back.

Next update: 2026-11-20 14:48 (UTC).

## Posted

- **When:** 2026-11-20 14:18 (UTC)
- **By:** ana
- **Hat:** Incident commander
- **Timeline:** [#17](../timeline.md)

Part of [this incident](../README.md).
"""
    )


class TestPostmortem:
    def test_begins_when_the_impact_is_stopped(self, after: Callable[[int], Documents]) -> None:
        assert "postmortem.md" not in after(1)
        assert "Draft: not approved yet." in after(2)["postmortem.md"]

    def test_stays_when_the_impact_returns_and_says_that_nothing_is_final(self) -> None:
        outage = story(2)
        outage.say("/state active 5xx again")
        assert "nothing below is final" in render_folder(outage.incident)["postmortem.md"]

    @pytest.mark.parametrize(
        ("section", "words"),
        [
            ("Summary", "A deploy raised the number of connections until the pool was empty."),
            ("Impact", "- **Data:** none"),
            ("Severity", "SEV2 from 14:08: checkout fails for a region"),
            ("Milestones and durations", "| Mitigated | 14:27 | 27m | taken from #26 |"),
            ("Milestones and durations", "| Time to mitigate | 27m | started to mitigated |"),
            ("Detection", "Shown by 5xx: from 0.2 % to 12 % (pager)."),
            ("Detection", "Noticed at 14:02, 2m after the start."),
            ("Decisions", "- 14:17, roll back to v41 (ana)"),
            ("Appendix: the log", "| 16 | 14:17 | decision | roll back to v41 |"),
            ("Communication", "[First message](updates/1-initial.md): Checkout fails"),
            ("Mitigation", "| checkout back to v41 | verified at 14:28 (5xx back at 0.3 %"),
            ("Mitigation", "| scale back to 8 |"),
            ("Changes before the incident", "- 13:58, deployed checkout v42 (deploys)"),
            ("Hypotheses", "### Confirmed\n\n- v42 exhausts the connection pool"),
            ("Hypotheses", "### Ruled out\n\n- a certificate expired"),
            ("Contributing factors", "**Detection gap:**\n\n- no alert on pool usage"),
            ("Contributing factors", "no payment traffic (candidate, to verify)"),
            ("Chain of whys", "2. the client library changed its default"),
            (
                "Permanent fix",
                "| v43 bounds retries to three and the pool to 40 | test_pool_survives",
            ),
            ("What went well", "- rollback within ten minutes\n- the pager fired first"),
            ("Defences that were missing", "an upper bound for retries"),
            ("Waived checks", "| Resolve | somebody other than its engineer"),
            ("Action items", "| 1 | alert on pool usage | ana | 2026-12-04 | detect | P1 |"),
            ("Guardrails", "deploys of checkout are frozen (lifted: v43 is out)"),
            ("Questions", "were webhooks lost? **no, all were replayed**"),
        ],
    )
    def test_tells_the_whole_story(self, closed: Documents, section: str, words: str) -> None:
        assert words in sections(closed["postmortem.md"])[section]

    def test_links_evidence(self) -> None:
        outage = story(2)
        outage.say("/link https://example.org/dash/7 the pool dashboard")
        evidence = sections(render_folder(outage.incident)["postmortem.md"])["Evidence"]
        assert evidence == "- the pool dashboard <https://example.org/dash/7>"


class TestActions:
    def test_counts_by_status_and_lists_every_item(self, closed: Documents) -> None:
        page = closed["actions.md"]
        assert "2 action items: 1 verified, 1 handed over." in page
        assert "| P2 | its graph | handed over (platform team, PLAT-311) |" in page

    def test_says_so_when_there_is_none(self, after: Callable[[int], Documents]) -> None:
        assert "No action item is on record." in after(1)["actions.md"]

    def test_a_deadline_that_is_close_has_its_time(self) -> None:
        outage = Story().tell(
            ["+ restart the pool owner:ana due:+3h", "+ bound it owner:ana due:2w"]
        )
        page = render_folder(outage.incident)["actions.md"]
        assert "2026-11-20 17:06" in page
        assert "| 2026-12-04 |" in page


def test_what_blamed_somebody_and_was_put_into_other_words_stands_in_no_document() -> None:
    outage = Story().tell(
        ["ben forgot the flag", "it was human error", "ana's mistake", "/role scribe ben"]
    )
    stage = outage.playbook.stages[0].id
    for text in ("the on-call was careless", "the list has no owner"):
        outage.record([FieldSet(stage=stage, field="severity", text=text)])
    outage.tell(
        [
            "/amend 2 the flag was sloppily set",
            "/amend 2 the flag has no default",
            "/retract 3 it says nothing",
            "/amend 4 the page hides the zone",
        ]
    )
    for page in render_folder(outage.incident).values():
        for words in ("forgot", "human error", "mistake", "careless", "sloppily"):
            assert words not in page
