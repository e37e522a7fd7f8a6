"""From pending events to entries: ids, both clocks, and what a command could not know.

Making them durable is `incident_session`'s.
"""

from collections.abc import Iterable, Sequence

import msgspec

from incident_tui.domain.confidential.protection import IncidentProtected
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.secrets import SecretSuspected
from incident_tui.domain.core.commands import CommandContext, PendingEvent, Refused
from incident_tui.domain.core.events import Entry, Event, Incident
from incident_tui.domain.line_plan import entry_of
from incident_tui.domain.process.runs import CheckRun
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.quality.unverified_entries import UnverifiedChoice
from incident_tui.service.confidential.redacted_storage import Redactable, marked
from incident_tui.service.secrets.texts import suspicion, suspicion_of
from incident_tui.store.home import home_at


def stamped(
    session: Redactable,
    context: CommandContext,
    drafts: Iterable[PendingEvent] | UnverifiedChoice,
    order: int,
) -> list[Entry]:
    """The entries of one line, counted from `order`; after them, what in them looks like a secret.

    Raises `Refused` and `NotSaved` where a file cannot be kept, `Refused` where the author's name
    looks like a secret: it would stand in every entry and commit.
    """
    incident = context.incident
    if what := suspicion([context.actor]):
        raise Refused(
            f"the name that you type under looks like it holds a secret ({what})",
            [("say who you are", "/me PERSON")],
        )
    if isinstance(drafts, UnverifiedChoice):
        from incident_tui.service.session.unverified_entries import chosen

        home = home_at(session.folder.parent, session.world.env)
        return chosen(home, session.folder.name, incident, drafts)
    entries: list[Entry] = []

    def stamp(draft: PendingEvent) -> None:
        event = _completed(session, incident, draft.event)
        new_id = session.world.new_id()
        while new_id in incident.numbers:
            new_id = session.world.new_id()
        place, line = order + len(entries), entries[0].id if entries else ""
        completed = msgspec.structs.replace(draft, event=event)
        entries.append(entry_of(completed, context, entry_id=new_id, order=place, part_of=line))

    for draft in drafts:
        stamp(draft)
    for entry in tuple(entries):
        seen = [suspicion_of(entry)]
        if isinstance(entry.event, EvidenceAttached):
            from incident_tui.service.secrets.files import suspicion_of_file

            seen.append(suspicion_of_file(entry, session.folder))
        if what := ", ".join(filter(None, seen)):
            stamp(PendingEvent(SecretSuspected(target=entry.id, what=what), at=context.now))
    return entries


def in_batch(new: Sequence[Entry], before: Sequence[Entry]) -> list[Entry]:
    """New entries of a line that was pasted behind those `before`, as one batch with them."""
    return [msgspec.structs.replace(entry, batch=[*before, *new][0].id) for entry in new]


def _completed(session: Redactable, incident: Incident, event: Event) -> Event:
    """The event with what its command could not know."""
    match event:
        case EvidenceAttached():
            return _attached(session, event)
        case EntryRedacted():
            return marked(session, incident, event)
        case IncidentProtected():
            from incident_tui.service.confidential.history_rewrite import reached

            held = reached(session.folder, 1, session.world.env)
            return msgspec.structs.replace(event, in_git=held)
        case CheckRun(check=check) if event.is_unfinished:
            raise Refused(f"/run {check} takes its time: enter it by itself")
    return event


def _attached(session: Redactable, event: EvidenceAttached) -> EvidenceAttached:
    """The event with the file kept and looked into, as far as neither was done before."""
    from incident_tui.service.secrets.files import examined
    from incident_tui.service.session.evidence_files import keep_evidence

    if not event.name:
        event = keep_evidence(event, session.folder, session.world)
    return event if event.looked_into else examined(event, session.folder)
