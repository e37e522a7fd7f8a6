"""`make bench` works: each benchmark runs at a size too small to mean anything, and prints rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.instruments.earlier import beside, keep, kept_values
from benchmarks.instruments.ground import Ground, prepared
from benchmarks.instruments.measure import Row, Sizes, in_turn, ratio, table
from tests.support.thorough import thorough

TINY = Sizes(
    few=12,
    many=20,
    long_log=20,
    incidents=12,
    entries_each=40,
    starts=1,
    keys=1,
    commits=1,
    long=1,
    warm_ups=0,
    settled_after=0.05,
    seconds_at_rest=1,
    arrivals=2,
)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with prepared(TINY) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("name", thorough(BENCHMARKS, one_in=5))
def test_a_benchmark_prints_its_rows(name: str, ground: Ground) -> None:
    rows = BENCHMARKS[name](ground)
    assert rows
    printed = table(rows).splitlines()
    assert len(printed) == 1 + len(rows)
    for row, line in zip(rows, printed[1:], strict=True):
        assert line.startswith(row.name)
        assert row.verdict in line
        assert row.value is None or row.value > 0


@pytest.mark.parametrize(("value", "verdict"), [(1.5, "ok"), (1.51, "over"), (None, "skipped")])
def test_a_row_says_whether_its_target_is_met(value: float | None, verdict: str) -> None:
    assert Row("a : b", value, 1.5, "").verdict == verdict


def test_a_later_run_is_compared_with_an_earlier_one_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    keep([Row("a : b", 1.0, 2, ""), Row("rest", 0.5, 2, "", "%"), Row("off", None, 2, "")], path)
    keep([Row("c : d", 2.0, 2, "")], path)
    now = [
        *(Row("a : b", 1.2, 2, ""), Row("rest", 0.52, 2, "", "%"), Row("c : d", 1.0, 2, "")),
        *(Row("off", 1.0, 2, ""), Row("new", 1.0, 2, "")),
    ]
    lines = [line.split() for line in beside(now, kept_values(path)).splitlines()[1:]]
    assert [line[-2:] for line in lines] == [
        ["1.20", "worse"], ["1.04", "alike"], ["0.50", "better"], ["-", "skipped"],
        ["-", "skipped"],
    ]  # fmt: skip
    assert lines[0][:7] == ["a", ":", "b", "1.00", "x", "1.20", "x"]


def test_a_ratio_compares_samples_of_the_same_round() -> None:
    """A machine that becomes ten times slower in between changes nothing."""
    slowness = iter([1, 1, 10, 10, 1, 1])
    samples = in_turn(3, {"a": lambda: 3.0 * next(slowness), "b": lambda: 2.0 * next(slowness)})
    assert ratio(samples, "a", "b") == 1.5


def test_rounds_alternate_their_order() -> None:
    """What the first of a round pays for the second is paid back in the next."""
    called: list[str] = []

    def calls(name: str) -> float:
        called.append(name)
        return 1.0

    in_turn(2, {"a": lambda: calls("a"), "b": lambda: calls("b")})
    assert "".join(called) == "abba"
