"""What is known of every incident, brought up to date by whoever asks.

The index answers for logs that are as it knows them; the others are read, and what they say is
kept for the next who asks. Where the index cannot be used, every log is read: slow, but right.
"""

import os
from collections.abc import Iterable, Mapping, Set
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from incident_tui.domain.outline import Outline
from incident_tui.domain.report import Data
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.service.catalogue.known import Answer, Decoder, Kept, known_of
from incident_tui.service.catalogue.logs import Logs, Progress, unheard
from incident_tui.store.files.errors import StoreError
from incident_tui.store.home import PLAYBOOK
from incident_tui.store.index.file_versions import sure_version, version_of
from incident_tui.store.index.unusable import Unusable

if TYPE_CHECKING:
    from sqlite3 import Connection

    from incident_tui.service.catalogue.searchable import Searchable
    from incident_tui.store.index.tables import Document, Known

BATCH = 2 * 1024 * 1024
"""Bytes of logs after which what was read is kept: about half a second's work."""

T = TypeVar("T")


class Catalogue:
    """The incidents of one home.

    `trouble` says why the index could not be used when it was asked last; it is empty where it
    could, or where so few logs are worth none.
    """

    def __init__(self, logs: Logs) -> None:
        self.trouble = ""
        self.logs = logs

    def summaries(self, progress: Progress = unheard) -> tuple[dict[str, Data], dict[str, str]]:
        """The row of each incident in a list, newest first; and why others cannot be read."""
        answer = self._asked("summary", progress)
        read = _decoded(msgspec.json.Decoder(Data), answer)
        return {name: read[name] for name in self.by_start(read)}, answer.unread

    def by_start(self, documents: Mapping[str, Data], unread: Iterable[str] = ()) -> list[str]:
        """The names of incidents, the newest first by their start; unread ones by their names.

        What began at one moment stands as the names do, and so does what has no start: on its day.
        """
        named = self.logs.home.in_order([*documents, *unread])

        def began(name: str) -> str:
            return str(documents.get(name, {}).get("began_at") or "") or name[:10]

        return sorted(named, key=began, reverse=True)

    def outlines(self, progress: Progress = unheard) -> tuple[dict[str, Outline], dict[str, str]]:
        """The outline of each incident, in no order; and why others cannot be read."""
        answer = self._asked("outline", progress)
        return _decoded(msgspec.msgpack.Decoder(Outline), answer), answer.unread

    def searchable(self, progress: Progress = unheard) -> "Searchable":
        """Every incident, to search in: in memory where the index on the disk cannot be used."""
        from incident_tui.service.catalogue.searchable import Searchable
        from incident_tui.store.index.memory_index import MemoryIndex

        logs = self.logs.home.logs()

        def in_memory() -> Answer:
            trouble = self.trouble
            answer = self._answer("", progress, logs, MemoryIndex())
            self.trouble = trouble
            return answer

        disk = self.logs.index_for(logs)
        answer = in_memory() if disk is None else self._answer("", progress, logs, disk)
        return Searchable(self.logs, answer if answer.index else in_memory(), in_memory)

    def _asked(self, column: "Document", progress: Progress) -> Answer:
        logs = self.logs.home.logs()
        return self._answer(column, progress, logs, self.logs.index_for(logs))

    def _answer(
        self,
        column: "Document",
        progress: Progress,
        logs: Mapping[str, os.stat_result],
        index: Kept | None,
    ) -> Answer:
        """A document of each incident; what the index did not know, it knows afterwards."""
        versions = {name: self._version(name, stat) for name, stat in logs.items()}
        self.trouble = ""
        stored: dict[str, tuple[bytes, bytes]] = {}
        seen_at = 0
        if index is not None:
            try:
                seen_at = index.now()
                stored = index.read(partial(_documents, column)) or {}
            except Unusable as problem:
                self.trouble, index = str(problem), None
        documents = {
            name: document
            for name, (version, document) in stored.items()
            if versions.get(name) == version
        }
        changes = _Changes(index, stored.keys(), stored.keys() - versions.keys())
        unread: dict[str, str] = {}
        stale = sorted(versions.keys() - documents.keys())
        try:
            for done, name in enumerate(stale):
                progress(done, len(stale))
                known = self._read(name, sure_version(versions[name], seen_at), unread)
                if known is not None:
                    documents[name] = known.document(column)
                changes.add(name, known, logs[name].st_size)
        finally:
            changes.keep()
        self.trouble = self.trouble or changes.trouble
        return Answer(documents, unread, changes.index)

    def _version(self, name: str, log: os.stat_result) -> bytes:
        """The version of a log, and of the playbook that it is read with."""
        try:
            playbook = version_of(os.lstat(f"{self.logs.home.path}/{name}/{PLAYBOOK}"))
        except OSError:
            playbook = b""
        return version_of(log) + playbook

    def _read(self, name: str, version: bytes, unread: dict[str, str]) -> "Known | None":
        """What a log says; None, with the reason among `unread`, where it cannot be read."""
        try:
            return known_of(name, version, self.logs.incident(name))
        except (StoreError, PlaybookError) as problem:
            unread[name] = str(problem)
            return None


class _Changes:
    """What an index is to learn, written a batch at a time; what it may not hold is left out.

    `index` is None from the first time on that it could not be written.
    """

    def __init__(self, index: Kept | None, stored: Set[str], gone: Set[str]) -> None:
        self.trouble = ""
        self.index = index
        self._stored = stored
        self._gone = list(gone)
        self._left: list[str] = []
        self._new: list[Known] = []
        self._size = 0

    def add(self, name: str, known: "Known | None", size: int) -> None:
        """What the log of `name`, of `size` bytes, says; nothing where it cannot be read."""
        if known is not None and not known.private:
            self._new.append(known)
        elif name in self._stored:
            self._left.append(name)
        self._size += size
        if self._size > BATCH:
            self.keep()

    def keep(self) -> None:
        """Write what was added."""
        from incident_tui.store.index.tables import forget, keep

        new, self._new = self._new, []
        left, self._left = self._left, []
        gone, self._gone = self._gone, []
        self._size = 0
        if self.index is None or not (new or gone or left):
            return

        def change(connection: "Connection") -> None:
            forget(connection, [*gone, *left])
            for known in new:
                keep(connection, known)

        try:
            self.index.write(change)
        except Unusable as problem:
            self.trouble, self.index = str(problem), None


def _decoded(decoder: Decoder[T], answer: Answer) -> dict[str, T]:
    return {name: decoder.decode(document) for name, document in answer.documents.items()}


def _documents(column: "Document", connection: "Connection") -> dict[str, tuple[bytes, bytes]]:
    from incident_tui.store.index.tables import documents

    return documents(connection, column)
