"""Measures in texts: the number, its unit, and which of them can be compared."""

import pytest

from incident_tui.domain.values.measures import comparable, is_better, measured


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("12 %", (12.0, "%")), ("0,2%", (0.2, "%")), ("310ms", (0.31, "s")), ("4.2 s", (4.2, "s")),
        ("2 min", (120.0, "s")), ("900", (900.0, "")), ("3 req/s", (3.0, "req")),
        ("-5 C", (-5.0, "c")), ("about 7 %", (7.0, "%")), ("2 GB", (2e9, "b")),
        ("3 h", (10800.0, "s")), ("3 m", (180.0, "s")), ("3 sec", (3.0, "s")),
        ("3 kB", (3e3, "b")), ("3 MB", (3e6, "b")), ("3 B", (3.0, "b")),
        ("broken", None), ("", None), ("v42 of 3 pods", None),
    ],
)  # fmt: skip
def test_a_text_is_read_as_a_number_with_its_unit(
    text: str, measure: tuple[float, str] | None
) -> None:
    read = measured(text)
    assert read == measure or (
        read is not None and measure is not None and read[1] == measure[1]
        and abs(read[0] - measure[0]) < 1e-9
    )  # fmt: skip


def test_only_what_has_one_unit_is_compared() -> None:
    assert comparable("12 %", "0.2 %") == [12.0, 0.2]
    assert comparable("4s", "310ms") == [4.0, 0.31]
    assert comparable("12 %", "20 requests") is None
    assert comparable("12 %", "many") is None


@pytest.mark.parametrize(
    ("name", "before", "after", "better"),
    [
        ("5xx", "12 %", "0.4 %", True),
        ("Error rate", "12 %", "0.4 %", True),
        ("Success rate", "88 %", "99 %", True),
        ("HTTP 500", "0.2 %", "3 %", False),
        ("eu-west-1 5xx", "5 %", "5 %", None),
        ("p95 payments", "4 s", "310 ms", True),
        ("error rate", "1 %", "2 %", False),
        ("queue", "900", "12", True),
        ("error-free sessions", "80 %", "99 %", True),
        ("checkout success", "99 %", "80 %", False),
        ("images", "broken", "load", True),
        ("login", "works", "broken", False),
        ("login", "broken", "dead", None),
        ("orders", "200", "90", None),
        ("p95", "4 s", "12 %", None),
        ("temperature", "20", "200", None),
    ],
)
def test_a_change_is_for_the_better_where_its_words_say_so(
    name: str, before: str, after: str, better: bool | None
) -> None:
    assert is_better(name, before, after) is better
