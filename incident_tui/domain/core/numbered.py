"""Items that people call by their number, as in ``/answer 2``: counted, found and refused one way.

Entries have numbers of their own, which the whole log shares; see `CommandContext.entry`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Generic, TypeVar

import msgspec

from incident_tui.domain.core.commands import Refused, completes, no_such, typed_number
from incident_tui.domain.core.events import Entry, Incident, Projection


class NumberedItem(msgspec.Struct):
    """One item, the entry that brought it, and the number that people call it by."""

    entry: Entry
    text: str
    status: str = ""
    """How things stand with it; empty where that goes without saying."""
    number: int = 0
    """Counted from 1 by the projection that it is added to."""


T = TypeVar("T", bound=NumberedItem)


class NumberedProjection(Projection, Generic[T]):
    """Every item of a concept in the order recorded.

    An item whose entry was retracted is none any more, and those after it move up.
    """

    what: ClassVar[str]
    """How one of them is called in a sentence."""
    first: ClassVar[tuple[str, str]]
    """How one comes about, and the line for it: what mends a number that none of them has."""
    steps: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    """Status now -> what may be said of the item -> status then."""

    items: list[T] = []
    by_id: dict[str, T] = {}
    """The item by the id of the entry that brought it."""

    def add(self, item: T) -> T:
        """Put an item behind the others, under the next number; returns it.

        In an excerpt of the log it keeps the number that it has in the whole.
        """
        whole = self.incident.whole
        excerpt = whole is not self.incident
        item.number = whole.of(type(self)).number_of(item.entry.id) if excerpt else 0
        item.number = item.number or len(self.items) + 1
        self.items.append(item)
        self.by_id[item.entry.id] = item
        return item

    def begin(self) -> tuple[str, str]:
        """How one comes about, and the line for it."""
        return self.first

    @classmethod
    def none_yet(cls, incident: Incident) -> str | None:
        """Why no command about one of them can be used; None once there is one."""
        return None if incident.of(cls).items else f"no {cls.what} is on record yet"

    def number_of(self, entry_id: str) -> int:
        """The number of the item that this entry brought; 0 where it brought none that counts."""
        return self.by_id[entry_id].number if entry_id in self.by_id else 0

    def with_number(self, entry_id: str, text: str) -> str:
        """The text of the item that this entry brought, behind its number while it has one."""
        return f"{self.number_of(entry_id)} {text}" if entry_id in self.by_id else text

    def in_a_row(self, entry_id: str, text: str) -> str:
        """The same for rows that name the kind of an entry: the number is parted by a colon."""
        return f"{self.number_of(entry_id)}: {text}" if entry_id in self.by_id else text

    def nth(self, number: int | str, step: str = "") -> T:
        """The item that people call `number`, read or as typed, where `step` can be said of it.

        `Refused` when there is none, or when its status rules that step out.
        """
        place = typed_number(str(number)) or 0
        if not 1 <= place <= len(self.items):
            entry = self.incident.by_number(place)
            meant = self.by_id.get(entry.id) if entry else None
            reason = no_such(self.what, number, len(self.items))
            if meant is not None:
                raise Refused(f"{reason}; #{place} is {self.what} {meant.number}")
            raise Refused(reason, [self.begin()])
        item = self.items[place - 1]
        if step and step not in self.sayable(item):
            raise Refused(f"{self.what} {place} ({item.text}) is {item.status} already")
        return item

    def sayable(self, item: T) -> Mapping[str, str]:
        """What may be said of an item as it stands, and its status then."""
        return self.steps[item.status]

    def moved(self, entry_id: str, step: str) -> T | None:
        """The item after `step` was said of it; None where there is none to say it of."""
        item = self.by_id.get(entry_id)
        if item is None or step not in self.steps[item.status]:
            return None
        item.status = self.steps[item.status][step]
        return item


def completes_numbers(*placeholders: str, of: Callable[[Incident], Iterable[NumberedItem]]) -> None:
    """Declare that these are numbers of items, each with what it says and how it stands."""

    def listed(incident: Incident) -> list[tuple[str, str]]:
        return [
            (str(item.number), f"{item.text} ({item.status})" if item.status else item.text)
            for item in of(incident)
        ]

    completes(*placeholders)(listed)


def completes_entries(*placeholders: str, of: Callable[[Incident], Iterable[Entry]]) -> None:
    """Declare that these are numbers of entries, each with what it says."""
    completes(*placeholders)(lambda incident: entry_numbers(incident, of(incident)))


def entry_numbers(incident: Incident, entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """What completion offers for the number of an entry."""
    return [(str(incident.number(e.id)), e.event.tell(e, incident)) for e in entries]
