"""`python -m tests.mutants`: break the rules one by one, and see a test fail.

Draws mutants of domain, service and store, and says which survive. Ends with 1 where fewer than
85 % are killed. The first run for a state of the tree measures which test reaches which line.
"""

import argparse
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.coverage_map import CoverageMap
from tests.mutants.durations import processor_seconds
from tests.mutants.operators import Mutant, mutants_of
from tests.mutants.trials import Copy, Tried, Verdict, try_all

ROOT = Path(__file__).resolve().parents[2]
HALLS = ("incident_tui/domain", "incident_tui/service", "incident_tui/store")
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")
FLOOR = 0.85
_SURVIVED = (Verdict.SURVIVED, Verdict.UNREACHED)


def main(arguments: Sequence[str]) -> int:
    """Draw the mutants, try them, and print what survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=None, help="of the draw; printed by each run")
    parser.add_argument("--count", type=int, default=400, help="how many mutants to draw")
    parser.add_argument("--workers", type=int, default=2, help="how many are tried at a time")
    parser.add_argument("--minutes", type=float, default=60, help="the limit of the whole run")
    parser.add_argument("--measured", action="store_true", help="trust the last measurement")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    seed = random.SystemRandom().randrange(1_000_000) if chosen.seed is None else chosen.seed
    drawn = draw(ROOT, seed, chosen.count)
    say(f"{len(drawn)} mutants, SEED={seed}")
    known = equivalents(EQUIVALENTS)
    tried = [Tried(one, Verdict.EQUIVALENT) for one in drawn if key_of(ROOT, one) in known]
    rest = [one for one in drawn if key_of(ROOT, one) not in known]
    coverage = CoverageMap(ROOT)
    with tempfile.TemporaryDirectory(prefix="incident-tui-mutants-") as base:
        copies = [Copy(ROOT, Path(base, str(number))) for number in range(chosen.workers)]
        if chosen.measured:
            coverage.load()
        else:
            coverage.measure(copies[0].tree, chosen.workers)
        ends = started + chosen.minutes * 60
        for done in try_all(rest, coverage, copies, lambda: ends - time.monotonic()):
            tried.append(done)
            if done.verdict in _SURVIVED:
                say(line_of(done))
            say(progress(tried, len(drawn), time.monotonic() - started))
    say("")
    for line in report(tried):
        say(line)
    say(f"{processor_seconds() / 60:.1f} min of processor time")
    return 0 if share_killed(tried) >= FLOOR else 1


def draw(root: Path, seed: int, count: int) -> list[Mutant]:
    """So many mutants, each of another line, by the seed: every line is as likely as any other."""
    by_line: dict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for path in sorted(path for hall in HALLS for path in (root / hall).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for mutant in mutants_of(name, path.read_bytes()):
            by_line[name, mutant.line].append(mutant)
    dice = random.Random(seed)
    lines = dice.sample(sorted(by_line), min(count, len(by_line)))
    return [dice.choice(by_line[line]) for line in lines]


Key = tuple[str, str, str]


def equivalents(path: Path) -> set[Key]:
    """The mutants that no test can tell from the program: file, text of the line, change."""
    listed = tomllib.loads(path.read_text()).get("equivalent", [])
    return {(one["path"], one["line"], one["change"]) for one in listed if one["reason"]}


def key_of(root: Path, mutant: Mutant) -> Key:
    """What a mutant is known by while lines move."""
    lines = (root / mutant.path).read_text().splitlines()
    return mutant.path, lines[mutant.line - 1].strip(), mutant.change


def share_killed(tried: Sequence[Tried]) -> float:
    """The part of the mutants that a test noticed, of those that a test could notice; 1 of none."""
    counted = Counter(done.verdict for done in tried)
    of_all = counted[Verdict.KILLED] + sum(counted[verdict] for verdict in _SURVIVED)
    return counted[Verdict.KILLED] / of_all if of_all else 1.0


def progress(tried: Sequence[Tried], of_all: int, seconds: float) -> str:
    """How far a run is."""
    survived = sum(done.verdict in _SURVIVED for done in tried)
    share = f"{share_killed(tried):.0%} killed"
    spent = f"{seconds / 60:.1f} min, {processor_seconds() / 60:.1f} of processor time"
    return f"{len(tried):>4} of {of_all}  {share}  survived {survived}  {spent}"


def line_of(done: Tried) -> str:
    """A mutant and its verdict in one line."""
    mutant = done.mutant
    left = f" ({done.left_out} slower tests left out)" if done.left_out else ""
    return f"{mutant.path}:{mutant.line}: {mutant.change}: {done.verdict.value}{left}"


def report(tried: Sequence[Tried]) -> list[str]:
    """Every mutant that lives, and the counts."""
    survivors = sorted(line_of(done) for done in tried if done.verdict in _SURVIVED)
    counted = Counter(done.verdict for done in tried)
    counts = [f"{verdict.value}: {counted[verdict]}" for verdict in Verdict if counted[verdict]]
    share = f"{share_killed(tried):.1%} killed, at least {FLOOR:.0%} are asked for"
    return [*survivors, "; ".join(counts), share]


def say(line: str) -> None:
    """Print a line at once, also where the output is a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
