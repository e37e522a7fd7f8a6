"""Proofs: evidence that can be looked up again, and what a protected incident has to keep."""

import re

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.events import Entry, Incident, Projection, projects
from incident_tui.domain.core.rules import Missing, check
from incident_tui.domain.findings.evidence import Evidence
from incident_tui.domain.findings.hypotheses import EvidenceWeighed, Hypotheses

_REFERENCE = re.compile(r"#\d+|https?://\S|\bevidence/\S")


class Proofs(Projection):
    """Evidence for or against a hypothesis that says where it is found."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.linked: list[Entry] = []


@projects(EvidenceWeighed, Proofs)
def _weighed(proofs: Proofs, event: EvidenceWeighed, entry: Entry) -> None:
    if entry.source or _REFERENCE.search(event.text):
        proofs.linked.append(entry)


@check("hypotheses.linked", title="evidence for or against a hypothesis is linked")
def linked(incident: Incident) -> Missing | None:
    """At least one piece of evidence names a source, an entry, a file or an address."""
    if incident.of(Proofs).linked:
        return None
    ranked = incident.of(Hypotheses).ranked()
    if not ranked:
        return Missing("no hypothesis is on record", "? what you suspect")
    return Missing(
        "no evidence says where it can be looked up", f"/hyp {ranked[0].number} for … src:logs"
    )


@check("evidence.preserved", title="in a protected incident, logs and files are kept")
def preserved(incident: Incident) -> Missing | None:
    """Where only some may know, at least one file or link is kept as evidence."""
    evidence = incident.of(Evidence)
    if not incident.of(Protection).protected or evidence.files or evidence.links:
        return None
    return Missing("nothing is kept that could be examined later", "/evidence PATH")
