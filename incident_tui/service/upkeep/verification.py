"""Whether an incident is whole: its log, its playbook, its documents and its evidence.

Nothing is changed; what is found is said with what mends it.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote

import msgspec

from incident_tui.documents import differences, position_of, render_folder
from incident_tui.domain import discovery
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.redactions import Redactions
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.playbook import Playbook, PlaybookError
from incident_tui.domain.values.text import counted, inert_line
from incident_tui.door import NotAFile, open_file, read_file
from incident_tui.service.session.spool_report import spooled_of
from incident_tui.service.session.unverified_entries import left_beside, look
from incident_tui.store import playbook_files
from incident_tui.store.files.errors import StoreError
from incident_tui.store.home import INCIDENT, PLAYBOOK, Home
from incident_tui.store.log.folder_names import is_safe
from incident_tui.store.log.former_names import former_names
from incident_tui.store.log.incident_file import Snapshot

README = "README.md"
ANEW = (
    "It is made anew with the next transition of the incident; what was written into it by hand "
    "is lost then."
)
MERGED = (
    "Two copies of the log were merged, and it may be of one of them: open the incident in the "
    "console, which makes it anew and commits it; so does the next transition. What was written "
    "into it by hand is lost then."
)
FROM_GIT = "Restore it from git: `git log -- FILE` shows its versions."


class Finding(msgspec.Struct, frozen=True):
    """What was seen of `about`. Where it is not `wrong`, it is only worth knowing."""

    about: str
    text: str
    mend: str = ""
    wrong: bool = True


class Verdict(msgspec.Struct, frozen=True):
    """What was found of one incident; nothing when it is whole."""

    id: str
    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Nothing is wrong."""
        return not any(finding.wrong for finding in self.findings)


def verify(home: Home, incident_id: str, env: Mapping[str, str] | None = None) -> Verdict:
    """Check one incident; trouble is a finding, never an exception.

    `env` is the user's environment, with which git is asked for copies that hold redacted words.
    """
    discovery.load()
    return Verdict(incident_id, tuple(_findings(home, incident_id, env or {})))


def _findings(home: Home, incident_id: str, env: Mapping[str, str]) -> Iterator[Finding]:
    for waits in spooled_of(home, incident_id):
        yield Finding(INCIDENT, waits.summary, waits.mend)
    if summary := left_beside(home, incident_id).summary():
        yield Finding(INCIDENT, summary, look(incident_id))
    folder = home.path / incident_id
    playbook: Playbook | None = None
    try:
        playbook = playbook_files.load(folder / PLAYBOOK, discovery.vocabulary)
    except PlaybookError as error:
        yield from (Finding(PLAYBOOK, problem, FROM_GIT) for problem in error.problems)
    try:
        snapshot = home.file(incident_id).read()
    except StoreError as error:
        yield Finding(INCIDENT, error.what, error.remedy)
        return
    yield from _log(snapshot, incident_id, playbook, former_names(folder))
    if playbook is not None:
        yield from _documents(folder, snapshot.entries, playbook)
        incident = fold(snapshot.entries, playbook)
        yield from _copies(home, folder, incident, env)
        yield from _elsewhere(folder, incident, env)
    yield from _evidence(folder, snapshot.entries)


def _log(
    snapshot: Snapshot, incident_id: str, playbook: Playbook | None, former: list[str]
) -> Iterator[Finding]:
    entries = snapshot.entries
    if snapshot.meta.id not in (incident_id, *former):
        named = inert_line(snapshot.meta.id)
        yield Finding(
            INCIDENT,
            f"it is the log of {named}, in a folder of another name",
            f"Rename the folder to {named}." if is_safe(snapshot.meta.id) else FROM_GIT,
        )
    declarations = [entry for entry in entries if isinstance(entry.event, IncidentDeclared)]
    first = min(entries, key=lambda entry: (entry.order, entry.id), default=None)
    if not declarations or first is not declarations[0]:
        yield Finding(INCIDENT, "the log does not begin with the declaration", FROM_GIT)
    for declaration in declarations[:1]:
        event = declaration.event
        if isinstance(event, IncidentDeclared) and playbook and event.playbook != playbook.id:
            yield Finding(
                PLAYBOOK,
                f"the incident was declared under {event.playbook!r}, this is {playbook.id!r}",
                FROM_GIT,
            )
    for name, times in Counter(entry.id for entry in entries).items():
        if times > 1:
            yield Finding(INCIDENT, f"{counted(times, 'entry', 'entries')} have the id {name}")
    shared = [order for order, times in Counter(e.order for e in entries).items() if times > 1]
    if shared:
        yield Finding(
            INCIDENT,
            f"{counted(len(shared), 'place')} in the order taken by more than one entry, "
            f"the first is {min(shared)}: so it is where two copies of the log were merged",
            wrong=False,
        )


def _documents(folder: Path, entries: list[Entry], playbook: Playbook) -> Iterator[Finding]:
    """Whether the documents are what the log said when they were rendered."""
    try:
        text = read_file(folder / README, below=folder.parent).decode(errors="replace")
    except FileNotFoundError:
        yield Finding(README, "no documents yet: they are made with the first commit", wrong=False)
        return
    except OSError as error:
        mend = FROM_GIT if isinstance(error, NotAFile) else "Change its permissions."
        yield Finding(README, f"it cannot be read: {error.strerror}", mend)
        return
    position = position_of(text)
    incident = fold(entries, playbook)
    merged = len({entry.order for entry in entries}) < len(entries)
    if position is None or not 0 < position <= len(incident.recorded):
        words = "nowhere" if position is None else f"{position} of {len(incident.recorded)}"
        yield Finding(
            README,
            f"it does not say which part of the log it was made from ({words})",
            MERGED if merged else ANEW,
        )
        return
    rendered = render_folder(fold(incident.recorded[:position], playbook))
    try:
        stale = differences(folder, rendered)
    except OSError as error:
        yield Finding(str(folder), f"it cannot be read: {error.strerror}", "Look at its folder.")
        return
    for difference in stale:
        yield Finding(
            "documents",
            f"{difference} (as of entry {position})",
            MERGED if merged else ANEW,
        )


def _copies(
    home: Home, folder: Path, incident: Incident, env: Mapping[str, str]
) -> Iterator[Finding]:
    """What still holds words that were redacted in the log."""
    if not incident.of(Redactions).done:
        return
    from incident_tui.service.confidential.log_copies import held_copies

    for copy in held_copies(home, incident, folder, env):
        yield Finding(copy.of, copy.text, copy.mend)


def _elsewhere(folder: Path, incident: Incident, env: Mapping[str, str]) -> Iterator[Finding]:
    """Where a protected incident goes on in the repository that it was taken out of."""
    if not incident.of(Protection).protected:
        return
    from incident_tui.service.upkeep.copy_union import going_on

    for name in former_names(folder):
        if (folder.parent / name).is_dir():
            path = quote(str(folder.parent / name))
            yield Finding(
                INCIDENT,
                f"the folder {name}, which it was before it was protected, is there again, as a "
                "merge with a clone leaves it that went on with it",
                f"`incident-tui recover {folder.name} --with {path}` takes over what is in it; "
                f"then: git rm -r -f -- {path}",
            )
    for branch, new in going_on(incident, folder, env):
        yield Finding(
            INCIDENT,
            f"the branch {branch} goes on with it, and has {counted(new, 'entry', 'entries')} "
            "that it has not",
            f"`incident-tui recover {folder.name} --with {branch}` unites them.",
        )


def _evidence(folder: Path, entries: list[Entry]) -> Iterator[Finding]:
    for entry in entries:
        event = entry.event
        if not isinstance(event, EvidenceAttached) or not event.sha256:
            continue
        about = f"evidence/{event.name}"
        try:
            kept = folder / "evidence" / event.name
            with open(open_file(kept, os.O_RDONLY, below=folder.parent), "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            yield Finding(about, "it is missing", FROM_GIT)
        except OSError as error:
            yield Finding(about, f"it cannot be read: {error.strerror}", "Look at its folder.")
        else:
            if digest != event.sha256:
                yield Finding(about, "its content is not what was attached", FROM_GIT)
