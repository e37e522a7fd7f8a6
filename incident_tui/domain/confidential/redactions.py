"""Redaction: the words of an entry are gone for good; that they were there stays on record.

It is the one thing that rewrites a log. Here is what is said of it and what the entry becomes;
putting that into the file, and looking into git, is the service's.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from incident_tui.domain.confidential.protection import IncidentProtected, Protection
from incident_tui.domain.confidential.purges import HistoryPurged, Purges
from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    UnknownEvent,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import completes_entries
from incident_tui.domain.core.rules import Raised, flag
from incident_tui.domain.core.typed_text import (
    REMOVED,
    every_text,
    people_named,
    quotable_texts,
    without_copies,
    without_secrets_of,
    without_text,
)
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values.text import with_words
from incident_tui.domain.values.wording.quotations import Quotations


@facts(kind="redacted", correctable=False)
class EntryRedacted(Event, frozen=True, tag="entry.redacted"):
    """The texts of an earlier entry were removed. `in_git`: commits made before hold them."""

    target: Reference
    text: Words = ""
    in_git: bool = False

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, why, what of it stays, and whether git still knows it."""
        line = with_words(f"#{incident.number(self.target)} redacted", self.text)
        if stays := _left(incident, self.target):
            line += f" ({stays})"
        purged = self.target in incident.of(Purges).targets
        return f"{line} (earlier commits still hold it)" if self.in_git and not purged else line

    def commit_subject(self, entry: Entry, incident: Incident) -> str:
        """Which entry."""
        return f"#{incident.number(self.target)} redacted"


class Redactions(Projection):
    """Redacted entries by id, with the entry that says so."""

    done: dict[str, Entry] = {}

    @property
    def in_git(self) -> list[Entry]:
        """The redactions whose texts older commits hold."""
        purged = self.incident.of(Purges).targets
        return [
            entry
            for target, entry in self.done.items()
            if target not in purged and getattr(entry.event, "in_git", False)
        ]


@projects(EntryRedacted, Redactions)
def _redacted(redactions: Redactions, event: EntryRedacted, entry: Entry) -> None:
    earlier = redactions.done.get(event.target)
    # A second redaction of the same entry must not hide that commits hold the first text.
    if earlier is None or not getattr(earlier.event, "in_git", False):
        redactions.done[event.target] = entry


@command(
    "/redact N [WHY]",
    help="remove the words of an entry for good, from log and documents",
    example="/redact 12 it held a token",
    words=("censor", "scrub"),
    doubted=True,
)
def redact(context: CommandContext, n: int, why: str = "") -> Planned:
    """Entry `n` loses its words; they cannot be brought back.

    `Refused` where it is of a newer version, or the mark of a redaction.
    """
    context.any_entry(n)
    entry = context.incident.recorded[n - 1]
    if isinstance(entry.event, UnknownEvent):
        raise Refused(
            f"#{n} was recorded by a newer version, which this one cannot rewrite",
            [("redact it with that version", f"/redact {n}")],
        )
    if isinstance(entry.event, EntryRedacted):
        raise Refused(f"#{n} is the mark of a redaction and stays")
    return EntryRedacted(target=entry.id, text=why)


def _left(incident: Incident, target: str) -> str:
    """What a redaction leaves of an entry, so that the state stays what it is: names of people.

    Of the declaration also the name of the folder, which was made of the title.
    """
    event = next((entry.event for entry in incident.recorded if entry.id == target), None)
    if event is None:
        return ""
    people = sorted({name for name in people_named(event).values() if name != REMOVED})
    parts = [", ".join(people)] if people else []
    parts += ["the folder's name"] if isinstance(event, IncidentDeclared) else []
    return f"what stays: {' and '.join(parts)}" if parts else ""


LONG_SECRET = 6
"""Characters from which on a detected secret is looked for in other entries."""


def rewritten(
    entries: Sequence[Entry],
    target: str,
    secrets: Iterable[str] = (),
    *,
    originals: Iterable[Entry] = (),
    later: Set[str] = frozenset(),
) -> list[Entry]:
    """What a log holds from now on in the place of the entries that say what `target` said.

    These are the entry itself, its amendments (not those that came `later` than the redaction, by
    their ids), and every entry that quotes it or holds one of `secrets`. Of names and references,
    which stay so that the state does, only secrets are taken out; so they are of the names of
    authors. Where the words are gone from `entries` already, `originals` are entries that have them
    still.
    """
    own = own_entries(entries, target, later)
    removal = Removal(own, originals, secrets)
    changed = ((entry, removal.applied_to(entry)) for entry in entries)
    return [new for old, new in changed if new != old]


class Removal:
    """What `own` entries said, and `originals` that are gone, to be taken out of others."""

    def __init__(
        self, own: Iterable[Entry], originals: Iterable[Entry], secrets: Iterable[str]
    ) -> None:
        entries = list(own)
        self._own = {entry.id for entry in entries}
        self._secrets = set(secrets)
        self._long = {secret for secret in self._secrets if len(secret) >= LONG_SECRET}
        self.quotations = Quotations(words_of([*entries, *originals]), self._long)

    def applied_to(self, entry: Entry) -> Entry:
        """The entry without these words; an own one loses all of its texts."""
        if entry.id in self._own and not isinstance(entry.event, UnknownEvent):
            return without_secrets_of(without_text(entry, REMOVED), self._secrets, REMOVED)
        new = without_copies(entry, self.quotations, REMOVED)
        return without_secrets_of(new, self._long, REMOVED)


def words_of(entries: Iterable[Entry]) -> set[str]:
    """The texts that others may quote, as far as they were not taken out already."""
    texts = {text for entry in entries for text in quotable_texts(entry)}
    return {text for text in texts if REMOVED not in text}


def texts_of(entries: Sequence[Entry], target: str) -> list[str]:
    """The texts that redacting `target` removes from it and from its amendments."""
    return [text for entry in own_entries(entries, target) for text in every_text(entry)]


def own_entries(
    entries: Iterable[Entry], target: str, later: Set[str] = frozenset()
) -> list[Entry]:
    """The entry `target` and its amendments, without those that came `later`."""
    return [
        entry
        for entry in entries
        if entry.id == target
        or (
            isinstance(entry.event, EntryAmended)
            and entry.event.target == target
            and entry.id not in later
        )
    ]


completes_entries("/redact N", of=lambda incident: list(reversed(incident.entries))[:8])


def unpurged(incident: Incident) -> list[Entry]:
    """What `/purged` can be said of: redacted entries, and the one that protected the incident."""
    known = incident.of(Redactions)
    # Asked every second: what is looked through is what was redacted, not the whole log.
    targets = [mark.event.target for mark in known.in_git if isinstance(mark.event, EntryRedacted)]
    numbers = sorted(incident.numbers[target] for target in targets if target in incident.numbers)
    entries = [incident.recorded[number - 1] for number in numbers]
    protected = incident.of(Protection).in_git
    if protected is not None and protected.id not in incident.of(Purges).targets:
        entries.append(protected)
    return entries


def _nothing_to_purge(incident: Incident) -> str | None:
    held = unpurged(incident)
    return None if held else "commits hold nothing that was redacted or protected later"


@command(
    "/purged N",
    help="say that the history of git no longer holds what was redacted or protected later",
    example="/purged 12",
    possible=_nothing_to_purge,
)
def purged(context: CommandContext, n: int) -> Planned:
    """The commits that held entry `n`, or the incident before it was protected, are gone.

    `Refused` where commits hold nothing of it.
    """
    entry = context.any_entry(n)
    if entry.id in {left.id for left in unpurged(context.incident)}:
        return HistoryPurged(target=entry.id)
    raise Refused(f"#{n} is nothing that commits still hold: neither redacted nor protected later")


completes_entries("/purged N", of=unpurged)


@flag(
    "redactions.in-history",
    why="What was redacted is gone from the files, what was protected later from those that are "
    "shared; but whoever has the commits can still read it.",
    worst=75,
)
def in_history(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """Commits made before still hold what was redacted, or the incident that was protected."""
    left = unpurged(incident)
    if not left:
        return None
    number = incident.number(left[0].id)
    protected = isinstance(left[0].event, IncidentProtected)
    what = "what was recorded before" if protected else "the redacted words of"
    return Raised(
        f"Earlier commits still hold {what} #{number}; how to be rid of them: incident-tui purge",
        _since(incident, left[0]),
        f"/purged {number}",
    )


def _since(incident: Incident, entry: Entry) -> datetime:
    return incident.of(Redactions).done.get(entry.id, entry).recorded_at
