"""The two engines that make examples: hypothesis in this process, atheris in one of its own.

What is checked stands in targets.py; the process that atheris runs in is guided.py.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings

from tests.security.fuzz.checks import Count
from tests.security.fuzz.targets import TARGETS

REPORTS = Path(".reports")
SETTINGS = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


class Outcome(NamedTuple):
    """What came of a target: how often it ran, what became of the examples, what was found."""

    target: str
    engine: str
    runs: int
    became: Count
    finding: str = ""
    """What should never have come of an example, with the input; empty where all was well."""
    coverage: str = ""

    @property
    def summary(self) -> str:
        """What became of the examples, in words."""
        return ", ".join(f"{number:,} {what}" for what, number in sorted(self.became.items()))


def with_hypothesis(name: str, examples: int) -> Count:
    """What became of the examples. Raises what should never have come of one."""
    count: Count = Counter()
    target = TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="incident-tui-fuzz-") as folder:
        check = target.check(count, Path(folder))

        @settings(SETTINGS, max_examples=examples)
        @given(target.examples())
        def fuzz(example: Any) -> None:
            check(example)

        fuzz()
    return count


def with_atheris(name: str, way: str, *, runs: int, seconds: float) -> Outcome:
    """Run one target until `runs` or `seconds` (0: no such limit) are over, or it finds something.

    `way` is "bytes", where the fuzzer's bytes are the example, or "made", where hypothesis makes
    the example of them. An input that finds something is kept in `.reports`.
    """
    with tempfile.TemporaryDirectory(prefix="incident-tui-fuzz-") as folder:
        counts = Path(folder, "told.json")
        log = Path(folder, "log")
        REPORTS.mkdir(exist_ok=True)
        with log.open("wb") as output:
            done = subprocess.run(
                [
                    sys.executable, "-m", "tests.security.fuzz.guided", name, way, folder,
                    f"--runs={runs}", f"--seconds={seconds}", f"--artifacts={REPORTS}/fuzz-{name}-",
                ],
                stdout=output, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
        written = log.read_text(errors="replace")
        count = json.loads(counts.read_text()) if counts.exists() else {}
    finding = "" if done.returncode == 0 else _finding(written, done.returncode)
    coverages = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", written)
    coverage = f"{coverages[0][0]} → {coverages[-1][0]}" if coverages else ""
    ran = count.pop("runs", 0)
    return Outcome(name, f"atheris, {way}", ran, Counter(count), finding, coverage)


def _finding(log: str, code: int) -> str:
    kept: Sequence[str] = [
        line for line in log.splitlines() if not re.match(r"INFO:|WARNING:|#\d+\s", line)
    ]
    return "\n".join([f"exit code {code}", *kept[-40:]])
