"""What a file lacks of what was acknowledged, where git put an older version in its place.

Lists of entries in, a list out: which return, at which places, and without which words. Writing
them is `incident_session`'s, and for what waited beside the file `spooler`'s.
"""

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import encode
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.service.confidential.redacted_storage import without_words

_REMOVED = REMOVED.encode()


def missing_from(acknowledged: Iterable[Entry], held: Sequence[Entry]) -> list[Entry]:
    """The entries that `held`, a log, has to be given so that it says all that `acknowledged` does.

    Those it has not got, at the places they were told at unless somebody else was given these
    meanwhile; and those it has got with words that were taken out of them, or at a place from
    which they had moved. Nothing is lacking in a log that others have only added to.
    """
    by_id = {entry.id: entry for entry in acknowledged}
    known = {entry.id for entry in held}
    missing = by_id.keys() - known
    if missing:
        by_id = {entry.id: entry for entry in without_redacted_words(by_id.values(), held)}
    unmarked = any(isinstance(by_id[name].event, EntryRedacted) for name in missing)
    # Whoever went on from this version was told the places in it; if nobody did, ours count.
    others = not known <= by_id.keys()
    altered = {}
    for entry in held:
        ours = by_id.get(entry.id, entry)
        if ours == entry:
            continue
        now = replace(
            ours if _redacted(ours, entry, unmarked) else entry,
            order=entry.order if others else ours.order,
        )
        if now != entry:
            altered[entry.id] = now
    present = [altered.get(entry.id, entry) for entry in held]
    return [*altered.values(), *in_line(by_id.values(), present)]


def _redacted(ours: Entry, theirs: Entry, unmarked: bool) -> bool:
    """Whether words were taken out of ours that theirs has; `unmarked`: their log lacks marks."""
    return _REMOVED in encode(ours) and (unmarked or _REMOVED not in encode(theirs))


def without_redacted_words(entries: Iterable[Entry], held: Iterable[Entry]) -> list[Entry]:
    """`entries` without the words of those that were redacted in `held` since it was read."""
    by_id = {entry.id: entry for entry in entries}
    for mark in held:
        event = mark.event
        if mark.id in by_id or not isinstance(event, EntryRedacted):
            continue
        if event.target in by_id:
            changed = without_words(list(by_id.values()), event.target)
            by_id |= {entry.id: entry for entry in changed}
    return list(by_id.values())


def in_line(entries: Collection[Entry], held: Sequence[Entry]) -> list[Entry]:
    """Those of the entries that a log lacks, after what others were given numbers for.

    `held` is what the log has. Of it, places are taken by what `entries` does not know at them.
    """
    places = {entry.id: entry.order for entry in entries}
    known = {entry.id for entry in held}
    taken = {entry.order for entry in held if places.get(entry.id) != entry.order}
    next_order = max((entry.order for entry in held), default=0) + 1
    missing = {entry.id: entry for entry in entries if entry.id not in known}
    in_order: list[Entry] = []
    moved = False
    for entry in sorted(missing.values(), key=lambda each: (each.order, each.id)):
        # From the first place that somebody else has taken on, all move up, so as to stay in order.
        if entry.order in taken or (moved and entry.order <= in_order[-1].order):
            last = in_order[-1].order if in_order else 0
            in_order.append(replace(entry, order=max(next_order, last + 1)))
            moved = True
        else:
            in_order.append(entry)
    return in_order
