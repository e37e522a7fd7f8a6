"""`python -m tests.security.fuzz`: fuzz what comes from outside, and print what became of it.

Ends with 1 when anything was found. `--write FILE` puts the table of this run into
docs/guarantees.md; tests/security/fuzz/test_targets.py runs each target a few times.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.security.fuzz.engines import Outcome, with_atheris, with_hypothesis
from tests.security.fuzz.targets import TARGETS
from tests.support.tables import Marks, put_table

MARKS = Marks("<!-- last fuzzing -->", "<!-- end of fuzzing -->")
HEADS = ("| target | engine | runs | what became of them | findings |", "|---|---|--:|---|--:|")
NO_ATHERIS = """\
atheris is not installed: `make fuzz` installs it where it has a wheel (Linux on x86-64, CPython \
3.11 to 3.13). Elsewhere say `make fuzz ENGINE=hypothesis`.
"""


def main(arguments: Sequence[str]) -> int:
    """Fuzz the targets, print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.security.fuzz", description=__doc__)
    parser.add_argument("--engine", choices=["hypothesis", "atheris", "both"], default="hypothesis")
    parser.add_argument("--examples", type=int, default=1500, help="for each target: hypothesis")
    parser.add_argument("--runs", type=int, default=200_000, help="for each target: atheris")
    parser.add_argument("--seconds", type=float, default=60, help="at most, for each of these runs")
    parser.add_argument("--only", choices=TARGETS, action="append", help="these targets only")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this page")
    chosen = parser.parse_args(arguments)
    if chosen.engine != "hypothesis" and find_spec("atheris") is None:
        sys.stderr.write(NO_ATHERIS)
        return 2
    outcomes = []
    started = time.monotonic()
    for outcome in _run(chosen):
        outcomes.append(outcome)
        covered = f"; coverage {outcome.coverage}" if outcome.coverage else ""
        ran = f"{outcome.target} ({outcome.engine}): {outcome.runs:,} runs"
        _say(f"{ran}: {outcome.summary}{covered}")
        if outcome.finding:
            _say(f"FOUND  {outcome.finding}")
    findings = sum(bool(outcome.finding) for outcome in outcomes)
    runs = sum(outcome.runs for outcome in outcomes)
    _say(f"{runs:,} runs, findings = {findings}, {time.monotonic() - started:.0f} s")
    if chosen.write and not findings:
        limits = f"EXAMPLES={chosen.examples} RUNS={chosen.runs} SECONDS={chosen.seconds:.0f}"
        rows = [(each.target, each.engine, f"{each.runs:,}", each.summary, 0) for each in outcomes]
        put_table(chosen.write, MARKS, f"make fuzz {limits}", HEADS, rows)
    return 1 if findings else 0


def _run(chosen: argparse.Namespace) -> Iterator[Outcome]:
    for name in chosen.only or TARGETS:
        if chosen.engine != "atheris":
            yield _with_hypothesis(name, chosen.examples)
        if chosen.engine != "hypothesis":
            for way in ("bytes", "made"):
                yield with_atheris(name, way, runs=chosen.runs, seconds=chosen.seconds)


def _with_hypothesis(name: str, examples: int) -> Outcome:
    try:
        count = with_hypothesis(name, examples)
    except Exception:
        return Outcome(name, "hypothesis", examples, Counter(), traceback.format_exc())
    return Outcome(name, "hypothesis", examples, count)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
