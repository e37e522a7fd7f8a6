"""Laws of the time grammar that hold for every moment, zone and text."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TypeVar

from hypothesis import assume, example, given, strategies as st

from incident_tui.domain.values.time_grammar import (
    FURTHEST_AHEAD,
    LONGEST_SPAN,
    WhenError,
    format_duration,
    format_exact,
    format_when,
    parse_ahead,
    parse_duration,
    parse_past,
    take_when,
    zone_named,
)

Read = TypeVar("Read")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BERLIN = zone_named("Europe/Berlin")
NOW = datetime(2026, 11, 20, 13, 10, 5, tzinfo=UTC)
YEARS_ON = datetime(2036, 1, 1, tzinfo=UTC)

named_zones = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Monrovia",
    ]
).map(zone_named)
fixed_zones = st.integers(-1439, 1439).map(lambda size: timezone(timedelta(minutes=size)))
zones = named_zones | fixed_zones
moments = st.timedeltas(timedelta(), timedelta(days=66 * 365)).map(lambda age: EPOCH + age)
# Free text rarely looks like a time; texts of these pieces often nearly do.
pieces = (
    ("-", "+", ":", ".", ",", "T", "Z", '"', " ", "\0", "\N{NO-BREAK SPACE}", "٢"),
    ("0", "1", "5", "14", "24", "02", "60", "99", "20", "2026", "99999999999"),
    ("14:02", "22:22", ":07", "+01:00", "-14:10", "2026-11-20", "2026-02-30"),
    ("m", "h", "d", "s", "w", "5m", "1h30m", "ago", "now", "PM", "am", "UTC", "CET", "Nov"),
    ("today", "yesterday", "tomorrow", "fri", "monday", "eom", "eow"),
)
nearly_times = st.lists(
    st.sampled_from([piece for kind in pieces for piece in kind]) | st.just(" "), max_size=8
).map("".join)
days = st.sampled_from(["", "yesterday ", "2026-11-19 ", "2026-11-19T", "19 Nov ", "19 Nov 2026 "])
clocks = st.times().map(str) | st.times().map(lambda clock: f"{clock:%H:%M}")
spans = st.sampled_from(["5m", "90s", "1h30m", "2h 10m", "3 days", "1w"])
well_formed = (
    st.builds(str.__add__, days, clocks)
    | st.builds("{}{} {}".format, days, st.sampled_from(["2:05", "11:59"]), st.just("PM"))
    | spans.map("{} ago".format)
    | spans.filter(lambda span: " " not in span).map("-{}".format)
    | st.sampled_from(["now", "13:02Z", "13:02 UTC", "2026-11-19T14:02:07+01:00"])
)
words = st.from_regex(r"[a-z]{1,9}", fullmatch=True).filter(
    lambda word: word not in ("am", "pm", "ago", "utc", "gmt")
)
texts = nearly_times | st.text(max_size=80)


def attempt(read: Callable[[], Read]) -> Read | WhenError:
    """What was read, or the refusal; every other exception fails the test."""
    try:
        return read()
    except WhenError as refusal:
        return refusal


def assert_shown_well(refusal: WhenError, text: str) -> None:
    """A refusal points into the text, and its reason can be put on a terminal."""
    assert 0 <= refusal.column <= len(text)
    assert refusal.reason.isprintable()


@given(moment=moments, zone=zones, shown_in=zones)
@example(moment=EPOCH, zone=BERLIN, shown_in=BERLIN)
@example(moment=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone=BERLIN, shown_in=BERLIN)
@example(moment=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), zone=BERLIN, shown_in=BERLIN)
def test_an_exact_time_is_read_back_as_the_same_moment(
    moment: datetime, zone: tzinfo, shown_in: tzinfo
) -> None:
    assert parse_past(format_exact(moment, shown_in), now=YEARS_ON, zone=zone) == moment


@given(distance=st.timedeltas(timedelta(microseconds=1), FURTHEST_AHEAD), zone=zones)
def test_an_exact_deadline_is_read_back_as_the_same_moment(
    distance: timedelta, zone: tzinfo
) -> None:
    due = NOW + distance
    assert parse_ahead(format_exact(due, zone), now=NOW, zone=zone) == due


@given(moment=moments, distance=st.timedeltas(timedelta(), timedelta(days=180)), zone=named_zones)
def test_a_time_as_the_console_shows_it_means_the_minute_shown(
    moment: datetime, distance: timedelta, zone: tzinfo
) -> None:
    """Copying a time from the timeline into a line is safe, or refused where clocks change."""
    assume(moment >= EPOCH + timedelta(minutes=1))  # its minute must not begin before 1970
    now = moment + distance
    shown = format_when(moment, zone, reference=now)
    parsed = attempt(lambda: parse_past(shown, now=now, zone=zone))
    if isinstance(parsed, WhenError):
        assert "happens twice" in parsed.reason
    else:
        minute = moment.astimezone(zone).replace(second=0, microsecond=0)
        assert parsed == minute.astimezone(UTC)


@given(text=texts, zone=named_zones, earlier=st.timedeltas(timedelta(), timedelta(days=3)))
def test_a_past_time_is_never_in_the_future_and_anything_else_is_a_refusal(
    text: str, zone: tzinfo, earlier: timedelta
) -> None:
    parsed = attempt(lambda: parse_past(text, now=NOW, zone=zone, earliest=NOW - earlier))
    if isinstance(parsed, WhenError):
        assert_shown_well(parsed, text)
    else:
        assert EPOCH <= parsed <= NOW
        assert parsed.utcoffset() == timedelta()


@given(text=texts, zone=named_zones)
def test_a_deadline_lies_ahead_and_anything_else_is_a_refusal(text: str, zone: tzinfo) -> None:
    parsed = attempt(lambda: parse_ahead(text, now=NOW, zone=zone))
    if isinstance(parsed, WhenError):
        assert_shown_well(parsed, text)
    else:
        assert NOW < parsed <= NOW + FURTHEST_AHEAD
        assert parsed.utcoffset() == timedelta()


@given(text=texts)
def test_a_duration_is_longer_than_nothing_and_anything_else_is_a_refusal(text: str) -> None:
    length = attempt(lambda: parse_duration(text))
    if isinstance(length, WhenError):
        assert_shown_well(length, text)
    else:
        assert timedelta() < length <= LONGEST_SPAN


@given(text=st.text(max_size=80) | st.from_regex(r"[A-Za-z]{1,6}[0-9+/,.:-]{0,8}"))
def test_any_text_names_a_zone_or_is_refused(text: str) -> None:
    zone = attempt(lambda: zone_named(text))
    if isinstance(zone, WhenError):
        assert zone.reason.isprintable()
    else:
        assert NOW.astimezone(zone) == NOW


@given(text=texts)
def test_taking_a_time_loses_no_word_of_the_rest(text: str) -> None:
    when, rest = take_when(text)
    taken = f'"{when}"' if text.startswith(f'"{when}"') else when
    assert text.startswith(taken)
    assert text.endswith(rest)
    between = text[len(taken) : len(text) - len(rest)]
    assert not between.strip().strip(",;:")


@given(text=well_formed, word=words)
def test_a_time_that_could_stand_alone_is_taken_whole_before_a_word(text: str, word: str) -> None:
    assert take_when(f"{text} {word}") == (text, word)
    assert take_when(f"{text}: {word}") == (text, word)
    assert take_when(f'"{text}" {word}') == (text, word)


@given(text=well_formed)
def test_a_well_formed_time_is_read_unless_it_lies_ahead(text: str) -> None:
    parsed = attempt(lambda: parse_past(text, now=NOW, zone=BERLIN))
    if isinstance(parsed, WhenError):
        assert "lies ahead" in parsed.reason


@given(length=st.integers(1, 366 * 86_400).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_duration_as_shown_is_read_back_to_the_unit_shown(length: timedelta) -> None:
    shown = parse_duration(format_duration(length))
    unit = timedelta(hours=1) if length >= timedelta(days=1) else timedelta(minutes=1)
    assert shown <= length < shown + unit


@given(length=st.timedeltas(timedelta(seconds=1), timedelta(days=100_000)))
def test_a_negative_duration_is_the_positive_one_with_a_hyphen(length: timedelta) -> None:
    assert format_duration(-length) == "-" + format_duration(length)
