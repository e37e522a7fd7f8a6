"""The timeline of an incident as a table that spreadsheets read."""

from incident_tui.documents.text.csv_rows import csv_rows
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> str:
    """The rows of the timeline.

    Only rows fit into the form, so the conclusions in law come last, whenever they were drawn.
    """
    return csv_rows([*exported.data["timeline"], *exported.legal])
