"""What became of lines that were entered: what is durable, or why nothing was recorded."""

import msgspec

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Entry


class Receipt(msgspec.Struct, frozen=True):
    """What became of a line: its entries are durable. None are recorded by `/me` and `/hat`."""

    entries: tuple[Entry, ...]
    numbers: tuple[int, ...]
    summary: str
    aside: bool = False
    """Whether the entries are durable beside the incident file, which cannot take them just now."""

    after_close: bool = False
    """Whether the incident was closed by then: no transition comes that these could wait for."""

    @property
    def is_transition(self) -> bool:
        """Whether it moves the incident: a commit belongs to it."""
        return any(entry.event.has_commit() for entry in self.entries)

    @property
    def wants_commit(self) -> bool:
        """Whether a commit is made now, and not with the next transition."""
        return self.is_transition or (self.after_close and bool(self.entries))


Result = Receipt | LineError | Refused
"""What became of one of several lines."""


class Attempt(msgspec.Struct):
    """What is being appended, for whoever can make it durable where the file cannot take it.

    An append that failed may have reached the file all the same (a rename, and then an error), so
    nothing may be recorded for these lines under other ids. Both are empty before and after.
    """

    entries: list[Entry] = []
    results: list[Result] = []
