"""Quotes: what the record of others says that no field here has a place for.

They come with an import whose user took them, each below the heading that it stood under.
"""

import msgspec

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


class Quote(msgspec.Struct, frozen=True):
    """One passage, with the entry that brought it."""

    entry: Entry
    heading: str
    text: str


class Quotes(Projection):
    """The passages, in the order of the original."""

    items: list[Quote] = []

    def by_heading(self) -> dict[str, list[Quote]]:
        """The passages below each heading; those below none have the empty one."""
        passages: dict[str, list[Quote]] = {}
        for item in self.items:
            passages.setdefault(item.heading, []).append(item)
        return passages


@projects(RecordQuoted, Quotes)
def _quoted(quotes: Quotes, event: RecordQuoted, entry: Entry) -> None:
    quotes.items.append(Quote(entry, event.heading, event.text))


@reported("quotes")
def _quotes(incident: Incident) -> list[dict[str, str]]:
    """What the original record says besides: heading, text and where it stood."""
    return [
        {"heading": item.heading, "text": item.text, "source": item.entry.source}
        for item in incident.of(Quotes).items
    ]
