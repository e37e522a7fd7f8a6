"""What an incident is declared from: a text with times, or one without.

Alerts are in `alert_intake`. Here too the same thing again adds nothing and declares no other.
"""

from datetime import timedelta
from pathlib import PurePath

import msgspec

from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.values.text import clean_line, counted
from incident_tui.domain.values.time_grammar import zone_named
from incident_tui.service.exchange.foreign.alert_intake import TakenIn
from incident_tui.service.exchange.foreign.recorded_import import Imported, KnownRows, import_into
from incident_tui.service.exchange.foreign.timeline_import import IN_THE_FUTURE, Plan, plan_import
from incident_tui.service.home_service import Declaration, Service

LONGEST_TITLE = 80
MOST_LINES = 200
"""Lines without a time that are recorded as facts; more than that is a log, and wants its file."""


def plan_declared(service: Service, text: str, name: str, title: str, *, column: str = "") -> Plan:
    """The rows that an incident of today would begin with; a clock alone shows the last such time.

    Without `title` the heading of the text is it, or the words of its first row. `column` is
    the title of the column of times in tables, empty for the one that is found.
    """
    present = service.world.clock().astimezone(zone_named(service.zone_name)).date()
    plan = plan_import(service, text, name, title=title, day=present, column=column)
    if plan.day_from == "default date" and any(one.reason == IN_THE_FUTURE for one in plan.left):
        before = present - timedelta(days=1)
        plan = plan_import(service, text, name, title=title, day=before, column=column)
    named = title or plan.title != PurePath(name).stem
    if named or not plan.rows:
        return plan
    return msgspec.structs.replace(plan, title=cut_words(plan.rows[0].text, LONGEST_TITLE))


def cut_words(text: str, longest: int) -> str:
    """A text cut between words, with a sign that it goes on."""
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def declare_from(service: Service, plan: Plan, declaration: Declaration) -> Imported:
    """Declare an incident that goes on, with the rows of a plan.

    Where an active incident has them all already, that is the one. Raises what declaring raises.
    """
    there = KnownRows(service).id_with(plan)
    if there and there in service.active():
        return Imported(service.open(there), (), plan.rows)
    wanted = msgspec.structs.replace(declaration, title=declaration.title or plan.title)
    return import_into(service.declare(wanted), plan)


def declare_from_words(service: Service, text: str, declaration: Declaration) -> TakenIn:
    """Declare an incident from a text without times; each of its lines is a fact of now.

    Without a title the first line is it. An active incident of that title gets what is new of the
    lines, and no other is declared. Raises `Refused` where nobody wrote as many lines.
    """
    lines = [line for raw in text.splitlines() if (line := clean_line(raw))]
    if len(lines) > MOST_LINES:
        raise Refused(
            f"{counted(len(lines), 'line')} without a time are no report: declare it by its title, "
            "then /evidence PATH takes the file into its folder"
        )
    title = declaration.title or cut_words(next(iter(lines), ""), LONGEST_TITLE)
    there = next(iter(service.going_on_as(title)), "")
    wanted = msgspec.structs.replace(declaration, title=title)
    session = service.open(there) if there else service.declare(wanted)
    facts = lines[1:] if lines[:1] == [title] else lines
    new: list[PendingEvent] = []

    def drafts(incident: Incident) -> list[PendingEvent]:
        known = {e.event.text for e in incident.recorded if isinstance(e.event, FactRecorded)}
        new.extend(PendingEvent(FactRecorded(text=line)) for line in facts if line not in known)
        return new

    if facts:
        session.record(drafts)
    return TakenIn(session, title, not there, len(new))
