"""Which tests reach which line, and how long each takes: measured once for a state of the tree.

The measurement is the suite, but for folders that tell nothing of rules, under coverage with a
context for each test. It lies in a folder of reports, with a digest of the code and the tests that
it was made from.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from coverage import CoverageData

FOLDER = Path(".reports", "mutants")
LEFT_OUT = ("tests/flows/keyboard", "tests/house", "tests/faults", "tests/mutants")
"""Hands that type at the pace of people, rules of the tree, tests of tests: they reach no rule that
others do not, and take longest.
"""
MEASURED = ("incident_tui", "screens", "tests")
# What xdist puts behind the name of a test that shares a process with others.
_GROUP = re.compile(r"@[^\]@]*$")


class CoverageMap:
    """The measurement of the tree that lies in `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / FOLDER
        self._made_of = self._folder / "made_of.json"
        self._durations = self._folder / "durations.json"
        self._coverage = self._folder / "coverage"
        self._seconds: dict[str, float] = {}
        self._place = ""  # of the copy in which it was measured, as coverage names its files
        self._data = CoverageData(str(self._coverage))

    def measure(self, tree: Path, workers: int) -> None:
        """Run every test in `tree`, a copy, unless what was measured last is the same.

        Tests that fail there are left out: they would fail of any mutant as well.
        """
        digest = digest_of(self._root)
        if not (self._made_of.is_file() and json.loads(self._made_of.read_text())[0] == digest):
            self._made_of.unlink(missing_ok=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            command = [
                sys.executable, "-m", "pytest", "-p", "tests.mutants.durations",
                f"--durations-file={self._durations}", "-n", str(workers), "--dist=loadgroup", "-q",
                "--cov", "--cov-context=test", "--cov-report=", "--snapshot-warn-unused",
                *(f"--ignore={folder}" for folder in LEFT_OUT),
            ]  # fmt: skip
            env = {"COVERAGE_FILE": str(self._coverage), "HYPOTHESIS_PROFILE": "ci"}
            env["PYTHONPATH"] = str(tree)
            subprocess.run(command, cwd=tree, env=os.environ | env, check=False)
            self._made_of.write_text(json.dumps([digest, str(tree)]))
        self.load()

    def load(self) -> None:
        """Read the measurement, whatever it was made of."""
        _, self._place = json.loads(self._made_of.read_text())
        seconds: dict[str, float] = json.loads(self._durations.read_text())
        self._seconds = {_GROUP.sub("", test): took for test, took in seconds.items()}
        self._data.read()

    def tests(self, path: str, lines: Iterable[int]) -> list[str]:
        """The tests that reach one of the lines; of no line, none.

        The quickest come first, and those sooner whose names are those of the file. What is read
        with the module (or runs in other processes only) any test may notice: all of them, those
        sooner that reach the file.
        """
        contexts = self._data.contexts_by_lineno(f"{self._place}/{path}")
        reached = [contexts[line] for line in lines if line in contexts]
        tests = {self._test(context) for of_line in reached for context in of_line}
        read_with_module = bool(reached) and tests == {""}
        near = {self._test(context) for of_line in contexts.values() for context in of_line}
        names = _names(path)

        def turn(test: str) -> float:
            shared = len(names & _names(test.partition("::")[0]))
            return self._seconds[test] * (1 if test in near else 4) / 4.0**shared

        return sorted(self._seconds if read_with_module else tests & self._seconds.keys(), key=turn)

    def seconds(self, test: str) -> float:
        """How long a test took while it was measured."""
        return self._seconds[test]

    @staticmethod
    def _test(context: str) -> str:
        return _GROUP.sub("", context.rpartition("|")[0])


@cache
def _names(path: str) -> frozenset[str]:
    """What a file and the folders of its hall are called: those of its tests are called so too."""
    inside = Path(path).with_suffix("").parts[2:]
    return frozenset(name.removeprefix("test_") for name in inside)


def digest_of(root: Path) -> str:
    """A digest of the code and the tests below `root`."""
    digest = hashlib.sha256()
    for path in sorted(path for top in MEASURED for path in (root / top).rglob("*.py")):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
