"""Milestones: the moments that durations are measured between.

Most follow from other entries; a milestone entry overrules what follows.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    PendingEvent,
    Planned,
    command,
    completes_with,
    typed_number,
)
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
    projects_where,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Missing, check, reported, source
from incident_tui.domain.core.settled import Settled
from incident_tui.domain.findings.hypotheses import Hypotheses
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.episodes import Episode, Episodes
from incident_tui.domain.process.gates import CheckAttested
from incident_tui.domain.process.lifecycle import (
    IncidentClosed,
    IncidentDeclared,
    Lifecycle,
    zone_of,
)
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import label, with_words
from incident_tui.domain.values.time_grammar import format_stamp

MILESTONES = {
    "started": "users first felt it",
    "detected": "it was first noticed",
    "declared": "it was called an incident",
    "triaged": "it was known how bad it was",
    "communicated": "users or stakeholders were told",
    "cause-identified": "the cause was known",
    "mitigated": "the impact stopped",
    "fix-deployed": "the permanent fix was in production",
    "resolved": "it was over",
    "recurred": "it came back",
}
FIRSTS = ("started", "detected", "declared", "triaged", "cause-identified")
"""Those that are reached once: said again, it is the later word that counts."""


@facts(
    kind="milestone",
    about="label",
    lead="a milestone was reached",
    emphasis="strong",
    in_story=True,
    says_what_happened=True,
)
class MilestoneReached(NamedEvent, frozen=True, tag="milestone.reached"):
    """A milestone was reached at this entry's time."""

    name: Reference
    text: Words = ""

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its name and what happened."""
        return with_words(label(self.name), self.own_words)

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """What the milestone means, and what happened."""
        meaning = MILESTONES.get(self.name, f"{self.lead}: {label(self.name)}")
        return with_words(meaning, self.own_words)

    @property
    def own_words(self) -> str:
        """Its text; empty where that says no more than its name, which records of others repeat."""
        words = set(self.text.casefold().strip(" .:").split())
        known = {"first", "incident", *label(self.name).casefold().split()}
        return self.text if words - known else ""


class Milestone(msgspec.Struct, frozen=True):
    """A moment that was reached, and where it comes from."""

    at: datetime
    stated: bool
    """Whether somebody said so; otherwise it is taken from an entry that shows it."""
    entry: Entry

    def origin(self, incident: Incident) -> str:
        """Where it comes from: stated in an entry, or taken from one."""
        word = "stated in" if self.stated else "taken from"
        return f"{word} #{incident.number(self.entry.id)}"


class Milestones(Projection):
    """When each milestone was reached."""

    stated: dict[str, Entry] = {}
    every: list[Entry] = []
    """All that were stated, those that a later one took the place of too."""
    ticked: dict[str, Entry] = {}
    """Reached by a check of the playbook that somebody ticked."""
    changes: list[Entry] = []
    """Every change to production: what is read after one may show what became of it."""

    def milestone(self, name: str) -> Milestone | None:
        """The moment of a milestone and its origin; None while it is not known."""
        return self.incident.of(Settled).answer(("milestone", name), lambda: self._milestone(name))

    def stop(self, episode: Episode) -> Milestone | None:
        """When users felt no more of it in an episode: as it was stated, else as it was measured.

        The state only says it where nothing measured came before that: a stage is approved later.
        """
        question = ("stop", episode.number)
        return self.incident.of(Settled).answer(question, lambda: self._stop(episode))

    def _stop(self, episode: Episode) -> Milestone | None:
        if (stated := self._stated_in("mitigated", episode)) is not None:
            return Milestone(stated.at, True, stated)
        measurements = (measured(self.incident, episode) for measured in _MEASURED)
        entry = next((entry for entry in measurements if entry is not None), None)
        if entry is not None and (episode.stopped_at is None or entry.at < episode.stopped_at):
            return _taken(entry)
        present = episode is self.incident.of(Episodes).present
        moment = self.incident.of(Lifecycle).reached.get("mitigated")
        return _of_state(self.incident, moment if present else episode.stopped_at)

    def _stated_in(self, name: str, episode: Episode) -> Entry | None:
        of = self.incident.of(Episodes).of_entry
        statements = (
            entry for entry in reversed(self.every) if getattr(entry.event, "name", "") == name
        )
        return next((entry for entry in statements if of(entry) == episode.number), None)

    def _milestone(self, name: str) -> Milestone | None:
        present = self.incident.of(Episodes).present
        if name == "mitigated" and present is not None:
            return self.stop(present)
        if name == "resolved" and present is not None:
            stated = self._stated_in(name, present)
            return Milestone(stated.at, True, stated) if stated else _derive(name, self.incident)
        if name in self.stated:
            return Milestone(self.stated[name].at, True, self.stated[name])
        if name in self.ticked:
            return _taken(self.ticked[name])
        return _derive(name, self.incident)

    def at(self, name: str) -> datetime | None:
        """The moment of a milestone; None while it is not known."""
        milestone = self.milestone(name)
        return milestone.at if milestone else None

    @property
    def begins_as_noticed(self) -> bool:
        """Whether the start is but taken from what showed it: users may have felt it earlier."""
        started, detected = self.milestone("started"), self.milestone("detected")
        if started is None or started.stated or detected is None:
            return False
        return started.entry.id == detected.entry.id


Measured = Callable[[Incident, Episode], Entry | None]
_MEASURED: list[Measured] = []


def measures_the_end(function: Measured) -> Measured:
    """Declare what finds the entry that shows when the impact of an episode had stopped."""
    _MEASURED.append(function)
    return function


_OF_AN_EPISODE = ("communicated", "mitigated", "resolved")
"""What a later episode has to reach anew, however it was said of an earlier one."""


@projects(MilestoneReached, Milestones)
def _reached(milestones: Milestones, event: MilestoneReached, entry: Entry) -> None:
    if event.name in _OF_AN_EPISODE and milestones.incident.leaves_out(entry):
        return
    milestones.stated[event.name] = entry
    milestones.every.append(entry)


@projects_where("changes_production", Milestones)
def _changed(milestones: Milestones, event: Event, entry: Entry) -> None:
    milestones.changes.append(entry)


@projects(CheckAttested, Milestones)
def _ticked(milestones: Milestones, event: CheckAttested, entry: Entry) -> None:
    stage = milestones.incident.playbook.stage(event.stage)
    for item in stage.checks if stage else ():
        if item.id == event.check and item.milestone:
            milestones.ticked[item.milestone] = entry


def _derive(name: str, incident: Incident) -> Milestone | None:
    lifecycle = incident.of(Lifecycle)
    declared = lifecycle.declared
    if declared is None or lifecycle.declared_at is None:
        return None
    if name == "resolved":
        return _of_state(incident, lifecycle.reached.get(name))
    if declared.afterwards and name != "started":
        # When it was written down says nothing of when it was noticed, judged or declared.
        return None
    derive = _DERIVED.get(name)
    return derive(incident) if derive else None


def _taken(entry: Entry) -> Milestone:
    return Milestone(entry.at, False, entry)


def _earliest(entries: Iterable[Entry]) -> Milestone | None:
    first = min(entries, key=lambda entry: entry.at, default=None)
    return _taken(first) if first is not None else None


def _declaration(incident: Incident) -> Entry | None:
    return next((e for e in incident.entries if isinstance(e.event, IncidentDeclared)), None)


def _of_state(incident: Incident, moment: datetime | None) -> Milestone | None:
    """A moment at which the state changed, with the entry that changed it."""
    if moment is None:
        return None
    for entry in reversed(incident.entries):
        if entry.at == moment and entry.event.has_commit() and not entry.event.correctable:
            return _taken(entry)
    return None


def _start(incident: Incident) -> Milestone | None:
    """As declared; where nobody said it, not later than it was noticed or declared."""
    declaration = _declaration(incident)
    declared = incident.of(Lifecycle).declared
    if declaration is None or declared is None:
        return None
    if declared.started_at is not None:
        return Milestone(declared.started_at, True, declaration)
    if declared.afterwards:
        return None
    known = [declaration, incident.of(Milestones).stated.get("detected"), *_signals(incident)[:1]]
    return _earliest(entry for entry in known if entry is not None)


def _signals(incident: Incident) -> list[Entry]:
    """What may have shown the incident, oldest first: readings with a source, before it was better.

    A reading that was taken after something was done against the impact, or after that stopped, or
    that is for the better by itself, shows what became of it and not that there was something.
    """
    incident = incident.whole
    return incident.of(Settled).answer("signals", lambda: _shown(incident))


def _shown(incident: Incident) -> list[Entry]:
    lifecycle = incident.of(Lifecycle)
    declared = lifecycle.declared
    stated = incident.of(Milestones).stated.get("started")
    start = stated.at if stated else declared.started_at if declared else None
    begun = start or lifecycle.declared_at
    better = [lifecycle.reached.get(name) for name in ("mitigated", "resolved")]
    changes = incident.of(Milestones).changes
    better += [entry.at for entry in changes if begun is not None and entry.at > begun]
    end = min((moment for moment in better if moment is not None), default=None)
    before = (entry for entry in incident.signals if end is None or entry.at < end)
    shown = (entry for entry in before if entry.event.detects())
    return sorted(shown, key=lambda entry: (entry.at, entry.order))


def first_signal(incident: Incident) -> Entry | None:
    """The reading that showed the incident; None where none with a source did."""
    return next(iter(_signals(incident)), None)


def _detected(incident: Incident) -> Milestone | None:
    """When it was first seen: not before the start, and not after it was declared."""
    started, declaration = incident.of(Milestones).milestone("started"), _declaration(incident)
    begun = started.at if started else None
    seen = [entry for entry in _signals(incident) if begun is None or entry.at >= begun]
    if not seen:
        return None
    if declaration is not None and (begun is None or declaration.at >= begun):
        seen.append(declaration)
    return _earliest(seen)


def _recurred(incident: Incident) -> Milestone | None:
    later = incident.of(Episodes).items[1:]
    return Milestone(later[-1].begun_at, False, later[-1].begun) if later else None


def _cause_identified(incident: Incident) -> Milestone | None:
    confirmed = incident.of(Hypotheses).with_status("confirmed")
    return _earliest(item.verdict_entry for item in confirmed if item.verdict_entry is not None)


_DERIVED: dict[str, Callable[[Incident], Milestone | None]] = {
    "started": _start,
    "detected": _detected,
    "declared": lambda incident: _earliest(filter(None, [_declaration(incident)])),
    "triaged": lambda incident: _earliest(incident.of(SeverityState).history[:1]),
    "communicated": lambda incident: _earliest(
        item.entry for item in incident.of(Updates).items[:1]
    ),
    "cause-identified": _cause_identified,
    "recurred": _recurred,
}
"""Milestone -> how it follows from the log, where nobody states it."""

_ORDER = (
    ("started", "detected"), ("detected", "declared"), ("started", "mitigated"),
    ("started", "communicated"), ("detected", "cause-identified"), ("mitigated", "resolved"),
    ("started", "resolved"),
)  # fmt: skip
"""What cannot come before what; `fix-deployed` and `recurred` may come at any time."""
A_MINUTE = timedelta(minutes=1)
"""How far two moments that people wrote may be apart the wrong way round and mean the same."""


def contradiction(incident: Incident) -> tuple[str, str, Milestone] | None:
    """The first milestone before the one it follows: both names, and which time to look at first.

    That is the one that somebody stated by hand where the other follows from the log.
    """
    milestones = incident.of(Milestones)
    for before, after in _ORDER:
        first, second = milestones.milestone(before), milestones.milestone(after)
        if first and second and second.at <= first.at - A_MINUTE:
            by_hand = isinstance(first.entry.event, MilestoneReached) and not second.stated
            return after, before, first if by_hand else second
    return None


@command(
    "/milestone MILESTONE [TEXT]",
    doubted=True,
    help="mark a moment that durations are measured from; a number marks that entry's time",
    example="@10:48 /milestone detected first pages arrive",
    words=("moment",),
)
def mark(context: CommandContext, milestone: str, text: str = "") -> Planned:
    """A milestone at this time, or at the time of the entry whose number is given."""
    milestone = one_of(milestone, MILESTONES, what="a milestone", line="/milestone {}")
    if (number := typed_number(text)) is not None:
        entry = context.entry(number)
        words = f"#{number} {entry.event.tell(entry, context.incident)}"
        reached = MilestoneReached(name=milestone, text=words)
        return PendingEvent(reached, at=entry.at, quotes=((number, entry.id),))
    return MilestoneReached(name=milestone, text=text)


def began_at(incident: Incident) -> datetime:
    """When it began: its start, or where that is unknown when the first thing on record happened.

    History that is imported is declared and closed last of all, so these count only where nothing
    else is told. Raises `ValueError` where nothing is on record.
    """
    if (started := incident.of(Milestones).at("started")) is not None:
        return started
    declared = incident.of(Lifecycle).declared
    moments = [entry.at for entry in incident.entries]
    if declared is not None and declared.afterwards:
        paper = (IncidentDeclared, IncidentClosed)
        times = [entry.at for entry in incident.entries if not isinstance(entry.event, paper)]
        moments = times or moments
    return min(moments)


completes_with("MILESTONE", MILESTONES)


@check("milestones.known", title="the milestones are on record", words={"names": tuple(MILESTONES)})
def known(
    incident: Incident, names: str = "detected declared mitigated resolved"
) -> Missing | None:
    """Each milestone in `names` has its moment."""
    missing = [name for name in names.split() if incident.of(Milestones).at(name) is None]
    if not missing:
        return None
    words = ", ".join(f"{name} ({MILESTONES[name]})" for name in missing)
    # Telling people is still to be done and reaches it by itself; the others have their own time.
    by_update = missing[0] == "communicated" and incident.of(Lifecycle).unresolved
    mend = "/update … next:+30m" if by_update else f"@… /milestone {missing[0]}"
    return Missing(f"no time yet for {words}", mend)


def moment_text(incident: Incident, name: str) -> str:
    """When a milestone was reached, in the zone of the incident; empty while it was not."""
    moment = incident.of(Milestones).at(name)
    return format_stamp(moment, zone_of(incident)) if moment is not None else ""


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
    in_order = [name for _, name in sorted(reached, key=lambda pair: pair[0])]
    return item_rows(
        f"{label(name)}: {moment_text(incident, name)} ({milestone.origin(incident)})"
        for name in in_order
        if (milestone := milestones.milestone(name)) is not None
    )


@reported("milestone_origins")
def _origins(incident: Incident) -> dict[str, object]:
    """Where each milestone comes from: stated, taken from an entry, or unknown."""
    milestones = incident.of(Milestones)
    origins: dict[str, object] = {}
    for name in MILESTONES:
        milestone = milestones.milestone(name)
        how = "unknown" if milestone is None else "stated" if milestone.stated else "taken"
        origins[name] = {"from": how, "entry": milestone and incident.number(milestone.entry.id)}
    return origins
