"""`python -m tests.faults`: cause every fault that a guarantee speaks of, and count what is lost.

Ends with 1 when anything was. `--write FILE` puts the table of this run into docs/guarantees.md.
Faults that measure time come last, each by itself; the others run two at a time before them.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.clocks import clocks
from tests.faults.counting import Count, Part, Scale
from tests.faults.crash import crashes
from tests.faults.damage import damage, huge
from tests.faults.disk import disks
from tests.faults.merges import merges
from tests.faults.repositories import repositories
from tests.faults.running import all_counted, say
from tests.faults.together import gates_and_locks, many_writers
from tests.support.tables import Marks, put_table

FAULTS: dict[str, tuple[Part, ...]] = {
    "crash": (Part(crashes),),
    "disk": (Part(disks),),
    "together": (Part(many_writers, alone=True), Part(gates_and_locks)),
    "clock": (Part(clocks),),
    "git": (Part(repositories, alone=True),),
    "damage": (Part(damage), Part(huge, alone=True)),
    "merge": (Part(merges),),
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
    parts = [part for name in FAULTS if name in (chosen.only or FAULTS) for part in FAULTS[name]]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="incident-tui-faults-") as base:
        counts = all_counted(parts, Scale(max(1, chosen.rounds)), Path(base))
    losses = sum(count.losses for count in counts)
    say("")
    for count in counts:
        for problem in count.problems[:5]:
            say(f"LOSS  {problem}")
    rounds, kept = sum(each.rounds for each in counts), sum(each.acknowledged for each in counts)
    took = time.monotonic() - started
    say(f"{rounds} rounds, {kept} entries acknowledged, losses = {losses}, {took:.0f} s")
    if chosen.write and not losses:
        _write(chosen.write, counts, chosen.rounds)
    return 1 if losses else 0


def _write(page: Path, counts: Sequence[Count], rounds: int) -> None:
    rows = [(each.fault, each.rounds, each.acknowledged, each.losses, each.note) for each in counts]
    put_table(page, Marks(BEGIN, END), f"make faults ROUNDS={rounds}", HEADS, rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
