"""Redaction: the words of an entry are gone for good; that they were there stays on record.

It is the one thing that rewrites a log. Here is what is said of it and what the entry becomes;
putting that into the file, and looking into git, is the service's.
"""

from collections.abc import Iterable, Sequence, Set
from typing import ClassVar

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    UnknownEvent,
    projects,
)
from incident_tui.domain.core.typed_text import (
    every_text,
    quotable_texts,
    without_copies,
    without_secrets_of,
    without_text,
)
from incident_tui.domain.findings.corrections import EntryAmended
from incident_tui.domain.values.quotations import Quotations

REMOVED = "(redacted)"
"""What stands in the place of each text that was removed."""


class EntryRedacted(Event, frozen=True, tag="entry.redacted"):
    """The texts of an earlier entry were removed. `in_git`: commits made before hold them."""

    kind: ClassVar[str] = "redacted"
    correctable: ClassVar[bool] = False
    target: str
    text: str = ""
    in_git: bool = False

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry, why, and whether git still knows it."""
        told = f"#{incident.number(self.target)} redacted"
        if self.text:
            told += f": {self.text}"
        purged = self.target in incident.of(Redactions).purged
        return f"{told} (earlier commits still hold it)" if self.in_git and not purged else told


class HistoryPurged(Event, frozen=True, tag="entry.purged"):
    """Somebody says that the history of git no longer holds what a mark says it held.

    `target` is the redacted entry, or the one that protected the incident; see
    `history_left_behind`.
    """

    kind: ClassVar[str] = "purged"
    target: str

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which entry."""
        return f"#{incident.number(self.target)} is gone from the history of git"


class Redactions(Projection):
    """Redacted entries by id, with the entry that says so; and those purged from git."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.done: dict[str, Entry] = {}
        self.purged: set[str] = set()

    @property
    def in_git(self) -> list[Entry]:
        """The redactions whose texts older commits hold."""
        return [
            entry
            for target, entry in self.done.items()
            if target not in self.purged and getattr(entry.event, "in_git", False)
        ]


@projects(EntryRedacted, Redactions)
def _redacted(redactions: Redactions, event: EntryRedacted, entry: Entry) -> None:
    earlier = redactions.done.get(event.target)
    # A second redaction of the same entry must not hide that commits hold the first text.
    if earlier is None or not getattr(earlier.event, "in_git", False):
        redactions.done[event.target] = entry


@projects(HistoryPurged, Redactions)
def _purged(redactions: Redactions, event: HistoryPurged, entry: Entry) -> None:
    redactions.purged.add(event.target)


def _entry(incident: Incident, number: int) -> Entry:
    found = incident.by_number(number)
    if found is None:
        raise Refused(f"there is no entry {number}: the timeline goes to {len(incident.entries)}")
    return incident.recorded[number - 1]


@command(
    "/redact N [WHY]",
    help="remove the words of an entry for good, from log and documents",
    example="/redact 12 it held a token",
)
def redact(context: CommandContext, n: int, why: str = "") -> Planned:
    """Entry `n` loses its words; they cannot be brought back."""
    entry = _entry(context.incident, n)
    if isinstance(entry.event, UnknownEvent):
        raise Refused(
            f"#{n} was recorded by a newer version, which this one cannot rewrite",
            [("redact it with that version", f"/redact {n}")],
        )
    if isinstance(entry.event, EntryRedacted):
        raise Refused(f"#{n} is the mark of a redaction and stays")
    return EntryRedacted(target=entry.id, text=why)


LONG_SECRET = 6
"""Characters from which on a detected secret is looked for in other entries."""


def rewritten(
    entries: Sequence[Entry],
    target: str,
    secrets: Iterable[str] = (),
    *,
    said: Iterable[Entry] = (),
    later: Set[str] = frozenset(),
) -> list[Entry]:
    """What a log holds from now on in the place of the entries that say what `target` said.

    These are the entry itself, its amendments (not those that came `later` than the redaction, by
    their ids), and every entry that quotes it or holds one of `secrets`. Of names and references,
    which stay so that the state does, only secrets are taken out; so they are of the names of
    authors. Where the words are gone from `entries` already, `said` are entries that still have
    them.
    """
    own = own_entries(entries, target, later)
    removal = Removal(own, said, secrets)
    changed = ((entry, removal.applied_to(entry)) for entry in entries)
    return [new for old, new in changed if new != old]


class Removal:
    """What `own` entries said (and `said`, which are gone already), to be taken out of others."""

    def __init__(self, own: Iterable[Entry], said: Iterable[Entry], secrets: Iterable[str]) -> None:
        entries = list(own)
        self._own = {entry.id for entry in entries}
        self._secrets = set(secrets)
        self._long = {secret for secret in self._secrets if len(secret) >= LONG_SECRET}
        self.quotations = Quotations(words_of([*entries, *said]), self._long)

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


@completes("/redact N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    newest = list(reversed(incident.entries))[:8]
    return [(str(incident.number(e.id)), e.event.tell(e, incident)) for e in newest]
