"""Which screen a line leads to, or was left in sight, and what is said once it was entered."""

from incident_tui.domain import logline
from incident_tui.domain.checkpoints import Checkpoints
from incident_tui.domain.hats import HatAssigned, duties
from incident_tui.domain.lifecycle import Lifecycle
from incident_tui.domain.redactions import EntryRedacted
from incident_tui.domain.verbs import LineError, Refused
from incident_tui.service import Receipt
from incident_tui.store.errors import StoreError

from .desk import Desk, Outcome

PASTE_OPEN = "backfill open"
"""The draft that says that the preview of pasted lines is in sight, and which one is changed."""


def paste_was_open(desk: Desk) -> bool:
    """Whether that preview was in sight when the console ended, so that it is shown again."""
    return bool(desk.drafts.get(PASTE_OPEN))


def asked_for(text: str) -> str:
    """The screen that writes this line, where nothing of it was written yet; else empty."""
    found = _parsed(text)
    return found.verb.opens if found and found.verb.composed and not found.values else ""


def about(desk: Desk, text: str, outcome: Outcome) -> str:
    """The screen that shows what an entered line is about, where one is called for; else empty.

    That is so for a line that was refused or waits for somebody, and for a change of command that
    nobody was handed a packet for.
    """
    if isinstance(outcome, Receipt) and _changed_command(desk, outcome):
        return "checkpoint"
    found = _parsed(text)
    if found is None or (found.verb.composed and found.values):
        return ""
    waits = desk.incident.of(Lifecycle).current.state == "review"
    recorded = isinstance(outcome, Receipt) and bool(outcome.entries)
    return "" if recorded and not waits else found.verb.opens


def said_of(desk: Desk, receipt: Receipt) -> str:
    """What is said when a hat was put on: its duty; and where redacted words still are."""
    events = [entry.event for entry in receipt.entries]
    copies = desk.room.search.found
    if copies and any(isinstance(event, EntryRedacted) for event in events):
        more = f" And {len(copies) - 1} more: incident-tui verify" if len(copies) > 1 else ""
        return f"{copies[0].text}. {copies[0].mend}.{more}"
    hats = [event.hat for event in events if isinstance(event, HatAssigned)]
    chosen = desk.room.identity.hat
    if not events and chosen:
        hats = [chosen]
    return duties(desk.incident, hats)


def why_not(problem: LineError | Refused | StoreError) -> tuple[str, int | None]:
    """Why a line was not recorded and what to do, and the column that it is about."""
    if isinstance(problem, LineError):
        return problem.message, problem.column
    if isinstance(problem, Refused):
        mend = f"  try: {problem.reasons[0][1]}" if problem.reasons else ""
        return problem.message + mend, None
    return f"not recorded: {problem.brief}. {problem.remedy}", None


def _changed_command(desk: Desk, receipt: Receipt) -> bool:
    room = desk.incident.of(Checkpoints)
    return bool(room.owed_to) and room.commands[-1][0] in receipt.entries


def _parsed(text: str) -> logline.Line | None:
    try:
        return logline.parse(text)
    except LineError:
        return None
