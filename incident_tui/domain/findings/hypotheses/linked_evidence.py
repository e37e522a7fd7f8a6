"""Evidence for or against hypotheses: whether there is any, and whether it says where it stands."""

from datetime import datetime, timedelta

from incident_tui.domain.core.events import Entry, Incident, Projection, projects
from incident_tui.domain.core.rules import Missing, Raised, check, flag
from incident_tui.domain.findings.hypotheses import EvidenceWeighed, Hypotheses
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.patterns import later

_REFERENCE = later(r"https?://\S|\bevidence/\S|(?<=[\w/])#\d+")
_NUMBER = later(r"(?<![\w/])#(\d+)")


class LinkedEvidence(Projection):
    """Evidence for or against a hypothesis that says where it is found."""

    linked: list[Entry] = []


@projects(EvidenceWeighed, LinkedEvidence)
def _weighed(evidence: LinkedEvidence, event: EvidenceWeighed, entry: Entry) -> None:
    if entry.source or _REFERENCE.search(event.text) or _quotes_another(evidence, event, entry):
        evidence.linked.append(entry)


def _quotes_another(evidence: LinkedEvidence, event: EvidenceWeighed, entry: Entry) -> bool:
    """Whether it names an earlier entry that has a source or says what happened: no mere guess."""
    own = evidence.incident.number(entry.id)
    numbers = (int(number) for number in _NUMBER.findall(event.text))
    quoted = (evidence.incident.by_number(number) for number in numbers if number < own)
    return any(each and (each.source or each.event.says_what_happened) for each in quoted)


def is_linked(incident: Incident, hypothesis: str) -> bool:
    """Whether evidence for the hypothesis of that entry says where it is found."""
    events = [entry.event for entry in incident.of(LinkedEvidence).linked]
    return any(
        isinstance(event, EvidenceWeighed) and event.speaks_for and event.hypothesis == hypothesis
        for event in events
    )


@check("hypotheses.linked", title="evidence for or against a hypothesis is linked")
def linked(incident: Incident) -> Missing | None:
    """At least one piece of evidence names a source, an entry, a file or an address."""
    if incident.of(LinkedEvidence).linked:
        return None
    ranked = incident.of(Hypotheses).ranked()
    if not ranked:
        return Missing("no hypothesis is on record", "? …")
    return Missing(
        "no evidence says where it can be looked up", f"/hyp {ranked[0].number} for … src:…"
    )


@flag(
    "hypotheses.guessing",
    why="A guess that nobody checks costs more than a look at the logs.",
    worst=38,
)
def unproven_guess(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """A hypothesis has stood for `minutes`, and nothing that can be looked up speaks on any.

    A verdict or a feeling without a source is a guess as well; what was ruled out was looked at.
    """
    items = incident.of(Hypotheses).items
    if not incident.of(Lifecycle).unresolved or not items:
        return None
    if incident.of(LinkedEvidence).linked or incident.of(Hypotheses).with_status("refuted"):
        return None
    due = items[0].entry.at + timedelta(minutes=minutes)
    return Raised(
        "Nothing that can be looked up speaks for or against any hypothesis: see logs, metrics.",
        due,
        f"/hyp {items[0].number} for … src:…",
    ).once_due(now)
