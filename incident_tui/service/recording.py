"""What a commit of an incident folder says: subject, body and trailers, made from the log.

Which entries it covers follows from the log and git alone, so that nothing is forgotten by a crash.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec

from incident_tui.domain.gates import gate
from incident_tui.domain.kernel import Entry, Incident, fold
from incident_tui.domain.lifecycle import (
    IncidentClosed,
    IncidentDeclared,
    Lifecycle,
    ReviewRequested,
    SentBack,
    StagePassed,
    StageReopened,
    StatusChanged,
)
from incident_tui.domain.metrics import durations
from incident_tui.domain.playbook import Playbook
from incident_tui.domain.severity import SeverityChanged, SeverityState
from incident_tui.domain.text import slug
from incident_tui.domain.when import format_duration
from incident_tui.history import CommitRequest, Outcome, Pending
from incident_tui.paper import render_folder, write_folder
from incident_tui.service.incident import is_milestone
from incident_tui.store.incident_file import IncidentFile

LEFT_OUT = (".*.tmp",)


class Recorder(msgspec.Struct):
    """Makes the commit requests of one incident. `committed` is the log position in git."""

    file: IncidentFile
    playbook: Playbook
    last_position: Callable[[Path], int | None]
    committed: int | None = None

    def keeping_track(
        self, perform: Callable[[CommitRequest], Outcome]
    ) -> Callable[[CommitRequest], Outcome]:
        """`perform`, remembering how far git has the log afterwards."""

        def performed(request: CommitRequest) -> Outcome:
            outcome = perform(request)
            if not isinstance(outcome, Pending):
                self.committed = request.mark
            return outcome

        return performed

    def request(self) -> CommitRequest | None:
        """Render the folder and say how to commit it; None when no transition is outstanding."""
        folder = self.file.path.parent
        if self.committed is None:
            self.committed = self.last_position(folder) or 0
        incident = fold(self.file.read().entries, self.playbook)
        new = incident.entries[self.committed :]
        if not any(is_milestone(entry.event) for entry in new):
            return None
        write_folder(folder, render_folder(incident))
        return CommitRequest(
            folder=folder,
            subject=subject(incident, new),
            body=body(incident, new),
            trailers=trailers(incident, new),
            moment=new[-1].recorded_at,
            mark=len(incident.entries),
            leave_out=LEFT_OUT,
        )


def subject(incident: Incident, new: list[Entry]) -> str:
    """``<id>: Triage → Mitigate``; several transitions are joined."""
    declared = incident.of(Lifecycle).declared
    told = dict.fromkeys(text for entry in new if (text := _transition(incident, entry)))
    return f"{declared.incident if declared else ''}: {'; '.join(told)}"


def _transition(incident: Incident, entry: Entry) -> str:
    event = entry.event
    match event:
        case IncidentDeclared():
            return f"Declared: {event.title}"
        case SeverityChanged():
            return f"{event.before or 'severity'} → {event.level}"
        case StatusChanged():
            return f"{event.before} → {event.status}"
        case StagePassed():
            following = _next_stage(incident, event.stage)
            return f"{_title(incident, event.stage)} → {following}"
        case ReviewRequested():
            return f"{_title(incident, event.stage)} to review, revision {event.revision}"
        case SentBack():
            return f"{_title(incident, event.stage)} sent back"
        case StageReopened():
            return f"{_title(incident, event.stage)} reopened"
        case IncidentClosed():
            return f"Closed: {event.reason}" if event.reason else "Closed"
    return ""


def _title(incident: Incident, stage_id: str) -> str:
    stage = incident.playbook.stage(stage_id)
    return stage.title if stage else stage_id


def _next_stage(incident: Incident, stage_id: str) -> str:
    ids = [stage.id for stage in incident.playbook.stages]
    following = ids.index(stage_id) + 1 if stage_id in ids else len(ids)
    return incident.playbook.stages[following].title if following < len(ids) else "done"


def body(incident: Incident, new: list[Entry]) -> str:
    """The gate's result, waivers with reasons, what was said, and the durations so far."""
    lines = []
    for entry in new:
        if is_milestone(entry.event):
            lines.append(f"{entry.event.kind}: {entry.event.tell(entry, incident)}")
        if isinstance(entry.event, (StagePassed, IncidentClosed)):
            lines += [f"waived {check}: {why}" for check, why in entry.event.waived.items()]
    known = [
        f"{name.replace('_', ' ')}: {format_duration(delta)}"
        for name, delta in durations(incident).items()
        if delta is not None and delta >= timedelta(0)
    ]
    return "\n".join([*lines, "", *known] if known else lines)


def trailers(incident: Incident, new: list[Entry]) -> tuple[tuple[str, str], ...]:
    """Identity, stage, severity, playbook, gate, reviewers, and all who typed."""
    lifecycle = incident.of(Lifecycle)
    report = gate(incident)
    found = [
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
        found.append(("Gate", f"{gates} ({waived} waived)" if waived else gates))
    elif not lifecycle.closed:
        found.append(("Gate", f"{report.stage.id} {report.done} of {len(report.checks)}"))
    found += [("Reviewed-by", _person(event.by)) for event in passed if event.by]
    people = dict.fromkeys(entry.actor for entry in new)
    found += [("Co-authored-by", _person(person)) for person in people]
    return tuple(found)


def _person(name: str) -> str:
    """A name in the form that git trailers have; the address can reach nobody (RFC 2606)."""
    return f"{name} <{slug(name) or 'someone'}@incident.invalid>"
