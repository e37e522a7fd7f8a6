"""The one object that both doors talk to: enter a line, read the state, hear of changes.

It joins the domain to the store, the documents and git; it decides nothing itself.
"""

from incident_tui.service.home_service import Declaration, Service
from incident_tui.service.runtime.world import World
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.session.line_preview import LinePreview, Suggestion
from incident_tui.service.session.receipts import Receipt

__all__ = [
    "Declaration",
    "IncidentSession",
    "LinePreview",
    "Receipt",
    "Service",
    "Suggestion",
    "World",
]
