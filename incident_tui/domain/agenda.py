"""Agenda: action items as a postmortem lists them, by term, class and priority.

What can be said of a single item is in `actions`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from incident_tui.domain.actions import TERMS, Action, Actions
from incident_tui.domain.checks import Raised, flag, source
from incident_tui.domain.kernel import Incident
from incident_tui.domain.text import counted
from incident_tui.domain.wording import is_vague

RECURRING = 2
"""From this many items on, a class points at a rule rather than at a single repair."""


def _row(item: Action) -> str:
    told = [
        item.priority,
        f"@{item.owner}" if item.owner else "",
        f"due {item.due.date().isoformat()}" if item.due else "",
        item.action_class,
        item.status,
    ]
    return f"{item.text}: " + ", ".join(part for part in told if part)


@source("actions.all")
def listed(incident: Incident) -> str:
    """Each action item with priority, owner, day and status, the most urgent first."""
    items = sorted(incident.of(Actions).live, key=lambda item: (item.priority or "P9", item.number))
    return "\n".join(_row(item) for item in items)


def _of_term(term: str) -> Callable[[Incident], str]:
    def tasks(incident: Incident) -> str:
        items = [item for item in incident.of(Actions).live if item.term == term]
        boxes = [(item, "x" if item.status in ("done", "verified") else " ") for item in items]
        return "\n".join(
            f"[{box}] {item.text}" + (f" @{item.owner}" if item.owner else "")
            for item, box in boxes
        )

    return tasks


for _term in TERMS:
    source(f"actions.{_term}")(_of_term(_term))


@source("actions.recurring")
def recurring(incident: Incident) -> str:
    """Classes that several items share: input for a standard, one a line."""
    titles = {choice.id: choice.title for choice in incident.playbook.action_classes}
    classes = Counter(item.action_class for item in incident.of(Actions).live if item.action_class)
    return "\n".join(
        f"{titles.get(name, name)}: {counted(number, 'item')}"
        for name, number in classes.items()
        if number >= RECURRING
    )


@flag("actions.unverifiable", why="What nobody can see done is never done.", worst=24)
def unverifiable(incident: Incident, now: datetime, minutes: int) -> Raised | None:
    """For `minutes` an action item has named no sign of its end, or only asks to do better."""
    for item in incident.of(Actions).live:
        due = item.entry.recorded_at + timedelta(minutes=minutes)
        if now < due or (item.verify and not is_vague(item.text)):
            continue
        return Raised(
            f"Nobody can see when action item {item.number} is done: {item.text}",
            due,
            f'/act {item.number} verify:"what one will see"',
        )
    return None
