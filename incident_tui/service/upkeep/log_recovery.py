"""Rebuilding an incident file that cannot be read: from git, from itself, and from what waits.

Nothing is thrown away: the damaged file stays beside the new one.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from incident_tui.domain import discovery
from incident_tui.domain.core.stored_entries import encode
from incident_tui.door import read_file
from incident_tui.service.confidential.salvage import documents, entry_in
from incident_tui.service.home_service import Service
from incident_tui.service.session.restored_entries import in_line
from incident_tui.service.upkeep.log_merge import (
    Copy,
    Stored,
    as_tables,
    is_redacted,
    read_copy,
    redactions,
    without_redacted,
)
from incident_tui.store.files.errors import Newer, StoreError, Unreadable
from incident_tui.store.home import INCIDENT
from incident_tui.store.log.schema import SCHEMA, Meta

Version = tuple[str, bytes]
"""A commit, and what the incident file held in it."""
_Lost = tuple[str, str]
"""The number of a document that cannot be read, and the id in it where that still can be."""


class Recovered(msgspec.Struct, frozen=True):
    """What an incident file was rebuilt from.

    `commit` is the newest with a sound version, with `from_git` entries; `from_file` and
    `from_aside` are what the damaged and the side file had beyond it. `unread` are the numbers of
    documents that could not be read and that nothing else had; `damaged` is where the old file is.
    """

    id: str
    entries: int
    commit: str = ""
    from_git: int = 0
    from_file: int = 0
    from_aside: int = 0
    unread: tuple[str, ...] = ()
    damaged: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether anything had to be done."""
        return bool(self.damaged or self.from_git or self.from_file or self.from_aside)


def recover(service: Service, incident_id: str, versions: Iterable[Version]) -> Recovered:
    """Make the incident file readable again; durable on return.

    `versions` are those of git, newest first. A sound file only takes what waits beside it.
    Raises `StoreError`: `Unreadable` when there is nothing to rebuild it from, and `Newer` when it
    is not damaged at all.
    """
    discovery.load()
    path = service.home.folder(incident_id) / INCIDENT
    try:
        data = read_file(path, below=path.parent.parent)
    except FileNotFoundError:
        data = b""
    except OSError:
        service.home.file(incident_id).read()  # says why it cannot be read
        raise
    try:
        read_copy(data, path)
    except Newer:
        raise
    except Unreadable:
        return _rebuilt(service, incident_id, path, data, versions)
    return _completed(service, incident_id)


def _completed(service: Service, incident_id: str) -> Recovered:
    """Add what waits beside a sound file."""
    aside = service.aside(incident_id)
    spooled = aside.entries()
    with service.home.file(incident_id).transaction() as transaction:
        missing = in_line(spooled, transaction.all)
        transaction.append(missing)
        count = len(transaction.all)
    aside.clear()
    return Recovered(incident_id, count, from_aside=len(missing))


def _rebuilt(
    service: Service, incident_id: str, path: Path, data: bytes, versions: Iterable[Version]
) -> Recovered:
    commit, sound = _newest_sound(versions, path)
    rebuilt = dict(sound.stored) if sound else {}
    from_git = len(rebuilt)
    salvaged, lost, meta = _readable(data)
    redacted = redactions(salvaged)
    for name, stored in salvaged.items():
        # A letter may have changed in a line that still can be read: then git knows better, unless
        # it still has the words that were taken out.
        if name not in rebuilt or (name in redacted and is_redacted(stored)):
            rebuilt[name] = stored
    from_file = len(rebuilt) - from_git
    aside = service.aside(incident_id)
    held = [stored.entry for stored in rebuilt.values()]
    rebuilt |= {e.id: Stored(e, encode(e)) for e in in_line(aside.entries(), held)}
    if not rebuilt:
        raise Unreadable(
            path,
            "nothing to rebuild it from: git has no sound version, and no entry in it can be read",
            "A backup of the file is all that helps.",
        )
    copies = [sound.stored] if sound else []
    rebuilt = without_redacted(rebuilt, [*copies, salvaged])
    meta = sound.meta if sound else meta or Meta(SCHEMA, incident_id, service.version)
    path.parent.mkdir(parents=True, exist_ok=True)
    damaged = service.home.file(incident_id).rebuild(as_tables(meta, rebuilt.values()))
    aside.clear()
    known = sound.tables["events"] if sound else {}
    return Recovered(
        incident_id,
        len(rebuilt),
        commit,
        from_git,
        from_file,
        len(rebuilt) - from_git - from_file,
        tuple(
            number
            for number, name in lost
            if (name not in rebuilt if name else number not in known)
        ),
        damaged,
    )


def _newest_sound(versions: Iterable[Version], path: Path) -> tuple[str, Copy | None]:
    for commit, data in versions:
        try:
            return commit, read_copy(data, path)
        except StoreError:
            continue
    return "", None


def _readable(data: bytes) -> tuple[dict[str, Stored], list[_Lost], Meta | None]:
    """The entries that can still be read, the documents that cannot, and the meta document.

    A conflict of git leaves both its sides here.
    """
    readable: dict[str, Stored] = {}
    lost: list[_Lost] = []
    meta: Meta | None = None
    for part in documents(data.decode(errors="replace")):
        entry = entry_in(part.document)
        if entry is not None:
            readable[entry.id] = Stored(entry, part.document)
            continue
        known = _meta(part.document)
        if known is not None:
            meta = meta or known
        else:
            lost.append((part.number, part.named))
    return readable, lost, meta


def _meta(document: bytes) -> Meta | None:
    try:
        return msgspec.json.decode(document, type=Meta)
    except msgspec.DecodeError:
        return None
