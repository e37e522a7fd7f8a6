"""What recording a redaction or a protection does beyond the log: rewriting, files, permissions.

What an entry becomes is decided in `domain.redactions`.
"""

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.confidential.redactions import (
    EntryRedacted,
    Removal,
    own_entries,
    rewritten,
    texts_of,
)
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.core.typed_text import REMOVED, every_text
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.playbook import Playbook
from incident_tui.service.confidential.permissions import make_private_to_owner
from incident_tui.service.runtime.world import World
from incident_tui.service.secrets.texts import secrets_in, suspicion
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import not_saved
from incident_tui.store.home import home_at
from incident_tui.store.log.incident_file import Transaction

if TYPE_CHECKING:
    from incident_tui.service.confidential.log_copies import Copy


class Redactable(Protocol):
    """What is needed here of an open incident."""

    world: World
    playbook: Playbook

    @property
    def folder(self) -> Path:
        """The incident folder."""


def marked(session: Redactable, incident: Incident, event: EntryRedacted) -> EntryRedacted:
    """The mark of a redaction, saying whether commits hold what is removed.

    Raises `Refused` where its reason looks like a secret or repeats what is removed: a mark stays,
    and so would that.
    """
    number = incident.number(event.target)
    quotations = Removal(own_entries(incident.recorded, event.target), (), ()).quotations
    if quotations.without(event.text, REMOVED) != event.text:
        raise Refused(
            f"the reason repeats the words of #{number}, and would stay",
            [("say it without", f"/redact {number} WHY")],
        )
    if what := suspicion([event.text]):
        raise Refused(
            f"the reason looks like it holds a secret itself ({what})",
            [("say it without", f"/redact {number} WHY")],
        )
    return msgspec.structs.replace(event, in_git=_in_git(session, number, event.target))


def _in_git(session: Redactable, number: int, entry_id: str) -> bool:
    """Whether a commit, stash or the reflog holds that entry; False where git cannot tell."""
    from incident_tui.service.confidential.history_rewrite import is_mentioned, reached

    env = session.world.env
    return reached(session.folder, number, env) or is_mentioned(session.folder, entry_id, env)


LogsBefore = dict[str, list[Entry]]
"""Ids of entries that were redacted just now, with the log as it was before that."""


def rewrite(transaction: Transaction, session: Redactable, entries: list[Entry]) -> LogsBefore:
    """Take out of the file what `entries` redact, before the mark is written. Raises `NotSaved`.

    What stands in `entries` themselves, before the mark, is replaced there and never written.
    Gives what was said, for the search for further copies: see `CopySearch`.
    A crash in between leaves a log without the words and without the mark: the line can be entered
    again. The other way round a mark would claim what did not happen.
    """
    logs: LogsBefore = {}
    for place, mark in enumerate(entries):
        if not isinstance(mark.event, EntryRedacted):
            continue
        incident = fold([*transaction.all, *entries[:place]], session.playbook)
        logs[mark.event.target] = list(incident.recorded)
        changed = {entry.id: entry for entry in without_words(incident.recorded, mark.event.target)}
        changed |= _without_file(changed, mark, incident, session.folder)
        unwritten = {entry.id: at for at, entry in enumerate(entries[:place])}
        for entry in changed.values():
            if (at := unwritten.get(entry.id)) is None:
                transaction.replace(entry)
            else:
                entries[at] = entry
    return logs


def without_words(
    entries: Sequence[Entry],
    target: str,
    *,
    originals: Sequence[Entry] = (),
    later: Set[str] = frozenset(),
) -> list[Entry]:
    """What becomes of the entries that say what `target` said, once that is redacted.

    `originals` and `later` are those of `domain.redactions.rewritten`.
    """
    texts = [
        *texts_of(entries, target),
        *(text for entry in originals for text in every_text(entry)),
    ]
    return rewritten(entries, target, list(secrets_in(texts)), originals=originals, later=later)


def without_files(session: Redactable, incident: Incident, entries: Sequence[Entry]) -> None:
    """Take the files away again that `entries` redacted and git has brought back.

    Raises `NotSaved`.
    """
    for mark in entries:
        if isinstance(mark.event, EntryRedacted) and mark.event.target in incident.numbers:
            _without_file({}, mark, incident, session.folder)


def _without_file(
    changed: Mapping[str, Entry], mark: Entry, incident: Incident, folder: Path
) -> dict[str, Entry]:
    """Replace the file that a redacted entry attached by a note of who removed it.

    Returns every entry that attached it, by id, with the hash of that note; `changed` are those
    that the redaction changes anyway.
    """
    assert isinstance(mark.event, EntryRedacted)
    entry = incident.recorded[incident.number(mark.event.target) - 1]
    if not isinstance(entry.event, EvidenceAttached):
        return {}
    from incident_tui.service.secrets.files import digest_of, kept_file

    name = entry.event.name
    path = kept_file(folder, name)
    if path is None:
        return {}
    note = f"Redacted by {mark.actor} at {mark.recorded_at.isoformat()}. {mark.event.text}".strip()
    content = f"{note}\n".encode()
    try:
        replace_file(path, content)
    except OSError as error:
        raise not_saved(path, error) from error
    renewed = {}
    for other in incident.recorded:
        now = changed.get(other.id, other)
        if isinstance(now.event, EvidenceAttached) and now.event.name == name:
            event = msgspec.structs.replace(now.event, sha256=digest_of(content))
            renewed[now.id] = msgspec.structs.replace(now, event=event)
    return renewed


def settle(transaction: Transaction, session: Redactable, entries: Sequence[Entry]) -> None:
    """Bring the folder in line with what was recorded: permissions, and documents without words.

    Trouble is left to the next commit, which writes the documents again.
    """
    if any(isinstance(entry.event, IncidentProtected) for entry in entries):
        from incident_tui.service.confidential.index_copy import forgotten_by_index

        make_private_to_owner(session.folder)
        list(forgotten_by_index(home_at(session.folder.parent, session.world.env), session.folder))
    if any(isinstance(entry.event, EntryRedacted) for entry in entries):
        from incident_tui.documents import render_folder, write_folder

        with suppress(OSError):
            write_folder(session.folder, render_folder(fold(transaction.all, session.playbook)))


class CopySearch:
    """The search for copies of the words that entries said before they were redacted just now.

    `copies` are where the words of the last ones still stand.
    """

    def __init__(self) -> None:
        self.redacted: LogsBefore = {}
        self.copies: list[Copy] = []

    def run(self, session: Redactable, incident: Incident) -> None:
        """Take the words out of all copies that this program owns. Never raises.

        `incident` is the state since. Git may need a while to look through what it keeps.
        """
        redacted, self.redacted = self.redacted, {}
        if not redacted:
            return
        from incident_tui.service.confidential.removed_words import RemovedWords
        from incident_tui.service.confidential.word_search import clear_copies

        home = home_at(session.folder.parent, session.world.env)
        copies: dict[Copy, None] = {}
        for target, log in redacted.items():
            words = RemovedWords(log, target)
            copies |= dict.fromkeys(
                clear_copies(words, home, incident, session.folder, session.world)
            )
        self.copies = list(copies)
