"""An incident as one page of HTML."""

from incident_tui.documents.text.html_page import html_page
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> str:
    """The page, which needs nothing beside it."""
    return html_page(exported.data, exported.legal, exported.note)
