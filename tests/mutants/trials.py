"""Trying mutants: each in a copy of the tree, against the tests that reach it, for a limited time.

The working tree is read once, for the copies, and never written to.
"""

import os
import queue
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.mutants.coverage_map import CoverageMap
from tests.mutants.operators import Mutant

BUDGET = 45.0
"""Seconds of tests, of processor time as it was measured, that a mutant is tried against: the
quickest ones."""
START = 30.0
"""Seconds for pytest to start and collect."""
SLOWER = 4.0
"""Times as long as measured, and the mutant may go round in circles: unless the machine is so busy
that the tests take as long without it."""
# Of pytest: every test passed; and, of a choice without tests, none was there.
_PASSED, _NONE = 0, 5


class Verdict(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNREACHED = "survived, no test reaches it"
    EQUIVALENT = "equivalent"
    UNTRIED = "not tried, the time was over"


@dataclass(frozen=True)
class Tried:
    """A mutant, its verdict, and of how many tests the budget had no room for."""

    mutant: Mutant
    verdict: Verdict
    left_out: int = 0


class Copy:
    """A copy of the files of a tree that git would keep, in which mutants are put one by one."""

    def __init__(self, root: Path, base: Path) -> None:
        self.tree = base / "tree"
        self._scratch = base / "scratch"
        self._stamp = 2_000_000_000
        skipped = shutil.ignore_patterns("__pycache__", ".*_cache", ".venv", ".git", ".reports")
        shutil.copytree(root, self.tree, symlinks=True, ignore=skipped)

    def try_out(self, mutant: Mutant, tests: Sequence[str], limit: float) -> Verdict:
        """Whether a test fails, or they take over twice the time that they need without the mutant.

        `limit` is in seconds; while the tests do not end in it either way, it is doubled.
        """
        path = self.tree / mutant.path
        source = path.read_bytes()
        ends_without = False
        while True:
            try:
                self._write(path, mutant.apply(source))
                passed = self._passed(tests, limit)
            finally:
                self._write(path, source)
            if passed is not None or ends_without:
                return Verdict.SURVIVED if passed else Verdict.KILLED
            ends_without = self._passed(tests, limit) is not None
            limit *= 2

    def _write(self, path: Path, source: bytes) -> None:
        path.write_bytes(source)
        # Two files of one size within a second would share their compiled form.
        self._stamp += 2
        os.utime(path, (self._stamp, self._stamp))

    def _passed(self, tests: Sequence[str], limit: float) -> bool | None:
        """Whether each of the tests passes; None where they take longer than `limit` seconds."""
        chosen = self._scratch.with_suffix(".txt")
        chosen.write_text("\n".join(tests))
        command = [
            sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-n", "0",
            "--snapshot-warn-unused", f"--basetemp={self._scratch}", f"@{chosen}",
        ]  # fmt: skip
        env = os.environ | {"PYTHONPATH": str(self.tree), "HYPOTHESIS_PROFILE": "ci"}
        with subprocess.Popen(
            command, cwd=self.tree, env=env, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                code = process.wait(limit)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _end(process)
        return code in (_PASSED, _NONE)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End whatever a mutant has left running: it may not end by itself."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def try_all(
    mutants: Sequence[Mutant],
    coverage: CoverageMap,
    copies: Sequence[Copy],
    time_left: Callable[[], float],
) -> Iterator[Tried]:
    """What becomes of each mutant, as it is known; as many at a time as there are copies."""
    free: queue.SimpleQueue[Copy] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(mutant: Mutant, tests: Sequence[str]) -> Tried:
        chosen = within_budget(tests, coverage.seconds)
        limit = START + SLOWER * sum(map(coverage.seconds, chosen))
        if not chosen:
            return Tried(mutant, Verdict.UNREACHED, len(tests))
        if time_left() < limit:
            return Tried(mutant, Verdict.UNTRIED)
        copy = free.get()
        try:
            verdict = copy.try_out(mutant, chosen, limit)
            return Tried(mutant, verdict, len(tests) - len(chosen))
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        # Looked up here, since the measurement is read on one thread.
        asked = [(mutant, coverage.tests(mutant.path, mutant.lines)) for mutant in mutants]
        for done in as_completed([pool.submit(one, *each) for each in asked]):
            yield done.result()


def within_budget(tests: Sequence[str], seconds: Callable[[str], float]) -> list[str]:
    """The first of the tests, the quickest, that take no more than the budget together."""
    chosen: list[str] = []
    spent = 0.0
    for test in tests:
        spent += seconds(test)
        if chosen and spent > BUDGET:
            break
        chosen.append(test)
    return chosen
