"""What a line of the war room leads to: a screen, or a word in the note.

One rule: a screen opens where the key or the line asked for exactly that screen, and nowhere else.
What was refused, waits for somebody or is owed is told in the note, with the key that shows it.
"""

from collections.abc import Callable

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command, LineError, Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.help_line import UnknownCommand
from incident_tui.domain.core.key_names import KeyOf
from incident_tui.domain.core.line_grammar import Line, line_or_none
from incident_tui.domain.findings.corrections import effect
from incident_tui.domain.handover.checkpoints import Checkpoints
from incident_tui.domain.people.hats import HatAssigned, duties
from incident_tui.domain.process.lifecycle import Lifecycle, ReviewRequested
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.outcome_text import kept
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.war_room.deeds import deed
from incident_tui.screens.widgets.line.line_note import ENTERS
from incident_tui.screens.widgets.line.log_line import Completion, LogLine, Understood
from incident_tui.service import Receipt
from incident_tui.service.session.line_preview import TRY, final_step, suggest, understand

_NOTHING_TO_SHOW: dict[str, Callable[[Incident, str], bool]] = {
    "/ack": lambda incident, actor: incident.of(Checkpoints).waiting_for(actor) is None,
}
"""Commands whose screen has nothing to show to this person now: their line is refused instead."""


def is_shown(form: Command) -> bool:
    """Whether the bare command is a wish for its screen: it says nothing that could be recorded."""
    return bool(form.opens) and (form.composed or not form.parts)


def asked_for(controller: IncidentController, line: Line | None) -> str:
    """The screen that this line asks for, by naming it and saying nothing else; else empty.

    None stands for a text that is no line.
    """
    if line is None or line.values or line.at or not is_shown(line.command):
        return ""
    nothing = _NOTHING_TO_SHOW.get(line.command.lead)
    if nothing is not None and nothing(controller.incident, controller.session.identity.actor):
        return ""
    return line.command.opens


def place_asked_for(line: Line | None) -> str:
    """Where in the timeline this line goes to, which is all it does; else empty."""
    return line.values["where"] if line is not None and line.command.lead == "/goto" else ""


def understood(controller: IncidentController, text: str, key_of: KeyOf) -> Understood:
    """What entering the text would do, as the note below the line says it."""
    bare = text.strip()
    # No other text is a wish for a screen; facts have no lead.
    if commands.lead_of(bare) and (screen := asked_for(controller, line_or_none(text))):
        return Understood(True, f"opens the {screen}", mark=ENTERS)
    if does := deed(line_or_none(text) if bare.startswith("/") else None):
        return Understood(True, does.help, mark=ENTERS)
    preview = understand(controller.session, text, key_of)
    return Understood(preview.ok, preview.note, preview.column, ENTERS if preview.whole else "→")


def completions(controller: IncidentController, text: str, cursor: int) -> list[Completion]:
    """How the text before the character at `cursor` can go on, with what that means."""
    return [
        Completion(one.insert, f"{one.insert}  {one.meaning}".strip(), one.start)
        for one in suggest(controller.incident, text, cursor, controller.words)
    ]


def changed_since(controller: IncidentController, text: str) -> Callable[[], str]:
    """Why the yes to a question about this line is none any more, whenever that is asked.

    Empty while entering it would do what it would do now.
    """

    def meaning() -> tuple[str, str]:
        return final_step(controller.session, text), understand(controller.session, text).note

    asked = meaning()

    def why() -> str:
        same = meaning() == asked
        return "" if same else "others went on meanwhile, it would be something else now: not done"

    return why


def ask_about(controller: IncidentController, log_line: LogLine, text: str) -> None:
    """Ask about a line that is whole, for which one key was pressed; what is typed stays."""
    if log_line.pending:  # what it would be about is not known before that is recorded
        log_line.refuse_key("a line is still being saved: press the key again")
        return
    preview = understand(controller.session, text)
    if preview.ok:
        log_line.ask(f"Enter {preview.note}", text, changed_since(controller, text))
    else:
        log_line.refuse(preview.note)


def ask_who(controller: IncidentController, log_line: LogLine, receipt: Receipt, done: str) -> None:
    """Once, behind the first entry: whether whoever types is who git or the system says."""
    session = controller.session
    if receipt.entries and not log_line.busy and session.introduction.ask():
        name = session.identity.actor
        other = key_text(log_line.screen, "verb.me")
        log_line.ask(f"{done} · are you {name}? Enter: yes · {other}: no", f"/me {name}")


def recorded(controller: IncidentController, receipt: Receipt, key_of: KeyOf) -> str:
    """What a line did, and what follows from it for whoever entered it."""
    if not receipt.entries:
        return " · ".join(filter(None, [receipt.summary, _follows(controller, receipt, key_of)]))
    what = effect(controller.incident, [entry.event for entry in receipt.entries])
    done = kept(what or receipt.entries[0].event.kind, [receipt])
    return " · ".join(filter(None, [done, _follows(controller, receipt, key_of)]))


def why_not(line: Line | None, problem: LineError | Refused, key_of: KeyOf) -> str:
    """Why a line was not recorded, and the line or the key that mends it."""
    parts = [
        problem.explanation(key_of) if isinstance(problem, UnknownCommand) else problem.message
    ]
    closing = line is not None and line.command.lead == "/close"
    if isinstance(problem, Refused):
        parts[0] += "".join(f": {why}" for why, _ in problem.first) if closing else ""
        parts[0] += "".join(f"{TRY}{mend}" for _, mend in problem.first)
        parts += [f"{why}: {mend}" for why, mend in problem.reasons[1:][-1:] if closing]
    if line is not None and line.command.opens == "gate" and not closing:
        parts.insert(1, f"{key_of('verb.gate')} shows the gate")
    return " · ".join(parts)


def _follows(controller: IncidentController, receipt: Receipt, key_of: KeyOf) -> str:
    """What is owed or waits now; the duty of a hat; where redacted words still are."""
    incident = controller.incident
    events = [entry.event for entry in receipt.entries]
    checkpoints = incident.of(Checkpoints)
    if checkpoints.owed_to and checkpoints.commands[-1][0] in receipt.entries:
        return f"{checkpoints.owed_to} has no packet yet: {key_of('verb.checkpoint')} writes it"
    if any(isinstance(event, ReviewRequested) for event in events):
        return f"it waits for approval: /approve, or {key_of('verb.gate')} shows what is approved"
    if incident.of(Lifecycle).closed and any(event.says_what_happened for event in events):
        return "the incident is closed; is it back? /reopen STAGE WHY"
    copies = controller.session.search.copies
    if copies and any(isinstance(event, EntryRedacted) for event in events):
        more = f" And {len(copies) - 1} more: incident-tui verify" if len(copies) > 1 else ""
        return f"{copies[0].text}. {copies[0].mend}.{more}"
    hats = [event.hat for event in events if isinstance(event, HatAssigned)]
    chosen = controller.session.identity.hat
    return duties(incident, hats if events or not chosen else [chosen])
