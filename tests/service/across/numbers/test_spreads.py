"""Spreads: median, p90 and longest of what is known; nothing of nothing."""

import pytest
from hypothesis import given, strategies as st

from incident_tui.service.across.numbers.spreads import spread


@pytest.mark.parametrize(
    ("lengths", "figures"),
    [
        ([5], (1, 5, 5, 5)),
        ([1, 2, 600], (3, 2, 600, 600)),
        (range(1, 11), (10, 5.5, 9, 10)),
        ([0], (1, 0, 0, 0)),
    ],
)
def test_a_spread_is_made_of_lengths_that_were(
    lengths: list[float], figures: tuple[float, ...]
) -> None:
    lasted = spread(lengths)
    assert lasted is not None
    assert (lasted.incidents, lasted.median, lasted.p90, lasted.longest) == figures


def test_what_nobody_knows_has_no_spread() -> None:
    assert spread([]) is None


@given(st.lists(st.floats(0, 1e9), min_size=1))
def test_nine_of_ten_took_no_longer_than_the_p90(lengths: list[float]) -> None:
    lasted = spread(lengths)
    assert lasted is not None
    assert lasted.median <= lasted.p90 <= lasted.longest
    assert sum(length <= lasted.p90 for length in lengths) >= 0.9 * len(lengths)
