"""An incident as something to hand on: Markdown, JSON, CSV or a page of HTML.

What others may read is decided in `domain.confidential.sharing`, what may not leave at all in
`secrets.files`.
"""

from collections.abc import Callable
from typing import Any

from incident_tui.documents import render_folder
from incident_tui.documents.text.csv_rows import csv_rows
from incident_tui.documents.text.html_page import html_page
from incident_tui.documents.text.markdown_text import inline
from incident_tui.domain.confidential.sharing import holds_need_to_know, shared
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.legal import LegalConclusion
from incident_tui.domain.report import Data, report
from incident_tui.service.secrets.files import files_must_not_leave
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.store.home import PLAYBOOK

SHARED_NOTE = "Shared copy: what is for those only who need to know was withheld."


def export(session: IncidentSession, form: str, *, for_others: bool = False) -> str | Data:
    """The incident in one of `FORMS`: text, or the data of the JSON form.

    With `for_others`, need-to-know words are withheld and conclusions in law left out; without,
    these stand after the facts. Raises `Refused` while an entry looks like it holds a secret.
    """
    incident = shared(session.incident) if for_others else session.incident
    try:
        # Of a shared copy only what is in it has to be clean.
        must_not_leave(incident)
        files_must_not_leave(session.folder, incident, only=PLAYBOOK)
    except HeldBack as held:
        raise held.refused from held
    note = SHARED_NOTE if for_others and holds_need_to_know(session.incident) else ""
    data = report(incident, session.world.clock())
    conclusions = {
        incident.number(entry.id)
        for entry in incident.recorded
        if isinstance(entry.event, LegalConclusion)
    }
    legal = [row for row in data["timeline"] if row["number"] in conclusions]
    data["timeline"] = [row for row in data["timeline"] if row["number"] not in conclusions]
    return FORMS[form](incident, data, legal, note)


def _json(incident: Incident, data: Data, legal: list[Data], note: str) -> Data:
    extra: dict[str, Any] = {"legal": legal} if legal else {}
    return data | extra | ({"note": note} if note else {})


def _csv(incident: Incident, data: Data, legal: list[Data], note: str) -> str:
    # Only rows fit into the form, so the conclusions in law come last, whenever they were drawn.
    return csv_rows([*data["timeline"], *legal])


def _html(incident: Incident, data: Data, legal: list[Data], note: str) -> str:
    return html_page(data, legal, note)


def _markdown(incident: Incident, data: Data, legal: list[Data], note: str) -> str:
    numbers = {row["number"] for row in legal}
    documents = render_folder(incident)
    first = "postmortem.md" if "postmortem.md" in documents else "README.md"
    timeline = "\n".join(
        line
        for line in documents["timeline.md"].splitlines()
        if not any(line.startswith(f"| {number} |") for number in numbers)
    )
    parts = [note, documents[first].strip(), timeline.strip()]
    if legal:
        lines = [f"- {row['at']} {inline(row['actor'])}: {inline(row['text'])}" for row in legal]
        parts.append("\n".join(["# Legal conclusions", "", *lines]))
    return "\n\n".join(part for part in parts if part) + "\n"


FORMS: dict[str, Callable[[Incident, Data, list[Data], str], str | Data]] = {
    "md": _markdown,
    "json": _json,
    "csv": _csv,
    "html": _html,
}
"""The forms by name, each with what makes it of the state and its report."""
