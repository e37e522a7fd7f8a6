"""A hundred thousand of anything, typed, imported, configured or shown, costs no square of time."""

import os
import subprocess
import sys

import pytest

from tests.security.long_runs import GROUPS


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_no_long_run_of_one_piece_takes_time_in_the_square_of_its_length(group: str) -> None:
    """Each in a process that the system ends when one of them takes too long."""
    # Coverage takes several times the processor time that the child is allowed.
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.long_runs", group],
        capture_output=True, text=True, check=False, env=unmeasured,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
