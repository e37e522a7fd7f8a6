"""Published postmortems of other teams, from the folder that INCIDENT_TUI_CORPUS names.

The numbers of rows were counted by hand and by pattern in the files, not taken from the reader.
"""

import os
import re
from datetime import UTC
from pathlib import Path

import pytest

from incident_tui.intake import Reading, read_timeline

FOLDER = os.environ.get("INCIDENT_TUI_CORPUS", "")
pytestmark = pytest.mark.skipif(
    not FOLDER, reason="INCIDENT_TUI_CORPUS is unset: set it to a folder of published postmortems"
)

# Lines that start with a date (a bullet or table sign, then YYYY-MM-DD), or with a bold clock time.
DATED = re.compile(r"^\s*(?:\||[-*–])\s*\d{4}-\d\d-\d\d", re.MULTILINE)
CLOCK = re.compile(r"^\s*- _?\*\*\d\d:\d\d", re.MULTILINE)

# file, dated or clock lines in it, of these without a usable time of day, zone
KNOWN = [
    ("dfds_*PM2019-009*", DATED, 14, 1, "CET"),
    ("dfds_*PM2019-011*", DATED, 11, 0, "CET"),
    ("dfds_*PM2020-005*", DATED, 6, 0, "CET"),
    ("dfds_*PM2020-006*", DATED, 5, 0, "CET"),
    ("dfds_*PM2021-004*", DATED, 8, 0, "UTC"),
    ("dfds_*PM2021-005*", DATED, 7, 0, "UTC"),
    ("dfds_*PM2021-008*", DATED, 8, 0, "UTC"),
    ("dfds_*PM2021-009*", DATED, 13, 0, "UTC"),
    ("dfds_*PM2021-011*", DATED, 26, 3, "UTC"),
    ("dfds_*PM2022-002*", DATED, 7, 0, "UTC"),
    ("dfds_*PM2022-005*", DATED, 12, 0, "UTC"),
    ("dfds_*PM2022-009*", DATED, 20, 0, "UTC"),
    ("dfds_*PM2023-001*", DATED, 16, 0, "UTC"),
    ("dfds_*PM2023-002*", DATED, 13, 0, "UTC"),
    ("ministryofjustice_*2023-01-11*", DATED, 22, 0, "UTC"),
    ("ministryofjustice_*2023-06-06*", DATED, 8, 0, "UTC"),
    ("ministryofjustice_*2023-09-18*", DATED, 14, 0, "UTC"),
    ("ministryofjustice_*2024-04-15*", DATED, 9, 0, "UTC"),
    ("ministryofjustice_*2024-07-25*", DATED, 18, 0, "UTC"),
    ("ministryofjustice_*2026-03-30*", DATED, 17, 0, "UTC"),
    ("polarsource_*2026-06-12*", CLOCK, 18, 0, "UTC"),
    ("hachyderm_*2022-12-13*", CLOCK, 16, 0, "UTC"),
    ("PostHog_*2025-10-21*", CLOCK, 41, 0, "UTC"),
]


def one(pattern: str) -> Path:
    found = sorted(Path(FOLDER).glob(pattern))
    assert len(found) == 1, f"{pattern} names {len(found)} files"
    return found[0]


def reading_of(path: Path) -> Reading:
    name = path.name.split("__")[-1]
    return read_timeline(path.read_text(encoding="utf-8"), default_zone=UTC, name=name)


@pytest.mark.parametrize(("pattern", "looks", "lines", "timeless", "zone"), KNOWN)
def test_every_row_is_read_or_named_as_unread(
    pattern: str, looks: re.Pattern[str], lines: int, timeless: int, zone: str
) -> None:
    path = one(pattern)
    text = path.read_text(encoding="utf-8")
    starts = [text.count("\n", 0, found.end()) + 1 for found in looks.finditer(text)]
    assert len(starts) == lines
    reading = reading_of(path)
    assert [row.line for row in reading.rows] == sorted(
        set(starts) - {left.line for left in reading.unread}
    )
    assert len(reading.rows) == lines - timeless
    assert reading.zone == zone
    assert reading.title


def test_no_file_breaks_the_reader_and_each_gives_rows() -> None:
    files = [path for path in sorted(Path(FOLDER).iterdir()) if path.name != "README.md"]
    assert len(files) >= 34
    for path in files:
        reading = reading_of(path)
        lines = path.read_text(encoding="utf-8").split("\n")
        assert reading.rows, path.name
        for row in reading.rows:
            assert lines[row.line - 1].strip(), path.name
            assert row.text, path.name


@pytest.mark.parametrize(
    "pattern",
    [
        "ministryofjustice_*2023-01-11*",
        "ministryofjustice_*2023-06-06*",
        "ministryofjustice_*2023-09-18*",
        "ministryofjustice_*2024-04-15*",
        "ministryofjustice_*2024-07-25*",
        "ministryofjustice_*2026-03-30*",
    ],
)
def test_the_key_events_are_milestones(pattern: str) -> None:
    labels = [milestone.text.split()[0] for milestone in reading_of(one(pattern)).milestones]
    assert labels == ["First", "Incident", "Repaired", "Resolved"]


def test_the_wrong_year_inside_an_event_is_found_and_the_only_one() -> None:
    flagged = [
        (pattern, row.at.year)
        for pattern, *_ in KNOWN
        for row in reading_of(one(pattern)).rows
        if "year looks wrong" in row.flags
    ]
    assert flagged == [("ministryofjustice_*2023-01-11*", 2022)]
