"""An incident as one page of HTML."""

from incident_tui.documents.html.incident_page import incident_html
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> str:
    """The page, which needs nothing beside it."""
    legal = [row["number"] for row in exported.legal]
    return incident_html(exported.incident, exported.now, legal=legal, note=exported.note)
