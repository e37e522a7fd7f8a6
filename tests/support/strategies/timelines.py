"""Documents with timelines made up at random, and the laws that the reader keeps over each.

The law (a): a line that begins with something like a time is a row or is told, with its number.
The law (b): after a date that was not understood no row takes an older day.
"""

import re
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from incident_tui.intake import ForeignTimeline, TimelineRow, read_timeline
from incident_tui.intake.prose.markup import plain

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
MARKUP = ("", "```", "|===", "<table>", "</table>", "<html><body>", "<!--", "-->", "---", "// x")
UNKNOWN_DAYS = ("20202-03-09", "2024-13-09", "2024-MM-DD", "31 February 2024", "45 March")
PIECES = (
    "\n", "\n", "\n\n", "- ", "* ", "1. ", "> ", "| ", " | ", "### ", "## ", "**", "[", "]", ": ",
    " - ", " ", "14:02", "2:05 PM", "23:59", "00:10:07", "24:10", "2024-03-02", "3 March 2024",
    "March 4, 2024", "03-05", "UTC", "CET", "T+35m", "Timeline", "oven cold", "resolved", "```",
    "<!--", "-->", "|---|---|", "--- | ---", "All times in CET.", *UNKNOWN_DAYS,
    "\n|===\n", "\n<table><tr><td>", "</td></tr>", "</table>", "\n// ", "\nAna Li\n", "\t", ";",
    "\n```\n", "\nFrom: Ana\nDate: ", "Posted ", "Resolved\n",
)  # fmt: skip


def unaccounted(text: str, reading: ForeignTimeline) -> list[str]:
    """Lines that look like a time and are neither read nor told."""
    known = {row.line for row in [*reading.rows, *reading.milestones]}
    known |= {left.line for left in reading.unread}
    rows = {
        (row.at, row.text.casefold().rstrip(".")) for row in [*reading.rows, *reading.milestones]
    }
    lost = []
    lines = text.split("\n")
    same = {lines[row.line - 1].strip() for row in reading.rows}
    for number, line in enumerate(lines, 1):
        if not LIKE_A_TIME.match(line) or number in known or line.strip() in same:
            continue
        if _repeats(line, rows):
            continue
        if not any(_is_time_of(row, number, line) for row in reading.rows):
            lost.append(f"{number}: {line}")
    return lost


def _is_time_of(row: TimelineRow, number: int, line: str) -> bool:
    """Whether a line below the first of a row is where its time stands, as in copied chats."""
    return row.line < number <= row.last_line and row.written[:5] in line


def _repeats(line: str, rows: set[tuple[datetime, str]]) -> bool:
    """A row that another list told already is told by that one."""
    words = plain(line).text.casefold()
    return any(text and f"{at:%M}" in line and text in words for at, text in rows)


def dated_after_an_unknown_day(text: str, unknown: str) -> list[str]:
    """Rows that took a day from above, although the one that they stand below is no date."""
    below = f"{text}\n\n## Timeline (UTC)\n\n### {unknown}\n\n- 10:00 late"
    last = below.count("\n") + 1
    rows = read_timeline(below, default_zone=UTC).rows
    return [row.text for row in rows if row.line == last]


def assembled(data: bytes) -> str:
    """The document that these bytes stand for, one piece each."""
    return "".join(PIECES[each % len(PIECES)] for each in data)
