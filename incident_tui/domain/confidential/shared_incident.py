"""What others may read of an incident: the same log with need-to-know words withheld.

Numbers, times, kinds and the state stay as they are; who is given the result is not decided here.
"""

import msgspec

from incident_tui.domain.confidential.protection import EntryRestricted, Protection
from incident_tui.domain.core.events import Entry, Event, Incident, facts, fold
from incident_tui.domain.core.typed_text import (
    people_named,
    typed_texts,
    without_copies,
    without_text,
)
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.findings.legal import LegalConclusion
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.wording.quotations import Quotations

NEED_TO_KNOW = "(need to know)"
"""What stands in the place of a text that is withheld."""


@facts(kind="withheld", correctable=False)
class Withheld(Event, frozen=True, tag=False):
    """The place of an entry that is not shared at all. It is never recorded."""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """That something stands there."""
        return NEED_TO_KNOW


def holds_need_to_know(incident: Incident) -> bool:
    """Whether `shared` would withhold anything."""
    protection = incident.of(Protection)
    concluded = any(isinstance(entry.event, LegalConclusion) for entry in incident.recorded)
    return protection.protected or bool(protection.restricted) or concluded


def shared(incident: Incident) -> Incident:
    """The incident as others may read it.

    Of a protected incident every typed word but its title is withheld; else those of restricted
    entries, with their amendments and whatever quotes them. The people whom these name are
    withheld wherever a name stands, unless they wrote entries themselves. Legal conclusions never
    appear, not even those that were retracted.
    """
    protection = incident.of(Protection)
    hidden = restricted(incident)
    legal = {e.id for e in incident.recorded if isinstance(e.event, LegalConclusion)}
    legal |= {
        entry.id
        for entry in incident.recorded
        if isinstance(entry.event, EntryAmended) and entry.event.target in legal
    }
    quoted = Quotations(
        text
        for entry in incident.recorded
        if entry.id in hidden | legal
        for text in typed_texts(entry)
    )
    people = {
        name
        for entry in incident.recorded
        if protection.protected or entry.id in hidden
        for name in people_named(entry.event).values()
    } - {entry.actor for entry in incident.recorded}
    return fold(
        [
            _without_people(_shared(entry, protection.protected, hidden, legal, quoted), people)
            for entry in incident.recorded
        ],
        incident.playbook,
    )


def restricted(incident: Incident) -> set[str]:
    """Ids of the restricted entries, of their amendments, and of what says why they are."""
    ids = set(incident.of(Protection).restricted)
    return ids | {
        entry.id
        for entry in incident.recorded
        if isinstance(entry.event, EntryAmended | EntryRestricted) and entry.event.target in ids
    }


def _without_people(entry: Entry, names: set[str]) -> Entry:
    changes = {
        field: NEED_TO_KNOW
        for field, name in people_named(entry.event).items()
        if name in names and name != NEED_TO_KNOW
    }
    if not changes:
        return entry
    return msgspec.structs.replace(entry, event=msgspec.structs.replace(entry.event, **changes))


def _shared(
    entry: Entry, protected: bool, hidden: set[str], legal: set[str], quoted: Quotations
) -> Entry:
    if entry.id in legal:
        # Not even its kind: that there is an opinion in law is a matter of its own.
        return msgspec.structs.replace(entry, event=Withheld(), source="")
    if protected:
        return entry if isinstance(entry.event, IncidentDeclared) else _withheld(entry)
    if entry.id in hidden:
        return _withheld(entry)
    return without_copies(entry, quoted, NEED_TO_KNOW)


def _withheld(entry: Entry) -> Entry:
    """The entry without its words; the name that a file was given is one of them."""
    return without_text(entry, NEED_TO_KNOW, file_names=True)
