"""The text beside a picture of the console is what a reader of the picture would write down."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console
from rich.text import Text


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
