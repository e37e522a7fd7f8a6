"""Made-up records in five languages and many containers, with the right rows found by hand.

The cases stand in `true_rows/made_up.txt`, which says how they are written.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

import pytest

from incident_tui.intake import TimelineRow, read_timeline

FILE = Path(__file__).parent / "true_rows/made_up.txt"


@dataclass(frozen=True)
class Case:
    """A text, the days it is read with, and its right rows as they are written in the file."""

    name: str
    days: dict[str, date]
    text: str
    right: list[list[str]]


def cases() -> list[Case]:
    _, *blocks = FILE.read_text("utf-8").split("\n=== ")
    records = []
    for block in blocks:
        head, _, body = block.partition("\n")
        text, _, right = body.partition("\n--- right\n")
        name, *days = head.split()
        pairs = [day.split("=", 1) for day in days if not day.startswith("page=")]
        rows = [[part.strip() for part in row.split("|")] for row in right.strip().split("\n")]
        dates = {key: date.fromisoformat(value) for key, value in pairs}
        records.append(Case(name, dates, text + "\n", rows))
    return records


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_record_is_read_as_people_read_it(case: Case) -> None:
    reading = read_timeline(
        case.text,
        default_zone=UTC,
        default_date=case.days.get("day"),
        present=case.days.get("present", date(2026, 11, 28)),
    )
    rows = [*reading.rows, *reading.milestones]
    left = list(rows)
    for when, words, *more in case.right:
        if when == "told":
            assert any(words in one.text for one in reading.unread), words
            continue
        fits = [row for row in left if f"{row.at:%Y-%m-%dT%H:%M}" == when and words in row.text]
        assert fits, (when, words, reading.unread)
        match = next((row for row in fits if all(says(row, each) for each in more)), None)
        assert match is not None, (when, words, more, fits)
        left.remove(match)
    assert not left


def says(row: TimelineRow, fact: str) -> bool:
    """Whether a row has the label, the person or the flag that is asked of it."""
    name, _, value = fact.partition("=")
    return value in row.flags if name == "flag" else getattr(row, name) == value


def test_the_page_of_each_form_of_a_program_is_named_in_the_documentation() -> None:
    pages = set(re.findall(r" page=(\S+)", FILE.read_text("utf-8")))
    listed = (Path(__file__).parents[2] / "docs/foreign-records.md").read_text("utf-8")
    assert {page for page in pages if f" {page} |" not in listed} == set()
