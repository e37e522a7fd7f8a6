"""Which screen a line leads to, or was left in sight, and what is said once it was entered."""

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.line_grammar import Line
from incident_tui.domain.handover.checkpoints import Checkpoints
from incident_tui.domain.people.hats import HatAssigned, duties
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.session.controller import IncidentController, Outcome
from incident_tui.screens.session.outcome_text import file_trouble
from incident_tui.service import Receipt
from incident_tui.store.files.errors import StoreError


def asked_for(line: Line | None) -> str:
    """The screen that writes this line, where nothing of it was written yet; else empty.

    None stands for a text that is no line.
    """
    return line.command.opens if line and line.command.composed and not line.values else ""


def about(controller: IncidentController, line: Line | None, outcome: Outcome) -> str:
    """The screen that shows what an entered line is about, where one is called for; else empty.

    That is so for a line that was refused or waits for somebody, and for a change of command that
    nobody was handed a packet for.
    """
    if isinstance(outcome, Receipt) and _changed_command(controller, outcome):
        return "checkpoint"
    if line is None or (line.command.composed and line.values):
        return ""
    waits = controller.incident.of(Lifecycle).current.state == "review"
    recorded = isinstance(outcome, Receipt) and bool(outcome.entries)
    return "" if recorded and not waits else line.command.opens


def said_of(controller: IncidentController, receipt: Receipt) -> str:
    """What is said when a hat was put on: its duty; and where redacted words still are."""
    events = [entry.event for entry in receipt.entries]
    copies = controller.session.search.copies
    if copies and any(isinstance(event, EntryRedacted) for event in events):
        more = f" And {len(copies) - 1} more: incident-tui verify" if len(copies) > 1 else ""
        return f"{copies[0].text}. {copies[0].mend}.{more}"
    hats = [event.hat for event in events if isinstance(event, HatAssigned)]
    chosen = controller.session.identity.hat
    if not events and chosen:
        hats = [chosen]
    return duties(controller.incident, hats)


def why_not(problem: LineError | Refused | StoreError) -> tuple[str, int | None]:
    """Why a line was not recorded and what to do, and the column that it is about."""
    if isinstance(problem, LineError):
        return problem.message, problem.column
    if isinstance(problem, Refused):
        mend = f"  try: {problem.reasons[0][1]}" if problem.reasons else ""
        return problem.message + mend, None
    return f"not recorded: {file_trouble(problem)}", None


def _changed_command(controller: IncidentController, receipt: Receipt) -> bool:
    checkpoints = controller.incident.of(Checkpoints)
    return bool(checkpoints.owed_to) and checkpoints.commands[-1][0] in receipt.entries
