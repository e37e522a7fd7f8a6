"""The search for the words of a redacted entry while they are known: in all places beside its log.

What this program owns is rewritten; what is the user's is named, with what to do.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from incident_tui.documents import render_folder
from incident_tui.domain.confidential.redactions import EntryRedacted, Redactions
from incident_tui.domain.confidential.secrets import SecretKept, SecretSuspected
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.typed_text import entry_words
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.text import counted
from incident_tui.door import read_file
from incident_tui.service.confidential.index_copy import forgotten_by_index
from incident_tui.service.confidential.log_copies import (
    DAMAGED,
    Copy,
    in_git,
    in_old_place,
    removal,
)
from incident_tui.service.confidential.removed_words import RemovedWords
from incident_tui.service.runtime.world import World
from incident_tui.store.console.console_folder import lock_folder
from incident_tui.store.console.drafts import FILE as DRAFTS, Texts
from incident_tui.store.console.machine_state import is_live
from incident_tui.store.console.side_file import FILE as SIDE_FILE
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.home import INCIDENT, PLAYBOOK, Home
from incident_tui.store.log.former_names import FILE as FORMER_NAMES, former_names

_LARGEST = 8 * 1024 * 1024
"""Bytes of a file of the user's that are searched."""
DELIVERIES = "deliveries"


def clear_copies(
    words: RemovedWords, home: Home, incident: Incident, folder: Path, world: World
) -> list[Copy]:
    """Take the words out of whatever is kept beside the log; tells where they still are.

    `incident` is its state after the redaction. Never raises.
    """
    return [
        *_damaged(words, folder),
        *forgotten_by_index(home, folder),
        *(
            copy
            for name in (folder.name, *former_names(folder))
            for copy in (
                *_consoles(words, home, name),
                *_old_place(words, home.path, name),
                *_deliveries(home, name),
            )
        ),
        *_files_of_the_user(words, incident, folder),
        *_in_other_words(words, incident),
        *in_git(incident, folder, world.env),
    ]


def _damaged(words: RemovedWords, folder: Path) -> Iterator[Copy]:
    for path in sorted(folder.glob(DAMAGED)):
        yield from _rewritten(path, folder, words.from_damaged)


def _rewritten(path: Path, below: Path, change: Callable[[bytes], bytes]) -> Iterator[Copy]:
    try:
        old = read_file(path, below=below)
        new = change(old)
        if new != old:
            replace_file(path, new)
    except FileNotFoundError:
        return
    except OSError as error:
        why = error.strerror or error
        yield Copy(path.name, f"{path} may hold the words, and cannot be changed: {why}",
                   removal(path))  # fmt: skip


def _consoles(words: RemovedWords, home: Home, incident_id: str) -> Iterator[Copy]:
    for console in home.state.consoles(incident_id):
        yield from _rewritten(console / SIDE_FILE, console, words.from_lines)
        # What a console that runs has typed stands in its memory: it would write it again.
        live = is_live(console)
        lock = None
        if not live:
            with suppress(OSError):
                lock = lock_folder(console)
            live = lock is None
        try:
            yield from _drafts(words, console, live=live)
        finally:
            if lock is not None:
                lock.release()


def _drafts(words: RemovedWords, console: Path, *, live: bool) -> Iterator[Copy]:
    """Unsent texts, and what an outside editor saved."""
    path = console / DRAFTS
    try:
        kept = msgspec.json.decode(read_file(path, below=console), type=Texts)
    except FileNotFoundError:
        kept = Texts("")
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        yield Copy("draft", f"{path} cannot be read, and may hold the words", removal(path))
        return
    whose = "in an open console" if live else "left by a console that is gone"
    mend = "Take them out there." if live else "Open the incident, and take them out there."
    if not live:

        def without(data: bytes) -> bytes:
            texts = {place: words.from_text(text) for place, text in kept.texts.items()}
            changed = msgspec.structs.replace(kept, texts=texts)
            return data if texts == kept.texts else msgspec.json.encode(changed) + b"\n"

        yield from _rewritten(path, console, without)
    for place, text in kept.texts.items():
        left = text if live else words.from_text(text)
        if words.stand_in(left):
            yield Copy(
                "draft", f"the draft of {kept.actor} ({place}), {whose}, repeats words of it", mend
            )
    for name in kept.edits:
        yield from _saved(words, console / name, live=live)


def _saved(words: RemovedWords, path: Path, *, live: bool) -> Iterator[Copy]:
    if not live:
        yield from _rewritten(
            path, path.parent, lambda data: words.from_text(data.decode(errors="replace")).encode()
        )
    try:
        text = read_file(path, below=path.parent).decode(errors="replace")
    except OSError:
        return
    if words.stand_in(text):
        yield Copy("draft", f"{path}, saved by an outside editor, repeats words of it",
                   "Take them out there.")  # fmt: skip


def _old_place(words: RemovedWords, home: Path, incident_id: str) -> Iterator[Copy]:
    for path in in_old_place(home, incident_id):
        yield from _repeats(words, path, home)


def _deliveries(home: Home, incident_id: str) -> Iterator[Copy]:
    """The text of the last pull request goes; the next delivery writes it anew."""
    state = home.state.folder
    if state is None:
        return
    path = state / DELIVERIES / f"{incident_id}.md"
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or error
        yield Copy("delivery", f"{path} may hold the words: {why}", removal(path))


def _files_of_the_user(words: RemovedWords, incident: Incident, folder: Path) -> Iterator[Copy]:
    """What was attached, exported into the folder, or put there by hand."""
    rendered = {INCIDENT, PLAYBOOK, FORMER_NAMES, *render_folder(incident)}
    attached = {
        f"evidence/{entry.event.name}": incident.number(entry.id)
        for entry in incident.recorded
        if isinstance(entry.event, EvidenceAttached)
    }
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        name = inside.as_posix()
        if ".git" in inside.parts or name in rendered or path.match(DAMAGED) or path.is_dir():
            continue
        number = attached.get(name)
        yield from _repeats(words, path, folder, f"/redact {number} WHY" if number else "")


def _repeats(words: RemovedWords, path: Path, below: Path, mend: str = "") -> Iterator[Copy]:
    with suppress(OSError):
        text = read_file(path, below=below, limit=_LARGEST).decode(errors="replace")
        if words.stand_in(text):
            yield Copy(path.name, f"{path} repeats words of it", mend or removal(path))


def _in_other_words(words: RemovedWords, incident: Incident) -> Iterator[Copy]:
    """Entries that repeat a rare word: whether they say the same, only a person can tell."""
    redacted = incident.of(Redactions).done
    numbers = [
        incident.number(entry.id)
        for entry in incident.recorded
        if not isinstance(entry.event, EntryRedacted | SecretSuspected | SecretKept)
        and entry.id not in redacted
        and words.rare & entry_words(entry)
    ]
    if numbers:
        named = ", ".join(f"#{number}" for number in numbers[:9]) + ", …" * (len(numbers) > 9)
        yield Copy(
            "log",
            f"{counted(len(numbers), 'entry repeats', 'entries repeat')} a rare word of it: "
            f"{named}",
            f"Look at them; if they say the same: /redact {numbers[0]} WHY",
        )
