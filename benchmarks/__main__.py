"""`python -m benchmarks [NAME…]`: measure all, or those named, and print a row for each target."""

import argparse

from benchmarks.across import across, many_listed
from benchmarks.commands import completion, log_line, log_pipe, secrets
from benchmarks.commits import commit
from benchmarks.console import key, memory, start
from benchmarks.ground import prepared
from benchmarks.lists import rows
from benchmarks.long_log import long_log
from benchmarks.measure import Sizes, table
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
    names = parser.parse_args().names or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    with prepared(Sizes()) as ground:
        measured = [row for name in names for row in BENCHMARKS[name](ground)]
    print(table(measured))


if __name__ == "__main__":
    main()
