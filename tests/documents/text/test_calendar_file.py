"""Days and moments as an iCalendar file, by the rules of RFC 5545."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, strategies as st
from icalendar import Calendar, Event

from incident_tui.documents.text.calendar_file import Due, calendar

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """The content lines (RFC 5545, 3.1)."""
    return text.replace("\r\n ", "").split("\r\n")


@given(summary=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=200))
def test_lines_are_folded_at_75_octets_and_read_back_as_they_were(summary: str) -> None:
    text = calendar([Due("a@b", NOON, summary)], NOON)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [line] = [line for line in unfolded(text) if line.startswith("SUMMARY:")]
    escaped = line.removeprefix("SUMMARY:")
    back = escaped.replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",")
    assert back.replace("\0", "\\") == summary


@given(
    at=st.integers(0, 2**32).map(lambda second: datetime.fromtimestamp(second, UTC))
    | st.dates(date(1970, 1, 1)),
    texts=st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))), min_size=3, max_size=3
    ),
)
def test_a_calendar_reads_it_as_it_was_meant(at: datetime | date, texts: list[str]) -> None:
    uid, summary, description = texts
    read = Calendar.from_ical(calendar([Due(uid, at, summary, description)], NOON))
    assert read.errors == []
    [event] = read.walk("VEVENT")
    assert isinstance(event, Event)
    assert event.errors == []
    assert (at, NOON) == (event.DTSTART, event.DTSTAMP)
    fields = [str(event.get(name, "")) for name in ("UID", "SUMMARY", "DESCRIPTION")]
    assert fields == texts


def test_an_entry_has_what_the_rfc_asks_for_and_no_line_of_its_own_from_words() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    text = calendar([Due("a@b", east, "x\nEND:VEVENT\r\nBEGIN:VALARM", "1; 2, 3\\")], NOON)
    lines = unfolded(text)
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0",
                         "PRODID:-//incident-tui//incident-tui//EN"]  # fmt: skip
    assert lines[3:-2] == [
        "BEGIN:VEVENT",
        "UID:a@b",
        "DTSTAMP:20261120T120000Z",
        "DTSTART:20261120T120000Z",
        r"SUMMARY:x\nEND:VEVENT\nBEGIN:VALARM",
        r"DESCRIPTION:1\; 2\, 3\\",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    assert text.endswith("END:VCALENDAR\r\n")
