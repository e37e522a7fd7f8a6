"""Logs that an earlier version wrote: they open, fold and are rendered, and say what they said."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incident_tui.documents.folder_pages import render_folder
from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.process.episodes import Episodes, present
from incident_tui.domain.report import report
from incident_tui.store.log.incident_file import IncidentFile
from tests.support.incidents import playbook

OLD_LOGS = Path(__file__).parent / "old_logs"
NAMES = sorted(path.stem for path in OLD_LOGS.glob("*.json") if "." not in path.stem)
NOW = datetime(2026, 11, 21, tzinfo=UTC)

written = pytest.mark.parametrize("name", NAMES)


def opened(name: str, tmp_path: Path) -> Incident:
    """The incident that the file of that name holds."""
    under = playbook(name)
    file = IncidentFile(OLD_LOGS / f"{name}.json", lock=tmp_path / "lock")
    return fold(file.read().entries, under)


def then(name: str) -> dict[str, Any]:
    """What the version that wrote the log read from it."""
    data: dict[str, Any] = json.loads((OLD_LOGS / f"{name}.then.json").read_text(encoding="utf-8"))
    return data


def test_there_is_one_of_each_process() -> None:
    assert len(NAMES) == 6


@written
def test_it_stands_where_it_stood(name: str, tmp_path: Path) -> None:
    now, before = report(opened(name, tmp_path), NOW), then(name)
    for key in ("status", "severity", "stage", "closed", "roles", "impact", "scope"):
        assert now[key] == before[key], key
    stages = [
        [stage[key] for key in ("id", "state", "entered_at", "left_at", "cycles")]
        for stage in now["stages"]
    ]
    assert stages == before["stages"]


@written
def test_its_entries_keep_their_numbers(name: str, tmp_path: Path) -> None:
    rows = report(opened(name, tmp_path), NOW)["timeline"]
    assert [[row["number"], row["id"], row["kind"]] for row in rows] == then(name)["timeline"]


@written
def test_its_moments_stay_and_what_recurred_is_found(name: str, tmp_path: Path) -> None:
    now, before = report(opened(name, tmp_path), NOW)["milestones"], then(name)["milestones"]
    assert now.pop("recurred") is not None
    assert before.pop("recurred") is None
    assert now == before


@written
def test_its_durations_stay_but_where_healthy_hours_were_counted_as_impact(
    name: str, tmp_path: Path
) -> None:
    incident = opened(name, tmp_path)
    now, before = report(incident, NOW)["durations"], then(name)["durations"]
    assert len(incident.of(Episodes).items) == 2
    for duration in ("time_to_declare", "time_to_resolve"):
        assert now[duration] == before[duration]
    # Its start is but taken from what showed it: "at once" was never known.
    assert (before["time_to_detect"], now["time_to_detect"]) == (0, None)
    for duration in ("time_to_mitigate", "time_to_recover", "time_of_impact"):
        assert 0 <= now[duration] < before["time_to_mitigate"]


@written
def test_its_gates_ask_for_nothing_that_they_did_not_ask_for(name: str, tmp_path: Path) -> None:
    incident = opened(name, tmp_path)
    assert present(incident) is incident


@written
def test_its_documents_are_rendered(name: str, tmp_path: Path) -> None:
    pages = render_folder(opened(name, tmp_path))
    assert {"README.md", "timeline.md", "postmortem.md", "actions.md"} <= pages.keys()
    assert all(text.strip() for text in pages.values())
