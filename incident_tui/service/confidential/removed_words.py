"""The words of a redacted entry, while they are known, taken out of whatever else holds them.

Texts and bytes in and out; which files there are is `log_copies`' business.
"""

import re
from collections.abc import Sequence
from functools import cache, cached_property

from incident_tui.domain.confidential.redactions import Removal, own_entries, words_of
from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.core.typed_text import REMOVED, entry_words, every_text, without_text
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.values.wording.quotations import rare_words, words
from incident_tui.service.confidential.salvage import documents, entry_in
from incident_tui.service.secrets.texts import secrets_in
from incident_tui.store.playbook_files import BUILT_IN

_PIECE = 8
"""Letters in a row that a damaged part has in common with a text, so that it may be of it."""
_LETTER = re.compile(r"\w")


class RemovedWords:
    """What `target` and its amendments said, as `log` had it before it was redacted."""

    def __init__(self, log: Sequence[Entry], target: str) -> None:
        self.target = target
        self._log = log
        self._own = own_entries(log, target)
        self._ids = {entry.id for entry in self._own}
        self._texts = words_of(self._own)
        texts = (text for entry in self._own for text in every_text(entry))
        self._removal = Removal(self._own, (), secrets_in(texts))

    @cached_property
    def rare(self) -> frozenset[str]:
        """Their words that hardly another entry says."""
        others = (entry_words(entry) for entry in self._log if entry.id not in self._ids)
        return rare_words(self._texts, others, ordinary_words())

    def from_text(self, text: str) -> str:
        """A text that a person typed, without what quotes them."""
        return self._removal.quotations.without(text, REMOVED)

    def stand_in(self, text: str) -> bool:
        """Whether a text, which may be a whole file, quotes them or repeats a rare word of them."""
        return self._removal.quotations.stand_in(text) or bool(self.rare & words(text))

    def from_entry(self, entry: Entry) -> Entry:
        """An entry of some other copy of the log, without them."""
        amends = isinstance(entry.event, EntryAmended) and entry.event.target == self.target
        if amends and entry.id not in self._ids:
            return without_text(entry, REMOVED)
        return self._removal.applied_to(entry)

    def from_lines(self, data: bytes) -> bytes:
        """A side file without them. A line that cannot be read goes where it may hold some."""
        lines = data.splitlines(keepends=True)
        return b"".join(filter(None, map(self._from_line, lines)))

    def _from_line(self, line: bytes) -> bytes:
        entry = entry_in(line)
        if entry is None:
            return b"" if self._in_pieces(line.decode(errors="replace")) else line
        new = self.from_entry(entry)
        return line if new == entry else encode(new) + b"\n"

    def from_damaged(self, data: bytes) -> bytes:
        """A damaged copy of the log without them; every other byte stays as it is.

        A part of it that cannot be read as an entry, or reads otherwise than the entry that it was,
        is taken out as a whole where any of the words may be in it: what is left of a quotation is
        none.
        """
        recorded = {entry.id: entry for entry in self._log}
        text = data.decode(errors="surrogateescape")
        parts, at = [], 0
        for part in documents(text):
            entry = entry_in(part.document)
            if entry is None or recorded.get(entry.id, entry) != entry:
                continue
            parts.append(self._between(text[at : part.start]))
            new = self.from_entry(entry)
            same = new == entry
            parts.append(text[part.start : part.end] if same else encode(new).decode())
            at = part.end
        parts.append(self._between(text[at:]))
        return "".join(parts).encode(errors="surrogateescape")

    def _between(self, text: str) -> str:
        return f"\n{REMOVED}\n" if self._in_pieces(text) else text

    def _in_pieces(self, text: str) -> bool:
        """Whether a part without sense names the entry, or has some letters of theirs."""
        if any(name in text for name in self._ids):
            return True
        known = words(text)
        if any(known & words(removed) for removed in self._texts):
            return True
        squeezed = _letters(text)
        return any(
            removed[at : at + _PIECE] in squeezed
            for removed in map(_letters, self._texts)
            for at in range(max(0, len(removed) - _PIECE) + 1)
            if len(removed) >= _PIECE
        )


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text)).casefold()


@cache
def ordinary_words() -> frozenset[str]:
    """The words in which incidents are spoken of: those of the shipped playbooks."""
    files = BUILT_IN.glob("*.toml")
    return frozenset(word for file in files for word in words(file.read_text(encoding="utf-8")))
