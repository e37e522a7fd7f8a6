"""What people may write for a time, what it means, and what is refused with which advice."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

import pytest

from incident_tui.domain.values.time_grammar import (
    END_OF_DAY,
    FURTHEST_AHEAD,
    LONGEST_SPAN,
    WhenError,
    format_duration,
    format_exact,
    format_measured,
    format_when,
    parse_ahead,
    parse_duration,
    parse_past,
    take_when,
    zone_named,
)

BERLIN = zone_named("Europe/Berlin")
KOLKATA = zone_named("Asia/Kolkata")
# A Friday, ten past two in the afternoon in Berlin.
NOW = datetime(2026, 11, 20, 13, 10, 5, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def past(text: str, *, now: datetime = NOW, zone: tzinfo = BERLIN) -> datetime:
    return parse_past(text, now=now, zone=zone)


def refusal_of_past(text: str, *, now: datetime = NOW, zone: tzinfo = BERLIN) -> WhenError:
    with pytest.raises(WhenError) as caught:
        parse_past(text, now=now, zone=zone)
    return caught.value


def ahead(text: str, *, now: datetime = NOW, zone: tzinfo = BERLIN) -> datetime:
    return parse_ahead(text, now=now, zone=zone)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-11-20 13:10:05"),
        ("NOW", "2026-11-20 13:10:05"),
        ("14:02", "2026-11-20 13:02:00"),
        ("  14:02\t", "2026-11-20 13:02:00"),
        ("14:02:07", "2026-11-20 13:02:07"),
        ("14:02:07.25", "2026-11-20 13:02:07.250000"),
        ("14:02:07,123456789", "2026-11-20 13:02:07.123456"),
        ("9:05", "2026-11-20 08:05:00"),
        ("00:00", "2026-11-19 23:00:00"),
        ("13:02Z", "2026-11-20 13:02:00"),
        ("13:02z", "2026-11-20 13:02:00"),
        ("13:02 UTC", "2026-11-20 13:02:00"),
        ("13:02 gmt", "2026-11-20 13:02:00"),
        ("2:05 PM", "2026-11-20 13:05:00"),
        ("2:05pm", "2026-11-20 13:05:00"),
        ("2:05 p.m.", "2026-11-20 13:05:00"),
        ("12:05 AM", "2026-11-19 23:05:00"),
        ("12:05 PM", "2026-11-20 11:05:00"),
        ("1:05 PM UTC", "2026-11-20 13:05:00"),
        ("-5m", "2026-11-20 13:05:05"),
        ("-90s", "2026-11-20 13:08:35"),
        ("-2h", "2026-11-20 11:10:05"),
        ("-1h30m", "2026-11-20 11:40:05"),
        ("-1d", "2026-11-19 13:10:05"),
        ("-1w", "2026-11-13 13:10:05"),
        ("-5min", "2026-11-20 13:05:05"),
        ("-0m", "2026-11-20 13:10:05"),
        ("5m ago", "2026-11-20 13:05:05"),
        ("5 M AGO", "2026-11-20 13:05:05"),
        ("1h 30m ago", "2026-11-20 11:40:05"),
        ("2 hours 10 minutes ago", "2026-11-20 11:00:05"),
        ("today 14:02", "2026-11-20 13:02:00"),
        ("yesterday 23:10", "2026-11-19 22:10:00"),
        ("Yesterday 11:10 PM", "2026-11-19 22:10:00"),
        ("2026-11-20 14:02", "2026-11-20 13:02:00"),
        ("2026-11-20 14:02:07", "2026-11-20 13:02:07"),
        ("2026-11-20T14:02", "2026-11-20 13:02:00"),
        ("2026-11-20t13:02z", "2026-11-20 13:02:00"),
        ("2026-11-20T14:02:00+01:00", "2026-11-20 13:02:00"),
        ("2026-11-20T14:02+0100", "2026-11-20 13:02:00"),
        ("2026-11-20T14:02+01", "2026-11-20 13:02:00"),
        ("2026-11-20T09:32-03:30", "2026-11-20 13:02:00"),
        ("2026-11-20 14:02:07 +0100", "2026-11-20 13:02:07"),
        ("2026-11-20 13:02:07 UTC", "2026-11-20 13:02:07"),
        ("1970-01-01T00:00Z", "1970-01-01 00:00:00"),
        ("20 Nov 14:02", "2026-11-20 13:02:00"),
        ("3 october 14:02", "2026-10-03 12:02:00"),
        ("20 Nov 2024 14:02", "2024-11-20 13:02:00"),
        ("20 Nov 13:02Z", "2026-11-20 13:02:00"),
    ],
)
def test_a_past_time_is_read(text: str, moment: str) -> None:
    parsed = past(text)
    assert parsed == utc(moment)
    assert parsed.utcoffset() == timedelta(), "times are handed on in UTC"


@pytest.mark.parametrize(
    ("text", "column", "advice"),
    [
        ("", 0, "nothing is written here: write 14:02"),
        ("   ", 0, "nothing is written here: write 14:02"),
        ("22:22 PM", 6, "22:22 is on the 24-hour clock and PM on the 12-hour clock: "
                        "write 22:22 or 10:22 PM"),
        ("0:30 am", 5, "write 00:30 or 12:30 AM"),
        ("24:10", 0, "there is no hour 24: hours go from 00 to 23; midnight is 00:00"),
        ("yesterday 24:10", 10, "there is no hour 24"),
        ("99:10", 0, "there is no hour 99"),
        ("14:60", 3, "there is no minute 60"),
        ("14:02:60", 6, "there is no second 60"),
        ("14:2", 0, "needs two digits for the minutes: write 14:02"),
        ("14.02", 0, "may be a day or a time: write 14:02"),
        ("14,02", 0, "may be a day or a time: write 14:02"),
        ("11/20", 0, "may be a day or a time"),
        ("11/12/2026", 0, "may begin with the day or the month"),
        ("20.11.2026 14:02", 0, "may begin with the day or the month"),
        ("12", 0, "is only a number: write 14:02, -5m"),
        ("1402", 0, "is only a number"),
        ("-5", 0, "is only a number"),
        ("1763643720", 0, "is only a number"),
        ("2pm", 1, "write 2:00 PM or 14:00"),
        ("soon", 0, "'soon' is not understood: write 14:02"),
        ("-", 0, "is not understood"),
        ("--5m", 0, "is not understood"),
        ("-m", 0, "is not understood"),
        ("1.5h ago", 0, "is not understood"),
        ("14:02:07:99", 0, "is not understood"),
        ("fri", 0, "fri may be any week's: write yesterday 23:10 or 2026-11-20 14:02"),
        ("Friday 14:02", 0, "Friday may be any week's"),
        ("yesterday", 9, "needs a time of day, as in yesterday 14:02"),
        ("2026-11-20", 10, "needs a time of day, as in 2026-11-20 14:02"),
        ("20 Nov", 6, "needs a time of day"),
        ("5m", 0, "may lie ahead or behind: write -5m or 5m ago"),
        ("+5m", 0, "lies ahead: write -5m or 5m ago"),
        (" +1h 30m", 1, "lies ahead: write -1h30m or 1h 30m ago"),
        ("-5m ago", 0, "a blank or a word too many: write -5m or 5m ago"),
        ("-1h 30m", 0, "a blank or a word too many: write -1h30m or 1h 30m ago"),
        ("5 pods ago", 2, "'pods' is no unit: write w, d, h, m or s"),
        ("30m1h ago", 3, "out of order: write each unit once, the largest first"),
        ("5m5m ago", 2, "out of order"),
        ("-367d", 1, "a span has at most 366 days"),
        ("-99999999999d", 1, "a span has at most 366 days"),
        ("-1h99999999999s", 1, "a span has at most 366 days"),
        ("14:02 CET", 6, "CET is not the same everywhere"),
        ("14:02-14:10", 5, "-14:10 may be an offset or the end of a range"),
        ("14:02+01:00", 5, "write one time, or the date too, as in 2026-11-20T14:02+01:00"),
        ("today 13:02Z", 11, "today is a day of the incident's zone"),
        ("2026-11-20T14:02+15:00", 16, "no place has the offset +15:00"),
        ("2026-11-20T14:02-12:30", 16, "no place has the offset -12:30"),
        ("2026-11-20T14:02+01:99", 16, "no place has the offset +01:99"),
        ("2026-02-30 10:00", 0, "there is no day 2026-02-30 in the calendar"),
        ("2026-13-01 10:00", 0, "there is no day 2026-13-01"),
        ("31 Jun 10:00", 0, "there is no day 2026-06-31"),
        ("0 Nov 10:00", 0, "there is no day 2026-11-00"),
        ("1969-12-31 10:00", 0, "is before 1970: check the year"),
        ("0026-11-20 10:00", 0, "no incident has the year 0026"),
        ("0001-01-01T00:00+14:00", 0, "no incident has the year 0001"),
        ("9999-12-31T23:59-12:00", 0, "no incident has the year 9999"),
        ("14:20", 0, "lies ahead, it is 14:10 CET on 2026-11-20 now: write yesterday 14:20"),
        ("14:02Z", 0, "lies ahead, it is 14:10 CET on 2026-11-20 now"),
        ("today 14:20", 0, "lies ahead"),
        ("tomorrow 09:00", 0, "lies ahead"),
        ("2026-11-20 14:11", 0, "lies ahead"),
        ("2027-11-20T14:02:00+01:00", 0, "lies ahead"),
        ("20 Nov 14:20", 0, "lies ahead"),
        ("21 Nov 14:02", 0, "more than half a year away; write 21 Nov 2025"),
        ('"14:02', 0, "has no closing quote"),
        ("١٤:٠٢", 0, "characters that no time is written with"),
        ("１４:02", 0, "characters that no time is written with"),
        ("−5m", 0, "characters that no time is written with"),
        ("14:02\N{NO-BREAK SPACE}PM", 0, "characters that no time is written with"),
        ("14:02\0", 0, "characters that no time is written with"),
        ("14:02\n", 0, "characters that no time is written with"),
        ("1" * 5_000, 0, "5000 characters are too long"),
        ("-" + "9" * 5_000 + "d", 0, "5002 characters are too long"),
        (" " + "1m" * 2_500, 1, "5000 characters are too long"),
    ],
)  # fmt: skip
def test_what_is_no_usable_past_time_is_refused_with_advice(
    text: str, column: int, advice: str
) -> None:
    for blanks in (0, 2) if text.strip() else (0,):  # the place moves with what is written
        refusal = refusal_of_past(" " * blanks + text)
        assert advice in refusal.reason
        assert refusal.column == column + blanks
        assert str(refusal) == refusal.reason


def test_the_present_second_is_not_the_future() -> None:
    assert past("14:10:05") == NOW
    assert "lies ahead" in refusal_of_past("14:10:06").reason


@pytest.mark.parametrize(
    ("text", "earliest", "moment"),
    [
        ("23:50", "2026-11-19 22:00", "2026-11-19 22:50"),
        ("23:50", "2026-11-19 22:50", "2026-11-19 22:50"),
        ("11:50 PM", "2026-11-19 22:00", "2026-11-19 22:50"),
        ("23:50Z", "2026-11-19 22:00", "2026-11-19 23:50"),
        ("00:10", "2026-11-19 22:00", "2026-11-19 23:10"),
    ],
)
def test_after_midnight_a_time_of_the_evening_means_yesterdays(
    text: str, earliest: str, moment: str
) -> None:
    half_past_midnight = utc("2026-11-19 23:55")
    parsed = parse_past(text, now=half_past_midnight, zone=BERLIN, earliest=utc(earliest))
    assert parsed == utc(moment)


@pytest.mark.parametrize("text", ["23:50", "today 23:50", "2026-11-20 23:50", "20 Nov 23:50"])
def test_yesterdays_time_is_not_guessed_before_the_incident_began_or_where_a_day_is_named(
    text: str,
) -> None:
    started = utc("2026-11-19 22:51") if text == "23:50" else utc("2026-11-18 12:00")
    with pytest.raises(WhenError, match="lies ahead"):
        parse_past(text, now=utc("2026-11-19 23:55"), zone=BERLIN, earliest=started)


def test_a_time_before_the_incident_began_is_kept() -> None:
    """Late knowledge of an earlier symptom is common; whoever shows it flags it."""
    assert parse_past("08:00", now=NOW, zone=BERLIN, earliest=NOW) == utc("2026-11-20 07:00")


@pytest.mark.parametrize(
    ("zone", "text", "now", "advice"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-11-20",
         "02:30 does not exist on 2026-03-29, the clocks were put forward over it: "
         "write the time with its offset, as in 2026-03-29T03:30:00+02:00"),
        ("Europe/Berlin", "02:30", "2026-03-29 10:00", "does not exist on 2026-03-29"),
        ("Europe/Berlin", "yesterday 02:00", "2026-03-30 10:00", "does not exist on 2026-03-29"),
        ("Europe/Berlin", "29 Mar 02:59:59", "2026-03-30", "does not exist on 2026-03-29"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-11-20",
         "02:30 happens twice on 2026-10-25, the clocks are put back: "
         "write 2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"),
        ("Europe/Berlin", "2:30 AM", "2026-10-25 10:00", "happens twice on 2026-10-25"),
        ("Europe/Berlin", "yesterday 02:00", "2026-10-26 10:00", "happens twice"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-11-20",
         "write the time with its offset, as in 2026-10-04T02:45:00+11:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-11-20",
         "write 2026-04-05T01:45:00+11:00 or 2026-04-05T01:45:00+10:30"),
        ("America/St_Johns", "2026-03-08 02:30", "2026-11-20", "2026-03-08T03:30:00-02:30"),
        ("Pacific/Apia", "2011-12-30 12:00", "2026-11-20", "does not exist on 2011-12-30"),
    ],
)  # fmt: skip
def test_times_that_the_clocks_skip_or_show_twice_are_refused(
    zone: str, text: str, now: str, advice: str
) -> None:
    refusal = refusal_of_past(text, now=utc(now), zone=zone_named(zone))
    assert advice in refusal.reason


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29 00:59:59"),
        ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-10-25 01:59:59", "2026-10-24 23:59:59"),
        ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00"),
        ("Europe/Berlin", "2026-10-25T02:30:00+02:00", "2026-10-25 00:30"),
        ("Europe/Berlin", "2026-10-25T02:30:00+01:00", "2026-10-25 01:30"),
        ("Europe/Berlin", "2026-10-25 02:30Z", "2026-10-25 02:30"),
        ("Asia/Kolkata", "2026-11-20 14:02", "2026-11-20 08:32"),
        ("Asia/Kathmandu", "2026-11-20 14:02", "2026-11-20 08:17"),
        ("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03 15:30"),
        ("UTC", "2026-03-29 02:30", "2026-03-29 02:30"),
    ],
)
def test_times_beside_a_change_of_the_clocks_and_in_odd_zones_are_read(
    zone: str, text: str, moment: str
) -> None:
    assert past(text, zone=zone_named(zone)) == utc(moment)


def test_today_and_yesterday_are_days_of_the_zone_not_of_utc() -> None:
    """At 20:00 UTC it is already the next day in Kolkata."""
    evening = utc("2026-11-20 20:00")
    assert past("00:15", now=evening, zone=KOLKATA) == utc("2026-11-20 18:45")
    assert past("yesterday 00:15", now=evening, zone=KOLKATA) == utc("2026-11-19 18:45")


def test_a_span_is_elapsed_time_across_a_change_of_the_clocks() -> None:
    after = utc("2026-10-25 12:00")
    assert past("-1d", now=after) == after - timedelta(hours=24)


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        past("14:02", now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("+30m", "2026-11-20 13:40:05"),
        ("30m", "2026-11-20 13:40:05"),
        ("+1h30m", "2026-11-20 14:40:05"),
        ("+ 1h 30m", "2026-11-20 14:40:05"),
        ("2h", "2026-11-20 15:10:05"),
        ("3d", "2026-11-23 13:10:05"),
        ("2w", "2026-12-04 13:10:05"),
        ("14:45", "2026-11-20 13:45"),
        ("2:45 PM", "2026-11-20 13:45"),
        ("14:45Z", "2026-11-20 14:45"),
        ("01:00", "2026-11-21 00:00"),
        ("02:10", "2026-11-21 01:10"),
        ("today", "2026-11-20 22:59"),
        ("today 15:00", "2026-11-20 14:00"),
        ("tomorrow", "2026-11-21 22:59"),
        ("tomorrow 09:00", "2026-11-21 08:00"),
        ("sat", "2026-11-21 22:59"),
        ("thu", "2026-11-26 22:59"),
        ("fri", "2026-11-27 22:59"),
        ("Friday 10:00", "2026-11-27 09:00"),
        ("monday 9:30 am", "2026-11-23 08:30"),
        ("eow", "2026-11-20 22:59"),
        ("eom", "2026-11-30 22:59"),
        ("EOM", "2026-11-30 22:59"),
        ("2026-12-01", "2026-12-01 22:59"),
        ("2026-12-01 10:00", "2026-12-01 09:00"),
        ("2026-12-01T10:00+01:00", "2026-12-01 09:00"),
        ("2027-07-01T10:00Z", "2027-07-01 10:00"),
        ("2027-07-01", "2027-07-01 21:59"),
        ("1 Dec", "2026-12-01 22:59"),
        ("1 Dec 09:00", "2026-12-01 08:00"),
        ("15 January", "2027-01-15 22:59"),
        ("1 Dec 2027", "2027-12-01 22:59"),
    ],
)
def test_a_time_that_lies_ahead_is_read(text: str, moment: str) -> None:
    parsed = ahead(text)
    assert parsed == utc(moment)
    assert parsed.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("text", "column", "advice"),
    [
        ("", 0, "nothing is written here: write +30m"),
        ("30", 0, "is only a number: write +30m"),
        ("soon", 0, "is not understood: write +30m, 14:45"),
        ("next fri", 0, "is not understood"),
        ("14.45", 0, "may be a day or a time"),
        ("now", 0, "is not understood"),
        ("+0m", 0, "does not lie ahead, it is 14:10 CET on 2026-11-20 now"),
        ("-5m", 0, "has passed: write +30m"),
        ("5m ago", 0, "has passed: write +30m"),
        ("14:05", 0, "has passed today, it is 14:10 CET on 2026-11-20 now: write tomorrow 14:05"),
        ("02:11", 0, "has passed today"),
        ("14:10:05", 0, "has passed today"),
        ("today 14:00", 0, "does not lie ahead"),
        ("yesterday 14:00", 0, "does not lie ahead"),
        ("2026-11-19", 0, "does not lie ahead"),
        ("2026-11-20T14:10:05+01:00", 0, "does not lie ahead"),
        ("20 Nov 14:00", 0, "does not lie ahead"),
        ("1 Oct", 0, "more than half a year away; write 1 Oct 2027"),
        ("2036-01-01", 0, "more than five years ahead: check the year"),
        ("2026-02-30", 0, "there is no day 2026-02-30"),
        ("24:10", 0, "there is no hour 24"),
        ("fri 22:22 PM", 10, "write 22:22 or 10:22 PM"),
        ("fri 10:00Z", 9, "fri is a day of the incident's zone"),
        ("2027-03-28 02:30", 0, "does not exist on 2027-03-28"),
        ("2027-10-31 02:30", 0, "happens twice on 2027-10-31"),
        ("400d", 0, "a span has at most 366 days"),
        ("99999999999w", 0, "a span has at most 366 days"),
        ("9999-12-31", 0, "no incident has the year 9999"),
        ("١٤:٤٥", 0, "characters that no time is written with"),
        ("9" * 5_000, 0, "5000 characters are too long"),
    ],
)
def test_what_does_not_lie_ahead_is_refused_with_advice(
    text: str, column: int, advice: str
) -> None:
    for blanks in (0, 2) if text.strip() else (0,):  # the place moves with what is written
        with pytest.raises(WhenError) as caught:
            ahead(" " * blanks + text)
        assert advice in caught.value.reason
        assert caught.value.column == column + blanks


@pytest.mark.parametrize(
    ("text", "now", "day"),
    [
        ("today", "2026-11-27 18:30", "2026-11-27"),
        ("eow", "2026-11-27 18:30", "2026-11-27"),
        ("eow", "2026-11-28 12:00", "2026-11-29"),
        ("eow", "2026-11-29 22:00", "2026-11-29"),
        ("eom", "2026-11-30 20:00", "2026-11-30"),
    ],
)
def test_a_day_is_due_at_its_end_however_late_it_is(text: str, now: str, day: str) -> None:
    due = ahead(text, now=utc(now), zone=UTC)
    assert (due.date().isoformat(), due.time()) == (day, END_OF_DAY)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2w", "2026-12-04 23:59"),
        ("+1 week 2 days", "2026-11-29 23:59"),
        ("24h", "2026-11-21 15:03"),
        ("1d 2h", "2026-11-21 17:03"),
    ],
)
def test_where_days_are_asked_for_a_span_of_days_or_weeks_is_due_at_the_end_of_its_day(
    text: str, moment: str
) -> None:
    now = utc("2026-11-20 15:03")
    assert parse_ahead(text, now=now, zone=UTC, whole_days=True) == utc(moment)


@pytest.mark.parametrize("text", ["eow", "eom", "today"])
def test_in_its_very_last_minute_a_day_is_over(text: str) -> None:
    with pytest.raises(WhenError, match="does not lie ahead"):
        ahead(text, now=utc("2027-01-31 23:59"), zone=UTC)


@pytest.mark.parametrize(
    ("now", "last_day"),
    [
        ("2028-02-01", "2028-02-29"),
        ("2026-12-31 08:00", "2026-12-31"),
        ("2027-01-31", "2027-01-31"),
    ],
)
def test_the_end_of_the_month_is_its_last_day(now: str, last_day: str) -> None:
    due = ahead("eom", now=utc(now), zone=UTC)
    assert (due.date().isoformat(), due.time()) == (last_day, END_OF_DAY)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("20m", timedelta(minutes=20)),
        ("020m", timedelta(minutes=20)),
        (" 20 min ", timedelta(minutes=20)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("1 hour 30 minutes", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("1w", timedelta(days=7)),
        ("1w2d3h4m5s", timedelta(days=9, hours=3, minutes=4, seconds=5)),
        ("366d", LONGEST_SPAN),
    ],
)
def test_a_duration_is_read(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    ("text", "column", "advice"),
    [
        ("", 0, "nothing is written here: write 90s, 20m"),
        ("0m", 0, "is no time at all"),
        ("0h0m", 0, "is no time at all"),
        ("-5m", 0, "has a direction, a length has none: write 90s"),
        ("+5m", 0, "has a direction"),
        ("5m ago", 0, "has a direction"),
        ("20", 0, "is only a number: write 90s, 20m"),
        ("20 parsecs", 3, "'parsecs' is no unit"),
        ("1.5h", 0, "is not understood"),
        ("m", 0, "is not understood"),
        ("30m 1h", 4, "out of order"),
        ("367d", 0, "a span has at most 366 days"),
        ("366d1s", 0, "a span has at most 366 days"),
        ("99999999999d", 0, "a span has at most 366 days"),
        ("٢٠m", 0, "characters that no time is written with"),
        ("20\0m", 0, "characters that no time is written with"),
        ("2" * 5_000 + "m", 0, "5001 characters are too long"),
    ],
)
def test_what_is_no_usable_duration_is_refused_with_advice(
    text: str, column: int, advice: str
) -> None:
    for blanks in (0, 2) if text.strip() else (0,):  # the place moves with what is written
        with pytest.raises(WhenError) as caught:
            parse_duration(" " * blanks + text)
        assert advice in caught.value.reason
        assert caught.value.column == column + blanks


@pytest.mark.parametrize(
    ("line", "when", "rest"),
    [
        ("14:02 rolled back", "14:02", "rolled back"),
        ("14:02   rolled back", "14:02", "rolled back"),
        ("14:02", "14:02", ""),
        ("14:02Z rolled back", "14:02Z", "rolled back"),
        ("14:02 UTC rolled back", "14:02 UTC", "rolled back"),
        ("14:02:07.5 rolled back", "14:02:07.5", "rolled back"),
        ("14:02: rolled back", "14:02", "rolled back"),
        ("14:02, rolled back", "14:02", "rolled back"),
        ("14:02 50 errors", "14:02", "50 errors"),
        ("14:02 - rolled back", "14:02", "- rolled back"),
        ("now rolled back", "now", "rolled back"),
        ("-5m rolled back", "-5m", "rolled back"),
        ("-5m 12 pods died", "-5m", "12 pods died"),
        ("5m ago rolled back", "5m ago", "rolled back"),
        ("5m ago, rolled back", "5m ago", "rolled back"),
        ("1h 30m ago rolled back", "1h 30m ago", "rolled back"),
        ("yesterday 23:10 rolled back", "yesterday 23:10", "rolled back"),
        ("2026-11-20 14:02 rolled back", "2026-11-20 14:02", "rolled back"),
        ("2026-11-20 14:02 2 pods", "2026-11-20 14:02", "2 pods"),
        ("2026-11-20T14:02+01:00 ! fail over", "2026-11-20T14:02+01:00", "! fail over"),
        ("2026-11-20 14:02:07 +0100 x", "2026-11-20 14:02:07 +0100", "x"),
        ("20 Nov 14:02 rolled back", "20 Nov 14:02", "rolled back"),
        ("2:05 PM rolled back", "2:05 PM", "rolled back"),
        ("2:05 p.m. rolled back", "2:05 p.m.", "rolled back"),
        ("14:02 cest la vie", "14:02", "cest la vie"),
        ('"yesterday 23:10" rolled back', "yesterday 23:10", "rolled back"),
        ('"14:02" am I right?', "14:02", "am I right?"),
        ('"" rolled back', "", "rolled back"),
        # What follows makes no sense as a time, or is none: the reader of times says what is wrong.
        ("22:22 PM rolled back", "22:22 PM", "rolled back"),
        ("14:02 pm) rolled back", "14:02 pm)", "rolled back"),
        ("14:02 CET rolled back", "14:02 CET", "rolled back"),
        ("24:10 rolled back", "24:10", "rolled back"),
        ("14:02-14:10 outage", "14:02-14:10", "outage"),
        ("-1h 30m rolled back", "-1h 30m", "rolled back"),
        ("-5m ago rolled back", "-5m ago", "rolled back"),
        ("fri 14:02 rolled back", "fri 14:02", "rolled back"),
        ("fri rolled back", "fri", "rolled back"),
        ("yesterday rolled back", "yesterday", "rolled back"),
        ("14.02 rolled back", "14.02", "rolled back"),
        ("12 error rate", "12", "error rate"),
        ("nowhere to go", "nowhere", "to go"),
        ("14:02\N{NO-BREAK SPACE}PM rolled back", "14:02\N{NO-BREAK SPACE}PM", "rolled back"),
        ('"14:02 rolled back', '"14:02', "rolled back"),
        (" 14:02 rolled back", "", "14:02 rolled back"),
        ("", "", ""),
    ],
)
def test_the_time_at_the_beginning_of_a_line_is_taken_whole(
    line: str, when: str, rest: str
) -> None:
    assert take_when(line) == (when, rest)


@pytest.mark.parametrize(
    ("moment", "reference", "shown"),
    [
        ("2026-11-20 13:02", None, "14:02"),
        ("2026-11-20 13:02", "2026-11-20 20:00", "14:02"),
        ("2026-11-19 13:02", "2026-11-20 20:00", "19 Nov 14:02"),
        ("2026-11-19 23:02", "2026-11-20 20:00", "00:02"),
        ("2026-11-20 22:30", "2026-11-20 23:30", "20 Nov 23:30"),
        ("2026-03-05 08:00", "2026-11-20 20:00", "5 Mar 09:00"),
        ("2025-12-31 20:00", "2026-01-01 08:00", "31 Dec 2025 21:00"),
    ],
)
def test_a_moment_is_shown_with_its_day_only_where_that_differs(
    moment: str, reference: str | None, shown: str
) -> None:
    other = None if reference is None else utc(reference)
    assert format_when(utc(moment), BERLIN, reference=other) == shown


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        ("UTC", "2026-11-20 13:02", "2026-11-20T13:02:00+00:00"),
        ("Europe/Berlin", "2026-11-20 13:02", "2026-11-20T14:02:00+01:00"),
        ("Europe/Berlin", "2026-10-25 00:30", "2026-10-25T02:30:00+02:00"),
        ("Europe/Berlin", "2026-10-25 01:30", "2026-10-25T02:30:00+01:00"),
        ("Asia/Kolkata", "2026-11-20 13:02:07.000250", "2026-11-20T18:32:07.000250+05:30"),
        # Until 1972 Monrovia was 44 minutes and 30 seconds behind.
        ("Africa/Monrovia", "1970-06-01 12:00", "1970-06-01T12:00:00+00:00"),
    ],
)
def test_an_exact_time_names_its_offset_and_is_read_back(
    zone: str, moment: str, shown: str
) -> None:
    assert format_exact(utc(moment), zone_named(zone)) == shown
    assert past(shown, zone=zone_named(zone)) == utc(moment)


def test_an_offset_that_no_place_has_is_shown_in_utc() -> None:
    far = timezone(timedelta(hours=20))
    assert format_exact(NOW, far) == "2026-11-20T13:10:05+00:00"


@pytest.mark.parametrize(
    ("delta", "shown"),
    [
        (timedelta(), "0s"),
        (timedelta(seconds=45), "45s"),
        (timedelta(seconds=59.9), "59s"),
        (timedelta(minutes=1), "1m"),
        (timedelta(minutes=41, seconds=59), "41m"),
        (timedelta(hours=1), "1h 00m"),
        (timedelta(hours=2, minutes=5), "2h 05m"),
        (timedelta(hours=23, minutes=59, seconds=59), "23h 59m"),
        (timedelta(days=1), "1d 0h"),
        (timedelta(days=3, hours=4, minutes=50), "3d 4h"),
        (timedelta(days=400), "400d 0h"),
        (timedelta(seconds=-0.5), "0s"),
        (timedelta(minutes=-5), "-5m"),
        (timedelta(hours=-2, minutes=-5), "-2h 05m"),
    ],
)
def test_a_duration_is_shown_compactly(delta: timedelta, shown: str) -> None:
    assert format_duration(delta) == shown


@pytest.mark.parametrize("name", ["UTC", "utc", "Etc/UTC", "Europe/Berlin", "Asia/Kolkata"])
def test_a_zone_is_found_by_its_name(name: str) -> None:
    offset = NOW.astimezone(zone_named(name)).utcoffset()
    expected = {"Europe/Berlin": timedelta(hours=1), "Asia/Kolkata": timedelta(hours=5.5)}
    assert offset == expected.get(name, timedelta())


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "Europe",
        "UTC+3",
        "EST5EDT4,M3.2.0,M11.1.0",
        "localtime",
        "/etc/localtime",
        "../etc/passwd",
        "Europe/../Europe/Berlin",
        "Europe/Berlin\0",
        "Europe/Berlin ",
        "Europe/Berlin\n",
        "Ｅurope/Berlin",
        ":Europe/Berlin",
        "A" * 5_000,
    ],
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(WhenError, match="write UTC or a name like Europe/Berlin"):
        zone_named(name)


def test_a_deadline_years_ahead_is_still_on_the_zones_summer_time() -> None:
    assert ahead("2031-07-01 12:00") == utc("2031-07-01 10:00")
    assert utc("2031-07-01 10:00") - NOW < FURTHEST_AHEAD


def test_a_plain_time_of_day_costs_no_import_of_dateutil() -> None:
    """The start-up of a one-line log entry is felt; dateutil is for dates and named zones."""
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from incident_tui.domain.values.time_grammar import parse_past, zone_named\n"
        "now = datetime(2026, 11, 20, 13, 10, tzinfo=UTC)\n"
        "parse_past('-5m', now=now, zone=zone_named('UTC'))\n"
        "parse_past('13:02', now=now, zone=zone_named('Etc/UTC'))\n"
        "assert not any(name.split('.')[0] in ('dateutil', 'zoneinfo') for name in sys.modules)\n"
        "parse_past('2026-11-20 13:02', now=now, zone=zone_named('UTC'))\n"
        "assert 'dateutil' in sys.modules\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=root
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (45, "45s"),
        (-62, "-1m 02s"),
        (41 * 60, "41m"),
        (41 * 60 + 7, "41m 07s"),
        (2 * 3600 + 5 * 60 + 9, "2h 05m 09s"),
        (2 * 3600, "2h 00m"),
        (3 * 86_400 + 4 * 3600 + 9, "3d 4h"),
        (5 * 86_400 + 9, "5d"),
    ],
)
def test_what_was_measured_keeps_its_seconds(seconds: int, text: str) -> None:
    assert format_measured(timedelta(seconds=seconds)) == text
