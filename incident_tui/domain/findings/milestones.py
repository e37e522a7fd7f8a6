"""Milestones: the moments that durations are measured between.

Most follow from other entries; a milestone entry overrules what follows.
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from incident_tui.domain.core.commands import (
    CommandContext,
    PendingEvent,
    Planned,
    command,
    completes,
    typed_number,
)
from incident_tui.domain.core.events import (
    Emphasis,
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    projects,
)
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Missing, check, source
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.episodes import Episodes
from incident_tui.domain.process.gates import CheckAttested
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.time_grammar import zone_named

MILESTONES = {
    "started": "users first felt it",
    "detected": "somebody or something first noticed",
    "declared": "it was called an incident",
    "triaged": "how bad it is was known",
    "communicated": "users or stakeholders were told",
    "cause-identified": "the cause was known",
    "mitigated": "the impact stopped",
    "fix-deployed": "the permanent fix was in production",
    "resolved": "it was over",
    "recurred": "it came back",
}


class MilestoneReached(Event, frozen=True, tag="milestone.reached"):
    """A milestone was reached at this entry's time."""

    kind: ClassVar[str] = "milestone"
    emphasis: ClassVar[Emphasis] = "strong"
    in_story: ClassVar[bool] = True
    says_what_happened: ClassVar[bool] = True
    name: Reference
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its name and what happened."""
        return f"{self.name}: {self.text}" if self.text else self.name


class Milestones(Projection):
    """When each milestone was reached."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.stated: dict[str, Entry] = {}
        self.ticked: dict[str, Entry] = {}
        """Reached by a check of the playbook that somebody ticked."""

    def at(self, name: str) -> datetime | None:
        """The moment of a milestone; None while it has not been reached."""
        if name in self.stated:
            return self.stated[name].at
        if name in self.ticked:
            return self.ticked[name].at
        return _derive(name, self.incident)


@projects(MilestoneReached, Milestones)
def _reached(milestones: Milestones, event: MilestoneReached, entry: Entry) -> None:
    milestones.stated[event.name] = entry


@projects(CheckAttested, Milestones)
def _ticked(milestones: Milestones, event: CheckAttested, entry: Entry) -> None:
    stage = milestones.incident.playbook.stage(event.stage)
    for item in stage.checks if stage else ():
        if item.id == event.check and item.milestone:
            milestones.ticked[item.milestone] = entry


def _derive(name: str, incident: Incident) -> datetime | None:
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared is not None and lifecycle.declared.afterwards:
        # When it was written down says nothing of when it was noticed, judged or declared.
        return lifecycle.declared.started_at if name == "started" else lifecycle.reached.get(name)
    if name == "started":
        return _start(incident)
    if name == "declared":
        return lifecycle.declared_at
    if name == "detected":
        return _first_signal(incident, _start(incident))
    if name == "triaged":
        set_first = incident.of(SeverityState).history
        return set_first[0].at if set_first else None
    if name in ("mitigated", "resolved"):
        return lifecycle.reached.get(name)
    if name == "recurred":
        later = incident.of(Episodes).items[1:]
        return later[-1].begun_at if later else None
    if name == "communicated":
        posted = incident.of(Updates).items
        return posted[0].entry.at if posted else None
    if name == "cause-identified":
        confirmed = [
            item.verdict_entry.at
            for item in incident.of(Hypotheses).with_status("confirmed")
            if item.verdict_entry is not None
        ]
        return min(confirmed, default=None)
    return None


def _start(incident: Incident) -> datetime | None:
    """As declared; where nobody said it, not later than the first signal that is on record."""
    lifecycle = incident.of(Lifecycle)
    if lifecycle.declared is None or lifecycle.declared_at is None:
        return None
    if lifecycle.declared.started_at is not None:
        return lifecycle.declared.started_at
    return min([lifecycle.declared_at, *(entry.at for entry in incident.signals)])


def _first_signal(incident: Incident, started: datetime | None) -> datetime | None:
    """When it was first seen: not before the start, and not after it was declared."""
    times = [entry.at for entry in incident.signals if started is None or entry.at >= started]
    declared = incident.of(Lifecycle).declared_at
    return min([*times, declared] if times and declared else times, default=None)


@command(
    "/milestone MILESTONE [TEXT]",
    help="mark a moment that durations are measured from; a number marks that entry's time",
    example="@10:48 /milestone detected first pages arrive",
)
def mark(context: CommandContext, milestone: str, text: str = "") -> Planned:
    """A milestone at this time, or at the time of the entry whose number is given."""
    milestone = one_of(milestone, MILESTONES, what="a milestone", line="/milestone {}")
    if (number := typed_number(text)) is not None:
        entry = context.entry(number)
        told = f"#{number} {entry.event.tell(entry, context.incident)}"
        return PendingEvent(MilestoneReached(name=milestone, text=told), at=entry.at)
    return MilestoneReached(name=milestone, text=text)


@completes("MILESTONE")
def _milestones(incident: Incident) -> list[tuple[str, str]]:
    return list(MILESTONES.items())


@check("milestones.known", title="the milestones are on record", words={"names": tuple(MILESTONES)})
def known(
    incident: Incident, names: str = "detected declared mitigated resolved"
) -> Missing | None:
    """Each milestone in `names` has its moment."""
    missing = [name for name in names.split() if incident.of(Milestones).at(name) is None]
    if not missing:
        return None
    told = ", ".join(f"{name} ({MILESTONES[name]})" for name in missing)
    return Missing(f"no time yet for {told}", f"@14:02 /milestone {missing[0]}")


def moment_text(incident: Incident, name: str) -> str:
    """When a milestone was reached, in the zone of the incident; empty while it was not."""
    moment = incident.of(Milestones).at(name)
    declared = incident.of(Lifecycle).declared
    if moment is None or declared is None:
        return ""
    return f"{moment.astimezone(zone_named(declared.zone)):%Y-%m-%d %H:%M} {declared.zone}"


def _moment_source(name: str) -> Callable[[Incident], str]:
    def text(incident: Incident) -> str:
        return moment_text(incident, name)

    text.__doc__ = f"When {MILESTONES[name]}."
    return text


for _name in MILESTONES:
    source(f"milestones.{_name}")(_moment_source(_name))


@source("milestones.all")
def table(incident: Incident) -> Rows:
    """Each milestone that was reached with its moment, one a line, in the order of time."""
    milestones = incident.of(Milestones)
    reached = [(moment, name) for name in MILESTONES if (moment := milestones.at(name)) is not None]
    in_order = [name for _, name in sorted(reached, key=lambda found: found[0])]
    told = [(name, moment_text(incident, name)) for name in in_order]
    return item_rows(f"{name}: {text}" for name, text in told if text)
