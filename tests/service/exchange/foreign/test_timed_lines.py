"""Lines of chats and logs that are pasted or piped in keep the times they begin with."""

from datetime import UTC, datetime

import pytest

from incident_tui.domain.core.commands import LineError
from incident_tui.service.exchange.foreign.timed_lines import timed_lines
from tests.service.conftest import Bench

CHAT = [
    "09:03 ana: error rate climbs",
    "[09:05] bo: rolled back",
    "2026-11-20T09:06:11Z level=error pool empty",
    "  at pool.py:12",
    "2X:XX nobody wrote it down",
    "- 09:08 graphs are fine",
]


def test_each_line_of_a_chat_has_its_own_time(bench: Bench) -> None:
    session = bench.declared()
    today = bench.service.world.clock().astimezone(session.zone).date()
    lines = [line.replace("2026-11-20", str(today)) for line in CHAT]
    found = timed_lines(session, lines)
    assert [number for number, _ in found] == [1, 2, 3, 5, 6]
    assert found[0][1].endswith(" ana: error rate climbs")
    assert "level=error pool empty" in found[2][1]
    assert "at pool.py:12" in found[2][1]
    assert found[3][1] == "@2X:XX nobody wrote it down"


def test_commands_and_log_lines_stay_as_they_are(bench: Bench) -> None:
    lines = ["/sev SEV1 x", "@-5m it began", "09:03 slow", "nothing"]
    found = [text for _, text in timed_lines(bench.declared(), lines)]
    assert found[:2] == lines[:2]
    assert found[2].startswith("@20")


def test_what_was_said_elsewhere_is_never_a_command(bench: Bench) -> None:
    session = bench.declared()
    for _, text in timed_lines(session, ["09:03 /sev SEV1 x", "09:04 > rolled back"]):
        assert [entry.event.kind for entry in session.enter(text).entries] == ["fact"]


def test_lines_without_any_time_stay_as_they_are(bench: Bench) -> None:
    lines = ["slow", "= p95 4s", "? is it the pool"]
    assert [text for _, text in timed_lines(bench.declared(), lines)] == lines


def test_a_date_that_could_be_two_days_is_no_fact_of_now(bench: Bench) -> None:
    session = bench.declared()
    lines = ["[3/11/2026 2:05 PM] Mia Chen", "refused", "[3/11/2026 2:07 PM] Raj Patel", "failover"]
    found = timed_lines(session, lines)
    assert [number for number, _ in found] == [1, 3]
    for _, text in found:
        with pytest.raises(LineError, match="day or the month"):
            session.enter(text)


def test_a_clock_that_lies_ahead_was_yesterday(bench: Bench) -> None:
    session = bench.declared()
    now = bench.service.world.clock()
    for _, text in timed_lines(session, ["23:58 a", "23:59 b"]):
        at = datetime.fromisoformat(text.split()[0].removeprefix("@").replace("Z", "+00:00"))
        assert at.astimezone(UTC) <= now
