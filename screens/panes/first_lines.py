"""What can be typed: at first, by which signs and for which check; at last, behind the close."""

from collections.abc import Iterator

from incident_tui.domain.core.commands import forms
from incident_tui.domain.core.events import Incident
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.painted_text import line
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.widgets.rows.row_wrap import WHOLE
from incident_tui.screens.widgets.rows.rows import Row

BEFORE_ALL = frozenset({"declared", "severity"})
"""Kinds of the entries that a declaration makes."""
SIGNS = ("=", "?", ">", "!")


def first_lines(controller: IncidentController, gate_key: str) -> Iterator[Row]:
    """Rows that say what to type first; `gate_key` shows the gate.

    What the gate asks for stands last: of a list that goes on at its end, a small terminal shows
    the end.
    """
    yield Row("first blank", line(" "), selectable=False)
    invitation = "Type what you see, and press Enter. A sign before it says what it is:"
    yield Row("first fact", line(invitation), selectable=False)
    for lead in SIGNS:
        form = forms(lead)[0]
        example = line("  ", (form.example, WHOLE), (f"  {form.help}", "dim"))
        yield Row(f"first {lead}", example, selectable=False)
    check = next((each for each in controller.gate().checks if each.mend), None)
    if check is not None:
        stage = controller.incident.of(Lifecycle).current.stage.title
        parts = ("Next, for ", ""), (stage, "bold"), (": ", ""), (check.mend, WHOLE)
        more = f"  {check.title}; {gate_key} shows all of it"
        yield Row("first gate", line(*parts, (more, "dim")), selectable=False)


def lines_behind_close(incident: Incident) -> dict[str, tuple[str, str]]:
    """What can still be done once the incident is closed, by a key: why, and the line for it."""
    stages = ", ".join(record.stage.id for record in incident.of(Lifecycle).stages)
    left = {
        f"action {item.number}": (
            f"action item {item.number} is {item.status}: {item.text}",
            f"/act {item.number} {'done' if item.status == 'open' else 'verify'} …",
        )
        for item in incident.of(Actions).live
        if item.status in ("open", "done")
    }
    return {
        "reopen": (f"it is back, or something was missed: {stages}", "/reopen STAGE WHY"),
        "deliver": ("others are to have it", "/deliver"),
        **left,
    }
