"""The page of action items. Whether one is overdue depends on the day of reading: not said here."""

from incident_tui.domain.kernel import Incident
from incident_tui.domain.text import counted
from incident_tui.paper import facts
from incident_tui.paper.moments import Moments
from incident_tui.paper.page import Page


def actions_page(incident: Incident, moments: Moments) -> Page:
    """Every action item with its status."""
    rows = facts.actions(incident, moments)
    used = {str(row[facts.ACTION_HEADS.index("Class")]) for row in rows}
    return Page(
        "actions.md",
        "Action items",
        "actions",
        {
            "title": facts.title(incident),
            "count": counted(len(rows), "action item"),
            "counts": facts.action_counts(incident),
            "heads": facts.ACTION_HEADS,
            "rows": rows,
            "zone": moments.zone_name,
            "classes": [
                (choice.id, choice.title)
                for choice in incident.playbook.action_classes
                if choice.id in used
            ],
        },
    )
