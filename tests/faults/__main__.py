"""`python -m tests.faults`: cause every fault that a guarantee speaks of, and count what is lost.

Ends with 1 when anything was, or a row broke off. `--write FILE` puts the table of this run into
docs/guarantees.md, whatever it says. Faults that measure time come last, each by itself; the
others run some at a time before them.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.counts import Count, Part, Scale
from tests.faults.parts.clocks import clocks
from tests.faults.parts.ends.crash import crashes
from tests.faults.parts.ends.endings import endings
from tests.faults.parts.ends.pairs import pairs
from tests.faults.parts.ends.power import power_failures
from tests.faults.parts.files.damage import damage, huge
from tests.faults.parts.files.disk import disks
from tests.faults.parts.files.foreign_state import foreign_state
from tests.faults.parts.files.hostile import hostile_clones
from tests.faults.parts.files.index import indexes
from tests.faults.parts.files.side_files import side_files
from tests.faults.parts.files.state_folder import state_folders
from tests.faults.parts.git.merges import merges
from tests.faults.parts.git.redactions import redactions
from tests.faults.parts.git.repositories import SESSIONS
from tests.faults.parts.together import gates_and_locks, many_writers
from tests.faults.runs import all_counted, losses_of, remark_on, say
from tests.support.tables import Marks, put_table

FAULTS: dict[str, tuple[Part, ...]] = {
    "crash": (Part("crash", crashes),),
    "disk": (Part("disk", disks),),
    "together": (
        Part("many writers", many_writers, alone=True),
        Part("gates and locks", gates_and_locks),
    ),
    "clock": (Part("clock", clocks),),
    "git": tuple(Part(f"git, {name}", session, alone=True) for name, session in SESSIONS.items()),
    "damage": (Part("damage", damage), Part("a large file", huge, alone=True)),
    "merge": (Part("merge", merges), Part("redaction", redactions)),
    "clone": (Part("hostile clones", hostile_clones), Part("foreign state", foreign_state)),
    "power": (Part("power", power_failures),),
    "pair": (Part("pairs", pairs),),
    "state": (Part("side files", side_files), Part("state folder", state_folders)),
    "index": (Part("index", indexes),),
    "ending": (Part("endings", endings),),
}
BEGIN, END = "<!-- last full run -->", "<!-- end of it -->"
HEADS = ("| fault | cause | rounds | acknowledged | losses | |", "|---|---|--:|--:|--:|---|")
LONGEST_REMARK = 200


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
    say("")
    for count in counts:
        for problem in count.problems[:5]:
            say(f"LOSS  {problem}")
        if count.broken:
            say(f"BROKE OFF  {count.fault}: {count.broken}")
    say(f"{_total(counts)}, {time.monotonic() - started:.0f} s")
    if chosen.write:
        only = "".join(f" --only {name}" for name in chosen.only or ())
        ran = f"make faults ROUNDS={chosen.rounds}" + (f' ARGS="{only.strip()}"' if only else "")
        put_table(chosen.write, Marks(BEGIN, END), ran, HEADS, _rows(counts))
    return 0 if all(count.holds for count in counts) else 1


def _total(counts: Sequence[Count]) -> str:
    rounds, kept = sum(each.rounds for each in counts), sum(each.acknowledged for each in counts)
    losses = sum(count.losses for count in counts)
    sentence = f"{rounds} rounds, {kept} entries acknowledged, losses = {losses}"
    for name, number in (
        ("broke off", sum(bool(count.broken) for count in counts)),
        ("skipped", sum(bool(count.skipped) for count in counts)),
    ):
        sentence += f", {number} {name}" if number else ""
    return sentence


def _rows(counts: Sequence[Count]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for each in counts:
        cause = f"injected: {each.injected}" if each.injected else "real"
        remark = " ".join(remark_on(each).split()).replace("|", "\\|")
        if len(remark) > LONGEST_REMARK:
            remark = f"{remark[:LONGEST_REMARK]}…"
        numbers = (each.rounds, each.acknowledged, losses_of(each))
        rows.append((each.fault, cause, *numbers, remark))
    rows.append((f"all: {_total(counts)}", "", "", "", "", ""))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
