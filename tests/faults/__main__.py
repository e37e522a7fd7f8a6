"""`python -m tests.faults`: cause every fault that a guarantee speaks of, and count what is lost.

Ends with 1 when anything was. `--write FILE` puts the table of this run into docs/guarantees.md.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.clocks import clocks
from tests.faults.counting import Count, Fault, Scale
from tests.faults.crash import crashes
from tests.faults.damage import damage
from tests.faults.disk import disks
from tests.faults.merges import merges
from tests.faults.repositories import repositories
from tests.faults.together import together
from tests.support.tables import Marks, put_table

FAULTS: dict[str, Fault] = {
    "crash": crashes,
    "disk": disks,
    "together": together,
    "clock": clocks,
    "git": repositories,
    "damage": damage,
    "merge": merges,
}
BEGIN, END = "<!-- last full run -->", "<!-- end of it -->"
HEADS = ("| fault | rounds | acknowledged | losses | |", "|---|--:|--:|--:|---|")


def main(arguments: Sequence[str]) -> int:
    """Cause the faults, print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="of the cheapest fault")
    parser.add_argument("--only", choices=FAULTS, action="append", help="these faults only")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this page")
    chosen = parser.parse_args(arguments)
    counts = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="incident-tui-faults-") as base:
        for name in chosen.only or FAULTS:
            counts += _counted(FAULTS[name], Scale(max(1, chosen.rounds)), Path(base) / name)
    losses = sum(count.losses for count in counts)
    _say("")
    for count in counts:
        for problem in count.problems[:5]:
            _say(f"LOSS  {problem}")
    rounds, kept = sum(each.rounds for each in counts), sum(each.acknowledged for each in counts)
    took = time.monotonic() - started
    _say(f"{rounds} rounds, {kept} entries acknowledged, losses = {losses}, {took:.0f} s")
    if chosen.write and not losses:
        _write(chosen.write, counts, chosen.rounds)
    return 1 if losses else 0


def _counted(fault: Fault, scale: Scale, base: Path) -> list[Count]:
    counts = []
    started = time.monotonic()
    for count in fault(scale, base):
        count.seconds = time.monotonic() - started
        counts.append(count)
        _say(
            f"{count.fault:<52} rounds {count.rounds:>4}  acknowledged {count.acknowledged:>6}  "
            f"losses = {count.losses}  {count.seconds:5.0f} s  {count.note}".rstrip()
        )
        started = time.monotonic()
    return counts


def _write(page: Path, counts: Sequence[Count], rounds: int) -> None:
    rows = [(each.fault, each.rounds, each.acknowledged, each.losses, each.note) for each in counts]
    put_table(page, Marks(BEGIN, END), f"make faults ROUNDS={rounds}", HEADS, rows)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
