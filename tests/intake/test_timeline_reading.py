"""Whole documents in each form: what becomes a row, and at which moment."""

from datetime import UTC, date, datetime
from textwrap import dedent

import pytest
from dateutil import tz

from incident_tui.intake import ForeignTimeline, read_timeline
from incident_tui.intake.foreign_timeline import (
    CODE_LEFT_OUT,
    DATE_ONLY,
    DOTTED,
    OUT_OF_ORDER,
)


def read(text: str, *, name: str = "", default_date: date | None = None) -> ForeignTimeline:
    return read_timeline(dedent(text), default_zone=UTC, default_date=default_date, name=name)


def times(reading: ForeignTimeline) -> list[str]:
    return [f"{row.at:%m-%d %H:%M}" for row in reading.rows]


def texts(reading: ForeignTimeline) -> list[str]:
    return [row.text for row in reading.rows]


class TestTables:
    def test_rows_come_with_moment_text_and_line_and_the_header_is_none(self) -> None:
        reading = read("""\
            # Pool ran dry
            ## Timeline
            All times in CET.

            | Time | Event |
            | :--- | --- |
            | 2023-02-14 10:29 | pool *empty* |
            | 2023-07-14 10:31| drained [a](https://x.test/a) |
            """)
        first, second = reading.rows
        assert (first.at, first.text, first.line) == (
            datetime(2023, 2, 14, 9, 29, tzinfo=UTC),
            "pool empty",
            7,
        )
        assert second.at == datetime(2023, 7, 14, 8, 31, tzinfo=UTC)
        assert second.source == "https://x.test/a"
        assert (reading.zone, reading.title, reading.form) == ("CET", "Pool ran dry", "table")
        assert reading.unread == []

    def test_the_header_may_state_zone_and_year_and_spread_the_time_over_columns(self) -> None:
        reading = read("""\
            | Day | Date (2021) | Time (PT) | Who | Event |
            |---|---|---|---|---|
            | Fri | Dec 31 | 08:30 | ana | pool empty |
            | Sat | Jan 1 | 00:15 | bo | drained \\| twice |
            """)
        assert [row.at for row in reading.rows] == [
            datetime(2021, 12, 31, 16, 30, tzinfo=UTC),
            datetime(2022, 1, 1, 8, 15, tzinfo=UTC),
        ]
        assert reading.zone == "America/Los_Angeles"
        assert texts(reading) == ["pool empty", "drained | twice"]
        assert [row.who for row in reading.rows] == ["ana", "bo"]

    def test_a_table_may_leave_out_the_bars_at_its_edges(self) -> None:
        reading = read("""\
            # Outage of 2023-02-14
            Time | Event | Who
            --- | :--- | ---
            10:29 | pool empty | ana
            10:31 | drained \\| twice | bo
            10:40 it was over, said the page
            """)
        assert texts(reading) == ["pool empty", "drained | twice", "it was over, said the page"]
        assert [row.who for row in reading.rows][:2] == ["ana", "bo"]

    def test_bars_in_prose_make_no_table(self) -> None:
        reading = read("# Outage of 2023-02-14\n10:29 ps | grep pool\n---\n10:31 a | b\n")
        assert texts(reading) == ["ps | grep pool", "a | b"]

    def test_a_table_without_header_words_is_read_from_its_first_cells(self) -> None:
        reading = read("| 2023-02-14 | 10:29 | a |\n| 2023-02-14 | 10:31 | b |\n")
        assert times(reading) == ["02-14 10:29", "02-14 10:31"]
        assert texts(reading) == ["a", "b"]

    @pytest.mark.parametrize(
        ("cell", "reason"),
        [
            ("2023-02-14 --:--", '"--:--" is not a time of day'),
            ("later", "stands among rows with a time, and has none"),
        ],
    )
    def test_a_row_without_time_of_day_is_unread(self, cell: str, reason: str) -> None:
        reading = read(f"| Time | Event |\n|---|---|\n| 2023-02-14 10:29 | a |\n| {cell} | b |\n")
        assert texts(reading) == ["a"]
        assert [(left.line, left.reason) for left in reading.unread] == [(4, reason)]

    def test_a_table_of_due_dates_is_no_timeline(self) -> None:
        reading = read("""\
            ## Timeline
            | Time | Event |
            |---|---|
            | 2023-02-14 10:29 | a |
            ## Actions
            | Action | Due date |
            |---|---|
            | widen the pool | 2023-03-01 |
            """)
        assert texts(reading) == ["a"]
        assert reading.unread == []


class TestDatedBullets:
    def test_bullets_of_any_sign_are_rows_and_what_belongs_to_them_is_attached(self) -> None:
        reading = read("""\
            - **Context**:
              - 2023-02-14 10:29: pool empty
                since noon
                - seen by ana
              * 2023-02-14 10:31 - drained
              – 2023-02-14 10.33 full again

            - **Resolution**:
              - none needed
            """)
        assert texts(reading) == ["pool empty since noon ; seen by ana", "drained", "full again"]
        assert [row.line for row in reading.rows] == [2, 5, 6]
        assert reading.rows[2].flags == (DOTTED,)
        assert reading.unread == []
        assert reading.form == "dated bullets"

    def test_a_code_block_is_left_out_and_says_so(self) -> None:
        reading = read("""\
            - 2023-02-14 10:29 pool empty

            ```
            - 2023-02-14 10:30 not a row
            ```

            - 2023-02-14 10:31 drained
            """)
        assert texts(reading) == ["pool empty", "drained"]
        assert [row.flags for row in reading.rows] == [(CODE_LEFT_OUT,), ()]

    def test_an_unclosed_fence_or_comment_hides_nothing(self) -> None:
        assert texts(read("```\n- 2023-02-14 10:29 a\n")) == ["a"]
        assert texts(read("<!-- begun\n- 2023-02-14 10:29 a\n")) == ["a"]

    def test_comments_are_ignored(self) -> None:
        reading = read("""\
            - 2023-02-14 10:29 a <!-- - b -->
            <!--
            - 2023-02-14 10:30 hidden
            -->
            - 2023-02-14 10:31 c
            """)
        assert texts(reading) == ["a", "c"]
        assert [row.line for row in reading.rows] == [1, 5]

    def test_key_events_beside_the_timeline_are_milestones_and_no_rows(self) -> None:
        reading = read("""\
            - **Key events**
              - First detected: 2023-02-14 10:29
              - Resolved 2023-02-14 10:31
              - Declared: 2023-02-14 25:00
            - **Context**:
              - 2023-02-14 10:29 pool empty
              - 2023-02-14 10:31 resolved
            """)
        assert texts(reading) == ["pool empty", "resolved"]
        assert [(m.text, m.at.hour) for m in reading.milestones] == [
            ("First detected", 10),
            ("Resolved", 10),
        ]
        assert [left.line for left in reading.unread] == [4]

    def test_milestones_are_the_timeline_where_there_is_no_other(self) -> None:
        reading = read("- Detected: 2023-02-14 10:29\n- Repaired: 2023-02-14 10:31\n")
        assert texts(reading) == ["Detected", "Repaired"]
        assert (reading.milestones, reading.form) == ([], "key events")

    def test_a_date_alone_gives_the_day_to_the_clock_times_below(self) -> None:
        reading = read("""\
            - 2023-02-14
              - 23:50 a
              - 00:10 b
            - 2023-02-20
              - 09:00 c
            """)
        assert times(reading) == ["02-14 23:50", "02-15 00:10", "02-20 09:00"]


class TestClockBullets:
    BULLETS = "- **13:16:07:** a\n- _**13:17**: b_\n - **13:18** `@ana` c\n- **13:19 UTC** - d\n"

    def test_bold_and_italic_times_are_read(self) -> None:
        reading = read(self.BULLETS, default_date=date(2023, 2, 14))
        assert texts(reading) == ["a", "b", "`@ana` c", "d"]
        assert reading.rows[0].at == datetime(2023, 2, 14, 13, 16, 7, tzinfo=UTC)
        assert reading.form == "clock bullets"

    @pytest.mark.parametrize(
        ("before", "name", "place"),
        [
            ('---\ntitle: "2023-02-14"\n---\n', "2020-01-01.md", "title"),
            ("---\ntitle: Pool\ndate: 2023-02-14\n---\n", "2020-01-01.md", "front matter"),
            ("# Pool ran dry\n", "reports/2023-02-14.mdx", "file name"),
            ("# Pool ran dry, 14 February 2023\n", "", "heading"),
            ("## Outage of February 14th, 2023\n", "", "heading"),
            ("On Feb 14, 2023 at 13:17 UTC it began.\n", "", "text"),
            ("", "", "default date"),
        ],
    )
    def test_the_day_is_found_in_the_document(self, before: str, name: str, place: str) -> None:
        default = date(2023, 2, 14) if place == "default date" else date(1999, 1, 1)
        reading = read(f"{before}\n{self.BULLETS}", name=name, default_date=default)
        assert {row.at.date() for row in reading.rows} == {date(2023, 2, 14)}
        assert reading.day_from == place

    def test_without_any_day_each_row_is_unread(self) -> None:
        reading = read(self.BULLETS)
        assert reading.rows == []
        assert [left.line for left in reading.unread] == [1, 2, 3, 4]
        assert {left.reason for left in reading.unread} == {
            "has no date, and none was found in the document"
        }

    def test_midnight_passes_forward_and_a_small_step_back_is_out_of_order(self) -> None:
        reading = read(
            "- 23:40 a\n- 23:55 b\n- 00:10 c\n- 00:05 d\n- 09:00 e\n",
            default_date=date(2023, 2, 14),
        )
        assert times(reading) == [
            "02-14 23:40",
            "02-14 23:55",
            "02-15 00:10",
            "02-15 00:05",
            "02-15 09:00",
        ]
        assert [row.flags for row in reading.rows] == [(), (), (), (OUT_OF_ORDER,), ()]

    def test_several_incidents_in_one_file_each_have_the_day_of_their_heading(self) -> None:
        reading = read("""\
            # Two outages in October 2025
            ## Incident timeline
            ### October 21, 2025 - pool
            - **21:45 UTC** - a
            ### October 29-30, 2025 - cache
            - **22:30 UTC (Oct 29)** - b
            - **00:03 UTC (Oct 30)** - c
            - **05:39 UTC** - d
            - **Note:** no page went out
            """)
        assert times(reading) == ["10-21 21:45", "10-29 22:30", "10-30 00:03", "10-30 05:39"]
        assert [left.line for left in reading.unread] == [9]

    def test_a_date_without_year_follows_its_predecessor_over_new_year(self) -> None:
        reading = read(
            "- Dec 31 23:50 a\n- Jan 1 00:10 b\n",
            default_date=date(2022, 12, 31),
        )
        assert [row.at.year for row in reading.rows] == [2022, 2023]


class TestHeadingsAndLines:
    def test_a_heading_with_a_time_has_its_text_below(self) -> None:
        reading = read("""\
            ## Timeline
            ### 2023-02-14 10:29
            Pool empty.

            - seen by ana
            ### ~10:31 - 10:40 drained
            ## Lessons
            Wider pools.
            """)
        assert texts(reading) == ["Pool empty. ; seen by ana", "drained"]
        assert reading.form == "headings"

    def test_lines_with_a_time_are_rows_inside_the_section_only(self) -> None:
        reading = read("""\
            10:00 PM PST Feb 14, 2023: not here
            ## Timeline (all times PST)
            **February 14th, 2023, 10:29 AM:** a
            goes on
            02-14-2023 11:00 am - b

            10:29 times the load is prose to a reader, a row to this one
            """)
        assert texts(reading)[:2] == ["a goes on", "b"]
        assert reading.rows[0].at == datetime(2023, 2, 14, 18, 29, tzinfo=UTC)

    def test_a_day_without_time_is_a_row_of_that_day(self) -> None:
        reading = read("## Timeline\n### 2023-02-14\nIt began slowly.\n### 2023-02-15 2X:14\nx\n")
        (row,) = reading.rows
        assert (row.line, row.text, row.day) == (2, "It began slowly.", date(2023, 2, 14))
        assert row.flags == (DATE_ONLY,)
        assert [(left.line, left.text) for left in reading.unread] == [
            (4, "### 2023-02-15 2X:14 x")
        ]


def test_the_default_zone_holds_where_none_is_named() -> None:
    here = tz.tzoffset("HERE", 3600)
    reading = read_timeline("- 2023-07-14 10:29 a\n", default_zone=here)
    assert reading.rows[0].at == datetime(2023, 7, 14, 9, 29, tzinfo=UTC)
    assert reading.zone == "HERE"


def test_line_endings_and_a_byte_order_mark_do_not_shift_lines() -> None:
    reading = read_timeline("\ufeff# T\r\n\r\n- 2023-02-14 10:29 a\r\n", default_zone=UTC)
    assert [row.line for row in reading.rows] == [3]
    assert reading.title == "T"


def test_an_empty_text_reads_as_nothing() -> None:
    assert read("") == ForeignTimeline(rows=[], unread=[], zone="UTC", title=None, form="none")


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("## Ablauf (alle Zeiten in MEZ)\n- 12. März 2024 14:05 Uhr: a\n", ["03-12 13:05"]),
        ("## Chronologie (heure de Paris)\n- 5 juillet 2024 à 14h05 : a\n", ["07-05 12:05"]),
        ("## Cronología\n- 6 de julio de 2024, 09:10: a\n", ["07-06 09:10"]),
        ("# 2024-06-20\n## Linha do tempo\n### 21/jun às 09h30\na\n", ["06-21 09:30"]),
        ("# 2024-03-04\n## Timeline\n### Tuesday\n- 9:00 a\n### Next day\n- 8:00 a\n",
         ["03-05 09:00", "03-06 08:00"]),
        ("## Timeline 2024-03-05\n- :fire: 14:05 - a\n- 🔥 14:06 - a\n",
         ["03-05 14:05", "03-05 14:06"]),
        ("Resolved\nOver.\nPosted 2 months ago. Mar 5, 2024 - 15:40 UTC\nMonitoring\nFixed.\n"
         "Posted 2 months ago. Mar 5, 2024 - 15:11 UTC\n", ["03-05 15:40", "03-05 15:11"]),
    ],
)  # fmt: skip
def test_other_languages_days_that_follow_and_status_pages(text: str, moments: list[str]) -> None:
    assert times(read(text)) == moments


def test_labels_with_their_times_in_plain_lines_are_milestones() -> None:
    reading = read("# Slow\n\n**Start:** 2024-03-05 14:05\n\n**End:** 2024-03-05 15:00\n")
    assert [row.label for row in reading.rows] == ["started", "resolved"]
