"""The documents of an incident as the screens read them: made off their thread, shown as rows.

What the documents say is paper's business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incident_tui.documents import render_folder
from incident_tui.documents.pages.artifact_pages import document_path
from incident_tui.documents.pages.update_pages import chat_path, plain_path
from incident_tui.documents.pages.update_texts import plain_form
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Entry, Incident, fold
from incident_tui.domain.impact.updates import Updates
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.playbook import Playbook
from incident_tui.screens.painted_text import line
from incident_tui.screens.widgets.rows.rows import Row


def documents(entries: Sequence[Entry], playbook: Playbook) -> dict[str, str]:
    """Every document as of these entries, by its path. Takes long enough to belong in a worker."""
    return render_folder(fold(entries, playbook))


def artifact_among(
    pages: Mapping[str, str], incident: Incident, number: int
) -> tuple[str, str] | None:
    """Path and text of the document of the `number`th stage; None where it has none."""
    path = document_path(incident, incident.of(Lifecycle).stages[number - 1])
    return (path, pages[path]) if path in pages else None


def paper_rows(text: str) -> list[Row]:
    """A document line by line, its headings told apart; nothing in it is markup to us."""
    return [
        Row(str(number), line((words or " ", "bold" if words.startswith("#") else "")))
        for number, words in enumerate(text.rstrip("\n").split("\n"), 1)
    ]


@dataclass(frozen=True, slots=True)
class Pasteable:
    """A status update to be pasted elsewhere: its plain text, and the files that hold its forms."""

    number: int
    text: str
    path: str
    chat_path: str


def pasteable(incident: Incident, entry_id: str) -> Pasteable | None:
    """The update that an entry posted; None when it posted none."""
    for item in incident.of(Updates).items:
        if item.entry.id == entry_id:
            text = plain_form(incident, item, Moments(incident))
            return Pasteable(item.number, text, plain_path(item), chat_path(item))
    return None
