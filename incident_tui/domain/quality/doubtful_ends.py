"""What is asked once before it is recorded, since an incident would end as nobody has seen it end.

Nothing that was recorded meanwhile is forgotten by the close: whom it called, whom it hurt, who was
told of it, and what follows from it.
"""

from collections.abc import Iterable, Iterator

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.commands import CommandContext
from incident_tui.domain.core.doubts import Doubt, doubted
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.findings.corrections import EntryRetracted
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.impact import ImpactSet
from incident_tui.domain.impact.severity import SeverityChanged
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.learning.actions import ActionMoved, Actions
from incident_tui.domain.mitigation.mitigations import ChangeMade
from incident_tui.domain.process.duplicates import COVERED
from incident_tui.domain.process.episodes import present
from incident_tui.domain.process.lifecycle import (
    IncidentClosed,
    Lifecycle,
    StagePassed,
    StageReopened,
    StatusChanged,
    zone_of,
)
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.time_grammar import format_stamp

NOTHING_WRONG = ("not-an-incident", "false-positive")
"""Reasons to close early which say that there was no incident."""
_OTHER = later(r"\b\d{4}-\d{2}-\d{2}-\w")
"""An id of an incident, which is the name of its folder."""
_NO_IMPACT = (
    "none", "nobody", "no one", "no", "nothing", "unknown", "0", "normal", "no impact", "-",
)  # fmt: skip


@doubted(
    "lifecycle.earlier",
    asks="a state follows the one before it in time as well",
    of=(StatusChanged,),
)
def behind_a_later_state(context: CommandContext, event: StatusChanged) -> Doubt | None:
    """A state is given an earlier time than that which holds, and would take its place."""
    incident = context.incident
    last = _held_since(incident, event.before)
    if event.status == event.before or last is None or last.at <= context.moment:
        return None
    number, zone = incident.number(last.id), zone_of(incident)
    return Doubt(
        f"{event.before} holds since {format_stamp(last.at, zone)}, which is later",
        (
            ("set the time of that right", f"/amend {number} @…"),
            ("or say it of now", f"/state {event.status} …"),
        ),
    )


def _held_since(incident: Incident, status: str) -> Entry | None:
    """The entry that gave the state that holds: no approval of what somebody had stated before."""
    approval = None
    for entry in reversed(incident.entries):
        if isinstance(entry.event, StagePassed):
            stage = incident.playbook.stage(entry.event.stage)
            if stage is not None and stage.status_after == status:
                approval = entry
        elif isinstance(entry.event, StatusChanged) and entry.event.status == status:
            return entry
        elif isinstance(entry.event, IncidentClosed | StageReopened | StatusChanged):
            return approval or entry
    return approval


@doubted(
    "lifecycle.was-one",
    asks="nobody was called, nobody was hurt and nothing was changed",
    of=(IncidentClosed,),
)
def closed_as_none(context: CommandContext, event: IncidentClosed) -> Doubt | None:
    """It is closed as none, although it called people, hurt users or had production changed."""
    if event.reason not in NOTHING_WRONG:
        return None
    if not (traces := was_one(context.incident, _but_slips(context.incident))):
        return None
    gate = (("go through its gates", "/gate"),)
    return Doubt(f"it is closed as {event.reason}, but {traces}", gate)


@doubted(
    "duplicates.unnamed",
    asks="of a real incident that another covers, that other one is named",
    of=(IncidentClosed,),
)
def covered_by_none(context: CommandContext, event: IncidentClosed) -> Doubt | None:
    """It is closed because another incident covers it, and called people, but names no other."""
    if event.reason not in COVERED or _OTHER.search(event.text):
        return None
    if not (traces := was_one(context.incident, _but_slips(context.incident))):
        return None
    line = f"/close {event.reason} …"
    return Doubt(
        f"no incident is named that covers it, and {traces}", (("name it by its id", line),)
    )


def _but_slips(incident: Incident) -> Iterator[Entry]:
    """What was recorded and not undone at once: what is retracted before the close was said."""
    for entry in incident.entries:
        by = incident.retracted.get(entry.id)
        if by is None or not (isinstance(by.event, EntryRetracted) and by.event.undo):
            yield entry


def was_one(incident: Incident, entries: Iterable[Entry]) -> str:
    """What of the `entries` speaks against an incident having been none; empty where nothing was.

    A change from before its start is a suspect. Lowering a severity unsays nothing.
    """
    started = incident.of(Milestones).at("started")
    severe = incident.playbook.severities[: len(incident.playbook.severities) // 2]
    for entry in entries:
        event = entry.event
        again = "" if incident.counts(entry) else ", and retracted"
        if isinstance(event, ChangeMade) and (started is None or entry.at >= started):
            return f"production was changed because of it{again}"
        if isinstance(event, SeverityChanged):
            for level in severe:
                if level.id == event.level:
                    return f"it was {level.named}{again}"
        if isinstance(event, ImpactSet) and event.text.strip().casefold() not in _NO_IMPACT:
            return f"its impact was recorded ({event.field}: {event.text}){again}"
    return ""


@doubted(
    "updates.untold",
    asks="who was told of the incident was told that it is over",
    of=(IncidentClosed,),
)
def closed_untold(context: CommandContext, event: IncidentClosed) -> Doubt | None:
    """Updates went out, and none of them says that it is over."""
    updates = present(context.incident).of(Updates).items
    if event.reason not in ("", *NOTHING_WRONG) or not updates:
        return None
    if any(item.form == "resolution" for item in updates):
        return None
    return Doubt(
        "people were told of it, and nobody was told that it is over",
        (("tell them", "/update …"),),
    )


@doubted(
    "actions.last",
    asks="an action item is left that follows from the incident",
    of=(ActionMoved,),
)
def last_action_dropped(context: CommandContext, event: ActionMoved) -> Doubt | None:
    """The last action item is dropped, where the process asks for one."""
    incident = context.incident
    if event.step != "drop" or not incident.playbook.asks_for("actions.exist"):
        return None
    left = _that_say_something(incident)
    return _NONE_LEFT if all(entry == event.action for entry in left) else None


@doubted(
    "actions.last-words",
    asks="the words of an action item are left that follows from the incident",
    of=(EntryRetracted, EntryRedacted),
)
def last_action_gone(
    context: CommandContext, event: EntryRetracted | EntryRedacted
) -> Doubt | None:
    """The last action item is taken back, or its words, after a gate that asked for one."""
    incident = context.incident
    if isinstance(event, EntryRetracted) and event.undo:  # what was just typed wrong
        return None
    asked = (
        record.state == "passed" and record.stage.asks_for("actions.exist")
        for record in incident.of(Lifecycle).stages
    )
    gone = _that_say_something(incident) == [event.target]
    return _NONE_LEFT if gone and any(asked) else None


@doubted(
    "actions.none-at-close",
    asks="an action item is left that follows from the incident",
    of=(IncidentClosed,),
)
def closed_without_actions(context: CommandContext, event: IncidentClosed) -> Doubt | None:
    """It is closed with no action item, where the process asks for one."""
    asked = context.incident.playbook.asks_for("actions.exist")
    left = _that_say_something(context.incident)
    return _NONE_LEFT if asked and not event.reason and not left else None


_NONE_LEFT = Doubt(
    "no action item is left, and the process asks for one",
    (("add one", "+ … owner:NAME due:2w"),),
)


def _that_say_something(incident: Incident) -> list[str]:
    """The entries of action items that were not dropped and whose words were not redacted."""
    return [item.entry.id for item in incident.of(Actions).live if item.text != REMOVED]


def closed_as_none_although(incident: Incident) -> bool:
    """Whether it was closed early as none, against what is on record: it stays counted."""
    closed = incident.of(Lifecycle).closed
    if closed is None or closed.reason not in NOTHING_WRONG:
        return False
    return bool(was_one(incident, filter(incident.counts, incident.entries)))
