"""Redactions across a merge: what one side removed is removed from what the other says as well.

The words are taken from the copies that still have them: the base, or the side that lacks the mark.
Nothing is kept of them, so the same copies are asked again in each merge.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from incident_tui.domain.confidential.redactions import EntryRedacted, own_entries, words_of
from incident_tui.domain.confidential.secrets import SecretKept, SecretSuspected
from incident_tui.domain.core.events import Entry, UnknownEvent
from incident_tui.domain.core.typed_text import entry_words
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.wording.quotations import rare_words
from incident_tui.service.confidential.redacted_storage import without_words
from incident_tui.service.confidential.removed_words import ordinary_words

REPEATED = "rare words of an entry that was redacted in another copy"
SAME_FILE = "the file of an entry that was redacted in another copy"
"""What a suspicion that a merge raises says; never the words."""
Log = Mapping[str, Entry]
"""The entries of one copy by their ids."""


def redacted_everywhere(merged: Sequence[Entry], copies: Sequence[Log]) -> list[Entry]:
    """The entries of a merged log without the words that any of the `copies` calls redacted.

    What an entry says in words of its own is left; where it repeats rare words of them and its
    author could not know of the redaction, a suspicion is added. The result does not depend on the
    order of `copies`, and is its own result.
    """
    log = {entry.id: entry for entry in merged}
    for mark in sorted(_marks(merged), key=lambda entry: (entry.order, entry.id)):
        _redact(log, mark, copies)
    return list(log.values())


def _marks(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if isinstance(entry.event, EntryRedacted)]


def _redact(log: dict[str, Entry], mark: Entry, copies: Sequence[Log]) -> None:
    """Take the words of one redacted entry out of `log`, which is changed."""
    assert isinstance(mark.event, EntryRedacted)
    target = mark.event.target
    # Whoever amended it on a copy that has the mark knew of the redaction.
    marked = [copy for copy in copies if _has_mark(copy, target)]
    unmarked = [copy for copy in copies if not _has_mark(copy, target)]
    later = {
        entry.id
        for copy in marked
        for entry in own_entries(copy.values(), target)
        if entry.id != target and words_of([entry])
    }
    originals = {
        (entry.id, *sorted(words_of([entry]))): entry
        for copy in copies
        for entry in own_entries(copy.values(), target, later)
        if words_of([entry])
    }
    if not originals:
        return
    sources = [originals[key] for key in sorted(originals)]
    entries = sorted(log.values(), key=lambda entry: (entry.order, entry.id))
    for entry in without_words(entries, target, originals=sources, later=later):
        log[entry.id] = entry
    for entry in _with_note(log, target):
        log[entry.id] = entry
    unaware = {name for copy in unmarked for name in copy} - {n for copy in marked for n in copy}
    for suspicion in _suspicions(log, mark, sources, unaware):
        log.setdefault(suspicion.id, suspicion)


def _with_note(log: Log, target: str) -> list[Entry]:
    """Further entries that attached the redacted file: in its place there is a note by now."""
    event = log[target].event if target in log else None
    if not isinstance(event, EvidenceAttached):
        return []
    return [
        msgspec.structs.replace(
            entry, event=msgspec.structs.replace(entry.event, sha256=event.sha256)
        )
        for entry in log.values()
        if isinstance(entry.event, EvidenceAttached) and entry.event.name == event.name
    ]


def _has_mark(copy: Log, target: str) -> bool:
    return any(
        isinstance(entry.event, EntryRedacted) and entry.event.target == target
        for entry in copy.values()
    )


def _suspicions(
    log: Log, mark: Entry, entries: Sequence[Entry], unaware: Iterable[str]
) -> list[Entry]:
    """What has to be looked at by a person: it repeats rare words, or attached the same file."""
    assert isinstance(mark.event, EntryRedacted)
    rare = rare_words(
        words_of(entries),
        (entry_words(entry) for entry in log.values() if entry.id != mark.event.target),
        ordinary_words(),
    )
    digests = {e.event.sha256 for e in entries if isinstance(e.event, EvidenceAttached)} - {""}
    order = max(entry.order for entry in log.values()) + 1
    suspicions = []
    for name in sorted(set(unaware) & log.keys()):
        entry = log[name]
        if isinstance(entry.event, SecretSuspected | SecretKept | EntryRedacted | UnknownEvent):
            continue
        what = ""
        if isinstance(entry.event, EvidenceAttached) and entry.event.sha256 in digests:
            what = SAME_FILE
        elif rare & entry_words(entry):
            what = REPEATED
        if what and name != mark.event.target:
            suspicions.append(
                Entry(
                    # The same on both sides of the merge, and in the next merge of the two.
                    id=f"{mark.id}-{name}",
                    order=order,
                    at=mark.recorded_at,
                    recorded_at=mark.recorded_at,
                    actor=mark.actor,
                    event=SecretSuspected(target=name, what=what),
                )
            )
    return suspicions
