"""Durations that authors state in a line of their own."""

from datetime import UTC, timedelta

import pytest

from incident_tui.intake import read_timeline


@pytest.mark.parametrize(
    ("line", "name", "minutes"),
    [
        ("- **Time to repair**: 0h 40m", "recover", 40),
        ("Time to detection: 54 minutes", "detect", 54),
        ("| Time to resolve | 4 hours and 10 minutes |", "resolve", 250),
        ("**Duration:** 21:45 to 23:28 UTC (103 minutes)", "impact", 103),
        ("TTR is nice", "", 0),
        ("Time to recovery: N/A", "", 0),
        ("Impact: a disk was full for a day", "", 0),
        ("MTTR: 1:30", "recover", 90),
        ("Time to detect: about two hours", "detect", 120),
    ],
)
def test_a_stated_duration_is_read_with_its_line(line: str, name: str, minutes: int) -> None:
    stated = read_timeline(f"# Outage\n\n{line}\n", default_zone=UTC).stated
    expected = [(name, timedelta(minutes=minutes), 3)] if name else []
    assert [(one.name, one.length, one.line) for one in stated] == expected
