"""What is worth knowing of one incident among thousands: enough for lists, numbers and likeness.

An outline is data that can be kept beside the log; nothing in it depends on when one looks.
"""

from datetime import datetime

import msgspec

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.shared_incident import (
    NEED_TO_KNOW,
    holds_need_to_know,
    shared,
)
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.impact_spans import impact_by_level
from incident_tui.domain.findings.metrics import durations
from incident_tui.domain.findings.milestones import MILESTONES, Milestones, began_at
from incident_tui.domain.findings.milestones.derivations import first_signal
from incident_tui.domain.impact.impact import services_of
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.tags import Tags
from incident_tui.domain.impact.updates.kept_promises import KeptUpdates, kept_updates
from incident_tui.domain.learning.actions import Actions, is_overdue
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.learning.postmortem import due_at, record_of
from incident_tui.domain.learning.standards import Fed, Standards
from incident_tui.domain.outline.likeness import causes, helped, next_time, signals
from incident_tui.domain.outline.load import Burden, burdens
from incident_tui.domain.process.lifecycle import (
    AFTERWARDS,
    IncidentClosed,
    Lifecycle,
    StagePassed,
    StageReopened,
)
from incident_tui.domain.quality.doubtful_ends import closed_as_none_although


# Thousands are read at once, and values hold no cycles: hence gc=False.
class OutlinedAction(msgspec.Struct, frozen=True, gc=False):
    """An action item; `due` is an aware UTC time, `factor` the factor that it answers, in words.

    `opened` is when it was added, None where it was taken over from a record that does not say it;
    `moved` is when its status last changed.
    """

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
    opened: datetime | None
    moved: datetime | None

    def overdue(self, now: datetime) -> bool:
        """Not done although its day has passed."""
        return is_overdue(self.status, self.due, now)


class OutlinedFactor(msgspec.Struct, frozen=True, gc=False):
    """A contributing factor; `title` is what the playbook calls its layer."""

    layer: str
    title: str
    text: str
    candidate: bool


class Labels(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What of an incident the filters of a search ask; read alone, it is read fast."""

    withheld: bool
    severity: str
    status: str
    services: tuple[str, ...]
    tags: tuple[str, ...]


class Outline(Labels, frozen=True, gc=False, kw_only=True):
    """One incident. `kind` is incident, drill, or none where it turned out to be none.

    `imported` says that it was recorded from what was kept elsewhere, `withheld` that others may
    not read all of it. `started` is None where not even that is known; `began` is the time of its
    first entry then, by which it is put in order. Milestones are in seconds since 1970, durations
    in seconds; what is not known is not among them.
    """

    title: str
    kind: str
    imported: bool
    protected: bool
    closed: bool
    playbook: str
    started: datetime | None
    began: datetime
    milestones: dict[str, float]
    durations: dict[str, float]
    impact: dict[str, float] | None
    """Seconds of impact at each severity; None where they are not known."""
    detection: str
    """What showed it, as the reading names its source; empty where that is not known."""
    factors: tuple[OutlinedFactor, ...]
    updates: KeptUpdates
    postmortem_due: float | None
    postmortem_done: float | None
    people: tuple[Burden, ...]
    fed: tuple[Fed, ...]
    signals: tuple[str, ...]
    causes: tuple[str, ...]
    helped: tuple[str, ...]
    next_time: tuple[str, ...]
    waived: int
    reopened: int
    actions: tuple[OutlinedAction, ...]

    @property
    def drill(self) -> bool:
        """Whether it was an exercise."""
        return self.kind == "drill"


def outline(incident: Incident) -> Outline:
    """The outline of an incident as it is now.

    Words of restricted entries are not in it, except in its action items.
    """
    lifecycle = incident.of(Lifecycle)
    declared = lifecycle.declared
    events = [entry.event for entry in incident.recorded]
    passed = [event for event in events if isinstance(event, StagePassed | IncidentClosed)]
    withheld, protected = holds_need_to_know(incident), incident.of(Protection).protected
    # One that is protected is kept in no index: whoever reads it is asked what may be told.
    shareable = shared(incident) if withheld and not protected else incident
    milestones, signal = incident.of(Milestones), first_signal(shareable)
    due, written = due_at(incident), record_of(incident)
    done = written.left_at if written is not None and written.state == "passed" else None
    impact = impact_by_level(incident)
    return Outline(
        title=declared.title if declared else "",
        kind=_kind(incident),
        imported=declared is not None and declared.afterwards,
        protected=protected,
        withheld=withheld,
        closed=lifecycle.closed is not None,
        playbook=incident.playbook.id,
        severity=incident.of(SeverityState).level,
        status=lifecycle.status,
        services=_open(services_of(shareable)),
        tags=_open(shareable.of(Tags).names),
        started=milestones.at("started"),
        began=began_at(incident),
        milestones=_moments(milestones),
        durations={
            name: delta.total_seconds()
            for name, delta in durations(incident).items()
            if delta is not None
        },
        impact=None
        if impact is None
        else {level: delta.total_seconds() for level, delta in impact.items()},
        detection=signal.source if signal is not None else "",
        factors=_factors(shareable),
        updates=kept_updates(incident),
        postmortem_due=due.timestamp() if due is not None else None,
        postmortem_done=done.timestamp() if done is not None else None,
        people=tuple(one for one in burdens(shareable) if one.person != NEED_TO_KNOW),
        fed=tuple(one for one in shareable.of(Standards).fed if one.text != NEED_TO_KNOW),
        signals=_open(signals(shareable)),
        causes=_open(causes(shareable)),
        helped=_open(helped(shareable)),
        next_time=_open(next_time(shareable)),
        waived=sum(len(event.waived) for event in passed),
        reopened=sum(isinstance(event, StageReopened) for event in events),
        actions=_actions(incident),
    )


def redactions_in(incident: Incident) -> int:
    """How many redactions its log holds."""
    return sum(isinstance(entry.event, EntryRedacted) for entry in incident.recorded)


def _moments(milestones: Milestones) -> dict[str, float]:
    """Those that are known: a start that nobody said is the first sign of it, not when it began."""
    by_name = {name: milestones.milestone(name) for name in MILESTONES}
    return {
        name: one.at.timestamp()
        for name, one in by_name.items()
        if one is not None and (one.stated or name != "started")
    }


def _open(texts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if NEED_TO_KNOW not in text)


def _kind(incident: Incident) -> str:
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared is not None and lifecycle.declared.drill:
        return "drill"
    early = lifecycle.closed is not None and lifecycle.closed.reason not in ("", AFTERWARDS)
    # Somebody said that it was none; users, people called or changes may say otherwise.
    return "none" if early and not closed_as_none_although(incident) else "incident"


def _factors(incident: Incident) -> tuple[OutlinedFactor, ...]:
    titles = {layer.id: layer.title for layer in incident.playbook.layers}
    return tuple(
        OutlinedFactor(item.layer, titles.get(item.layer, item.layer), item.text, item.candidate)
        for item in incident.of(Factors).items
        if item.text != NEED_TO_KNOW
    )


def _opened(entry: Entry) -> datetime | None:
    untimed = entry.copied and entry.at == entry.recorded_at
    return None if untimed else entry.at


def _actions(incident: Incident) -> tuple[OutlinedAction, ...]:
    factors = {entry: factor.text for entry, factor in incident.of(Factors).by_id.items()}
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
            opened=_opened(item.entry),
            moved=item.moved.at if item.moved is not None else None,
        )
        for item in incident.of(Actions).items
    )
