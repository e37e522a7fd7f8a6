"""What a commit of an incident folder says: subject, body and trailers, made from the log.

Which entries it covers follows from the log and git alone, so that nothing is forgotten by a crash.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from errno import ENOENT
from operator import is_
from pathlib import Path
from threading import Lock

import msgspec

from incident_tui.documents import differences, position_of, render_folder, write_folder
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.events import Entry, Incident, extend, fold
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.process.gates import gate
from incident_tui.domain.process.lifecycle import (
    IncidentClosed,
    Lifecycle,
    StagePassed,
)
from incident_tui.domain.values.playbook import Playbook
from incident_tui.domain.values.text import slug
from incident_tui.domain.values.time_grammar import format_measured
from incident_tui.door import NotAFile, read_file
from incident_tui.history import CommitRequest, Reach
from incident_tui.service.secrets.files import files_must_not_leave
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.store.log.incident_file import IncidentFile

LEFT_OUT = (".*.tmp", "incident.json.damaged-*")
_WRITE_LOCK = Lock()
"""Held from reading a log until its documents are written, lest older ones be written last."""


class Recorder(msgspec.Struct):
    """Makes the commit requests of one incident.

    `reach` tells how far the history has the log, which others commit as well; it is asked with
    whether the incident is `protected`, since its history is one of its own then.
    """

    file: IncidentFile
    playbook: Playbook
    reach: Callable[[Path, bool], Reach]
    protected: bool = False
    written: int = 0
    """Of how many entries the documents were written without git."""
    _read: list[Entry] = []
    _state: Incident | None = None
    """The state after what was read, which goes on where the log does."""

    def request(self) -> CommitRequest | None:
        """Render the folder and say how to commit it; None when no transition is outstanding.

        Raises `HeldBack` while an entry or a file looks like it holds a secret, and OSError where a
        document cannot be written.
        """
        folder = self.file.path.parent
        with _WRITE_LOCK:
            incident = self._folded()
            self.protected = incident.of(Protection).protected
            reach = self.reach(folder, self.protected)
            committed = reach.position or 0
            new = incident.entries[committed:]
            over = incident.of(Lifecycle).closed is not None and bool(new)
            reached = over or any(entry.event.has_commit() for entry in new)
            if not reached and not _of_one_copy(folder, incident):
                return None
            must_not_leave(incident, committed)
            documents = render_folder(incident)
            write_folder(folder, documents)
            files_must_not_leave(
                folder, incident, rendered=documents, leave_out=LEFT_OUT, since=committed
            )
        return CommitRequest(
            folder=folder,
            subject=subject(incident, new),
            body=body(incident, new),
            trailers=trailers(incident, new),
            moment=incident.recorded[-1].recorded_at,
            mark=len(incident.entries),
            leave_out=LEFT_OUT,
            parent=reach.tip,
        )

    def write_documents(self) -> None:
        """Render the folder where git says nothing: documents need none.

        They are left as they are where something would be held back, or nothing was recorded since.
        Raises `StoreError` and OSError.
        """
        folder = self.file.path.parent
        with _WRITE_LOCK, suppress(HeldBack):
            incident = self._folded()
            if len(incident.recorded) != self.written:
                must_not_leave(incident, 0)
                write_folder(folder, render_folder(incident))
                self.written = len(incident.recorded)

    def _folded(self) -> Incident:
        state, before, now = self._state, self._read, self.file.read().entries
        self._state = None
        # A redaction or a merge gives other entries in the place of those that were read.
        if state is not None and len(before) <= len(now) and all(map(is_, before, now)):
            state = extend(state, now[len(before) :])
        else:
            state = fold(now, self.playbook)
        self._state, self._read = state, now
        return state


def _of_one_copy(folder: Path, incident: Incident) -> bool:
    """Whether copies of the log were merged, and the documents do not say what it says now."""
    if len({entry.order for entry in incident.recorded}) == len(incident.recorded):
        return False
    try:
        position = position_of(read_file(folder / "README.md", below=folder.parent).decode())
        entries = incident.recorded[: position or 0]
        return not entries or bool(
            differences(folder, render_folder(fold(entries, incident.playbook)))
        )
    except (FileNotFoundError, NotAFile, UnicodeDecodeError):
        return True


def write_documents(session: IncidentSession) -> None:
    """Render the folder of an incident as its log says now, without a commit.

    Raises OSError when it cannot be written, FileNotFoundError when it is not there just now.
    """
    with _WRITE_LOCK:
        if not session.file.path.exists():
            raise FileNotFoundError(ENOENT, "the incident folder is not there", str(session.folder))
        incident = fold(tuple(session.incident.recorded), session.playbook)
        write_folder(session.folder, render_folder(incident))


def mend_documents(session: IncidentSession) -> None:
    """Render the folder anew where git took pages from one side of a merge, as it saw fit.

    Such a page may hold words that the other side had redacted. Trouble is left to the next commit.
    """
    with suppress(OSError):
        if _of_one_copy(session.folder, session.incident):
            write_documents(session)


def subject(incident: Incident, new: list[Entry]) -> str:
    """``<id>: Triage → Mitigate``; several transitions are joined, the newest first.

    What comes behind the close has no other transition to travel with: its kinds are told.
    """
    declared = incident.of(Lifecycle).declared
    subjects = [entry.event.commit_subject(entry, incident) for entry in reversed(new)]
    otherwise = "Documents after a merge"
    if new and incident.of(Lifecycle).closed is not None:
        kinds = dict.fromkeys(entry.event.kind for entry in new)
        otherwise = f"After the close: {', '.join(kinds)}"
    what = "; ".join(dict.fromkeys(filter(None, subjects))) or otherwise
    return f"{declared.incident if declared else ''}: {what}"


def body(incident: Incident, new: list[Entry]) -> str:
    """The gate's result, waivers with reasons, what was said, and the durations so far."""
    lines = []
    for entry in new:
        if entry.event.has_commit():
            lines.append(f"{entry.event.kind}: {entry.event.in_words(entry, incident)}")
        if isinstance(entry.event, (StagePassed, IncidentClosed)):
            lines += [f"waived {check}: {why}" for check, why in entry.event.waived.items()]
    known = [
        f"{name.replace('_', ' ')}: {format_measured(delta)}"
        for name, delta in durations(incident).items()
        if delta is not None and delta >= timedelta(0)
    ]
    return "\n".join([*lines, "", *known] if known else lines)


def trailers(incident: Incident, new: list[Entry]) -> tuple[tuple[str, str], ...]:
    """Identity, stage, severity, playbook, gate, reviewers, and all who typed."""
    lifecycle = incident.of(Lifecycle)
    report = gate(incident)
    pairs = [
        ("Incident", lifecycle.declared.incident if lifecycle.declared else ""),
        ("Stage", lifecycle.current.stage.id),
        ("Severity", incident.of(SeverityState).level or "unset"),
        ("Playbook", incident.playbook.id),
    ]
    passed = [entry.event for entry in new if isinstance(entry.event, StagePassed)]
    if passed:
        waived = sum(len(event.waived) for event in passed)
        gates = ", ".join(
            f"{event.stage} {'passed' if event.review != 'none' else 'left'}" for event in passed
        )
        pairs.append(("Gate", f"{gates} ({waived} waived)" if waived else gates))
    elif not lifecycle.closed and report.checks:
        pairs.append(("Gate", f"{report.stage.id} {report.done} of {len(report.checks)}"))
    pairs += [("Reviewed-by", _person(event.by)) for event in passed if event.by]
    people = dict.fromkeys(entry.actor for entry in new)
    pairs += [("Co-authored-by", _person(person)) for person in people]
    return tuple(pairs)


def person_called(name: str) -> tuple[str, str]:
    """Name and address of somebody of whom only the name is known.

    The address can reach nobody (RFC 2606).
    """
    return name, f"{slug(name) or 'someone'}@incident.invalid"


def _person(name: str) -> str:
    """A name in the form that git trailers have."""
    return "{} <{}>".format(*person_called(name))
