"""Looking for words in the entries of all incidents."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.sharing import (
    Withheld,
    holds_need_to_know,
    restricted,
    shared,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.service.home_service import Service


class Hit(msgspec.Struct, frozen=True):
    """An entry that holds all words; `text` is what the timeline shows for it."""

    incident: str
    title: str
    number: int
    id: str
    at: datetime
    kind: str
    actor: str
    text: str
    source: str
    retracted: bool


class Found(msgspec.Struct, frozen=True):
    """The entries, newest first, and the incidents that could not be looked into, with reasons."""

    hits: tuple[Hit, ...]
    unread: tuple[tuple[str, str], ...]


def search(service: Service, words: Sequence[str], *, protected: bool = False) -> Found:
    """The entries of all incidents that hold every one of `words`, however their case.

    Protected incidents, restricted entries, whatever quotes them, and legal conclusions are left
    out unless `protected` asks for them.
    """
    wanted = [word.casefold() for given in words for word in given.split()]
    incidents, unread = service.read_all()
    hits = [
        hit
        for name, incident in incidents.items()
        for hit in _hits(name, incident, wanted, protected)
    ]
    hits.sort(key=lambda hit: (hit.at, hit.incident, hit.number), reverse=True)
    return Found(tuple(hits), tuple(unread.items()))


def _hits(name: str, incident: Incident, wanted: Sequence[str], protected: bool) -> list[Hit]:
    protection = incident.of(Protection)
    if protection.protected and not protected:
        return []
    hidden: set[str] = set()
    if not protected and holds_need_to_know(incident):
        hidden = restricted(incident)
        incident = shared(incident)
    declared = incident.of(Lifecycle).declared
    title = declared.title if declared else ""
    found = []
    for entry in incident.entries:
        if entry.id in hidden or isinstance(entry.event, Withheld):
            continue
        text = entry.event.tell(entry, incident)
        held = "\n".join((entry.event.kind, text, entry.actor, entry.source)).casefold()
        if wanted and all(word in held for word in wanted):
            found.append(
                Hit(
                    incident=name,
                    title=title,
                    number=incident.number(entry.id),
                    id=entry.id,
                    at=entry.at,
                    kind=entry.event.kind,
                    actor=entry.actor,
                    text=text,
                    source=entry.source,
                    retracted=not incident.counts(entry),
                )
            )
    return found
