"""Waiting for what is to come true: at once where it is true, at length only where it never is."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

PATIENCE = 60.0
"""Seconds after which something will not come true any more, on a busy machine either."""


def tries(pause: float = 0.01) -> Iterator[float]:
    """Ends when patience does. Gives how long to pause before looking again, in seconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        yield pause


def wait_until(true: Callable[[], bool], what: str, pause: float = 0.01) -> None:
    """Wait until something has come true outside of this process; else the test fails.

    It is looked at again after so many seconds: rarely where to look is dear.
    """
    for seconds in tries(pause):
        if true():
            return
        time.sleep(seconds)
    raise AssertionError(f"it did not come true: {what}")


def ended(pid: int) -> bool:
    """Whether a process is over; one that nobody has asked for its exit code yet is."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
