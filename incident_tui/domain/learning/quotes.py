"""Quotes: what the record of others says that no field here has a place for.

They come with an import whose user took them, each below the heading that it stood under.
"""

from incident_tui.domain.core.events import (
    Entry,
    Incident,
    Projection,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.core.rules import reported


@facts(kind="quote", names="heading", in_documents=True)
class RecordQuoted(NamedEvent, frozen=True, tag="record.quoted"):
    """A passage of the original record, as it stands there."""

    text: Words
    heading: Words = ""


class Quotes(Projection):
    """The passages with the entries that brought them, in the order of the original."""

    items: list[tuple[Entry, RecordQuoted]] = []

    def by_heading(self) -> dict[str, list[tuple[Entry, RecordQuoted]]]:
        """The passages below each heading; those below none have the empty one."""
        passages: dict[str, list[tuple[Entry, RecordQuoted]]] = {}
        for entry, event in self.items:
            passages.setdefault(event.heading, []).append((entry, event))
        return passages


@projects(RecordQuoted, Quotes)
def _quoted(quotes: Quotes, event: RecordQuoted, entry: Entry) -> None:
    quotes.items.append((entry, event))


@reported("quotes")
def _quotes(incident: Incident) -> list[dict[str, str]]:
    """What the original record says besides: heading, text and where it stood."""
    return [
        {"heading": event.heading, "text": event.text, "source": entry.source}
        for entry, event in incident.of(Quotes).items
    ]
