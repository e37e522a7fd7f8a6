"""Published postmortems of other teams, from the folder that INCIDENT_TUI_CORPUS names.

The true rows were listed by hand, by reading the files, before this reader was written:
`true_rows/rows.json` has their lines, times and labels, and none of their sentences.
"""

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dateutil import tz

from incident_tui.intake import ForeignTimeline, TimelineRow, read_timeline
from incident_tui.intake.foreign_timeline import OUTSIDE

FOLDER = Path(os.environ.get("INCIDENT_TUI_CORPUS") or Path("../shared/corpus").resolve())
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="INCIDENT_TUI_CORPUS names no folder of published postmortems"
)
TRUE = json.loads((Path(__file__).parent / "true_rows/rows.json").read_text("utf-8"))
LABELS = {"start": "started", "repaired": "mitigated"}


def reading_of(truth: dict[str, Any]) -> ForeignTimeline:
    return _read(FOLDER / truth["file"])


@cache
def _read(path: Path) -> ForeignTimeline:
    name = path.name.split("__")[-1]
    return read_timeline(path.read_text(encoding="utf-8"), default_zone=UTC, name=name)


def by_line(reading: ForeignTimeline) -> dict[int, TimelineRow]:
    return {row.line: row for row in [*reading.rows, *reading.milestones]}


def moments(row: dict[str, Any], zones: Iterable[str]) -> set[datetime]:
    wall = datetime.fromisoformat(row["when"])
    rules = [UTC if name == "UTC" else tz.gettz(name) for name in [row.get("zone"), *zones] if name]
    return {wall.replace(tzinfo=zone).astimezone(UTC) for zone in rules if zone is not None}


@pytest.mark.parametrize("truth", TRUE, ids=lambda truth: truth["file"][:60])
def test_every_true_row_is_read_at_its_moment_and_nothing_else_is(truth: dict[str, Any]) -> None:
    reading = reading_of(truth)
    rows = by_line(reading)
    unread = {left.line for left in reading.unread}
    for row in truth["rows"]:
        if row["line"] not in rows:
            assert row["line"] in unread
            assert "when" not in row, "a row with a time was read as none"
        elif "when" in row:
            at = rows[row["line"]].at.replace(microsecond=0)
            assert at in moments(row, truth["zones"]), row
        else:
            assert str(rows[row["line"]].day) == row["day"]
    assert rows.keys() <= {row["line"] for row in truth["rows"]}


def test_nearly_all_labels_keep_their_kind() -> None:
    right = wrong = 0
    for truth in TRUE:
        rows = by_line(reading_of(truth))
        for row in truth["rows"]:
            if "label" in row and row["line"] in rows:
                same = rows[row["line"]].label == LABELS.get(row["label"], row["label"])
                right, wrong = right + same, wrong + (not same)
    assert right >= 0.95 * (right + wrong)
    assert right + wrong > 40


def test_each_slip_that_a_reader_sees_is_flagged_or_told() -> None:
    missed = []
    for truth in TRUE:
        reading = reading_of(truth)
        rows, unread = by_line(reading), {left.line for left in reading.unread}
        for doubt in truth["doubts"]:
            row = rows.get(doubt["line"])
            flagged = row is not None and bool(row.flags)
            if doubt["kind"] == "slip" and not flagged and doubt["line"] not in unread:
                missed.append((truth["file"], doubt))
    assert not missed


def test_what_stands_outside_of_the_timeline_section_is_no_true_row() -> None:
    for truth in TRUE:
        rows = {row["line"] for row in truth["rows"] if "when" in row}
        outside = {left.line for left in reading_of(truth).unread if left.reason == OUTSIDE}
        assert not rows & outside
