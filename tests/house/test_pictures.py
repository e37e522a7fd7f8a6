"""The text beside a picture of the console is what a reader of the picture would write down."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from tests.support.paths import ROOT


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Checkout 5xx", "", "  SEV1"], id="rows-and-columns"),
        pytest.param(["a < b & c > d 'e' \"f\""], id="signs-that-svg-escapes"),
        pytest.param(["日本  wide", "x é → ×"], id="wide-and-accented"),
    ],
)
def test_rows_columns_and_signs_stay(
    text_of_picture: Callable[[str], str], lines: list[str]
) -> None:
    console = Console(record=True, width=40, file=io.StringIO(), force_terminal=True)
    for line in lines:
        first, blank, rest = line.partition("  ")
        console.print(Text.assemble((first, "red"), blank, (rest, "bold")))
    assert text_of_picture(console.export_svg()).splitlines() == lines


@pytest.mark.slow
def test_every_picture_belongs_to_a_test() -> None:
    """A picture that nothing compares any more says so, however many processes ran the tests."""
    pictures = [path.relative_to(ROOT / "snapshots") for path in ROOT.glob("snapshots/**/*.svg")]
    modules = sorted({f"tests/{path.parent}.py" for path in pictures})
    there = [module for module in modules if (ROOT / module).is_file()]
    assert there
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *there],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    # A file name leaves out what some systems forbid, as syrupy does.
    tests = {_letters(line) for line in collected.stdout.splitlines() if "::" in line}

    def compared(path: Path) -> bool:
        # One test may compare several pictures: each has a name of its own behind the test's.
        names = path.stem, path.stem.rpartition("[")[0]
        return any(_letters(f"tests/{path.parent}.py::{name}") in tests for name in names)

    assert [str(path) for path in pictures if not compared(path)] == []


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
