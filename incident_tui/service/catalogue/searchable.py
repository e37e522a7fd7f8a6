"""The incidents of a home to search in: their outlines, and the words of their entries."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import cached_property, partial
from sqlite3 import Connection
from typing import TypeVar

import msgspec

from incident_tui.domain.outline import Labels, Outline
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.search_query import Term, ways_to_say
from incident_tui.service.catalogue.known import Answer, known_of
from incident_tui.service.catalogue.logs import Logs
from incident_tui.store.files.errors import StoreError
from incident_tui.store.index.file_versions import UNSURE
from incident_tui.store.index.memory_index import MemoryIndex
from incident_tui.store.index.tables import documents, keep, outline_of
from incident_tui.store.index.unusable import Unusable
from incident_tui.store.index.word_search import Likely, Match, Sought, find, find_likely

T = TypeVar("T")
_decode = msgspec.msgpack.Decoder(Outline).decode
_decode_labels = msgspec.msgpack.Decoder(Labels).decode


class Searchable:
    """What was read of the incidents when it was made.

    `answer` comes with an index; `in_memory` gives another, should that be lost meanwhile.
    """

    def __init__(self, logs: Logs, answer: Answer, in_memory: Callable[[], Answer]) -> None:
        self.unread: dict[str, str] = dict(answer.unread)
        self._logs = logs
        self._answer = answer
        self._in_memory = in_memory

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """The outline of each incident, in no order."""
        return {name: _decode(document) for name, document in self._documents().items()}

    def labels(self) -> dict[str, Labels]:
        """What filters ask of each incident, in no order."""
        return {name: _decode_labels(document) for name, document in self._documents().items()}

    def _documents(self) -> dict[str, bytes]:
        kept = self._asked(partial(documents, column="outline"))
        read = {name: document for name, document in self._answer.documents.items() if document}
        return {name: document for name, (_, document) in kept.items()} | read

    def outline(self, name: str) -> Outline:
        """The outline of one incident that was found."""
        return _decode(self._answer.documents[name] or self._asked(partial(outline_of, name=name)))

    def find(
        self, sought: Sought, limit: int | None, withheld: Collection[str] = ()
    ) -> tuple[list[Match], int]:
        """The entries that fit best, at most `limit` of them, and how many there are in all.

        Of the incidents `withheld`, which are among those sought, what not everybody may read is
        looked through as well. It is in no index, so that their logs are read.
        """
        if not withheld:
            return self._matches(sought, limit)
        others = [name for name in sought.incidents or () if name not in withheld]
        matches, total = self._matches(msgspec.structs.replace(sought, incidents=others), limit)
        own = MemoryIndex()
        for name in withheld:
            try:
                known = known_of(name, UNSURE, self._logs.incident(name), everything=True)
            except (StoreError, PlaybookError) as problem:
                self.unread[name] = str(problem)
            else:
                own.write(partial(keep, known=known))
        more, count = own.read(partial(find, sought=sought, limit=limit))
        matches = sorted([*matches, *more], key=lambda match: match.place)
        return matches[:limit], total + count

    def find_likely(self, sought: Sought, terms: Sequence[Term]) -> dict[str, Likely]:
        """The incidents that hold any of the terms, anywhere in them; what may be told to all."""
        ways = [ways_to_say(term) for term in terms]
        return self._asked(partial(find_likely, sought=sought, terms=ways))

    def _matches(self, sought: Sought, limit: int | None) -> tuple[list[Match], int]:
        return self._asked(partial(find, sought=sought, limit=limit))

    def _asked(self, use: Callable[[Connection], T]) -> T:
        outcome = None
        if self._answer.index is not None:
            with suppress(Unusable):
                outcome = self._answer.index.read(use)
        if outcome is None:
            self._answer = self._in_memory()
            assert self._answer.index is not None
            outcome = self._answer.index.read(use)
        assert outcome is not None
        return outcome
