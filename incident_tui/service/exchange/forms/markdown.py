"""An incident as one Markdown document: its postmortem or overview, and the whole timeline."""

from incident_tui.documents import render_folder
from incident_tui.documents.text.flavours import in_flavour
from incident_tui.documents.text.markdown_text import inline
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> str:
    """The document; conclusions in law stand below the facts, under a heading of their own."""
    documents = render_folder(exported.incident, without={row["id"] for row in exported.legal})
    first = "postmortem.md" if "postmortem.md" in documents else "README.md"
    parts = [exported.note, documents[first].strip()]
    if first == "README.md":  # the postmortem holds the log already
        parts.append(documents["timeline.md"].strip())
    if exported.legal:
        lines = [
            f"- {row['at']} {inline(row['actor'])}: {inline(row['text'])}" for row in exported.legal
        ]
        parts.append("\n".join(["# Legal conclusions", "", *lines]))
    document = "\n\n".join(part for part in parts if part) + "\n"
    return in_flavour(document, exported.flavour) if exported.flavour else document
