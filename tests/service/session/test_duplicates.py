"""An incident that covers another one is told so, and the two lead to each other."""

import pytest

from incident_tui.documents import render_folder
from incident_tui.domain.process.duplicates import Duplicates
from incident_tui.domain.report import report
from incident_tui.service import IncidentSession
from tests.service.conftest import Bench


def covered_by(bench: Bench, session: IncidentSession) -> list[str]:
    """What this incident covers, as whoever opens it now reads it."""
    return bench.service.open(session.id).incident.of(Duplicates).covered


@pytest.mark.parametrize(
    "line",
    [
        "/close duplicate covered by {}",
        "/close duplicate see {}, there is more.",
        "/close merged into ({})",
    ],
)
def test_the_incident_that_covers_another_names_it(bench: Bench, line: str) -> None:
    whole = bench.declared("No cake")
    other = bench.declared("No icing")
    other.enter(line.format(whole.id))
    assert covered_by(bench, whole) == [other.id]
    incident = bench.service.open(whole.id).incident
    assert report(incident, bench.clock.now)["duplicates"] == [other.id]
    assert f"**Duplicates of it:** {other.id}" in render_folder(incident)["README.md"]
    assert "is closed: this incident covers it" in render_folder(incident)["timeline.md"]


def test_it_is_no_duplicate_any_more_once_it_is_reopened(bench: Bench) -> None:
    whole, other = bench.declared("No cake"), bench.declared("No icing")
    lines = [f"/close duplicate of {whole.id}", "/reopen triage it is its own"]
    other.enter_group(lines)
    assert covered_by(bench, whole) == []
    other.enter(f"/close duplicate of {whole.id} after all")
    assert covered_by(bench, whole) == [other.id]


@pytest.mark.parametrize(
    "line",
    [
        "/close duplicate of another one",  # names none of the home
        "/close false-positive the check of {} was wrong",
        "the same as {}",
        "/close duplicate of {own}",
    ],
)
def test_nobody_else_is_told(bench: Bench, line: str) -> None:
    whole, other = bench.declared("No cake"), bench.declared("No icing")
    other.enter(line.format(whole.id, own=other.id))
    assert covered_by(bench, whole) == []
    assert covered_by(bench, other) == []


@pytest.mark.parametrize("protected", ["both", "whole", "other"])
def test_what_is_protected_is_named_to_nobody(bench: Bench, protected: str) -> None:
    whole, other = bench.declared("No cake"), bench.declared("No icing")
    if protected != "other":
        whole.enter("/protect a customer is named")
    if protected != "whole":
        other.enter("/protect a customer is named")
    other.enter(f"/close duplicate of {whole.id}")
    assert covered_by(bench, whole) == []


def test_one_that_cannot_be_written_to_hinders_no_closing(bench: Bench) -> None:
    whole, other = bench.declared("No cake"), bench.declared("No icing")
    (whole.folder / "incident.json").write_text("{")
    other.enter(f"/close duplicate of {whole.id}")
    assert bench.service.open(other.id).incident.recorded == other.incident.recorded
