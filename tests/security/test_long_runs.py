"""A hundred thousand of anything, typed, imported, configured or shown, costs no square of time."""

import os
import subprocess
import sys

import pytest

from tests.security.long_runs import GROUPS

LONG = {"imported"}
TOGETHER = [[name for name in GROUPS if name not in LONG], *([name] for name in sorted(LONG))]
"""What one process tries: those that take long each in one of its own."""


@pytest.mark.slow
@pytest.mark.parametrize("groups", TOGETHER, ids=", ".join)
def test_no_long_run_of_one_piece_takes_time_in_the_square_of_its_length(
    groups: list[str],
) -> None:
    """In a process that the system ends when one of them takes too long."""
    # Coverage takes several times the processor time that the child is allowed.
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.long_runs", *groups],
        capture_output=True, text=True, check=False, env=unmeasured,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
