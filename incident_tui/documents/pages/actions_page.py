"""The page of action items. Whether one is overdue depends on the day of reading: not said here."""

from incident_tui.documents.pages import shared_facts
from incident_tui.documents.pages.page import Page
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.values.text import counted


def actions_page(incident: Incident, moments: Moments) -> Page:
    """Every action item with its status."""
    return Page("actions.md", "Action items", "actions", lambda: _values(incident, moments))


def _values(incident: Incident, moments: Moments) -> dict[str, object]:
    rows = shared_facts.actions(incident, moments)
    used = {str(row[shared_facts.ACTION_HEADS.index("Class")]) for row in rows}
    return {
        "title": shared_facts.title(incident),
        "counts": _counts(incident),
        "heads": shared_facts.ACTION_HEADS,
        "rows": rows,
        "zone": moments.zone_name,
        "classes": [
            (choice.id, choice.title)
            for choice in incident.playbook.action_classes
            if choice.id in used
        ],
    }


def _counts(incident: Incident) -> str:
    """``2 action items: 1 open, 1 verified``, or ``2 action items, all open``."""
    statuses = [item.status for item in incident.of(Actions).items]
    count = counted(len(statuses), "action item")
    if len(set(statuses)) > 1:
        return f"{count}: {shared_facts.action_counts(incident)}"
    return f"{count}, {'all ' if len(statuses) > 1 else ''}{''.join(statuses[:1])}"
