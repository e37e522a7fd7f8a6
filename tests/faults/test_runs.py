"""The suite tells the truth: each fault has its row, which says what became of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import __main__ as suite
from tests.faults.counts import Count, Part, Row, Scale, Skipped
from tests.faults.sample_parts import careless, carelessly, deadly, kind, kindly


def clumsy(count: Count) -> None:
    count.rounds = 3
    raise TimeoutError("nobody came\nat all")


def careless_and_clumsy(count: Count) -> None:
    count.rounds = 3
    count.lose("a word")
    raise TimeoutError("nobody came")


def elsewhere(count: Count) -> None:
    raise Skipped("it needs two moons")


def idle(count: Count) -> None:
    """Nothing is caused, and so nothing is lost."""


def part_of(*causes: Callable[[Count], None], breaks: bool = False) -> Part:
    def rows(scale: Scale, base: Path) -> Iterator[Row]:
        for cause in causes:
            yield Row(cause.__name__, cause)
        if breaks:
            raise FileNotFoundError("no such program")

    return Part("a part", rows, alone=True)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run these parts; gives the exit code and the page that was written."""

    def run(*parts: Part) -> tuple[int, str]:
        page = tmp_path / "page.md"
        page.write_text(f"before\n{suite.BEGIN}\nold\n{suite.END}\nafter\n")
        monkeypatch.setattr(suite, "FAULTS", {"crash": parts})
        code = suite.main(["--rounds", "7", "--write", str(page)])
        return code, page.read_text()

    return run


Run = Callable[..., tuple[int, str]]


def test_a_run_without_losses_is_written_into_the_page(run: Run) -> None:
    code, page = run(part_of(kind))
    assert code == 0
    assert "| kind | real | 7 | 5 | 0 |  |" in page
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "old" not in page


def test_what_is_lost_fails_the_run_and_stands_in_the_page(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = run(part_of(kind, careless))
    assert code == 1
    assert "LOSS  careless, round 7: a | word" in capsys.readouterr().out
    assert "| careless | real | 7 | 0 | 1 | LOST: a \\| word of two lines |" in page
    assert "14 rounds, 5 entries acknowledged, losses = 1" in page


def test_a_row_that_breaks_off_says_so_and_the_others_are_counted(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = run(part_of(clumsy, kind))
    assert code == 1
    reason = "broke off: TimeoutError: nobody came"
    assert f"| clumsy | real | 3 | 0 | not known | {reason} |" in page
    assert "| kind | real | 7 | 5 | 0 |  |" in page
    assert "losses = 0, 1 broke off" in page
    assert "raise TimeoutError" in capsys.readouterr().out, "where it happened is printed"


def test_what_was_lost_before_a_row_broke_off_is_no_less(run: Run) -> None:
    assert "| 1 or more | LOST: a word; broke off:" in run(part_of(careless_and_clumsy))[1]


def test_rows_that_cannot_even_be_made_fail_the_run(run: Run) -> None:
    code, page = run(part_of(kind, breaks=True), part_of(kind))
    assert code == 1
    reason = "broke off: FileNotFoundError: no such program"
    assert f"| what is left of: a part | real | 0 | 0 | not known | {reason} |" in page
    assert page.count("| kind | real | 7 | 5 | 0 |  |") == 2


def test_what_this_machine_cannot_cause_is_skipped_and_never_without_losses(run: Run) -> None:
    code, page = run(part_of(elsewhere, kind))
    assert code == 0, "a machine is not to blame for what it lacks"
    assert "| elsewhere | real | 0 | 0 | skipped | skipped: it needs two moons |" in page
    assert "losses = 0, 1 skipped" in page


def test_a_fault_that_was_never_caused_is_not_without_losses(run: Run) -> None:
    code, page = run(part_of(idle))
    assert code == 1
    assert "| idle | real | 0 | 0 | not known | broke off: it was never caused |" in page


def test_a_row_says_what_stands_in_the_place_of_its_cause(run: Run) -> None:
    def rows(scale: Scale, base: Path) -> Iterator[Row]:
        yield Row("a comet", kind, injected="a stone")

    assert "| a comet | injected: a stone | 7 | 5 | 0 |  |" in run(Part("sky", rows, alone=True))[1]


@pytest.mark.slow
def test_what_is_lost_beside_another_fault_fails_the_run_as_well(run: Run) -> None:
    code, page = run(
        Part("one", carelessly), Part("two", kindly), Part("three", kindly, alone=True)
    )
    assert code == 1
    assert "21 rounds, 10 entries acknowledged, losses = 1" in page


@pytest.mark.slow
def test_a_process_of_the_suite_that_dies_is_told(run: Run) -> None:
    code, page = run(Part("one", deadly), Part("two", deadly))
    assert code == 1
    assert "| all of: one | real | 0 | 0 | not known | broke off: BrokenProcessPool" in page


def test_a_run_of_some_faults_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{suite.BEGIN}\n{suite.END}\n")
    monkeypatch.setattr(suite, "FAULTS", {"crash": (part_of(careless),), "disk": (part_of(kind),)})
    assert suite.main(["--only", "disk", "--write", str(page)]) == 0
    assert '`make faults ROUNDS=300 ARGS="--only disk"`' in page.read_text()
    assert "careless" not in page.read_text()
