"""What recording a redaction or a protection does beyond the log: rewriting, files, permissions.

What an entry becomes is decided in `domain.redactions`.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from incident_tui.domain.evidence import EvidenceAttached
from incident_tui.domain.kernel import Entry, Incident, fold
from incident_tui.domain.playbook import Playbook
from incident_tui.domain.protection import IncidentProtected
from incident_tui.domain.redactions import EntryRedacted, rewritten, texts_of
from incident_tui.service.protecting import make_private_to_owner
from incident_tui.service.world import World
from incident_tui.store.atomic import replace_file
from incident_tui.store.errors import not_saved
from incident_tui.store.incident_file import Transaction


class Room(Protocol):
    """What is needed here of an open incident."""

    world: World
    playbook: Playbook

    @property
    def folder(self) -> Path:
        """The incident folder."""


LONG_SECRET = 6
"""Characters from which on a detected secret is looked for in other entries."""


def marked(room: Room, incident: Incident, event: EntryRedacted) -> EntryRedacted:
    """The mark of a redaction, saying whether commits hold what is removed."""
    return msgspec.structs.replace(event, in_git=_in_git(room, incident.number(event.target)))


def _in_git(room: Room, number: int) -> bool:
    """Whether a commit reaches as far as that entry; False where git cannot tell."""
    from incident_tui.history import GitUnavailableError, last_position, open_or_create

    try:
        repository = open_or_create(room.folder.parent, create=False, env=room.world.env)
        position = last_position(repository, room.folder)
    except GitUnavailableError:
        return False
    return position is not None and number <= position


def rewrite(transaction: Transaction, room: Room, entries: Sequence[Entry]) -> None:
    """Take out of the file what `entries` redact, before the mark is written. Raises `NotSaved`.

    A crash in between leaves a log without the words and without the mark: the line can be entered
    again. The other way round a mark would claim what did not happen.
    """
    for mark in entries:
        if not isinstance(mark.event, EntryRedacted):
            continue
        incident = fold(transaction.all, room.playbook)
        for entry in rewritten(incident, mark.event.target, _secrets(incident, mark.event.target)):
            transaction.replace(_without_file(entry, mark, room.folder))


def _secrets(incident: Incident, target: str) -> list[str]:
    from incident_tui.service.secrets import secrets_in

    try:
        found = secrets_in(texts_of(incident, target))
    except ImportError:  # then only whole quotations are found elsewhere
        return []
    return [secret for secret in found if len(secret) >= LONG_SECRET]


def _without_file(entry: Entry, mark: Entry, folder: Path) -> Entry:
    """The entry; where it attached a file, that is replaced by a note of who removed it."""
    event = entry.event
    redacted = isinstance(mark.event, EntryRedacted) and mark.event.target == entry.id
    if not isinstance(event, EvidenceAttached) or not redacted:
        return entry
    path = folder / "evidence" / event.name
    # The log may have come from elsewhere: nothing but a file of this very folder is written.
    if os.path.basename(event.name) != event.name or path.is_symlink() or not path.is_file():
        return entry
    import hashlib

    why = mark.event.text if isinstance(mark.event, EntryRedacted) else ""
    note = f"Redacted by {mark.actor} at {mark.recorded_at.isoformat()}. {why}".strip() + "\n"
    try:
        replace_file(path, note.encode())
    except OSError as error:
        raise not_saved(path, error) from error
    changed = msgspec.structs.replace(event, sha256=hashlib.sha256(note.encode()).hexdigest())
    return msgspec.structs.replace(entry, event=changed)


def settle(transaction: Transaction, room: Room, entries: Sequence[Entry]) -> None:
    """Bring the folder in line with what was recorded: permissions, and documents without words.

    Trouble is left to the next commit, which writes the documents again.
    """
    if any(isinstance(entry.event, IncidentProtected) for entry in entries):
        make_private_to_owner(room.folder)
    if any(isinstance(entry.event, EntryRedacted) for entry in entries):
        from incident_tui.paper import render_folder, write_folder

        with suppress(OSError):
            write_folder(room.folder, render_folder(fold(transaction.all, room.playbook)))


def purge_steps(top: Path, folder: Path) -> list[str]:
    """How the history of git is rid of what was redacted: commands, and whom to tell.

    Nothing of it is run: it rewrites commits that others may have.
    """
    where = folder.relative_to(top).as_posix() if folder.is_relative_to(top) else folder.name
    return [
        "Whoever has a clone, a fork or a mirror must be told to fetch anew; a token that was",
        "committed is known to them: have it revoked first.",
        f"With git filter-repo (keeps the folder as it is now, forgets its past), in {top}:",
        f"    cp -a {_quoted(where)} /tmp/redacted",
        f"    git filter-repo --force --invert-paths --path {_quoted(where)}",
        f"    mkdir -p {_quoted(where)} && cp -a /tmp/redacted/. {_quoted(where)}",
        "Without it, with git alone:",
        f"    cp -a {_quoted(where)} /tmp/redacted",
        f"    git filter-branch --force --index-filter "
        f"{_quoted(f'git rm -r --cached --ignore-unmatch -q -- {_quoted(where)}')} "
        "--tag-name-filter cat -- --all",
        "    git for-each-ref --format='%(refname)' refs/original | xargs -n 1 git update-ref -d",
        f"    mkdir -p {_quoted(where)} && cp -a /tmp/redacted/. {_quoted(where)}",
        "Then, either way:",
        "    git reflog expire --expire=now --all && git gc --prune=now",
        f"    git add -- {_quoted(where)} && git commit -m 'Redacted' -- {_quoted(where)}",
        "    git push --force --all && git push --force --tags   # where it was pushed",
        "    rm -rf /tmp/redacted",
    ]


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
