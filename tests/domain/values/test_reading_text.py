"""What a typed reading says: its name, what it was before, and what it is after.

The table was written before the code: each row is a reading as people type it, and its three parts.
"""

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.values.reading_text import ReadingText, read_change

CASES = [
    # names of one word, of several, with numbers
    ("5xx 0.2 % -> 12 %", "5xx", "0.2 %", "12 %"),
    ("5xx 12% -> 0.4%", "5xx", "12%", "0.4%"),
    ("HTTP 500 12 % -> 0.3 %", "HTTP 500", "12 %", "0.3 %"),
    ("HTTP 500 40 -> 2", "HTTP 500", "40", "2"),
    ("p95 4.2s -> 310ms", "p95", "4.2s", "310ms"),
    ("p95 payments 4 s -> 310 ms", "p95 payments", "4 s", "310 ms"),
    ("heap of cart 900 MB -> 310", "heap of cart", "900 MB", "310"),
    ("error rate 14 % -> 0.4 %", "error rate", "14 %", "0.4 %"),
    ("v42 errors 120 -> 3", "v42 errors", "120", "3"),
    ("v42 errors 120/min -> 3/min", "v42 errors", "120/min", "3/min"),
    ("eu-west-1 5xx 12 % -> 0.1 %", "eu-west-1 5xx", "12 %", "0.1 %"),
    ("checkout p99 over 24 h 3 s -> 1 s", "checkout p99 over 24 h", "3 s", "1 s"),
    ("zone 3 pool 2 wait 900 ms -> 12 ms", "zone 3 pool 2 wait", "900 ms", "12 ms"),
    # names with colons
    ("5xx rate: 3 % -> 1 %", "5xx rate", "3 %", "1 %"),
    ("images: broken -> load", "images", "broken", "load"),
    ("images: all of them broken -> load", "images", "all of them broken", "load"),
    ("db:pool wait 3 s -> 1 s", "db:pool wait", "3 s", "1 s"),
    ("svc::latency 3 s -> 1 s", "svc::latency", "3 s", "1 s"),
    ("checkout: p95: 3 s -> 1 s", "checkout: p95", "3 s", "1 s"),
    ("checkout: banner: red -> gone", "checkout: banner", "red", "gone"),
    # words as values
    ("login page broken -> loads", "login page", "broken", "loads"),
    ("status page red -> green", "status page", "red", "green"),
    ('login page "not at all" -> loads', "login page", '"not at all"', "loads"),
    ("queue none -> 900", "queue", "none", "900"),
    # said in words, between two values
    ("p99 checkout from 5 s to 300 ms", "p99 checkout", "5 s", "300 ms"),
    ("errors went down from 12 % to 0.3 %", "errors", "12 %", "0.3 %"),
    ("time to first byte 900 ms to 40 ms", "time to first byte", "900 ms", "40 ms"),
    ("CPU 98 % to 40 %", "CPU", "98 %", "40 %"),
    ("checkout went from ok to failing", "checkout", "ok", "failing"),
    ("from 5 to 3", "", "5", "3"),
    ("5xx is back to 0.3 %", "5xx", "", "0.3 %"),
    ("p95 dropped to 300 ms", "p95", "", "300 ms"),
    ("queue depth now 40", "queue depth", "", "40"),
    ("time to first byte 300 ms", "time to first byte", "", "300 ms"),
    ("traffic from eu to us 12 %", "traffic from eu to us", "", "12 %"),
    ("transfers from shop 5 to shop 9: 12 %", "transfers from shop 5 to shop 9", "", "12 %"),
    ("success: 0 of 12 -> 12 of 12", "success", "0 of 12", "12 of 12"),
    # quotes around the name
    ('"error rate" 14 % -> 0.4 %', "error rate", "14 %", "0.4 %"),
    ('"route a -> b" 4 s -> 2 s', "route a -> b", "4 s", "2 s"),
    ('"login page" shows nothing at all -> loads', "login page", "shows nothing at all", "loads"),
    ('"say \\"hi\\" test" red -> green', 'say "hi" test', "red", "green"),
    ('"5xx": 3 % -> 1 %', "5xx", "3 %", "1 %"),
    # numbers: signs, separators, decimals, amounts of money, spans of time, shares
    ("gain -12 dB -> -3 dB", "gain", "-12 dB", "-3 dB"),
    ("room -5 °C -> 21 °C", "room", "-5 °C", "21 °C"),
    ("queue depth 12,400 -> 300", "queue depth", "12,400", "300"),
    ("queue depth 12'400 -> 300", "queue depth", "12'400", "300"),
    ("queue depth 12 400 -> 300", "queue depth", "12 400", "300"),
    ("orders 1.200,5 € -> 3 €", "orders", "1.200,5 €", "3 €"),
    ("revenue $1,200 -> $40", "revenue", "$1,200", "$40"),
    ("latency 4,2 s -> 0,3 s", "latency", "4,2 s", "0,3 s"),
    ("replication lag 1 h 30 min -> 5 s", "replication lag", "1 h 30 min", "5 s"),
    ("healthy pods 3/5 -> 5/5", "healthy pods", "3/5", "5/5"),
    ("p95 <1 s -> ~4 s", "p95", "<1 s", "~4 s"),
    ("p95 ~ 1 s -> 4 s", "p95", "~ 1 s", "4 s"),
    ("5xx 14 percent -> 0.4 percent", "5xx", "14 percent", "0.4 percent"),
    ("throughput 900 req/s -> 20 req/s", "throughput", "900 req/s", "20 req/s"),
    ("orders 500 per minute -> 20 per minute", "orders", "500 per minute", "20 per minute"),
    ("sign-ups 40 new accounts -> 2 new accounts", "sign-ups", "40 new accounts",
     "2 new accounts"),
    # arrows
    ("5xx 12 % → 0.3 %", "5xx", "12 %", "0.3 %"),
    ("5xx 12 % => 0.3 %", "5xx", "12 %", "0.3 %"),
    ("5xx 12 % --> 0.3 %", "5xx", "12 %", "0.3 %"),
    ("5xx 12%->0.3%", "5xx", "12%", "0.3%"),
    ("offset 5->-3", "offset", "5", "-3"),
    ("route a -> b latency 4 s -> 2 s", "route a -> b latency", "4 s", "2 s"),
    ("5xx 12 % -> 4 % -> 0.3 %", "5xx", "12 %", "4 % -> 0.3 %"),
    ("a->b link broken -> fine", "a->b link", "broken", "fine"),
    # one side only
    ("5xx -> 0.3 %", "5xx", "", "0.3 %"),
    ("error rate -> 0.4 %", "error rate", "", "0.4 %"),
    ("eu-west-1 5xx -> gone", "eu-west-1 5xx", "", "gone"),
    ("p95 payments ? -> 310 ms", "p95 payments", "", "310 ms"),
    ("images -> load", "images", "", "load"),
    ("5xx 12 % ->", "5xx", "12 %", ""),
    # without an arrow: the value now
    ("5xx 0.3 %", "5xx", "", "0.3 %"),
    ("p95 payments 310 ms", "p95 payments", "", "310 ms"),
    ("5xx 12 % in eu-west", "5xx", "", "12 % in eu-west"),
    ("queue 900 and rising", "queue", "", "900 and rising"),
    ("HTTP 500 gone", "HTTP 500", "", "gone"),
    ("images: all load", "images", "", "all load"),
    ("disk full", "disk", "", "full"),
    ('"error rate" back to normal', "error rate", "", "back to normal"),
    ("5xx", "5xx", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "before", "after"), CASES)
def test_a_reading_is_read_from_the_arrow_to_the_left(
    text: str, name: str, before: str, after: str
) -> None:
    assert read_change(text) == ReadingText(name, before, after)


@pytest.mark.parametrize(
    ("text", "name", "before", "after"),
    [
        ("login page -> loads again", "login page", "", "loads again"),
        ("login page loads again", "login page", "", "loads again"),
        ("Login Page loads again", "Login Page", "", "loads again"),
        ("login pages 3 -> 1", "login pages", "3", "1"),
    ],
)
def test_a_signal_that_was_read_before_is_known_by_its_name(
    text: str, name: str, before: str, after: str
) -> None:
    assert read_change(text, ["login", "login page"]) == ReadingText(name, before, after)


WORDS = st.text(alphabet="abcdefg 0123456789:%-_/.", min_size=1, max_size=24).map(
    lambda text: " ".join(text.split())
)
VALUES = st.builds(
    lambda number, unit: f"{number}{unit}",
    st.integers(0, 999_999),
    st.sampled_from(["", " %", "%", " ms", "s", " req/s", " GB"]),
)


NAMES = WORDS.filter(lambda name: bool(name.strip(" :=-")) and name.strip(" :=-") == name)


@given(name=NAMES, before=VALUES, after=VALUES)
def test_whatever_the_name_holds_the_last_number_before_the_arrow_is_the_value(
    name: str, before: str, after: str
) -> None:
    read = read_change(f"{name} {before} -> {after}")
    assert read.after == after
    assert f"{read.name} {read.before}".rstrip() == f"{name} {before}"
    assert read.before == "" or read.before.endswith(before)


@given(name=NAMES.filter(lambda name: name[-1].isalpha()), before=VALUES, after=VALUES)
def test_a_name_that_ends_in_a_letter_is_never_cut(name: str, before: str, after: str) -> None:
    name = f"{name} rate"
    assert read_change(f"{name} {before} -> {after}") == ReadingText(name, before, after)


@given(text=st.text(max_size=60))
def test_any_text_has_a_reading_or_says_what_is_missing(text: str) -> None:
    read = read_change(text)
    assert all(isinstance(part, str) for part in (read.name, read.before, read.after))
