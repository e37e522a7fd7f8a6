"""The one object that both doors talk to: enter a line, read the state, hear of changes.

It joins the domain to the store, the documents and git; it decides nothing itself.
"""

from incident_tui.service.home import Declaration, Service
from incident_tui.service.incident import OpenIncident, Receipt
from incident_tui.service.understanding import Suggestion, Understanding
from incident_tui.service.world import World

__all__ = [
    "Declaration",
    "OpenIncident",
    "Receipt",
    "Service",
    "Suggestion",
    "Understanding",
    "World",
]
