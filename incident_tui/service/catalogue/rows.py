"""The lines of a timeline as they are searched: one for each entry that may be found."""

from datetime import datetime

from incident_tui.domain.confidential.shared_incident import Withheld, restricted, shared
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.outline import Outline
from incident_tui.domain.outline.weights import weigher
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.store.index.tables import Row


def rows_of(incident: Incident, known: Outline, *, everything: bool = False) -> list[Row]:
    """The entries of an incident in the order of its log.

    Restricted entries, whatever quotes them, and legal conclusions are left out, as is all of a
    protected incident, unless `everything` is asked for.
    """
    hidden: set[str] = set()
    if known.withheld and not everything:
        if known.protected:
            return []
        hidden = restricted(incident)
        incident = shared(incident)
    weight = weigher(incident)

    def moment(entry: Entry) -> datetime:
        """When it was; history is declared on the day of its import, which says nothing of it."""
        imported = known.imported and isinstance(entry.event, IncidentDeclared)
        return known.began if imported else entry.at

    return [
        Row(
            entry=entry.id,
            number=incident.number(entry.id),
            at=int(moment(entry).timestamp()),
            retracted=not incident.counts(entry),
            text=entry.event.tell(entry, incident),
            source=entry.source,
            actor=entry.actor,
            kind=entry.event.kind,
            weight=weight(entry),
        )
        for entry in incident.entries
        if entry.id not in hidden and not isinstance(entry.event, Withheld)
    ]
