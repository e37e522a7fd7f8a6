"""`python -m benchmarks.growth`: measure how commands grow with the incidents of a home, and with
the entries of one log, and write docs/performance.md.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

from rich.bar import Bar
from rich.console import Console

from benchmarks.across import FEW, growth
from benchmarks.instruments.ground import ROOT, prepared
from benchmarks.instruments.measure import Sizes
from benchmarks.long_log import grown

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end of it -->"
COUNTS = (FEW, 100, 1_000, 5_000)
ENTRIES = (100, 1_000, 10_000, 50_000)
_WIDTH = 50

Measured = Mapping[str, Mapping[int, float]]
"""Seconds, by the command and the number of incidents."""


def main() -> None:
    """Measure, and put the table and the plot between the marks of the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS, help="numbers of incidents")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with prepared(replace(Sizes(), starts=chosen.rounds)) as ground:
        by_incidents = growth(ground, sorted(set(chosen.counts)))
        longer = grown(ground, ENTRIES)
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    tables = f"{_chapter(by_incidents, 'incidents')}\n{_chapter(longer, 'entries in the log')}"
    PAGE.write_text(f"{before}{BEGIN}{tables}{END}{after}", "utf-8")


def _chapter(measured: Measured, what: str) -> str:
    return f"{_table(measured, what)}\n\n```\n{plot(measured)}\n```\n"


def _table(measured: Measured, what: str) -> str:
    counts = list(next(iter(measured.values())))
    rows = [
        f"| milliseconds with so many {what} | "
        + " | ".join(f"{count:,}" for count in counts)
        + " |"
    ]
    rows.append("|---" + "|--:" * len(counts) + "|")
    for name, values in measured.items():
        rows.append(f"| `{name}` | " + " | ".join(f"{values[n] * 1000:.0f}" for n in counts) + " |")
    return "\n".join(rows)


def plot(measured: Measured) -> str:
    """A bar for each command and number of incidents, all on one scale."""
    most = max(value for values in measured.values() for value in values.values())
    lines: list[str] = []
    for name, values in measured.items():
        lines.append(name)
        for count, seconds in values.items():
            lines.append(f"{count:>7,}  {_bar(seconds, most)} {seconds * 1000:.0f} ms")
    return "\n".join(lines)


def _bar(value: float, most: float) -> str:
    console = Console(file=StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(Bar(most, 0, value, width=_WIDTH))
    return capture.get().rstrip()


if __name__ == "__main__":
    main()
