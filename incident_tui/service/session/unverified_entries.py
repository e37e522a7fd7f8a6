"""Entries beside a log that nobody here kept: in the home, where a clone may have brought them, in
the places of older versions, and in the state of a home that was moved or restored.

They are listed, and recorded or left by a line of somebody who looked at them; never unasked.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import msgspec

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.key_names import as_it_comes
from incident_tui.domain.core.stored_entries import EntryError, decode
from incident_tui.domain.quality.unverified_entries import UnverifiedChoice
from incident_tui.domain.values.text import counted
from incident_tui.door import read_file
from incident_tui.service.session.restored_entries import in_line, without_redacted_words
from incident_tui.store.console.machine_state import CONSOLES, Former
from incident_tui.store.console.side_file import FILE
from incident_tui.store.files.errors import StoreError, not_saved
from incident_tui.store.home import Home
from incident_tui.store.log.lock import FOLDER

ANSWERED = "answered"
"""The folder of the state that names what was left where it lies."""
_SHOWN = 5


class LeftBeside(msgspec.Struct, frozen=True):
    """What lies beside the log of an incident, by the file that it was found in."""

    files: tuple[tuple[Path, tuple[Entry, ...]], ...] = ()
    former: tuple[Former, ...] = ()
    """State of this home before it was moved or restored."""

    @property
    def entries(self) -> list[Entry]:
        """Each of them once."""
        return list({entry.id: entry for _, entries in self.files for entry in entries}.values())

    def summary(self, incident: Incident | None = None) -> str:
        """How many there are and where; with the state, what they say."""
        if incident is None:
            drafts = sum(former.drafts for former in self.former)
            texts = counted(drafts, "unsent text", "unsent texts")
            count = counted(len(self.entries), "entry", "entries")
            where = ", ".join(str(path) for path, _ in self.files)
            parts = [f"{count} not known to be yours in {where}"] if self.files else []
            return "; ".join([*parts, *([f"{texts} of before a move"] if drafts else [])])
        shown = [
            f"{entry.actor}: {entry.event.kind} {entry.event.tell(entry, incident)}".strip()
            for entry in self.entries[:_SHOWN]
        ]
        more = len(self.entries) - len(shown)
        return "; ".join([*shown, *([f"and {more} more"] if more else [])])


def look(incident_id: str) -> str:
    """What to do about it from a command line."""
    key = as_it_comes("room.flags")
    return (
        f"Open the incident and press {key} to look at them, or say what becomes of them with "
        f'`incident-tui log -i {incident_id} "/found record"` or "/found leave".'
    )


def left_beside(home: Home, incident_id: str, former: Sequence[Former] | None = None) -> LeftBeside:
    """What lies there of an incident, and is not in its log.

    `former` is the home's `State.former`, for whoever asks about many incidents.
    """
    former = home.state.former() if former is None else former
    ids: set[str] | None = None
    files = []
    for path, below in _places(home, incident_id, former):
        data = b""
        with suppress(OSError):
            data = read_file(path, below=below)
        if not data or _is_answered(home, data):
            continue
        ids = _known(home, incident_id) if ids is None else ids
        entries = tuple(entry for entry in _decoded(data) if entry.id not in ids)
        if entries:
            files.append((path, entries))
    return LeftBeside(tuple(files), tuple(former))


def beside(home: Home, former: Sequence[Former]) -> set[str]:
    """Ids of incidents of which a file lies in any of those places; most homes have none.

    `former` is the home's `State.former`.
    """
    ids = {path.stem for folder in _folders(home) for path in folder.glob("*.jsonl")}
    for one in former:
        ids |= {path.name for path in (one.folder / CONSOLES).glob("*")}
    return ids


def chosen(
    home: Home, incident_id: str, incident: Incident, choice: UnverifiedChoice
) -> list[Entry]:
    """The entries to be recorded now; none where they are left.

    Raises `Refused` where nothing was found, and `NotSaved` where the choice cannot be kept.
    """
    leftovers = left_beside(home, incident_id)
    if not (leftovers.files or leftovers.former):
        raise Refused("nothing was found beside this log")
    try:
        for former in leftovers.former:
            (home.state.adopt if choice.record else home.state.decline)(former)
        if choice.record:
            return in_line(
                without_redacted_words(leftovers.entries, incident.recorded), incident.recorded
            )
        for path, _ in leftovers.files:
            if path.exists():  # what lay in a state that was declined is not asked about either
                data = read_file(path, below=path.parent)
                (home.state.make(ANSWERED) / _name(data)).touch(mode=0o600)
    except OSError as error:
        raise not_saved(home.path, error) from error
    return []


def _places(home: Home, incident_id: str, formers: Iterable[Former]) -> Iterator[tuple[Path, Path]]:
    """Where entries may lie, each with the folder below which no link is followed."""
    root = home.state.root
    for folder in _folders(home):
        below = home.path if folder.is_relative_to(home.path) else root
        yield folder / f"{incident_id}.jsonl", below or folder
    if root is not None and not home.state.trouble:
        for former in formers:
            for console in sorted((former.folder / CONSOLES / incident_id).glob("*")):
                yield console / FILE, root


def _folders(home: Home) -> list[Path]:
    """Where files lie that are named after incidents: in the home, and in an older place."""
    folders = [home.path / FOLDER / "aside"]
    if home.state.root is not None and not home.state.trouble:
        # Where older versions kept what the home could not take.
        whose = f"{crc32(bytes(home.path.absolute())):08x}"
        folders.append(home.state.root / "aside" / whose)
    return folders


def _known(home: Home, incident_id: str) -> set[str]:
    try:
        return {entry.id for entry in home.file(incident_id).read().entries}
    except StoreError:
        return set()


def _decoded(data: bytes) -> Iterator[Entry]:
    for line in data.splitlines():
        with suppress(EntryError):
            yield decode(line)


def _is_answered(home: Home, data: bytes) -> bool:
    """Whether somebody said of exactly this content that it is to be left where it lies."""
    folder = home.state.folder
    return folder is not None and (folder / ANSWERED / _name(data)).exists()


def _name(data: bytes) -> str:
    return sha256(data).hexdigest()
