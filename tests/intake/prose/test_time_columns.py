"""Tables with several columns of times: which is taken, which others there are, and a choice."""

from datetime import UTC

import pytest

from incident_tui.intake import ForeignTimeline, read_timeline
from incident_tui.intake.foreign_timeline import OTHER_COLUMN

COMMA = "opened,closed,text\n2025-03-01 10:00,2025-03-01 11:00,down\n"
TABS = "Seen on that day.\n\nopened\tclosed\ttime\n2025-03-01 10:00\t2025-03-01 11:00\tdown\n"
PIPES = (
    "| Opened | Closed | What |\n|---|---|---|\n| 2025-03-01 10:00 | 2025-03-01 11:00 | down |\n"
)
HTML = (
    "<html><body><table><tr><th>Opened</th><th>Closed</th><th>What</th></tr><tr>"
    "<td>2025-03-01 10:00</td><td>2025-03-01 11:00</td><td>down</td></tr></table></body></html>"
)
CLOCKS = "Date,Start,End,What\n2025-03-01,10:00,11:00,down\n"
MARKED_CLOCKS = (
    "| What | Date | Start | End |\n|---|---|---|---|\n| down | 2025-03-01 | 10:00 | 11:00 |\n"
)


def _read(text: str, column: str = "") -> ForeignTimeline:
    return read_timeline(text, default_zone=UTC, column=column)


@pytest.mark.parametrize("text", [COMMA, TABS, PIPES, HTML, CLOCKS, MARKED_CLOCKS])
def test_the_first_column_of_times_is_taken_and_the_other_one_is_said(text: str) -> None:
    reading = _read(text)
    assert [f"{row.at:%Y-%m-%d %H:%M}" for row in reading.rows] == ["2025-03-01 10:00"]
    (table,) = reading.columns
    first, second = ("Start", "End") if "Start" in text else ("opened", "closed")
    assert table.taken[-1].casefold() == first.casefold()
    assert [title.casefold() for title in table.others] == [second.casefold()]
    assert f"{table.others[0]} holds times, too" in table.choice


@pytest.mark.parametrize("text", [COMMA, TABS, PIPES, HTML, CLOCKS, MARKED_CLOCKS])
def test_a_column_is_chosen_by_its_title_whatever_its_capitals(text: str) -> None:
    reading = _read(text, "END" if "Start" in text else "CLOSED")
    assert [f"{row.at:%Y-%m-%d %H:%M}" for row in reading.rows] == ["2025-03-01 11:00"]
    assert len(reading.columns[0].others) == 1
    assert "10:00" in reading.rows[0].text, "the other time stays with the row"


@pytest.mark.parametrize(
    "text",
    [
        "Date,Time,What\n2025-03-01,10:00,down\n",
        "time,duration,text\n2025-03-01 10:00,0:45,down\n",
        "| Time (UTC) | Time (CET) | What |\n|---|---|---|\n| 10:00 | 11:00 | down |\n",
        "| Time | What |\n|---|---|\n| 10:00 | 11:05 it was down |\n| 10:10 | up |\n",
    ],
)
def test_a_day_a_length_another_clock_and_a_sentence_are_no_choice(text: str) -> None:
    (table,) = _read(text).columns
    assert (table.others, table.choice) == ((), "")


def test_an_unknown_title_changes_nothing() -> None:
    assert _read(PIPES, "When").rows == _read(PIPES).rows


def test_a_row_whose_time_stands_in_another_column_than_the_rest_is_marked() -> None:
    text = (
        "| Time opened | Time closed | What |\n|---|---|---|\n"
        "| 2025-03-01 10:00 | 2025-03-01 11:00 | down |\n| | 2025-03-01 14:00 | up |\n"
    )
    flags = [OTHER_COLUMN in row.flags for row in _read(text).rows]
    assert flags == [False, True]
    chosen = _read(text, "Time opened")
    assert ([row.text[-4:] for row in chosen.rows], len(chosen.unread)) == (["down"], 1)
