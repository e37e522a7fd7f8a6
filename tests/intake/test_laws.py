"""The laws of the reader, over documents that are made up at random and over the published ones.

(a) Each line that begins with something like a time is a row or is told, with its number.
(b) After a date that was not understood no row takes an older day.
(c) A zone that nobody named is known to be one; a row with a likely slip begins nothing.
"""

import os
from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from incident_tui.intake import read_timeline
from tests.intake.test_made_up_records import Case, cases
from tests.support.strategies.timelines import (
    CLOCKS,
    DAYS,
    DOCUMENTS,
    MARKUP,
    TIMED,
    UNKNOWN_DAYS,
    dated_after_an_unknown_day,
    unaccounted,
)

FOLDER = Path(os.environ.get("INCIDENT_TUI_CORPUS") or Path("../shared/corpus").resolve())


@given(text=DOCUMENTS)
def test_what_begins_with_a_time_is_a_row_or_is_told(text: str) -> None:
    assert unaccounted(text, read_timeline(text, default_zone=UTC)) == []


@given(case=st.sampled_from(cases()), at=st.integers(0, 60), line=TIMED, data=st.data())
def test_a_line_that_stands_in_a_record_of_any_kind_is_a_row_or_is_told(
    case: Case, at: int, line: str, data: st.DataObject
) -> None:
    lines = case.text.split("\n")
    lines.insert(at, line)
    lines.insert(data.draw(st.integers(0, len(lines))), data.draw(st.sampled_from(MARKUP)))
    text = "\n".join(lines)
    assert unaccounted(text, read_timeline(text, default_zone=UTC)) == []


DAY_FORMS = st.sampled_from(["### {}", "- {}", "{}", "## {}"])


@given(text=DOCUMENTS, unknown=st.sampled_from(UNKNOWN_DAYS))
def test_whatever_stands_above_a_day_that_is_none_dates_nothing_below_it(
    text: str, unknown: str
) -> None:
    assert dated_after_an_unknown_day(text, unknown) == []


@given(
    before=st.lists(CLOCKS, max_size=3),
    unknown=st.sampled_from(UNKNOWN_DAYS),
    form=DAY_FORMS,
    after=st.lists(CLOCKS, min_size=1, max_size=4),
    bullet=st.sampled_from(["- ", "* "]),
)
def test_after_a_date_that_was_not_understood_no_row_takes_an_older_day(
    before: list[str], unknown: str, form: str, after: list[str], bullet: str
) -> None:
    lines = ["# Outage 2024-03-02", "", "## Timeline (UTC)", "", "### 2024-03-02", ""]
    lines += [f"{bullet}{clock} early" for clock in before]
    lines += ["", form.format(unknown), ""]
    first = len(lines) + 1
    lines += [f"{bullet}{clock} late" for clock in after]
    reading = read_timeline("\n".join(lines), default_zone=UTC)
    assert [row.line for row in reading.rows if row.line >= first] == []
    unread = {left.line for left in reading.unread}
    assert unread >= {first - 2, *range(first, first + len(after))}


@given(rows=st.lists(st.tuples(DAYS, CLOCKS), min_size=1, max_size=6))
def test_a_zone_that_nobody_named_is_known_to_be_assumed(rows: list[tuple[date, str]]) -> None:
    text = "\n".join(f"- {day} {clock} x" for day, clock in rows)
    assert read_timeline(text, default_zone=UTC).zone_from == ""
    assert read_timeline(f"All times in UTC.\n{text}", default_zone=UTC).zone_from == "line 1"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="INCIDENT_TUI_CORPUS names no folder")
def test_published_postmortems_are_accounted_for() -> None:
    for path in sorted(FOLDER.glob("*__*")):
        text = path.read_text(encoding="utf-8")
        assert unaccounted(text, read_timeline(text, default_zone=UTC, name=path.name)) == [], (
            path.name
        )
