"""Status updates as they are pasted elsewhere: plain text for mail and pages, and a form for chats.

The page of an update with all that belongs to it is in `update_pages`.
"""

import re

from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.update_pages import (
    FORMS,
    chat_path,
    plain_path,
    update_title,
)
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.impact.updates import Update, Updates
from incident_tui.domain.values.text import clean

_LABELLED = re.compile(r"(\w[^:*]{0,40}):\s+(.+)")
_LISTED = re.compile(r"[-*•]\s+(.+)")


def plain_form(incident: Incident, item: Update, moments: Moments) -> str:
    """The update without any mark-up: heading, text, and when people hear again."""
    blocks = [
        f"{update_title(item)}: {shared_facts.title(incident)}",
        _text(item),
        _next(item, moments),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def chat_form(incident: Incident, item: Update, moments: Moments) -> str:
    """The update as chats show it: `*bold*` heading and labels, a bullet for each labelled line."""
    first, *others = _text(item).split("\n")
    next_update = _next(item, moments)
    lines = [
        f"*{update_title(item)}: {shared_facts.title(incident).replace('*', '')}*",
        first,
        *(_bullet(line) for line in others if line),
        f"_{next_update}_" if next_update else "",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def update_texts(incident: Incident, moments: Moments) -> dict[str, str]:
    """Path -> text, two for each update."""
    texts = {}
    for item in incident.of(Updates).items:
        # A kind that a newer version invented has its page; its texts are that version's to make.
        if item.form in FORMS:
            texts[plain_path(item)] = plain_form(incident, item, moments)
            texts[chat_path(item)] = chat_form(incident, item, moments)
    return texts


def _text(item: Update) -> str:
    lines = "\n".join(line.strip() for line in clean(item.text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines)


def _next(item: Update, moments: Moments) -> str:
    if item.next_at is None:
        return ""
    return f"Next update: {moments.stamp(item.next_at)} ({moments.zone_name})."


def _bullet(line: str) -> str:
    if labelled := _LABELLED.fullmatch(line):
        return f"• *{labelled[1].strip()}:* {labelled[2]}"
    if listed := _LISTED.fullmatch(line):
        return f"• {listed[1]}"
    return line
