"""What is done about one entry of the timeline from the war room: go there, correct it, copy it."""

from functools import partial
from typing import Any

from textual.app import App

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.line_grammar import Line
from incident_tui.domain.findings.corrections import correcting_line
from incident_tui.domain.findings.timeline import entry_text
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.copied_text import copy
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.war_room.line_routing import why_not
from incident_tui.screens.widgets.line.log_line import LogLine


def go_to(pane: TimelinePane, log_line: LogLine, where: str, parsed: Line | None) -> bool:
    """Go to a place of the timeline; whether to read on there: whoever types on stays."""
    try:
        pane.go_to(where)
    except Refused as refused:
        log_line.refuse(why_not(parsed, refused, partial(key_text, log_line)))
        return False
    log_line.accept()
    return not log_line.busy


def correct(log_line: LogLine, incident: Incident, entry: Entry) -> None:
    """Begin the line that corrects an entry; what stood in the log line is in its history."""
    before = log_line.draft.strip()
    try:
        log_line.start(correcting_line(incident, entry))
    except Refused as refused:
        log_line.refuse_key(why_not(None, refused, partial(key_text, log_line)))
        return
    if before:
        log_line.remind("↑ has what stood here")


def correction(incident: Incident, entry: Entry | None) -> str:
    """The line that corrects an entry, with its text in it; empty where none does."""
    try:
        return correcting_line(incident, entry) if entry is not None else ""
    except Refused:
        return ""


async def copy_entry(
    app: App[Any], controller: IncidentController, log_line: LogLine, entry: Entry
) -> None:
    """Copy an entry, or the text of the update that it posted, and say where that stands."""
    from incident_tui.screens.widgets.chrome.document_rows import pasteable

    incident = controller.incident
    posted = pasteable(incident, entry.id)
    text, path = entry_text(incident, entry, controller.session.zone), ""
    if posted is not None:
        text, path = posted.text, posted.path
    how = await copy(app, controller, text, path)
    log_line.tell_done(f"#{incident.number(entry.id)} {how}")
