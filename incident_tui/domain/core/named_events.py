"""Events that say something of what one of their fields names, such as a hat or a lever.

How each of these is called for later readers stands in its concept, or in the playbook.
"""

from typing import ClassVar

from incident_tui.domain.core.events import Entry, Event, Incident
from incident_tui.domain.core.playbook_words import title_of
from incident_tui.domain.values.text import with_reason, with_words


class NamedEvent(Event, frozen=True, tag=False):
    """An event whose row is what it is about, a colon, and what it says of that."""

    names: ClassVar[str] = "name"
    """The field that holds what it is about."""
    listed_in: ClassVar[str] = ""
    """The list of the playbook that has the title of it; empty where it is in none."""

    def title(self, incident: Incident) -> str:
        """How later readers know what it is about."""
        name = str(getattr(self, self.names))
        if not self.listed_in:
            return name
        return title_of(getattr(incident.playbook, self.listed_in), name)

    def words(self) -> str:
        """What it says of that."""
        return str(getattr(self, "text", ""))

    def tell(self, entry: Entry, incident: Incident) -> str:
        """What it is about as it was typed, and what it says."""
        return with_words(str(getattr(self, self.names)), self.words())

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """What it is about by its title, and what it says."""
        return with_words(self.title(incident), self.words())

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """The same; where it begins with a lead, what it says stands in brackets."""
        if not self.lead:
            return self.in_words(entry, incident)
        return with_reason(self.lead, self.title(incident), self.words())
