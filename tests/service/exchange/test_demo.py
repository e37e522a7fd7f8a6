"""The worked example: every pane has something to show, and the gate something to ask for."""

from datetime import timedelta
from pathlib import Path

import pytest

from incident_tui.domain.report import Data, report
from incident_tui.service import IncidentSession
from incident_tui.service.exchange.demo import build_demo
from incident_tui.service.upkeep.verification import verify
from tests.service.conftest import Bench


@pytest.fixture
def demo(bench: Bench, tmp_path: Path) -> IncidentSession:
    service = build_demo(tmp_path / "demo", bench.world, "0.1.0")
    return service.open(service.active()[0])


@pytest.fixture
def shown(demo: IncidentSession, bench: Bench) -> Data:
    return report(demo.incident, bench.clock.now)


def test_it_stands_in_the_middle_of_the_mitigation(shown: Data) -> None:
    assert (shown["stage"], shown["status"], shown["severity"]) == ("mitigate", "active", "SEV2")
    assert shown["stages"][0]["state"] == "passed"


def test_every_pane_is_filled(shown: Data) -> None:
    assert 25 <= len(shown["timeline"]) <= 45
    assert {worn["person"] for worn in shown["roles"].values()} == {"ana", "ben"}
    assert {item["status"] for item in shown["hypotheses"]} == {"testing", "refuted", "open"}
    statuses = [item["status"] for item in shown["mitigations"]]
    assert "failed, undone" in statuses
    assert "in flight" in statuses
    assert len(shown["readings"]) == 3
    assert all(item["owner"] and item["due"] for item in shown["actions"])
    for pane in ("impact", "scope", "guardrails", "questions", "updates"):
        assert shown[pane], pane


def test_one_change_waits_to_be_verified_and_no_two_are_in_flight(shown: Data) -> None:
    assert "mitigations.two-in-flight" not in [flag["id"] for flag in shown["flags"]]


def test_its_gate_asks_for_several_things(shown: Data) -> None:
    failed = [check["id"] for check in shown["gate"]["checks"] if check["state"] == "failing"]
    assert "mitigations.verified" in failed
    assert len(failed) >= 3


def test_the_next_update_is_due_soon(demo: IncidentSession, bench: Bench, shown: Data) -> None:
    from incident_tui.domain.impact.updates import Updates

    due = demo.incident.of(Updates).next_due
    assert due is not None
    assert timedelta(0) < due - bench.clock.now < timedelta(minutes=10)


def test_its_times_look_as_if_it_had_happened(demo: IncidentSession, bench: Bench) -> None:
    entries = demo.incident.entries
    assert all(entry.at <= entry.recorded_at <= bench.clock.now for entry in entries)
    recorded = [entry.recorded_at for entry in entries]
    assert recorded == sorted(recorded)
    assert any(entry.late for entry in entries)
    assert bench.clock.now - recorded[0] > timedelta(minutes=30)


def test_it_can_be_built_at_midnight_and_in_any_zone(bench: Bench, tmp_path: Path) -> None:
    bench.env["TZ"] = "Australia/Lord_Howe"
    bench.clock.now = bench.clock.now.replace(hour=0, minute=3)
    build_demo(tmp_path / "demo", bench.world, "0.1.0")


def test_with_git_each_transition_is_a_commit_of_its_time(git_bench: Bench, tmp_path: Path) -> None:
    service = build_demo(tmp_path / "demo", git_bench.world, "0.1.0")
    assert verify(service.home, service.active()[0]).findings == ()
