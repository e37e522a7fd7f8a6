"""The time at the start of a row: what is understood, what is refused, what is plain text."""

from datetime import date, time

import pytest

from incident_tui.intake.foreign_timeline import APPROXIMATE, DOTTED, HALF_OF_24, RANGE
from incident_tui.intake.times.dates import Day, Refused, find_date
from incident_tui.intake.times.stamps import Stamp, read_stamp

FEB_14 = Day(2023, 2, 14)


@pytest.mark.parametrize(
    ("text", "day", "clock", "rest"),
    [
        ("2023-02-14 10:29 pool empty", FEB_14, time(10, 29), "pool empty"),
        ("2023-02-14 10:29: pool empty", FEB_14, time(10, 29), "pool empty"),
        ("2023-02-14 10:29 - pool empty", FEB_14, time(10, 29), "pool empty"),
        ("2023-02-14   10:29:31 – pool empty", FEB_14, time(10, 29, 31), "pool empty"),
        ("2023-02-14T10:29:31.250 pool empty", FEB_14, time(10, 29, 31, 250_000), "pool empty"),
        ("2023/2/14 9:05 pool empty", FEB_14, time(9, 5), "pool empty"),
        ("2023-02-14 (10:29) pool empty", FEB_14, time(10, 29), "pool empty"),
        ("Tue, Feb 14th 10:29 pool empty", Day(None, 2, 14), time(10, 29), "pool empty"),
        ("February 14th, 2023, 10:29 AM: pool empty", FEB_14, time(10, 29), "pool empty"),
        ("14 Feb 2023 at 10:29 pool empty", FEB_14, time(10, 29), "pool empty"),
        ("14.02.2023 10:29 pool empty", FEB_14, time(10, 29), "pool empty"),
        ("02-14-2023 10:29 pm - pool empty", FEB_14, time(22, 29), "pool empty"),
        ("10:29 pool empty", None, time(10, 29), "pool empty"),
        ("[10:29] pool empty", None, time(10, 29), "pool empty"),
        ("12:05 AM pool empty", None, time(0, 5), "pool empty"),
        ("12:05 PM pool empty", None, time(12, 5), "pool empty"),
        ("8am pool empty", None, time(8), "pool empty"),
        ("10:29 PM Tuesday Feb 14th: pool empty", Day(None, 2, 14), time(22, 29), "pool empty"),
        ("10:29 (Feb 14) - pool empty", Day(None, 2, 14), time(10, 29), "pool empty"),
        ("10:29 2023-02-14 pool empty", FEB_14, time(10, 29), "pool empty"),
        ("10:29 May 5 pods went away", None, time(10, 29), "May 5 pods went away"),
        ("10:29 (two nodes) pool empty", None, time(10, 29), "(two nodes) pool empty"),
        ("10:29 DNS fails", None, time(10, 29), "DNS fails"),
        ("10:29 -5 pods", None, time(10, 29), "-5 pods"),
        ("2023-02-14 1.12.0 deployed", FEB_14, None, "1.12.0 deployed"),
        ("2023-02-14 advisory published", FEB_14, None, "advisory published"),
    ],
)
def test_date_clock_and_text_are_told_apart(
    text: str, day: Day | None, clock: time | None, rest: str
) -> None:
    stamp = read_stamp(text)
    assert isinstance(stamp, Stamp)
    assert (stamp.day, stamp.clock, stamp.rest) == (day, clock, rest)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("~10:29 x", (APPROXIMATE,)),
        ("2023-02-14 ca. 10:29 x", (APPROXIMATE,)),
        ("around 10:29 x", (APPROXIMATE,)),
        ("10:29 - 10:45 x", (RANGE,)),
        ("10:29–10:45 UTC x", (RANGE,)),
        ("2023-02-14 10:29 to 2023-02-15 08:00 x", (RANGE,)),
        ("~13:30-13:45", (APPROXIMATE, RANGE)),
        ("2023-02-14 10.29 x", (DOTTED,)),
        ("22:22 PM x", (HALF_OF_24,)),
        ("17:14pm", (HALF_OF_24,)),
        ("0:10 AM x", (HALF_OF_24,)),
        ("10:29ish x", (APPROXIMATE,)),
        ("10:29-10:?? x", (RANGE,)),
        ("10:29 → 10:45 x", (RANGE,)),
        ("10:29 - now x", (RANGE,)),
        ("10:29 x", ()),
    ],
)
def test_a_loosely_written_time_is_read_and_flagged(text: str, flags: tuple[str, ...]) -> None:
    stamp = read_stamp(text)
    assert isinstance(stamp, Stamp)
    assert stamp.clock is not None
    assert stamp.flags == flags


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("10:29Z x", "UTC"),
        ("10:29 UTC - x", "UTC"),
        ("10:29 (CET) x", "CET"),
        ("10:29 PM PST x", "America/Los_Angeles"),
        ("10:29 UTC+2 x", "UTC+02:00"),
        ("2023-02-14T10:29:00-05:00 x", "UTC-05:00"),
        ("2023-02-14 10:29 +0530 x", "UTC+05:30"),
        ("10:29 x", None),
    ],
)
def test_a_zone_behind_the_clock_is_understood(text: str, zone: str | None) -> None:
    stamp = read_stamp(text)
    assert isinstance(stamp, Stamp)
    assert (stamp.zone.name if stamp.zone is not None else None) == zone
    assert stamp.rest == "x"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0:10 PM x", "0:10 PM"),
        ("midnight x", "midnight"),
        ("2X:XX x", "2X:XX"),
        ("??? x", "???"),
        ("HH:mm x", "HH:mm"),
        ("2023-MM-DD x", "2023-MM-DD"),
        ("24:XX x", "24:XX"),
        ("24:10 x", "24:10"),
        ("10:61 x", "10:61"),
        ("2023-02-14 --:-- x", "--:--"),
        ("20202-01-16 10:00 x", "20202-01-16"),
        ("2023-02-30 10:00 x", "2023-02-30"),
        ("2023-13-01 10:00 x", "2023-13-01"),
        ("1066-10-14 09:00 x", "1066-10-14"),
        ("Feb 30 10:00 x", "Feb 30"),
    ],
)
def test_an_impossible_or_ambiguous_time_is_refused_by_name(text: str, reason: str) -> None:
    refused = read_stamp(text)
    assert isinstance(refused, Refused)
    assert reason in refused.reason


def test_a_leap_day_without_a_year_is_a_day() -> None:
    """Which year it was, the rest of the text says; until then no year rules it out."""
    stamp = read_stamp("Feb 29 10:00 x")
    assert not isinstance(stamp, Refused)
    assert stamp is not None
    assert stamp.day == Day(None, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "pool empty", "2023 was quiet", "12 nodes", "14.02 x", "1.12.0 up", "may be slow"]
)
def test_other_text_is_no_time(text: str) -> None:
    assert read_stamp(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-02-14-pool-empty.md", date(2023, 2, 14)),
        ("On Feb 14, 2023 at 10:29 UTC all went dark", date(2023, 2, 14)),
        ("Tuesday 14 February 2023, seen on 2023-02-15", date(2023, 2, 14)),
        ("October 29-30, 2025 - slow", date(2025, 10, 29)),
        ("2023-02-31 does not exist, 2023-03-01 does", date(2023, 3, 1)),
        ("12023-02-14", None),
        ("Feb 14", None),
    ],
)
def test_the_first_full_date_of_a_text_is_found(text: str, day: date | None) -> None:
    assert find_date(text) == day
