"""The course of an incident: declaration, states, stages and their transitions, close.

Which checks a gate has and whether they pass is decided in `gates`.
"""

from datetime import datetime
from typing import ClassVar

import msgspec

from incident_tui.domain.core.events import (
    Emphasis,
    Entry,
    Event,
    Incident,
    Moment,
    Person,
    Projection,
    Reference,
    Words,
    projects,
)
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.values.playbook import Stage

# state now -> states that may be set from it
STATUSES = {
    "active": ("mitigated", "monitoring", "resolved", "postmortem-only"),
    "mitigated": ("active", "monitoring", "resolved", "postmortem-only"),
    "monitoring": ("active", "mitigated", "resolved", "postmortem-only"),
    "resolved": ("active", "mitigated", "monitoring", "postmortem-only"),
    "postmortem-only": ("active", "mitigated", "monitoring", "resolved"),
    "closed": (),
}
# stage state -> what may happen to it -> stage state
STAGE_STATES = {
    "ahead": {"enter": "open"},
    "open": {"submit": "review", "pass": "passed", "park": "ahead"},
    "review": {"return": "open", "pass": "passed", "park": "ahead"},
    "passed": {"reopen": "open"},
}
EARLY_REASONS = {
    "duplicate": "another incident covers it",
    "false-positive": "nothing was wrong",
    "not-an-incident": "it is handled as ordinary work",
    "merged": "it goes on in another incident",
}


class IncidentDeclared(Event, frozen=True, tag="incident.declared"):
    """The incident exists. Always the first entry of a log."""

    kind: ClassVar[str] = "declared"
    correctable: ClassVar[bool] = False
    in_story: ClassVar[bool] = True
    incident: Reference
    title: Words
    playbook: Reference
    zone: Reference = "UTC"
    drill: bool = False
    protected: bool = False
    started_at: Moment | None = None

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its title."""
        return f"{self.title} (drill)" if self.drill else self.title

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Its title."""
        return f"Declared: {self.title}"


class StatusChanged(Event, frozen=True, tag="state.changed"):
    """The state of the incident changed."""

    kind: ClassVar[str] = "state"
    correctable: ClassVar[bool] = False
    emphasis: ClassVar[Emphasis] = "strong"
    in_story: ClassVar[bool] = True
    status: Reference
    before: Reference
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """From which state to which."""
        change = f"{self.before} -> {self.status}"
        return f"{change}: {self.text}" if self.text else change

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """From which state to which."""
        return f"{self.before} → {self.status}"


class ReviewRequested(Event, frozen=True, tag="stage.submitted"):
    """A stage's gate passed and its artifact waits for approval."""

    kind: ClassVar[str] = "review"
    correctable: ClassVar[bool] = False
    stage: Reference
    revision: int
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, which revision."""
        line = f"{_title(incident, self.stage)}: revision {self.revision} to review"
        return f"{line}: {self.text}" if self.text else line

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage, which revision."""
        return f"{_title(incident, self.stage)} to review, revision {self.revision}"


class SentBack(Event, frozen=True, tag="stage.sent-back"):
    """An artifact was sent back with a note."""

    kind: ClassVar[str] = "sent back"
    correctable: ClassVar[bool] = False
    stage: Reference
    revision: int
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and the note."""
        return f"{_title(incident, self.stage)}, revision {self.revision}: {self.text}"

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage."""
        return f"{_title(incident, self.stage)} sent back"


class StagePassed(Event, frozen=True, tag="stage.passed"):
    """A stage was left forward. `by` and `ref` say who approved it and where that stands."""

    kind: ClassVar[str] = "stage"
    correctable: ClassVar[bool] = False
    emphasis: ClassVar[Emphasis] = "strong"
    stage: Reference
    review: Reference
    cycle: int = 1
    revision: int = 0
    by: Person = ""
    ref: Words = ""
    self_reviewed: bool = False
    waived: dict[Reference, Words] = msgspec.field(default_factory=dict)
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and how it was approved."""
        line = f"{_title(incident, self.stage)} done"
        if self.by:
            line += f", approved by {self.by}" + (f" ({self.ref})" if self.ref else "")
        if self.self_reviewed:
            line += ", self-reviewed"
        return f"{line}: {self.text}" if self.text else line

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and the one after it."""
        return f"{_title(incident, self.stage)} → {_following(incident, self.stage)}"


class StageReopened(Event, frozen=True, tag="stage.reopened"):
    """A stage that had been passed is open again."""

    kind: ClassVar[str] = "reopened"
    correctable: ClassVar[bool] = False
    stage: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which stage, and why."""
        return f"{_title(incident, self.stage)}: {self.text}"

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which stage."""
        return f"{_title(incident, self.stage)} reopened"


class IncidentClosed(Event, frozen=True, tag="incident.closed"):
    """The incident is closed; `reason` is given where it was closed early."""

    kind: ClassVar[str] = "closed"
    correctable: ClassVar[bool] = False
    reason: Reference = ""
    text: Words = ""
    waived: dict[Reference, Words] = msgspec.field(default_factory=dict)

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Why, where it was closed early."""
        return f"{self.reason}: {self.text}" if self.reason else self.text or "closed"

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """The reason, where it was closed early."""
        return f"Closed: {self.reason}" if self.reason else "Closed"


def _title(incident: Incident, stage_id: str) -> str:
    stage = incident.playbook.stage(stage_id)
    return stage.title if stage else stage_id


def _following(incident: Incident, stage_id: str) -> str:
    """The title of the stage after this one; ``done`` where none follows."""
    titles = {stage.id: stage.title for stage in incident.playbook.stages}
    following = list(titles)[list(titles).index(stage_id) + 1 :] if stage_id in titles else []
    return titles[following[0]] if following else "done"


class Revision(msgspec.Struct):
    """One submission of an artifact. `upto` is how many entries of the log it was made from."""

    number: int
    entry: Entry
    upto: int
    answer: Entry | None = None
    """The entry that approved it or sent it back."""


class StageRecord(msgspec.Struct):
    """What happened to one stage so far."""

    stage: Stage
    state: str = "ahead"
    entered_at: datetime | None = None
    left_at: datetime | None = None
    cycles: int = 0
    passed: Entry | None = None
    revisions: list[Revision] = msgspec.field(default_factory=list)

    def move(self, step: str) -> None:
        """Take one step of `STAGE_STATES`; a step that does not fit changes nothing."""
        self.state = STAGE_STATES[self.state].get(step, self.state)


class Lifecycle(Projection):
    """Identity, state and stages of the incident."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.declared: IncidentDeclared | None = None
        self.declared_at: datetime | None = None
        self.status = "active"
        self.status_before_close = "active"
        self.reached: dict[str, datetime] = {}
        self.closed: IncidentClosed | None = None
        self.stages = [StageRecord(stage) for stage in incident.playbook.stages]

    @property
    def current(self) -> StageRecord:
        """The first stage that is not passed; the last one when all are."""
        return next((s for s in self.stages if s.state != "passed"), self.stages[-1])

    def record(self, stage_id: str) -> StageRecord | None:
        """What happened to the stage of that id."""
        return next((record for record in self.stages if record.stage.id == stage_id), None)

    @property
    def unresolved(self) -> bool:
        """Users may still be affected."""
        return self.status in ("active", "mitigated", "monitoring")

    @property
    def ending_since(self) -> datetime | None:
        """Since when the incident is over or in its last stage; None before."""
        last = self.stages[-1]
        times = [self.reached.get("resolved"), last.entered_at if last.state != "ahead" else None]
        return min((moment for moment in times if moment is not None), default=None)

    def set_status(self, status: str, at: datetime) -> None:
        """Enter a state; going back to an earlier one forgets when the later ones were reached."""
        self.status = status
        order = list(STATUSES)
        for later in order[order.index(status) + 1 :]:
            self.reached.pop(later, None)
        if status in ("monitoring", "resolved", "postmortem-only"):
            self.reached.setdefault("mitigated", at)
        if status == "postmortem-only":
            self.reached.setdefault("resolved", at)
        if status not in ("active", "closed"):
            self.reached.setdefault(status, at)


@projects(IncidentDeclared, Lifecycle)
def _declared(lifecycle: Lifecycle, event: IncidentDeclared, entry: Entry) -> None:
    if lifecycle.declared is not None:
        return
    lifecycle.declared, lifecycle.declared_at = event, entry.at
    _enter(lifecycle, entry)


@projects(StatusChanged, Lifecycle)
def _status(lifecycle: Lifecycle, event: StatusChanged, entry: Entry) -> None:
    if event.status in STATUSES:
        lifecycle.set_status(event.status, entry.at)


@projects(ReviewRequested, Lifecycle)
def _submitted(lifecycle: Lifecycle, event: ReviewRequested, entry: Entry) -> None:
    record = lifecycle.record(event.stage)
    if record is not None and record.state == "open":
        record.move("submit")
        upto = lifecycle.incident.number(entry.id)
        record.revisions.append(Revision(len(record.revisions) + 1, entry, upto))


@projects(SentBack, Lifecycle)
def _sent_back(lifecycle: Lifecycle, event: SentBack, entry: Entry) -> None:
    record = lifecycle.record(event.stage)
    if record is not None and record.state == "review":
        record.move("return")
        record.revisions[-1].answer = entry


@projects(StagePassed, Lifecycle)
def _passed(lifecycle: Lifecycle, event: StagePassed, entry: Entry) -> None:
    record = lifecycle.record(event.stage)
    if record is None or record.state not in ("open", "review"):
        return
    record.move("pass")
    record.left_at, record.passed = entry.at, entry
    if record.revisions and record.revisions[-1].answer is None:
        record.revisions[-1].answer = entry
    order = list(STATUSES)
    after = record.stage.status_after
    if after and order.index(after) > order.index(lifecycle.status):
        lifecycle.set_status(after, entry.at)
    _enter(lifecycle, entry)


@projects(StageReopened, Lifecycle)
def _reopened(lifecycle: Lifecycle, event: StageReopened, entry: Entry) -> None:
    record = lifecycle.record(event.stage)
    if lifecycle.closed is not None:
        lifecycle.closed, lifecycle.status = None, lifecycle.status_before_close
    if record is None or record.state != "passed":
        return
    for other in lifecycle.stages:
        other.move("park")
    record.move("reopen")
    record.cycles += 1
    record.left_at = None


@projects(IncidentClosed, Lifecycle)
def _closed(lifecycle: Lifecycle, event: IncidentClosed, entry: Entry) -> None:
    if lifecycle.closed is not None:
        return
    lifecycle.closed, lifecycle.status_before_close = event, lifecycle.status
    lifecycle.set_status("closed", entry.at)


def _enter(lifecycle: Lifecycle, entry: Entry) -> None:
    record = lifecycle.current
    if record.state == "ahead":
        record.move("enter")
        record.cycles += 1
        record.entered_at = record.entered_at or entry.at


@check("lifecycle.resolved", title="the incident is resolved")
def is_resolved(incident: Incident) -> Missing | None:
    """The state is resolved."""
    if incident.of(Lifecycle).status in ("resolved", "postmortem-only", "closed"):
        return None
    return Missing(f"the state is {incident.of(Lifecycle).status}", "/state resolved")


@check("lifecycle.mitigated", title="the impact has stopped")
def is_mitigated(incident: Incident) -> Missing | None:
    """The state is not active any more."""
    if incident.of(Lifecycle).status != "active":
        return None
    return Missing("the state is still active", "/state mitigated")


@source("lifecycle.status")
def status_text(incident: Incident) -> str:
    """The state of the incident; of a closed one, that in which it was closed."""
    lifecycle = incident.of(Lifecycle)
    return lifecycle.status_before_close if lifecycle.closed else lifecycle.status


@source("lifecycle.title")
def title_text(incident: Incident) -> str:
    """What the incident is called."""
    declared = incident.of(Lifecycle).declared
    return declared.title if declared else ""
