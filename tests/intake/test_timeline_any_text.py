"""Whatever text comes in, reading never raises, and what it returns is in order and true."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from dateutil import tz
from hypothesis import given, strategies as st

from incident_tui.intake import ForeignTimeline, read_timeline

FRAGMENTS = st.sampled_from(
    [
        "## Timeline", "### 2023-02-14", "**Timeline**", "---", "===", "```", "~~~", "<!--", "-->",
        "All times in CET.", "| Time (UTC) | Event |", "|---|---|", "| 2023-02-14 10:29 | a |",
        "| 10:31 | b", "||", "- 2023-02-14 10:29 a", "  - 23:59 b", "- 00:01 c", "- Feb 29 10:00 d",
        "- Declared: 2023-02-14 10:29", "- 20202-01-16 x", "- 24:XX", "- 22:22 PM y",
        "### ~8:20 - 8:24", "12:45 PM PST Saturday Oct 30th: e", "  goes on", "",
        "title: 2100-12-31", "* **1:02** `@z`",
        "- 2100-12-31 23:59 UTC-14 f", "- 1970-01-01 00:00 UTC+14 g", "- 2023-03-26 02:30 CET h",
    ]
)  # fmt: skip
PIECES = st.one_of(FRAGMENTS, st.text(max_size=20))
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("\n".join))
DAYS = st.one_of(st.none(), st.dates())
ZONES = st.sampled_from([UTC, tz.gettz("Europe/Copenhagen") or UTC, tz.tzoffset(None, 50400)])


def check(reading: ForeignTimeline, text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in reading.rows + reading.milestones:
        assert row.at.utcoffset() == timedelta(0)
        assert 1 <= row.line <= len(lines)
    for left in reading.unread:
        assert 1 <= left.line <= len(lines)
        assert left.reason
    rows = [row.line for row in reading.rows]
    assert rows == sorted(rows)
    assert len(rows) == len(set(rows))
    assert [left.line for left in reading.unread] == sorted(left.line for left in reading.unread)
    assert (reading.form == "none") == (not reading.rows)


@given(text=TEXTS, day=DAYS, zone=ZONES, name=st.text(max_size=20))
def test_any_text_is_read_without_raising(
    text: str, day: date | None, zone: tzinfo, name: str
) -> None:
    check(read_timeline(text, default_zone=zone, default_date=day, name=name), text)


@given(minutes=st.lists(st.integers(0, 8 * 24 * 60), min_size=1, max_size=12))
def test_every_well_written_bullet_becomes_a_row_at_its_moment(minutes: list[int]) -> None:
    start = datetime(2023, 2, 10, tzinfo=UTC)
    moments = [start + timedelta(minutes=step) for step in minutes]
    text = "\n".join(f"- {at:%Y-%m-%d %H:%M} entry {n}" for n, at in enumerate(moments))
    reading = read_timeline(text, default_zone=UTC)
    assert [row.at for row in reading.rows] == moments
    assert [row.text for row in reading.rows] == [f"entry {n}" for n in range(len(moments))]
    assert reading.unread == []
