"""What is worth knowing of one incident among thousands: enough for lists, numbers and likeness.

An outline is data that can be kept beside the log; nothing in it depends on when one looks.
"""

from datetime import datetime

import msgspec

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.sharing import holds_need_to_know
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.impact import Impact
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.learning.actions import Actions, is_overdue
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.process.lifecycle import (
    AFTERWARDS,
    IncidentClosed,
    Lifecycle,
    StagePassed,
    StageReopened,
)
from incident_tui.domain.quality.doubtful_lines import closed_as_none_although


class OutlinedAction(msgspec.Struct, frozen=True):
    """An action item; `due` is an aware UTC time, `factor` the factor that it answers, in words."""

    number: int
    text: str
    owner: str
    action_class: str
    priority: str
    status: str
    due: datetime | None
    verify: str
    outcome: str
    term: str
    ref: str
    factor: str

    def overdue(self, now: datetime) -> bool:
        """Not done although its day has passed."""
        return is_overdue(self.status, self.due, now)


class Outline(msgspec.Struct, frozen=True):
    """One incident. `kind` is incident, drill, or none where it turned out to be none.

    `started` is None where not even that is known; durations are in seconds, None where they are
    not known. `withheld` says that others may not read all of it.
    """

    title: str
    kind: str
    protected: bool
    withheld: bool
    closed: bool
    severity: str
    status: str
    services: tuple[str, ...]
    started: datetime | None
    durations: dict[str, float | None]
    waived: int
    reopened: int
    actions: tuple[OutlinedAction, ...]

    @property
    def drill(self) -> bool:
        """Whether it was an exercise."""
        return self.kind == "drill"


def outline(incident: Incident) -> Outline:
    """The outline of an incident as it is now."""
    lifecycle = incident.of(Lifecycle)
    declared = lifecycle.declared
    events = [entry.event for entry in incident.recorded]
    passed = [event for event in events if isinstance(event, StagePassed | IncidentClosed)]
    return Outline(
        title=declared.title if declared else "",
        kind=_kind(incident),
        protected=incident.of(Protection).protected,
        withheld=holds_need_to_know(incident),
        closed=lifecycle.closed is not None,
        severity=incident.of(SeverityState).level,
        status=lifecycle.status,
        services=services_of(incident),
        started=incident.of(Milestones).at("started"),
        durations={
            name: None if delta is None else delta.total_seconds()
            for name, delta in durations(incident).items()
        },
        waived=sum(len(event.waived) for event in passed),
        reopened=sum(isinstance(event, StageReopened) for event in events),
        actions=_actions(incident),
    )


def services_of(incident: Incident) -> tuple[str, ...]:
    """The services that its impact names, separated by commas there."""
    named = incident.of(Impact).fields.get("services", "")
    return tuple(dict.fromkeys(name.strip() for name in named.split(",") if name.strip()))


def redactions_in(incident: Incident) -> int:
    """How many redactions its log holds."""
    return sum(isinstance(entry.event, EntryRedacted) for entry in incident.recorded)


def _kind(incident: Incident) -> str:
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared is not None and lifecycle.declared.drill:
        return "drill"
    early = lifecycle.closed is not None and lifecycle.closed.reason not in ("", AFTERWARDS)
    # Somebody said that it was none; users, people called or changes may say otherwise.
    return "none" if early and not closed_as_none_although(incident) else "incident"


def _actions(incident: Incident) -> tuple[OutlinedAction, ...]:
    factors = {factor.entry.id: factor.text for factor in incident.of(Factors).items}
    return tuple(
        OutlinedAction(
            number=item.number,
            text=item.text,
            owner=item.owner,
            action_class=item.action_class,
            priority=item.priority,
            status=item.status,
            due=item.due,
            verify=item.verify,
            outcome=item.outcome,
            term=item.term,
            ref=item.ref,
            factor=factors.get(item.factor, ""),
        )
        for item in incident.of(Actions).items
    )
