"""What a process knows of a log file: documents and entries in step, grown as the file grows.

Reading and writing the file is `incident_file`'s.
"""

from collections.abc import Iterable, Mapping

from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import encode
from incident_tui.store.log.line_storage import Signature
from incident_tui.store.log.schema import Meta


class LogContents:
    """What the file holds; `documents` (by number), `entries` and `numbers` (by id) are in step.

    It grows in place with what is appended, so that an entry costs the same in a long log. Without
    a `signature` what the file holds is uncertain: it has to be read.
    """

    def __init__(
        self,
        signature: Signature | None = None,
        meta: Meta | None = None,
        documents: dict[int, bytes] | None = None,
        entries: Iterable[Entry] = (),
    ) -> None:
        self.signature = signature
        self.meta = meta
        self.documents = documents or {}
        self._hold(entries)

    def _hold(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.numbers = {
            entry.id: number for number, entry in zip(self.documents, self.entries, strict=True)
        }
        self.next_number = max(self.documents, default=0) + 1
        self.next_order = max((entry.order for entry in self.entries), default=0) + 1

    def take(self, written: Mapping[int, Entry], signature: Signature | None) -> None:
        """Take in what was written by numbers: new entries, or others in the place of some."""
        self.signature = signature
        new = not any(number in self.documents for number in written)
        kept = {} if new else dict(zip(self.documents, self.entries, strict=True))
        self.documents |= {number: encode(entry) for number, entry in written.items()}
        if not new:
            self._hold({**kept, **written}.values())
            return
        self._add(written)

    def grow(
        self,
        documents: Mapping[int, bytes],
        entries: Mapping[int, Entry],
        signature: Signature | None,
    ) -> bool:
        """Take in what others have added behind all that is held; false where an id is not new."""
        ids = {entry.id for entry in entries.values()}
        if len(ids) != len(entries) or ids & self.numbers.keys():
            return False
        self.signature = signature
        self.documents |= documents
        self._add(entries)
        return True

    def _add(self, entries: Mapping[int, Entry]) -> None:
        for number, entry in entries.items():
            self.entries.append(entry)
            self.numbers[entry.id] = number
            self.next_number = max(self.next_number, number + 1)
            self.next_order = max(self.next_order, entry.order + 1)
