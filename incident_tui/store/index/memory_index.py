"""An index that goes away with the process, for whoever cannot use the one on the disk."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from incident_tui.store.index.tables import create

T = TypeVar("T")


class MemoryIndex:
    """What an `IndexFile` gives, kept in memory, and by one thread."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        create(self._connection, "")

    def now(self) -> int:
        """A time at which no file is older than it may be: nothing is kept for another time."""
        return 0

    def read(self, use: Callable[[sqlite3.Connection], T]) -> T:
        """What `use` finds."""
        return use(self._connection)

    def write(self, use: Callable[[sqlite3.Connection], T]) -> T:
        """Change the index by `use`."""
        return use(self._connection)
