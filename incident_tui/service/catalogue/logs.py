"""The logs of a home as the catalogue reads them, and the index that it keeps of them."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from os import stat_result
from typing import TYPE_CHECKING, NamedTuple

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.store.home import Home

if TYPE_CHECKING:
    from incident_tui.store.index.index_file import IndexFile

WORTH_AN_INDEX = 1024 * 1024
"""Bytes of logs; fewer are read as soon as an index of them is asked."""

Progress = Callable[[int, int], None]
"""Is told how many logs were read, of how many. What it raises ends the reading; what was read
until then is kept."""


def unheard(done: int, total: int) -> None:
    """A progress, in logs, that nobody wants to know of."""


class Logs(NamedTuple):
    """How the logs of `home` are read, by the name of an incident folder.

    `entries` raises `StoreError`, `incident` also `PlaybookError`.
    """

    home: Home
    entries: Callable[[str], list[Entry]]
    incident: Callable[[str], Incident]

    def index_for(self, logs: Mapping[str, stat_result]) -> "IndexFile | None":
        """The index, where those logs are worth one; None where they are read instead."""
        if sum(stat.st_size for stat in logs.values()) <= WORTH_AN_INDEX:
            self._leave_none()
            return None
        from incident_tui.service.runtime.edition import edition

        return self.home.index(edition())

    def _leave_none(self) -> None:
        """Remove an index of when there was more: nobody would take words out of it any more."""
        folder = self.home.index_folder
        if folder is None or not folder.is_dir():
            return
        from incident_tui.store.index.unusable import Unusable

        index = self.home.index("")
        if index is not None:
            with suppress(Unusable):
                index.remove()
