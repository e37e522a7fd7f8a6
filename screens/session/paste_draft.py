"""The draft that says that the preview of pasted lines is in sight."""

from incident_tui.screens.session.controller import IncidentController

PASTE_OPEN = "backfill open"
"""The draft that says that the preview of pasted lines is in sight, and which one is changed."""


def paste_was_open(controller: IncidentController) -> bool:
    """Whether that preview was in sight when the console ended, so that it is shown again."""
    return bool(controller.drafts.get(PASTE_OPEN))
