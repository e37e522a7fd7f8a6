"""Which incidents are not closed, looked up for every line that names none.

A log is read where the index does not know its present version, and folded only where it goes on
after it was closed.
"""

from collections.abc import Mapping
from contextlib import suppress
from os import stat_result
from typing import TYPE_CHECKING

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.process.lifecycle import IncidentClosed, Lifecycle
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.service.catalogue.logs import WORTH_AN_INDEX, Logs
from incident_tui.store.files.errors import StoreError
from incident_tui.store.index.file_versions import UNSURE, sure_version, version_of
from incident_tui.store.index.unusable import Unusable

if TYPE_CHECKING:
    from sqlite3 import Connection

    from incident_tui.store.index.index_file import IndexFile

WAIT = 0.05
"""Seconds that a line waits for others who use the index."""


def active(logs: Logs) -> list[str]:
    """Ids of the incidents that are not closed, newest first; unreadable ones are left out."""
    logs_by_name = logs.home.logs()
    index = logs.index_for(logs_by_name)
    if index is not None:
        with suppress(Unusable):
            return logs.home.in_order(_asked(logs, logs_by_name, index))
    going_on = [name for name in logs_by_name if _closed_and_redactions(logs, name)[0] is False]
    return logs.home.in_order(going_on)


def _asked(logs: Logs, statuses: Mapping[str, stat_result], index: "IndexFile") -> list[str]:
    """Those that go on, by the index where it knows; what it did not is kept where it is much."""
    from incident_tui.store.index.tables import Standing, forget, keep_standings, standings

    seen_at = index.now()
    known = index.read(standings, wait=WAIT) or {}
    going_on, learned, size, redacted = [], dict[str, Standing](), 0, []
    for name, stat in statuses.items():
        version, one = version_of(stat), known.get(name)
        if one is None or one.version != version:
            closed, redactions = _closed_and_redactions(logs, name)
            if closed is None:
                continue
            if one is not None and one.redactions != redactions:
                redacted.append(name)
            one = Standing(sure_version(version, seen_at), closed, redactions)
            if one.version != UNSURE:
                learned[name] = one
                size += stat.st_size
        if not one.closed:
            going_on.append(name)
    if size > WORTH_AN_INDEX or redacted:
        gone = known.keys() - statuses.keys()

        def keep(connection: "Connection") -> None:
            forget(connection, redacted)
            keep_standings(connection, learned, gone)

        with suppress(Unusable):
            index.write(keep, wait=WAIT)
    return going_on


def _closed_and_redactions(logs: Logs, name: str) -> tuple[bool | None, int]:
    """Whether it is closed, None where it cannot be read; and how many redactions its log holds."""
    try:
        entries = logs.entries(name)
        redactions = sum(isinstance(entry.event, EntryRedacted) for entry in entries)
        if not any(isinstance(entry.event, IncidentClosed) for entry in entries):
            return False, redactions
        if isinstance(entries[-1].event, IncidentClosed):
            return True, redactions
        return logs.incident(name).of(Lifecycle).closed is not None, redactions
    except (StoreError, PlaybookError):
        return None, 0
