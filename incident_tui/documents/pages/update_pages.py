"""The pages of status updates: what people were told, when, and when they hear more."""

from functools import partial

from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.page import Page
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import Markdown, link
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.playbook_words import title_of
from incident_tui.domain.impact.updates import Update, Updates
from incident_tui.domain.values.text import slug

FORMS = {"initial": "First message", "update": "Status update", "resolution": "All clear"}


def update_path(item: Update) -> str:
    """Where an update stands."""
    return f"updates/{item.number}-{slug(item.form) or 'update'}.md"


def plain_path(item: Update) -> str:
    """Where its plain text stands, to be pasted into a mail or a page."""
    return update_path(item).removesuffix(".md") + ".txt"


def chat_path(item: Update) -> str:
    """Where its form for chats stands."""
    return update_path(item).removesuffix(".md") + ".chat.txt"


def update_links(item: Update) -> Markdown:
    """Links to its page and, where there are any, to its texts."""
    page = link(update_title(item), update_path(item))
    if item.form not in FORMS:
        return page
    texts = [link("plain", plain_path(item)), link("for chats", chat_path(item))]
    return Markdown(f"{page} ({', '.join(texts)})")


def update_kind(item: Update) -> str:
    """What kind of message it is, in words."""
    return FORMS.get(item.form, item.form or "Status update")


def update_title(item: Update) -> str:
    """What kind of message it is, in words, and whom it is for where it is not for everybody."""
    kind = update_kind(item)
    return f"{kind} for {item.audience}" if item.audience else kind


def update_pages(incident: Incident, moments: Moments) -> list[Page]:
    """A page for each update."""
    return [
        Page(
            update_path(item),
            update_title(item),
            "update",
            partial(_values, incident, item, moments),
        )
        for item in incident.of(Updates).items
    ]


def _values(incident: Incident, item: Update, moments: Moments) -> dict[str, object]:
    return {
        "title": update_title(item),
        "number": item.number,
        "posted": moments.stamp(item.entry.at),
        "zone": moments.zone_name,
        "actor": item.entry.actor,
        "hat": title_of(incident.playbook.hats, item.entry.hat),
        "about": shared_facts.title(incident),
        "text": item.text,
        "next": moments.stamp(item.next_at),
        "why": item.why,
        "source": item.entry.source,
        "entry": shared_facts.entry_link(incident, item.entry, "../timeline.md"),
    }
