"""The pages of status updates: what people were told, when, and when they hear more."""

from incident_tui.domain.kernel import Incident
from incident_tui.domain.text import slug
from incident_tui.domain.updates import Update, Updates
from incident_tui.paper.moments import Moments
from incident_tui.paper.page import Page

_FORMS = {"initial": "First message", "update": "Status update", "resolution": "All clear"}


def update_path(item: Update) -> str:
    """Where an update stands."""
    return f"updates/{item.number}-{slug(item.form) or 'update'}.md"


def update_title(item: Update) -> str:
    """What kind of message it is, in words."""
    return _FORMS.get(item.form, item.form or "Status update")


def update_pages(incident: Incident, moments: Moments) -> list[Page]:
    """A page for each update."""
    return [
        Page(
            update_path(item),
            update_title(item),
            "update",
            {
                "title": update_title(item),
                "number": item.number,
                "posted": moments.stamp(item.entry.at),
                "zone": moments.zone_name,
                "actor": item.entry.actor,
                "hat": item.entry.hat,
                "text": item.text,
                "next": moments.stamp(item.next_at),
                "source": item.entry.source,
                "entry": incident.number(item.entry.id),
            },
        )
        for item in incident.of(Updates).items
    ]
