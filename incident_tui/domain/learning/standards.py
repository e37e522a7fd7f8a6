"""Standards: what recurs across incidents is input for a rule, and an incident says what it fed.

Which factors, services and classes recur is counted over all incidents, in `service/across`.
"""

import msgspec

from incident_tui.domain.core.commands import (
    CommandContext,
    Planned,
    Refused,
    command,
    completes,
    completes_with,
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
)
from incident_tui.domain.core.playbook_words import one_of, title_of
from incident_tui.domain.core.rules import reported
from incident_tui.domain.impact.impact import services_of
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.values.time_grammar import iso

STANDARDS = {
    "objectives": "what users can rely on, and how it is measured",
    "observability": "what is seen, and who is told",
    "safe-change": "how something new gets into production, and back",
    "availability": "what goes on while a part has failed",
    "dependencies": "what is relied on, and how its failure is borne",
    "platform": "what every service is built on",
}
_FEEDS = {
    "observability": "detect detection learn",
    "safe-change": "prevent control boundary code trigger cause",
    "availability": "mitigate respond safeguard",
    "dependencies": "dependency dependencies provider vendor",
}


def suggested(recurrence: str) -> str:
    """The standard that a recurrence is most likely input for, of `STANDARDS`."""
    what, _, name = recurrence.partition(":")
    if what == "service":
        return "objectives"
    return next(
        (standard for standard, names in _FEEDS.items() if name in names.split()), "platform"
    )


@facts(kind="standard")
class StandardFed(Event, frozen=True, tag="standard.fed"):
    """What recurs in this incident and others became input for a standard."""

    standard: Reference
    recurrence: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """What was fed, into which standard, and where that stands."""
        return f"{self.recurrence} → {self.standard}: {self.text}"


class Fed(msgspec.Struct, frozen=True, gc=False):
    """A recurrence, such as ``layer:detection``, that a standard was changed for. `at` in UTC."""

    recurrence: str
    standard: str
    text: str
    at: float


class Standards(Projection):
    """What this incident fed, in the order recorded."""

    fed: list[Fed] = []


@projects(StandardFed, Standards)
def _fed(standards: Standards, event: StandardFed, entry: Entry) -> None:
    standards.fed.append(Fed(event.recurrence, event.standard, event.text, entry.at.timestamp()))


def recurrences(incident: Incident) -> dict[str, str]:
    """What of this incident may be found in others, with its meaning: ``layer:detection``."""
    playbook = incident.playbook
    meanings = {
        f"layer:{item.layer}": title_of(playbook.layers, item.layer)
        for item in incident.of(Factors).items
    }
    meanings |= {f"service:{name}": name for name in services_of(incident)}
    return meanings | {
        f"class:{item.action_class}": title_of(playbook.action_classes, item.action_class)
        for item in incident.of(Actions).live
        if item.action_class
    }


def _nothing_recurs(incident: Incident) -> str | None:
    if recurrences(incident):
        return None
    return "no factor, service or class of action is on record yet"


@command(
    "/feed STANDARD RECURRENCE WHERE",
    help="say which standard was changed for what recurs, and where that is written",
    example="/feed observability layer:detection alerts on pools, wiki/OBS-12",
    possible=_nothing_recurs,
)
def feed(context: CommandContext, standard: str, recurrence: str, where: str) -> Planned:
    """What recurs here is input for a standard from now on. `Refused` when nothing recurs."""
    standard = one_of(standard, STANDARDS, what="a standard", line="/feed {} …")
    known = recurrences(context.incident)
    if not known:
        raise Refused(_nothing_recurs(context.incident) or "")
    recurrence = one_of(
        recurrence,
        known,
        what="a factor layer, a service or a class of this incident",
        line=f"/feed {standard} {{}} …",
    )
    return StandardFed(standard=standard, recurrence=recurrence, text=where)


completes_with("STANDARD", STANDARDS)


@completes("RECURRENCE")
def _recurrences(incident: Incident) -> list[tuple[str, str]]:
    return list(recurrences(incident).items())


@reported("standards_fed")
def _reported(incident: Incident) -> list[dict[str, object]]:
    """What was fed into which standard."""
    return [
        {"at": iso(entry.at), "standard": event.standard, "recurrence": event.recurrence,
         "text": event.text}
        for entry in incident.entries
        if isinstance(event := entry.event, StandardFed) and incident.counts(entry)
    ]  # fmt: skip
