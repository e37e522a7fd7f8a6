"""What was found by an earlier run, in a file of its own, beside what is found now."""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.instruments.measure import Row, aligned

ENOUGH = 1.1
"""How many times an earlier value is worse: less is what two runs of the same code differ by."""
HEAD = ("measure", "earlier", "now", "now / earlier", "")


def keep(rows: Sequence[Row], path: Path) -> None:
    """Write the value of each row that could be measured, by its name; rows of before stay.

    Raises `OSError`.
    """
    values = kept_values(path) if path.exists() else {}
    values |= {row.name: row.value for row in rows if row.value is not None}
    path.write_text(json.dumps(values, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def kept_values(path: Path) -> dict[str, float]:
    """The values that `keep` wrote, by the name of their row. Raises `OSError` and `ValueError`."""
    values: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return values


def beside(rows: Sequence[Row], earlier: dict[str, float]) -> str:
    """A table of each row as it was and as it is: all values are such that less is better."""
    return aligned([HEAD, *(_cells(row, earlier.get(row.name)) for row in rows)])


def _cells(row: Row, before: float | None) -> tuple[str, ...]:
    now = row.cells()[1]
    if before is None or row.value is None:
        return row.name, "-" if before is None else f"{before:.2f} {row.unit}", now, "-", "skipped"
    # What is nearly nothing is no better or worse for being twice as much.
    times = row.value / before if before else 1.0
    verdict = "worse" if times > ENOUGH else "better" if times < 1 / ENOUGH else "alike"
    return row.name, f"{before:.2f} {row.unit}", now, f"{times:.2f}", verdict
