"""The suite of faults can fail: whatever is lost is counted."""

from pathlib import Path

import pytest

from tests.faults import __main__ as suite
from tests.faults.counting import Count, Part, Scale, compare
from tests.faults.repositories import too_slow
from tests.faults.scribe import Paints
from tests.service.conftest import Bench


@pytest.fixture
def told(tmp_path: Path) -> tuple[Bench, str, dict[str, int]]:
    """An incident with two facts, and what was acknowledged of it."""
    bench = Bench(tmp_path, {"TZ": "UTC", "PATH": ""})
    room = bench.declared()
    acknowledged = {}
    for text in ("smoke", "flames"):
        receipt = room.enter(text)
        acknowledged[receipt.entries[0].id] = receipt.numbers[0]
    return bench, room.id, acknowledged


def losses(told: tuple[Bench, str, dict[str, int]], **more: int) -> list[str]:
    bench, incident, acknowledged = told
    count = Count("a fault", rounds=1)
    compare(count, bench.home.path, incident, acknowledged | more, {"smoke", "flames"})
    return count.problems


def test_where_everything_is_there_nothing_is_lost(
    told: tuple[Bench, str, dict[str, int]],
) -> None:
    assert losses(told) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"gone": 4}, "gone was acknowledged as 4 and is not there"),
        ({"smoke": 3}, "smoke was acknowledged as 3 and stands at 2"),
    ],
)
def test_an_entry_that_is_missing_or_moved_is_a_loss(
    told: tuple[Bench, str, dict[str, int]], more: dict[str, int], says: str
) -> None:
    assert says in "".join(losses(told, **more))


def test_half_an_entry_is_a_loss(told: tuple[Bench, str, dict[str, int]]) -> None:
    bench, incident, _ = told
    path = bench.home.path / incident / "incident.json"
    path.write_bytes(path.read_bytes().replace(b"flames", b"fla"))
    assert "half an entry: 'fla'" in "".join(losses(told))


def test_a_log_that_cannot_be_read_is_a_loss(told: tuple[Bench, str, dict[str, int]]) -> None:
    bench, incident, _ = told
    (bench.home.path / incident / "incident.json").write_text("{")
    assert "cannot be read" in "".join(losses(told))


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


def careless(scale: Scale, base: Path) -> list[Count]:
    return [Count("careless", rounds=scale.rounds, problems=["careless, round 1: a word"])]


def kind(scale: Scale, base: Path) -> list[Count]:
    return [Count("kind", rounds=scale.rounds)]


def test_the_run_fails_when_anything_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{suite.BEGIN}\n{suite.END}\n")
    monkeypatch.setattr(suite, "FAULTS", {"crash": (Part(careless),)})
    assert suite.main(["--rounds", "7", "--write", str(page)]) == 1
    assert "LOSS  careless, round 1: a word" in capsys.readouterr().out
    assert "careless" not in page.read_text(), "only a run without losses is shown"


def test_what_is_lost_beside_another_fault_fails_the_run_as_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = {"crash": (Part(careless),), "git": (Part(kind, alone=True),), "disk": (Part(kind),)}
    monkeypatch.setattr(suite, "FAULTS", parts)
    assert suite.main(["--rounds", "7"]) == 1
    told = capsys.readouterr().out
    assert "LOSS  careless, round 1: a word" in told
    assert "21 rounds, 0 entries acknowledged, losses = 1" in told


def test_a_run_without_losses_is_written_into_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{suite.BEGIN}\nold\n{suite.END}\nafter\n")
    monkeypatch.setattr(suite, "FAULTS", {"crash": (Part(kind),)})
    assert suite.main(["--rounds", "7", "--write", str(page)]) == 0
    text = page.read_text()
    assert "| kind | 7 | 0 | 0 |  |" in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
