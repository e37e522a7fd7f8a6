"""`python -m benchmarks [NAME…]`: measure all, or those named, and print a row for each target."""

import argparse
from pathlib import Path

from benchmarks.across import across, many_listed
from benchmarks.commands import completion, log_line, log_pipe, secrets
from benchmarks.commits import commit
from benchmarks.console import key, memory, start
from benchmarks.instruments.earlier import beside, keep, kept_values
from benchmarks.instruments.ground import prepared
from benchmarks.instruments.measure import Sizes, table
from benchmarks.lists import rows
from benchmarks.long_log import long_log
from benchmarks.open_console import arrival, busy_key, rest

BENCHMARKS = {
    function.__name__: function
    for function in (
        *(start, key, rows, memory, rest, arrival, busy_key),
        *(log_line, completion, secrets, log_pipe, commit, across, many_listed, long_log),
    )
}


def main() -> None:
    """Print the table. A target that is missed is printed as such; it is no failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write what was found there")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with what is kept")
    chosen = parser.parse_args()
    names = chosen.names or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    earlier = kept_values(chosen.against) if chosen.against else {}
    with prepared(Sizes()) as ground:
        measured = [row for name in names for row in BENCHMARKS[name](ground)]
    print(table(measured))
    if chosen.against:
        print(f"\n{beside(measured, earlier)}")
    if chosen.keep:
        keep(measured, chosen.keep)


if __name__ == "__main__":
    main()
