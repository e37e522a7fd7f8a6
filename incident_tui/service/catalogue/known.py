"""What is kept of one incident, made from its state; and the kinds of index that keep it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from incident_tui.domain.core.events import Incident
from incident_tui.domain.outline import outline, redactions_in
from incident_tui.domain.report import summary
from incident_tui.service.catalogue.rows import rows_of

if TYPE_CHECKING:
    from sqlite3 import Connection

    from incident_tui.store.index.tables import Known

T = TypeVar("T")
D = TypeVar("D", covariant=True)


class Decoder(Protocol[D]):
    """Reads one kind of document."""

    def decode(self, document: bytes, /) -> D:
        """What the document says."""


class Kept(Protocol):
    """An index, on the disk or in memory. All of it raises `Unusable`."""

    def now(self) -> int:
        """The present in the clock of the file system, in nanoseconds."""

    def read(self, use: "Callable[[Connection], T]") -> T | None:
        """What `use` finds; None where there is nothing yet."""

    def write(self, use: "Callable[[Connection], T]") -> T:
        """Change it by `use`."""


class Answer(msgspec.Struct):
    """A document of each incident, in no order; and why others cannot be read, by their ids.

    `index` knows all of them now; it is None where none could be used, or was worth it.
    """

    documents: dict[str, bytes]
    unread: dict[str, str]
    index: Kept | None


def known_of(name: str, version: bytes, incident: Incident, *, everything: bool = False) -> "Known":
    """What is kept of an incident; `everything` is for whoever needs to know."""
    from incident_tui.store.index.tables import Known

    known = outline(incident)
    return Known(
        name=name,
        version=version,
        redactions=redactions_in(incident),
        # One that was protected later was declared under another id.
        summary=msgspec.json.encode(summary(incident) | {"id": name}),
        outline=msgspec.msgpack.encode(known),
        rows=rows_of(incident, known, everything=everything),
        private=known.protected and not everything,
    )
