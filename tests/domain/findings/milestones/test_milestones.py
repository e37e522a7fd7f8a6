"""Milestones, durations, and the state as plain data."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from incident_tui.domain.core.events import fold
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.milestones import MilestoneReached, contradiction
from incident_tui.domain.report import playbook_data, report, summary
from tests.domain.findings.milestones.test_derivations import MINUTE, minutes
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow
from tests.support.incidents import DECLARED_AT, Story, playbook, story
from tests.support.playbooks.engine import baking

NOW = DECLARED_AT + timedelta(days=1)


def test_durations_are_measured_between_milestones() -> None:
    outage = Story(started_at=DECLARED_AT - 10 * MINUTE).tell(
        ["@-4m = heat 20 src:nose", "/state mitigated", "/state resolved"]
    )
    assert durations(outage.incident) == {
        "time_to_detect": 7 * MINUTE,
        "time_to_declare": 3 * MINUTE,
        "time_to_mitigate": 12 * MINUTE,
        "time_to_recover": 5 * MINUTE,
        "time_of_impact": 12 * MINUTE,
        "time_to_resolve": 13 * MINUTE,
    }


def test_a_duration_with_an_unknown_end_is_unknown() -> None:
    assert set(durations(baking().incident).values()) == {None}


REPORT = {
    "id", "title", "kind", "protected", "playbook", "status", "severity", "stage", "stages",
    "started_at", "detected_at", "declared_at", "mitigated_at", "resolved_at", "durations", "zone",
    "roles", "impact", "scope", "hypotheses", "mitigations", "readings", "actions", "factors",
    "guardrails", "questions", "updates", "next_update_due", "artifacts", "gate", "flags",
    "timeline", "milestone_origins", "artifact_rows",
}  # fmt: skip
ROWS = {
    "stages": {"id", "title", "state", "entered_at", "left_at", "cycles"},
    "hypotheses": {"number", "text", "status", "test", "for", "against"},
    "mitigations": {"number", "kind", "text", "undo", "status"},
    "readings": {"name", "before", "after"},
    "actions": {"number", "text", "owner", "due", "class", "priority", "verify", "status"},
    "factors": {"number", "layer", "text", "candidate"},
    "updates": {"number", "kind", "at", "text", "next_at"},
    "timeline": {
        "number", "id", "at", "recorded_at", "kind", "actor", "hat", "text", "source", "amended",
        "retracted",
    },
}  # fmt: skip


class TestReport:
    DATA = report(story(3).incident, NOW)

    def test_it_has_the_fields_that_scripts_rely_on(self) -> None:
        assert set(self.DATA) >= REPORT

    @pytest.mark.parametrize("name", ROWS)
    def test_its_rows_have_them_too(self, name: str) -> None:
        rows = report(story(5).incident, NOW)[name]
        assert rows
        assert all(set(row) >= ROWS[name] for row in rows)

    def test_the_gate_of_the_stage_is_told_check_by_check(self) -> None:
        gate = self.DATA["gate"]
        assert (gate["stage"], gate["review"], gate["passes"]) == ("resolve", "ask", False)
        wanted = {"id", "title", "kind", "state", "why", "mend"}
        assert all(set(check) >= wanted for check in gate["checks"])

    def test_it_is_plain_data(self) -> None:
        assert json.loads(json.dumps(self.DATA)) == self.DATA

    def test_times_are_utc_and_durations_seconds(self) -> None:
        assert self.DATA["declared_at"] == "2026-11-20T14:05:00Z"
        assert self.DATA["durations"]["time_to_detect"] == 120
        assert self.DATA["durations"]["time_to_resolve"] is None

    def test_roles_tell_the_person_and_since_when(self) -> None:
        assert self.DATA["roles"]["scribe"] == {"person": "ana", "since": "2026-11-20T14:06:00Z"}

    def test_a_row_of_the_list_is_its_first_ten_fields(self) -> None:
        row = summary(story(3).incident)
        assert list(row) == list(self.DATA)[:10]
        assert len(row) == 10

    def test_the_timeline_is_in_the_order_in_which_things_happened(self) -> None:
        times = [row["at"] for row in self.DATA["timeline"]]
        assert times == sorted(times)

    def test_only_flags_and_lengths_that_go_on_depend_on_the_present(self) -> None:
        incident = story(1).incident
        now, later = report(incident, NOW), report(incident, NOW + timedelta(days=9))
        assert now.pop("flags") != later.pop("flags")
        for name in ("hat_seconds", "impact_seconds_by_severity"):
            assert now.pop(name) != later.pop(name)
        assert now == later

    def test_a_drill_says_so(self) -> None:
        assert summary(Story(drill=True, protected=True).incident)["kind"] == "drill"
        assert summary(Story(protected=True).incident)["protected"] is True

    @pytest.mark.parametrize("chapters", range(7))
    def test_it_can_be_made_at_every_point_of_an_incident(self, chapters: int) -> None:
        assert report(story(chapters).incident, NOW)["id"] == "2026-11-20-checkout-5xx"


def test_a_playbook_is_told_with_its_stages_and_checks() -> None:
    data = playbook_data(playbook())
    assert set(data) >= {"id", "title", "law", "severities", "hats", "stages"}
    assert all(set(s) >= {"id", "title", "update_every"} for s in data["severities"])
    wanted = {"id", "title", "review", "hats", "requires", "produces", "checks"}
    assert all(set(stage) >= wanted for stage in data["stages"])
    checks = [check for stage in data["stages"] for check in stage["checks"]]
    assert all(set(check) >= {"id", "kind", "waivable"} for check in checks)


def test_an_empty_log_can_be_told() -> None:
    data = report(fold([], playbook()), datetime(2026, 11, 20, tzinfo=UTC))
    assert (data["id"], data["declared_at"], data["timeline"]) == ("", None, [])


def test_each_milestone_says_where_it_comes_from() -> None:
    story = baking("@-9m = heat 900 src:panel", "@-5m /milestone communicated by phone")
    origins = report(story.incident, NOW)["milestone_origins"]
    assert origins["detected"] == {"from": "taken", "entry": 2}
    assert origins["communicated"] == {"from": "stated", "entry": 3}
    assert origins["mitigated"] == {"from": "unknown", "entry": None}


def test_a_detection_that_is_put_after_the_declaration_makes_no_span_negative() -> None:
    story = baking("/sev HIGH", "/milestone detected 2")
    assert all(span is None or span >= timedelta() for span in durations(story.incident).values())


def test_a_stated_detection_before_the_declaration_makes_no_span_negative() -> None:
    story = baking("@-50m /milestone detected users called", "@-10m = queue 900 -> 0 src:panel")
    assert minutes(story, "started") == minutes(story, "detected") == -49
    assert durations(story.incident)["time_to_detect"] is None


def test_where_the_start_is_but_what_showed_it_nobody_knows_how_long_noticing_took() -> None:
    story = baking("@-10m = queue 0 -> 900 src:panel")
    assert minutes(story, "started") == minutes(story, "detected") is not None
    assert durations(story.incident)["time_to_detect"] is None
    story.say("@-12m /milestone started")
    assert durations(story.incident)["time_to_detect"] is not None


def test_two_moments_written_seconds_apart_are_one() -> None:
    story = baking()
    story.say("@-30m /milestone detected", at=DECLARED_AT + timedelta(minutes=1, seconds=1))
    story.say("@-30m /milestone started", at=DECLARED_AT + timedelta(minutes=1, seconds=3))
    assert durations(story.incident)["time_to_detect"] == timedelta()
    assert contradiction(story.incident) is None


def test_a_milestone_of_an_entry_takes_its_time() -> None:
    story = baking("@-2m smoke")
    (entry,) = story.say("/milestone detected 2")
    assert entry.at == story.incident.entries[1].at


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/milestone detected smoke", [MilestoneReached(name="detected", text="smoke")]),
        (
            "@-2m smoke",
            "/milestone detected #2",
            [MilestoneReached(name="detected", text="#2 smoke")],
        ),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/milestone detcted", "did you mean detected or", ["/milestone started"]),
        ([], "/milestone detected 9", "there is no entry 9", []),
        (["a", "/undo"], "/milestone detected 2", "does not count", ["/redo"]),
    ]
