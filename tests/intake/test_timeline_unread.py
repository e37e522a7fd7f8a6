"""What reading a document tells beside its rows: lines left unread, and flags on rows."""

from datetime import UTC
from textwrap import dedent

import pytest

from incident_tui.intake import ForeignTimeline, read_timeline
from incident_tui.intake.foreign_timeline import OUT_OF_ORDER, WRONG_YEAR


def read(text: str) -> ForeignTimeline:
    return read_timeline(dedent(text), default_zone=UTC)


def texts(reading: ForeignTimeline) -> list[str]:
    return [row.text for row in reading.rows]


class TestNothingIsDroppedSilently:
    def test_a_heading_with_an_impossible_time_is_told_and_still_gives_its_day(self) -> None:
        reading = read("## 24:10 | March 4, 2024\n\n- 10:00 cold\n")
        assert [(left.line, left.reason) for left in reading.unread] == [
            (1, '"24:10" is not a time of day')
        ]
        assert [f"{row.at:%Y-%m-%d}" for row in reading.rows] == ["2024-03-04"]

    @pytest.mark.parametrize("time", ["24:XX", "2X:XX", "20202-01-16 10:00", "2023-02-14 24:10"])
    @pytest.mark.parametrize("section", ["## Timeline\n", "## Chronology\n", ""])
    def test_an_impossible_time_is_unread_with_line_and_reason(
        self, time: str, section: str
    ) -> None:
        reading = read(f"{section}- 2023-02-14 10:29 a\n- {time} b\n  and c\n")
        left = reading.unread[0]
        assert (left.line, left.text) == (section.count("\n") + 2, f"- {time} b and c")
        assert time.split()[-1] in left.reason or time.split()[0] in left.reason

    def test_rows_elsewhere_neither_double_the_section_nor_vanish(self) -> None:
        reading = read("""\
            ## Summary
            - 2023-02-14 10:29 Pool empty.
            - 2023-02-15 09:00 review held
            ## Timeline
            - 2023-02-14 10:29 pool empty
            """)
        assert texts(reading) == ["pool empty"]
        assert [(left.line, left.reason) for left in reading.unread] == [
            (3, "stands outside the timeline section")
        ]

    @pytest.mark.parametrize("page", ["<html><body>{}</body></html>", "<!doctype html>{}"])
    @pytest.mark.parametrize("broken", ["\u2026</", "<b", "</p", "<a href='x", "<!-"])
    @pytest.mark.parametrize("above", ["10:06", "10:05"])
    def test_a_time_within_a_broken_tag_is_a_row_or_told_whatever_the_row_above_says(
        self, page: str, broken: str, above: str
    ) -> None:
        body = f"<h1>Down on 2025-03-01</h1>\n<p>{above} db down{broken}\n10:06 > pool full"
        reading = read(page.format(body))
        known = {row.line for row in reading.rows} | {left.line for left in reading.unread}
        assert known == {2, 3}

    def test_the_same_row_in_two_lists_is_read_once_and_twice_in_one_list_twice(self) -> None:
        row = "- 2023-02-14 10:29 pool empty\n"
        assert len(read(f"# A\n{row}# B\n{row}").rows) == 1
        assert len(read(row + row).rows) == 2

    @pytest.mark.parametrize("label", ["Repaired", "First detected", "Impact began", "Resolved"])
    @pytest.mark.parametrize(
        "form", ["- {}: 2023-02-14", "{}: 14 February 2023", "**{}:** 2023-02-14"]
    )
    def test_the_day_alone_of_a_milestone_is_told_above_the_timeline(
        self, label: str, form: str
    ) -> None:
        reading = read(f"# A\n\n{form.format(label)}\n\n- 2023-02-14 10:29 pool empty\n")
        read_of_it = [row.day for row in (*reading.rows, *reading.milestones) if row.line == 3]
        unread = [(left.line, left.reason) for left in reading.unread if left.line == 3]
        assert read_of_it or unread

    @pytest.mark.parametrize("label", ["Reviewed", "Date", "Author on call until"])
    def test_the_day_of_anything_else_is_none_of_the_incident(self, label: str) -> None:
        reading = read(f"# A\n\n- {label}: 2023-02-14\n\n- 2023-02-14 10:29 pool empty\n")
        assert ([row.line for row in reading.rows], reading.unread) == ([5], [])

    def test_an_unknown_zone_is_told(self) -> None:
        reading = read("## Timeline\nAll times in UC/Atlantis\n- 2023-02-14 10:29 a\n")
        assert (reading.zone, texts(reading)) == ("UTC", ["a"])
        assert "UC/Atlantis" in reading.unread[0].reason

    def test_hours_that_a_clock_change_skips_or_doubles_are_unread(self) -> None:
        reading = read("""\
            All times in CET.
            - 2023-03-26 02:30 skipped
            - 2023-10-29 02:30 doubled
            - 2023-10-29 02:30 UTC clear
            """)
        assert texts(reading) == ["clear"]
        assert [left.line for left in reading.unread] == [2, 3]


class TestFlags:
    def test_file_order_is_kept_and_a_row_before_its_predecessor_is_flagged(self) -> None:
        reading = read("- 2023-02-14 10:31 a\n- 2023-02-14 10:29 b\n- 2023-02-14 10:35 c\n")
        assert texts(reading) == ["a", "b", "c"]
        assert [row.flags for row in reading.rows] == [(), (OUT_OF_ORDER,), ()]

    @pytest.mark.parametrize(
        ("year", "flags"), [(2022, {WRONG_YEAR, OUT_OF_ORDER}), (2024, {WRONG_YEAR})]
    )
    def test_a_wrong_year_between_its_neighbours_is_flagged_and_kept(
        self, year: int, flags: set[str]
    ) -> None:
        reading = read(f"- 2023-02-14 10:29 a\n- {year}-02-14 10:30 b\n- 2023-02-14 10:31 c\n")
        assert [set(row.flags) for row in reading.rows] == [set(), flags, set()]
        assert reading.rows[1].at.year == year

    def test_a_true_turn_of_the_year_is_not_suspicious(self) -> None:
        reading = read("- 2022-12-30 10:00 a\n- 2022-12-31 23:50 b\n- 2023-01-01 00:10 c\n")
        assert [row.flags for row in reading.rows] == [(), (), ()]


def test_two_lines_of_one_time_without_words_are_two() -> None:
    reading = read_timeline("2024-05-07 14:02\n\n## Later\n14:02\n", default_zone=UTC)
    known = {row.line for row in reading.rows} | {left.line for left in reading.unread}
    assert {1, 4} <= known
