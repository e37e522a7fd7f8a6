"""The course of an incident: declaration, states, stages and their transitions, close.

Which checks a gate has and whether they pass is decided in `gates`.
"""

from datetime import datetime, tzinfo

import msgspec

from incident_tui.domain.core.events import Entry, Incident, Projection, projects
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.process.lifecycle.transition_events import (
    IncidentClosed,
    IncidentDeclared,
    ReviewRequested,
    SentBack,
    StagePassed,
    StageReopened,
    StatusChanged,
)
from incident_tui.domain.values.playbook import Check, Stage, asked_of
from incident_tui.domain.values.time_grammar import WhenError, zone_named

__all__ = [
    "AFTERWARDS",
    "EARLY_REASONS",
    "RECORDED_FROM",
    "STAGE_STATES",
    "STATUSES",
    "UNRESOLVED",
    "IncidentClosed",
    "IncidentDeclared",
    "Lifecycle",
    "ReviewRequested",
    "Revision",
    "SentBack",
    "StagePassed",
    "StageRecord",
    "StageReopened",
    "StatusChanged",
    "is_mitigated",
    "is_resolved",
    "retitle",
    "status_text",
    "title_text",
    "zone_name_of",
    "zone_of",
]

# state now -> states that may be set from it
STATUSES = {
    "active": ("mitigated", "monitoring", "resolved", "postmortem-only"),
    "mitigated": ("active", "monitoring", "resolved", "postmortem-only"),
    "monitoring": ("active", "mitigated", "resolved", "postmortem-only"),
    "resolved": ("active", "mitigated", "monitoring", "postmortem-only"),
    "postmortem-only": ("active", "mitigated", "monitoring", "resolved"),
    "closed": (),
}
UNRESOLVED = ("active", "mitigated", "monitoring")
"""States in which users may still be affected."""
# stage state -> what may happen to it -> stage state
STAGE_STATES = {
    "ahead": {"enter": "open"},
    "open": {"submit": "review", "pass": "passed", "park": "ahead"},
    "review": {"return": "open", "pass": "passed", "park": "ahead"},
    "passed": {"reopen": "open", "lapse": "stale"},
    "stale": {"enter": "open"},
}
EARLY_REASONS = {
    "false-positive": "nothing was wrong",
    "not-an-incident": "it is handled as ordinary work",
    "duplicate": "another incident covers it",
    "merged": "it goes on in another incident",
}
AFTERWARDS = "recorded-afterwards"
"""The reason of the close of an incident that was over before it was recorded. No line has it."""
RECORDED_FROM = "Recorded afterwards, from "
"""How the text of that close begins, before the name of the record."""


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
    """How often it was begun, the first time and each time that it was opened again."""
    passed: Entry | None = None
    reopened: Entry | None = None
    """What opened it again since it was passed last."""
    lapsed: Entry | None = None
    """What made a stage stale that had been passed; None once it is passed again."""
    judged_from: int = 0
    """The number of the entry up to which ticks no longer count: sent back, reopened, stale."""
    revisions: list[Revision] = msgspec.field(default_factory=list)

    @property
    def sent_back(self) -> Entry | None:
        """The entry that sent the newest revision back, until there is another one."""
        answer = self.revisions[-1].answer if self.revisions and self.state == "open" else None
        return answer if answer is not None and isinstance(answer.event, SentBack) else None

    @property
    def sent_back_text(self) -> str:
        """Who sent the newest revision back, and the note; empty where nothing was sent back."""
        note = self.sent_back
        return f"sent back by {note.actor}: {getattr(note.event, 'text', '')}" if note else ""

    def lapse(self, entry: Entry, number: int) -> None:
        """What was passed no longer holds, by entry `number` of the log."""
        if self.state == "passed":
            self.lapsed = entry
        self.judged_from = number
        self.move("lapse")

    def move(self, step: str) -> None:
        """Take one step of `STAGE_STATES`; a step that does not fit changes nothing."""
        self.state = STAGE_STATES[self.state].get(step, self.state)


class Lifecycle(Projection):
    """Identity, state and stages of the incident."""

    declared: IncidentDeclared | None = None
    declared_at: datetime | None = None
    status: str = "active"
    status_before_close: str = "active"
    reached: dict[str, datetime] = {}
    state_given_by: set[str] = set()
    """Approvals that changed the state: before others somebody had said so."""
    closed: IncidentClosed | None = None
    closed_at: datetime | None = None
    """When it was closed last; None before."""
    light: bool = False
    stages: list[StageRecord] = []

    def __post_init__(self) -> None:
        self.stages = [
            StageRecord(stage.as_asked(light=False)) for stage in self.incident.playbook.stages
        ]

    @property
    def closing_checks(self) -> tuple[Check, ...]:
        """What must hold before this incident is closed."""
        return asked_of(self.incident.playbook.closing, light=self.light)

    def go(self, *, light: bool) -> None:
        """Go the light way, or the whole one; stages that were passed stay passed."""
        self.light = light
        for record, stage in zip(self.stages, self.incident.playbook.stages, strict=True):
            if record.state != "passed":
                record.stage = stage.as_asked(light=light)

    @property
    def current(self) -> StageRecord:
        """The first stage that is not passed; the last one when all are."""
        return next((s for s in self.stages if s.state != "passed"), self.stages[-1])

    def record(self, stage_id: str) -> StageRecord | None:
        """What happened to the stage of that id."""
        return next((record for record in self.stages if record.stage.id == stage_id), None)

    def is_stale(self, record: StageRecord) -> bool:
        """Whether it was passed, and an earlier stage has to be passed again since."""
        behind = self.stages.index(record) > self.stages.index(self.current)
        return record.state == "stale" or (record.state == "passed" and behind)

    def state_before(self, record: StageRecord) -> str:
        """The state that holds once a stage is open again: not later than those before it gave."""
        order = list(STATUSES)
        now = self.status_before_close if self.closed else self.status
        place = self.stages.index(record)
        given = [other.stage.status_after for other in self.stages]
        if not any(after and order.index(after) <= order.index(now) for after in given[place:]):
            return now
        implied = max((after for after in given[:place] if after), key=order.index, default="")
        return min(implied or "active", now, key=order.index)

    def lapse_from(self, place: int, entry: Entry) -> None:
        """The stages from that place on have to be passed again, the first of them now."""
        number = self.incident.number(entry.id)
        for record in self.stages[place:]:
            record.move("park")
            record.lapse(entry, number)
        _enter(self, entry)

    @property
    def is_history(self) -> bool:
        """Whether it was over before it was recorded here: no stage of it was gone through."""
        return self.closed is not None and self.closed.reason == AFTERWARDS

    @property
    def origin(self) -> str:
        """The name of the record that history was taken from; empty for every other incident."""
        text = self.closed.text if self.closed is not None and self.is_history else ""
        return text.removeprefix(RECORDED_FROM) if text.startswith(RECORDED_FROM) else ""

    @property
    def unresolved(self) -> bool:
        """Users may still be affected."""
        return self.status in UNRESOLVED

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
    if event.status not in STATUSES:
        return
    fell = event.recurs and event.status == "active" and lifecycle.status != "active"
    lifecycle.set_status(event.status, entry.at)
    stops = [place for place, record in enumerate(lifecycle.stages) if record.stage.status_after]
    if fell and stops:
        lifecycle.lapse_from(stops[0], entry)


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
        if event.renews:
            record.judged_from = lifecycle.incident.number(entry.id)


@projects(StagePassed, Lifecycle)
def _passed(lifecycle: Lifecycle, event: StagePassed, entry: Entry) -> None:
    record = lifecycle.record(event.stage)
    if record is None or record.state not in ("open", "review"):
        return
    record.move("pass")
    record.left_at, record.passed = entry.at, entry
    record.lapsed, record.reopened = None, None
    if record.revisions and record.revisions[-1].answer is None:
        record.revisions[-1].answer = entry
    order = list(STATUSES)
    after = record.stage.status_after
    if after and order.index(after) > order.index(lifecycle.status):
        lifecycle.set_status(after, entry.at)
        lifecycle.state_given_by.add(entry.id)
    for later in event.withdraws:
        if (other := lifecycle.record(later)) is not None and other is not record:
            other.lapse(entry, lifecycle.incident.number(entry.id))
    _enter(lifecycle, entry)


@projects(StageReopened, Lifecycle)
def _reopened(lifecycle: Lifecycle, event: StageReopened, entry: Entry) -> None:
    record = lifecycle.record(event.stage)
    if lifecycle.closed is not None:
        lifecycle.closed, lifecycle.status = None, lifecycle.status_before_close
    known = event.status in STATUSES
    before = lifecycle.status
    if known:
        lifecycle.set_status(event.status, entry.at)
    if record is None or record.state != "passed":
        return
    for other in lifecycle.stages:
        other.move("park")
    record.move("reopen")
    record.cycles += 1
    record.left_at, record.reopened = None, entry
    if not known:
        return
    record.judged_from = lifecycle.incident.number(entry.id)
    if lifecycle.status != before:
        lifecycle.lapse_from(lifecycle.stages.index(record) + 1, entry)


@projects(IncidentClosed, Lifecycle)
def _closed(lifecycle: Lifecycle, event: IncidentClosed, entry: Entry) -> None:
    if lifecycle.closed is not None:
        return
    lifecycle.closed, lifecycle.status_before_close = event, lifecycle.status
    lifecycle.closed_at = entry.at
    lifecycle.set_status("closed", entry.at)


def _enter(lifecycle: Lifecycle, entry: Entry) -> None:
    record = lifecycle.current
    if "enter" in STAGE_STATES[record.state]:
        record.move("enter")
        record.cycles += 1
        record.entered_at = record.entered_at or entry.at


@check("lifecycle.resolved", title="the incident is resolved")
def is_resolved(incident: Incident) -> Missing | None:
    """The state is resolved."""
    return Missing(f"the state is {incident.of(Lifecycle).status}", "/state resolved …").unless(
        incident.of(Lifecycle).status in ("resolved", "postmortem-only", "closed")
    )


@check("lifecycle.mitigated", title="the impact has stopped")
def is_mitigated(incident: Incident) -> Missing | None:
    """The state is not active any more."""
    return Missing("the state is still active", "/state mitigated …").unless(
        incident.of(Lifecycle).status != "active"
    )


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


def retitle(lifecycle: Lifecycle, title: str) -> None:
    """Have the incident be called `title` from now on."""
    if lifecycle.declared is not None:
        lifecycle.declared = msgspec.structs.replace(lifecycle.declared, title=title)


def zone_of(incident: Incident) -> tzinfo:
    """The zone that the incident was declared in, in which its documents tell times.

    UTC where this machine does not know it: that must not keep a document from being made.
    """
    return _zone(incident)[1]


def zone_name_of(incident: Incident) -> str:
    """What the zone is called in which its documents tell times."""
    return {"Etc/UTC": "UTC"}.get(name := _zone(incident)[0], name)


def _zone(incident: Incident) -> tuple[str, tzinfo]:
    declared = incident.of(Lifecycle).declared
    name = declared.zone if declared else "UTC"
    try:
        return name, zone_named(name)
    except WhenError:
        return "UTC", zone_named("UTC")
