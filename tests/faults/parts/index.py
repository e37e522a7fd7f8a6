"""The index damaged, deleted, stale, locked and foreign: each answer is that of the logs."""

import fcntl
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path

from tests.faults.contained import Done, run_here
from tests.faults.counting import Count, Row, Scale
from tests.faults.ground import Ground

ASKS = (("list", "--json"), ("actions", "--json"), ("stats", "--json"), ("search", "bread", "--json"))
INCIDENTS = 4
SECRET = "hunter2marmalade"
"""A word that is redacted in the last row."""

Cause = Callable[[Path, random.Random], AbstractContextManager[object]]


class Indexed:
    """A home with an index, and the same logs without any, of which answers are compared."""

    def __init__(self, base: Path) -> None:
        self.ground = Ground(base, XDG_CACHE_HOME=str(base / "cache"))
        self.incidents = [self.ground.declare(f"No bread {n}") for n in range(INCIDENTS)]
        for name in self.incidents:
            self.log(name, "+ alert on flour below 80 % owner:ana due:2w", "bread was cold")
