"""The laws of the reader, over documents that are made up at random and over the published ones.

(a) Each line that begins with something like a time is a row or is told, with its number.
(b) After a date that was not understood no row takes an older day.
(c) A zone that nobody named is known to be one; a row with a likely slip begins nothing.
"""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_tui.intake import Reading, read_timeline

FOLDER = Path(os.environ.get("INCIDENT_TUI_CORPUS") or Path("../shared/corpus").resolve())
# Simpler than the reader by intention: what a person would take for a time at first sight.
LIKE_A_TIME = re.compile(
    r"""\s*(?:(?:[-*•–]|\d{1,2}[.)]|\#{2,6}|>|\|)\s+)?[*_\[(<“]{0,3}
    (?:\d{4}-\d\d-\d\d[T ]+)?\d{1,2}:\d\d(?::\d\d)?(?=[\s*_\])>”:,-]|$)""",
    re.VERBOSE,
)
CLOCKS = st.times().map(lambda at: f"{at:%H:%M}")
DAYS = st.dates(date(2024, 3, 1), date(2024, 3, 28))
DATES = st.one_of(
    DAYS.map(lambda day: f"{day}"),
    DAYS.map(lambda day: f"{day:%d %B %Y}"),
    DAYS.map(lambda day: f"{day:%B %d, %Y}"),
    DAYS.map(lambda day: f"{day.day}. März {day.year}"),
)
WORDS = st.text(alphabet="abc de", min_size=1, max_size=12).map(str.strip).filter(bool)
MARKS = st.sampled_from(["- ", "* ", "  - ", "1. ", "### ", "", "> ", "| "])
TIMES = st.one_of(
    CLOCKS,
    st.tuples(DATES, CLOCKS).map(" ".join),
    CLOCKS.map(lambda clock: f"**{clock}**"),
    CLOCKS.map(lambda clock: f"[{clock}]"),
    st.sampled_from(
        ["24:10", "2X:XX", "??:??", "13:06 PM", "20202-03-04 10:00", "2024-03-40 9:00"]
    ),
)
SIGNS = st.sampled_from([" ", ": ", " - ", " – "])
TIMED = st.tuples(MARKS, TIMES, SIGNS, WORDS).map("".join)
OTHER = st.one_of(
    WORDS,
    DATES,
    DATES.map(lambda day: f"### {day}"),
    st.sampled_from(
        ["", "", "## Timeline", "## Impact", "```", "| Time | Event |", "|---|---|", "- nothing",
         "All times in CET.", "<!-- x", "-->", "    indented", "# Outage 2024-03-02"]
    ),
)  # fmt: skip
DOCUMENTS = st.lists(st.one_of(TIMED, OTHER), max_size=16).map("\n".join)


def account(text: str, reading: Reading) -> list[str]:
    """Lines that look like a time and are neither read nor told."""
    known = {row.line for row in [*reading.rows, *reading.milestones]}
    known |= {left.line for left in reading.unread}
    told = {
        (row.at, row.text.casefold().rstrip(".")) for row in [*reading.rows, *reading.milestones]
    }
    lost = []
    for number, line in enumerate(text.split("\n"), 1):
        if LIKE_A_TIME.match(line) and number not in known and not _repeats(line, told):
            lost.append(f"{number}: {line}")
    return lost


def _repeats(line: str, told: set[tuple[datetime, str]]) -> bool:
    """A row that another list told already is told by that one."""
    return any(text and text in " ".join(line.casefold().split()) for _, text in told)


@given(text=DOCUMENTS)
def test_what_begins_with_a_time_is_a_row_or_is_told(text: str) -> None:
    assert account(text, read_timeline(text, default_zone=UTC)) == []


UNKNOWN_DAYS = st.sampled_from(
    ["20202-03-09", "2024-13-09", "2024-MM-DD", "31 February 2024", "45 March", "2024-03-40"]
)
DAY_FORMS = st.sampled_from(["### {}", "- {}", "{}", "## {}"])


@given(
    before=st.lists(CLOCKS, max_size=3),
    unknown=UNKNOWN_DAYS,
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
    told = {left.line for left in reading.unread}
    assert told >= {first - 2, *range(first, first + len(after))}


@given(rows=st.lists(st.tuples(DAYS, CLOCKS), min_size=1, max_size=6))
def test_a_zone_that_nobody_named_is_known_to_be_assumed(rows: list[tuple[date, str]]) -> None:
    text = "\n".join(f"- {day} {clock} x" for day, clock in rows)
    assert read_timeline(text, default_zone=UTC).zone_from == ""
    assert read_timeline(f"All times in UTC.\n{text}", default_zone=UTC).zone_from == "line 1"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="INCIDENT_TUI_CORPUS names no folder")
def test_published_postmortems_are_accounted_for() -> None:
    for path in sorted(FOLDER.glob("*__*")):
        text = path.read_text(encoding="utf-8")
        assert account(text, read_timeline(text, default_zone=UTC, name=path.name)) == [], path.name
