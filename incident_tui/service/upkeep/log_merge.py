"""Two copies of one incident file become one log: what git's merge driver and a recovery need.

Bytes in, bytes out. How git calls it is `history.setup`'s; the rendered documents are made anew
from the log.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.json import encode

from incident_tui.documents import render_page
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.events import Entry, fold
from incident_tui.domain.core.stored_entries import EntryError, decode, encode as encode_entry
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.text import whole_number
from incident_tui.store.files.errors import Unreadable
from incident_tui.store.log.line_storage import Damaged, Tables, parse, render
from incident_tui.store.log.schema import RESTORE, Layout, Meta

LAYOUT = Layout()
_REMOVED = REMOVED.encode()


class Stored(msgspec.Struct, frozen=True):
    """An entry with the document it was read from, in which a newer version may say more."""

    entry: Entry
    document: bytes


class Copy(msgspec.Struct, frozen=True):
    """One copy of an incident file; the last document of an id counts, as it does in the fold."""

    meta: Meta
    tables: Tables
    stored: dict[str, Stored]


def read_copy(data: bytes, path: Path, layout: Layout = LAYOUT) -> Copy:
    """The copy in `data`; `path` names it in messages. Raises `Unreadable` and `Newer`."""
    try:
        tables = parse(data)
    except Damaged as error:
        raise Unreadable(path, str(error), RESTORE) from None
    meta, tables = layout.understand(tables, path)
    stored: dict[str, Stored] = {}
    for number, document in tables["events"].items():
        try:
            entry = decode(document)
        except EntryError as error:
            raise Unreadable(path, f"its event {number}: {error}", RESTORE) from None
        stored[entry.id] = Stored(entry, document)
    return Copy(meta, tables, stored)


def united(bases: Sequence[Copy], one: Copy, other: Copy, path: Path) -> bytes:
    """The file that holds the entries of both copies; the same whichever of them comes first.

    Entries stand by their order and id. Of an id that both hold with different contents the
    redacted one counts; else that which was changed since the `bases`; else the shorter, and of
    two as long the first by its bytes, so that both sides of a merge come to the same. What either
    side has redacted is taken out of what the other says as well, see `merged_redactions`.

    Raises `Unreadable` when the copies are of different incidents.
    """
    if one.meta.id != other.meta.id:
        raise Unreadable(
            path,
            f"one copy is the log of {one.meta.id}, the other of {other.meta.id}",
            "Two incidents of the same folder name: rename one of the folders, then merge again.",
        )
    redacted = bool(redactions(one.stored) | redactions(other.stored))
    chosen = {
        name: _of_two(
            one.stored.get(name),
            other.stored.get(name),
            {base.stored[name].document for base in bases if name in base.stored},
            redacted,
        )
        for name in {**one.stored, **other.stored}
    }
    if redacted:
        chosen = without_redacted(chosen, [copy.stored for copy in (*bases, one, other)])
    meta = max(one.meta, other.meta, key=lambda meta: (_version(meta), encode(meta)))
    return render({**_further(one.tables, other.tables), **as_tables(meta, chosen.values())})


def without_redacted(
    chosen: Mapping[str, Stored], copies: Sequence[Mapping[str, Stored]]
) -> dict[str, Stored]:
    """The entries without what one of the `copies` has redacted; others keep their documents."""
    from incident_tui.service.upkeep.merged_redactions import redacted_everywhere

    logs = [{name: stored.entry for name, stored in copy.items()} for copy in copies]
    kept = {}
    for entry in redacted_everywhere([stored.entry for stored in chosen.values()], logs):
        known = chosen.get(entry.id)
        same = known is not None and known.entry == entry
        kept[entry.id] = known if known and same else Stored(entry, encode_entry(entry))
    return kept


def as_tables(meta: Meta, stored: Iterable[Stored]) -> Tables:
    """The tables of a file with these entries, in the order of the log."""
    ordered = sorted(stored, key=lambda each: (each.entry.order, each.entry.id))
    events = {str(number): each.document for number, each in enumerate(ordered, 1)}
    return {"meta": {"1": encode(meta)}, "events": events}


def redactions(stored: Mapping[str, Stored]) -> set[str]:
    """Ids of the entries that were redacted, as the log itself says."""
    events = (each.entry.event for each in stored.values())
    return {event.target for event in events if isinstance(event, EntryRedacted)}


def is_redacted(stored: Stored) -> bool:
    """Whether words were taken out of it."""
    return _REMOVED in stored.document


def _of_two(one: Stored | None, other: Stored | None, before: Set[bytes], redacted: bool) -> Stored:
    """Which document of an id counts; see `united`."""
    candidates = [each for each in (one, other) if each is not None]
    if redacted:
        most = max(each.document.count(_REMOVED) for each in candidates)
        candidates = [each for each in candidates if each.document.count(_REMOVED) == most]
    if before and len(candidates) == 2:
        candidates = [each for each in candidates if each.document not in before] or candidates
    return min(candidates, key=lambda each: (len(each.document), each.document))


def _version(meta: Meta) -> tuple[int, ...]:
    return (meta.schema, *(whole_number(part) or 0 for part in meta.written_by.split(".")))


def _further(one: Tables, other: Tables) -> Tables:
    """Tables that only a newer version knows: both, by the number of their documents."""
    tables: dict[str, Mapping[str, bytes]] = {}
    for table in sorted({*one, *other} - {"meta", "events"}):
        ours, theirs = one.get(table, {}), other.get(table, {})
        tables[table] = {
            number: max(ours.get(number, b""), theirs.get(number, b""))
            for number in sorted({*ours, *theirs})
        }
    return {table: dict(documents) for table, documents in tables.items()}


def merged_page(
    page: PurePosixPath, bases: Sequence[Copy], one: Copy, other: Copy, playbook: Playbook
) -> str | None:
    """What a rendered document says after the merge; None where the united log calls for none.

    `page` is its path inside the incident folder. Raises as `united` does.
    """
    united_log = united(bases, one, other, Path(page))
    entries = [stored.entry for stored in read_copy(united_log, Path(page)).stored.values()]
    return render_page(fold(entries, playbook), str(page))
