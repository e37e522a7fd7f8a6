"""Known people: every name that the log holds, as an author or in a field that names somebody."""

import re
from collections.abc import Iterable

from incident_tui.domain.core.events import Projection
from incident_tui.domain.core.typed_text import people_named


class KnownPeople(Projection):
    """The names in an incident; read on when they are asked for, as far as the log has grown."""

    _read: int = 0
    _names: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Authors, wearers of hats, owners and whoever else a field names, as they were typed."""
        entries = self.incident.entries
        if self._read < len(entries):
            new_names = {
                name
                for entry in entries[self._read :]
                for name in (entry.actor, *people_named(entry.event).values())
            }
            self._names, self._read = self._names | new_names, len(entries)
        return self._names


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be those of one person: ``ben``, ``@ben`` and ``Ben Doe`` may."""
    first, second = (
        set(re.split(r"[\W_]+", name.partition("@")[0] or name.lstrip("@"))) - {""}
        for name in (one.casefold(), other.casefold())
    )
    return bool(first and second) and (first <= second or second <= first)


def name_and_rest(first: str, rest: str, names: Iterable[str]) -> tuple[str, str]:
    """A name that was typed without quotes, as far as it is a known one, and the words behind it.

    Of several known names that the words begin with it is the longest; else only `first` is one.
    """
    typed = f"{first} {rest}"
    for name in sorted(names, key=len, reverse=True):
        behind = typed[len(name) :]
        if typed.casefold().startswith(name.casefold()) and behind[:1] in ("", " "):
            return name, behind.strip()
    return first, rest
