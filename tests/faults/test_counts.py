"""The suite of faults can fail: whatever is lost is counted."""

from pathlib import Path

import pytest

from tests.faults.counts import Count, compare
from tests.faults.parts.git.repositories import too_slow
from tests.faults.scribe import Paints
from tests.service.conftest import Bench


@pytest.fixture
def recorded(tmp_path: Path) -> tuple[Bench, str, dict[str, int]]:
    """An incident with two facts, and what was acknowledged of it."""
    bench = Bench(tmp_path, {"TZ": "UTC", "PATH": ""})
    session = bench.declared()
    acknowledged = {}
    for text in ("smoke", "flames"):
        receipt = session.enter(text)
        acknowledged[receipt.entries[0].id] = receipt.numbers[0]
    return bench, session.id, acknowledged


def losses(recorded: tuple[Bench, str, dict[str, int]], **more: int) -> list[str]:
    bench, incident, acknowledged = recorded
    count = Count("a fault", rounds=1)
    compare(count, bench.home.path, incident, acknowledged | more, {"smoke", "flames"})
    return count.problems


def test_where_everything_is_there_nothing_is_lost(
    recorded: tuple[Bench, str, dict[str, int]],
) -> None:
    assert losses(recorded) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"gone": 4}, "gone was acknowledged as 4 and is not there"),
        ({"smoke": 3}, "smoke was acknowledged as 3 and stands at 2"),
    ],
)
def test_an_entry_that_is_missing_or_moved_is_a_loss(
    recorded: tuple[Bench, str, dict[str, int]], more: dict[str, int], says: str
) -> None:
    assert says in "".join(losses(recorded, **more))


def test_half_an_entry_is_a_loss(recorded: tuple[Bench, str, dict[str, int]]) -> None:
    bench, incident, _ = recorded
    path = bench.home.path / incident / "incident.json"
    path.write_bytes(path.read_bytes().replace(b"flames", b"fla"))
    assert "half an entry: 'fla'" in "".join(losses(recorded))


def test_a_log_that_cannot_be_read_is_a_loss(recorded: tuple[Bench, str, dict[str, int]]) -> None:
    bench, incident, _ = recorded
    (bench.home.path / incident / "incident.json").write_text("{")
    assert "cannot be read" in "".join(losses(recorded))


@pytest.mark.parametrize(
    ("before", "during", "loss"),
    [
        (0.007, 0.049, False),  # slower than before, and quick enough all the same
        (0.007, 0.051, True),
        (0.020, 0.059, False),  # the machine is slow for everybody
        (0.020, 0.061, True),
    ],
)
def test_keys_that_a_fault_slows_down_are_a_loss(before: float, during: float, loss: bool) -> None:
    """The worst key is told only: any other program can have been in its way."""
    assert too_slow(Paints(during, worst=1.0), Paints(before, worst=1.0)) is loss
