"""Lines of chats and logs that are pasted or piped in keep the times they begin with."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import LineError
from incident_tui.service import Declaration, IncidentSession
from incident_tui.service.exchange.foreign.timed_lines import (
    previewed_lines,
    reader_of_records,
    record_lines,
    timed_lines,
)
from tests.service.conftest import Bench

CHAT = [
    "09:03 ana: error rate climbs",
    "[09:05] bo: rolled back",
    "2026-11-20T09:06:11Z level=error pool empty",
    "  at pool.py:12",
    "2X:XX nobody wrote it down",
    "- 09:08 graphs are fine",
]


def test_each_line_of_a_chat_has_its_own_time(bench: Bench, session: IncidentSession) -> None:
    today = bench.service.world.clock().astimezone(session.zone).date()
    lines = [line.replace("2026-11-20", str(today)) for line in CHAT]
    rows = timed_lines(session, lines)
    assert [number for number, _ in rows] == [1, 2, 3, 5, 6]
    assert rows[0][1].endswith(" ana: error rate climbs")
    assert "level=error pool empty" in rows[2][1]
    assert "at pool.py:12" in rows[2][1]
    assert rows[3][1] == "@2X:XX nobody wrote it down"


def test_commands_and_log_lines_stay_as_they_are(bench: Bench) -> None:
    lines = ["/sev SEV1 x", "@-5m it began", "09:03 slow", "nothing"]
    texts = [text for _, text in timed_lines(bench.declared(), lines)]
    assert texts[:2] == lines[:2]
    assert texts[2].startswith("@20")


def test_what_was_said_elsewhere_is_never_a_command(session: IncidentSession) -> None:
    for _, text in timed_lines(session, ["09:03 /sev SEV1 x", "09:04 > rolled back"]):
        assert [entry.event.kind for entry in session.enter(text).entries] == ["fact"]


def test_lines_without_any_time_stay_as_they_are(bench: Bench) -> None:
    lines = ["slow", "= p95 4s", "? is it the pool"]
    assert [text for _, text in timed_lines(bench.declared(), lines)] == lines


def test_a_date_that_could_be_two_days_is_no_fact_of_now(session: IncidentSession) -> None:
    lines = ["[3/11/2026 2:05 PM] Mia Chen", "refused", "[3/11/2026 2:07 PM] Raj Patel", "failover"]
    rows = timed_lines(session, lines)
    assert [number for number, _ in rows] == [1, 3]
    for _, text in rows:
        with pytest.raises(LineError, match="day or the month"):
            session.enter(text)


def test_a_clock_that_lies_ahead_was_yesterday(bench: Bench, session: IncidentSession) -> None:
    now = bench.service.world.clock()
    for _, text in timed_lines(session, ["23:58 a", "23:59 b"]):
        at = datetime.fromisoformat(text.split()[0].removeprefix("@").replace("Z", "+00:00"))
        assert at.astimezone(UTC) <= now


def test_a_clock_in_a_paste_is_that_of_the_zone_of_the_incident(bench: Bench) -> None:
    session = bench.service.declare(Declaration("Slow", zone="Europe/Berlin"))
    [(_, text)] = timed_lines(session, ["09:03 error rate climbs"])
    assert text == "@2026-11-20T08:03:00Z error rate climbs"


def test_several_rows_of_one_line_are_lines_of_their_own(bench: Bench) -> None:
    pasted = '[{"time":"2026-03-01T09:00Z","text":"a"},{"time":"2026-03-01T09:05Z","text":"b"}]'
    texts = [text for _, text in timed_lines(bench.declared(), [pasted])]
    assert texts == ["@2026-03-01T09:00:00Z a", "@2026-03-01T09:05:00Z b"]


def test_a_label_in_a_paste_is_offered_as_a_milestone_and_stays_a_fact(bench: Bench) -> None:
    pasted = ["- 2026-03-01 09:00 UTC: queue grows", "- 2026-03-01 09:40 UTC: **Resolved**"]
    rows = previewed_lines(bench.declared(), pasted)
    assert [(line.text, line.doubt) for line in rows] == [
        ("@2026-03-01T09:00:00Z queue grows", ""),
        ("@2026-03-01T09:40:00Z Resolved", "may be the milestone resolved"),
    ]


def test_the_heading_of_rows_in_a_paste_is_none_of_them(bench: Bench) -> None:
    pasted = ["## Timeline", "- 2026-03-01 09:00 UTC: queue grows", "and nobody saw it"]
    rows = previewed_lines(bench.declared(), [*pasted, "- 2026-03-01 09:40 UTC: restarted"])
    assert [line.text for line in rows if line.heads] == ["## Timeline"]


def test_a_record_in_a_file_keeps_kinds_places_doubts_and_what_was_not_read(
    bench: Bench, tmp_path: Path
) -> None:
    session, path = bench.declared(), tmp_path / "my notes.md"
    path.write_text(
        "## Timeline\n- 2026-03-01 09:00 UTC: queue grows\n- 2026-03-01 09:xx UTC: paged\n"
        "- 2025-03-01 09:20 UTC: restarted\n- 2026-03-01 09:40 UTC: Resolved\n"
        "- 2026-03-01 09:50 UTC: told users\n## Lessons\n- watch the queue\n",
        encoding="utf-8",
    )
    reading = reader_of_records(session)(path, path.name)
    rows = record_lines(session, reading, path.name)
    assert [(line.number, line.text, line.doubt, bool(line.unread)) for line in rows] == [
        (2, '@2026-03-01T09:00:00Z queue grows src:"my notes.md:2"', "", False),
        (3, "@2026-03-01 09:xx UTC: paged", "", True),
        (4, '@2025-03-01T09:20:00Z restarted src:"my notes.md:4"', rows[2].doubt, False),
        (
            5,
            '@2026-03-01T09:40:00Z /milestone resolved Resolved why:"my notes.md:5 says so"',
            "",
            False,
        ),
        (6, '@2026-03-01T09:50:00Z told users src:"my notes.md:6"', "", False),
        (8, rows[5].text, "", False),
    ]
    assert "year looks wrong" in rows[2].doubt
    assert rows[5].proposed == "lessons"
    for line in rows:
        if line.zone:
            session.enter(line.text)
    again = record_lines(session, reading, "renamed.md")
    assert [line.known for line in again if line.zone] == [True, True, True, True]


def test_which_of_several_columns_of_times_was_taken_is_said_at_its_first_row(
    bench: Bench, tmp_path: Path
) -> None:
    session, path = bench.declared(), tmp_path / "tickets.csv"
    path.write_text("opened,closed,text\n2026-03-01 09:00,2026-03-01 09:40,a\n" * 2)
    reading = reader_of_records(session)(path, path.name)
    choice = "times are from column opened; closed holds times, too"
    assert choice in record_lines(session, reading, path.name)[0].doubt
    pasted = path.read_text().splitlines()
    doubts = [line.doubt for line in previewed_lines(session, pasted) if line.zone]
    assert choice in doubts[0]


def test_which_of_several_columns_of_times_was_taken_is_told(bench: Bench) -> None:
    notices: list[str] = []
    lines = ["Opened,Closed,What", "2025-03-01T09:00Z,2025-03-01T10:00Z,queue grows"]
    lines += ["2025-03-01T09:30Z,2025-03-01T11:00Z,restarted"]
    timed_lines(bench.declared(), lines, notices.append)
    assert notices == ["line 1: times are from column Opened; Closed holds times, too"]
