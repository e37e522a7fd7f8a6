"""Milestones: the moments that durations are measured between.

Most follow from other entries, as `derivations` and `stops` declare; a milestone entry overrules
what follows.
"""

from collections.abc import Callable
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
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.playbook_words import one_of
from incident_tui.domain.core.rules import Missing, check, reported, source
from incident_tui.domain.core.settled import Settled
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

    @classmethod
    def shown_by(cls, entry: Entry) -> "Milestone":
        """The moment of an entry that shows it without saying so."""
        return cls(entry.at, False, entry)


Derivation = Callable[[Incident], Milestone | None]
_DERIVATIONS: dict[str, Derivation] = {}
"""Milestone -> how it follows from the log, where nobody states it."""


def follows(name: str) -> Callable[[Derivation], Derivation]:
    """Declare how a milestone follows from the log, where nobody states it."""

    def register(function: Derivation) -> Derivation:
        _DERIVATIONS[name] = function
        return function

    return register


class Milestones(Projection):
    """When each milestone was reached."""

    stated: dict[str, Entry] = {}
    every: list[Entry] = []
    """All that were stated, those that a later one took the place of too."""
    ticked: dict[str, Entry] = {}
    """Reached by a check of the playbook that somebody ticked."""

    def milestone(self, name: str) -> Milestone | None:
        """The moment of a milestone and its origin; None while it is not known."""
        return self.incident.of(Settled).answer(("milestone", name), lambda: self._milestone(name))

    def _milestone(self, name: str) -> Milestone | None:
        present = self.incident.of(Episodes).present
        if name in _ENDS and present is not None:
            return self.stated_in(name, present) or _derive(name, self.incident)
        if name in self.stated:
            return Milestone(self.stated[name].at, True, self.stated[name])
        if name in self.ticked:
            return Milestone.shown_by(self.ticked[name])
        return _derive(name, self.incident)

    def stated_in(self, name: str, episode: Episode) -> Milestone | None:
        """A milestone as it was stated last in an episode; None where nobody did."""
        of = self.incident.of(Episodes).of_entry
        for entry in reversed(self.every):
            if getattr(entry.event, "name", "") == name and of(entry) == episode.number:
                return Milestone(entry.at, True, entry)
        return None

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


_ENDS = ("mitigated", "resolved")
"""What ends an episode: said of an earlier one, it is not said of the present one."""
_OF_AN_EPISODE = ("communicated", *_ENDS)
"""What a later episode has to reach anew, however it was said of an earlier one."""


@projects(MilestoneReached, Milestones)
def _reached(milestones: Milestones, event: MilestoneReached, entry: Entry) -> None:
    if event.name in _OF_AN_EPISODE and milestones.incident.leaves_out(entry):
        return
    milestones.stated[event.name] = entry
    milestones.every.append(entry)


@projects(CheckAttested, Milestones)
def _ticked(milestones: Milestones, event: CheckAttested, entry: Entry) -> None:
    stage = milestones.incident.playbook.stage(event.stage)
    for item in stage.checks if stage else ():
        if item.id == event.check and item.milestone:
            milestones.ticked[item.milestone] = entry


def _derive(name: str, incident: Incident) -> Milestone | None:
    declared = incident.of(Lifecycle).declared
    # When it was written down says nothing of when it was noticed, judged or declared.
    hidden = declared is None or (declared.afterwards and name not in ("started", *_ENDS))
    derive = _DERIVATIONS.get(name)
    return derive(incident) if derive and not hidden else None


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
